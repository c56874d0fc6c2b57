"""Cuts text where it may be cut: between clusters (what a reader takes for one letter), measured as Telegram does."""

from __future__ import annotations

import html
import re

import regex

from locales import Html

MESSAGE_LIMIT = 4096
"""UTF-16 units of a message that Telegram carries, after its HTML is read."""
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")
_PIECE = regex.compile(r"<[^>]+>|&[a-z]+;|&#\d+;|\X")


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
    """Split an HTML text into parts that show at most ``limit`` UTF-16 units each.

    It is cut after an empty line, else after a line, else after a sentence or word, else between two clusters; never
    inside a tag, an entity or a cluster.  A tag that is open at a cut is closed there and opened again in the next part.
    """
    parts: list[Html] = []
    pieces = _PIECE.findall(text)
    while pieces:
        end = _end(pieces, limit)
        part, pieces = pieces[:end], pieces[end:]
        open_tags = _open_tags(part)
        shown = "".join(part).strip() + "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        if shown_units(Html(shown)):
            parts.append(Html(shown))
        pieces = open_tags + _without_leading_space(pieces) if pieces else []
    return parts


def _end(pieces: list[str], limit: int) -> int:
    """Return after how many pieces to cut."""
    size, best, quality = 0, 0, 0
    for place, piece in enumerate(pieces):
        size += 0 if piece.startswith("<") and len(piece) > 1 else units(html.unescape(piece))
        if size > limit:
            break
        after = _quality(pieces, place)
        if after and (after >= quality or after >= 3):
            best, quality = place + 1, after
    else:
        return len(pieces)
    far_enough = best and _shown(pieces[:best]) > limit // 4
    return best if far_enough else max(place, 1)


def _quality(pieces: list[str], place: int) -> int:
    """How good a cut after this piece is: 4 after an empty line, 3 after a line, 2 a sentence, 1 a word, 0 none."""
    if pieces[place] == "\n":
        return 4 if place and pieces[place - 1] == "\n" else 3
    if pieces[place] == " ":
        return 2 if place and pieces[place - 1] in {".", "!", "?", "។", "…"} else 1
    return 0


def _shown(pieces: list[str]) -> int:
    return shown_units(Html("".join(pieces)))


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
