"""Cuts text where it may be cut: between clusters (what a reader takes for one letter), measured as Telegram does."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

import regex

from locales import Html

MESSAGE_LIMIT = 4096
"""UTF-16 units of a message that Telegram carries, after its HTML is read."""
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")
_PIECE = regex.compile(r"</?[a-z-]+[^>]*>|&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);|\X")


def units(text: str) -> int:
    """Return the length of a plain text in UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def shown_units(text: Html) -> int:
    """Return the length of what an HTML text shows, in UTF-16 units."""
    return units(html.unescape(_TAG.sub("", text)))


def shorten(text: str, limit: int) -> str:
    """Return the text, or its first clusters and an ellipsis, at most ``limit`` clusters in all."""
    clusters = regex.findall(r"\X", " ".join(text.split()))
    return "".join(clusters) if len(clusters) <= limit else "".join(clusters[: limit - 1]).rstrip() + "…"


def split(text: Html, limit: int = MESSAGE_LIMIT) -> list[Html]:
    """Split an HTML text, in NFC, into parts that show at most ``limit`` UTF-16 units each.

    It is cut after an empty line, else after a line, else after a sentence or word, else between two clusters; never
    inside a tag, an entity or a cluster (only one that is longer than ``limit`` by itself is cut between characters).
    A tag that is open at a cut is closed there and opened again in the next part.
    """
    if unicodedata.is_normalized("NFC", text) and shown_units(text) <= limit:
        return [Html(text.strip())] if _shows(text) else []
    parts: list[Html] = []
    pieces = list(_pieces(text, limit))
    open_tags: list[str] = []
    while pieces:
        end = _end(pieces, limit)
        part, pieces = [*open_tags, *pieces[:end]], _without_leading_space(pieces[end:])
        open_tags = _open_tags(part)
        shown = "".join(part).strip() + "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        if _shows(shown):
            parts.append(Html(shown))
    return parts


def _pieces(text: str, limit: int) -> Iterator[str]:
    """Give the tags, entities and clusters of a text: what is not cut.

    Each is put into NFC by itself: in NFC, ``>`` and a U+0338 after it are one letter and no longer the end of a tag.
    """
    for found in _PIECE.findall(text):
        piece = unicodedata.normalize("NFC", found)
        if _size(piece) <= limit:
            yield piece
        else:
            yield from piece


def _shows(text: str) -> bool:
    """Whether anything is seen of an HTML text."""
    return bool(html.unescape(_TAG.sub("", text)).strip())


def _size(piece: str) -> int:
    """Return how many UTF-16 units a piece shows."""
    return 0 if _TAG.fullmatch(piece) else units(html.unescape(piece))


def _end(pieces: list[str], limit: int) -> int:
    """Return after how many pieces to cut: the last of the best places that leave the part at least a quarter full."""
    size = 0
    best: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        size += _size(piece)
        if size > limit:
            return best[max(best)] if best else max(place, 1)
        if size > limit // 4:
            best[_quality(pieces, place)] = place + 1
            best.pop(0, None)
    return len(pieces)


def _quality(pieces: list[str], place: int) -> int:
    """How good a cut after this piece is: 4 after an empty line, 3 after a line, 2 a sentence, 1 a word, 0 none."""
    if pieces[place] == "\n":
        return 4 if place and pieces[place - 1] == "\n" else 3
    if pieces[place] == " ":
        return 2 if place and pieces[place - 1] in {".", "!", "?", "។", "…"} else 1
    return 0


def _open_tags(pieces: list[str]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        tag = _TAG.fullmatch(piece)
        if tag and tag[1]:
            found.pop()
        elif tag:
            found.append(piece)
    return found


def _name(tag: str) -> str:
    found = _TAG.fullmatch(tag)
    assert found
    return found[2]


def _without_leading_space(pieces: list[str]) -> list[str]:
    start = 0
    while start < len(pieces) and pieces[start].isspace():
        start += 1
    return pieces[start:]
