"""Reads Telegram's HTML as strictly as Telegram: into a plain text and what is marked in it.

Offsets and lengths are in UTF-16 units, as in the Bot API; the wording of the errors is Telegram's, with byte offsets.
Source: https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.texts.cut import units
from web.errors import bad_request

Entity = dict[str, Any]
"""A ``MessageEntity`` of the Bot API."""

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler",
    "tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_PIECE = re.compile(r"<|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);|[^<&]+|&")
_TAG = re.compile(r"<(/?)([^\s>]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?\s*")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class _Open:
    """A tag that waits for its end."""

    def __init__(self, name: str, entity: Entity) -> None:
        self.name, self.entity = name, entity


class _Reader:
    """Goes through the source once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.shown: list[str] = []
        self.length = 0
        self.entities: list[Entity] = []
        self._open: list[_Open] = []

    def read(self) -> None:
        place = 0
        while piece := _PIECE.match(self._source, place):
            place = self._tag(place) if piece[0] == "<" else self._text(piece)
        if self._open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')

    def _text(self, piece: re.Match[str]) -> int:
        text = _decode(piece[0]) if piece[0].startswith("&") else piece[0]
        self.shown.append(text)
        self.length += units(text)
        return piece.end()

    def _tag(self, place: int) -> int:
        at = f"at byte offset {len(self._source[:place].encode())}"
        tag = _TAG.match(self._source, place)
        if tag is None:
            raise _cannot(f"Unclosed {'end' if self._source.startswith('</', place) else 'start'} tag {at}")
        (self._ends if tag[1] else self._starts)(tag[2].lower(), tag[3], at)
        return tag.end()

    def _starts(self, name: str, rest: str, at: str) -> None:
        if name not in _TYPES:
            raise _cannot(f'Unsupported start tag "{name}" {at}')
        attributes = _attributes(rest, name, at)
        entity: Entity = {"type": _TYPES[name], "offset": self.length, **_details(name, attributes, at)}
        self._open.append(_Open(name, entity))

    def _ends(self, name: str, rest: str, at: str) -> None:
        if not self._open:
            raise _cannot(f"Unexpected end tag {at}")
        if rest.strip():
            raise _cannot(f"Unclosed end tag {at}")
        opened = self._open.pop()
        if name and name != opened.name:
            raise _cannot(f'Unmatched end tag {at}, expected "</{opened.name}>", found "</{name}>"')
        length = self.length - opened.entity["offset"]
        if length and opened.entity.get("url") != "":
            self.entities.append({**opened.entity, "length": length})


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text that the HTML shows and its entities, outermost first; raises ApiError where Telegram would."""
    reader = _Reader(source)
    reader.read()
    outer_first = reversed(reader.entities)
    entities = sorted(outer_first, key=lambda entity: (entity["offset"], -entity["length"]))
    return trimmed("".join(reader.shown), _one_pre(entities))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take spaces off both ends, as Telegram does, and move the entities along."""
    start = units(text) - units(text.lstrip())
    shown = text.strip()
    end = units(shown)
    moved = []
    for entity in entities:
        first = min(max(entity["offset"] - start, 0), end)
        last = min(max(entity["offset"] + entity["length"] - start, 0), end)
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    return shown, moved


def _attributes(rest: str, name: str, at: str) -> dict[str, str]:
    found: dict[str, str] = {}
    place = 0
    while place < len(rest):
        attribute = _ATTRIBUTE.match(rest, place)
        assert attribute is not None
        if not attribute[1]:
            if rest[place:].strip():
                raise _cannot(f'Empty attribute name in the tag "{name}" {at}')
            break
        value = next((value for value in attribute.groups()[1:] if value is not None), "")
        found[attribute[1].lower()] = re.sub(r"&[^;\s]+;", lambda piece: _decode(piece[0]), value)
        place = attribute.end()
    return found


def _details(name: str, attributes: dict[str, str], at: str) -> Entity:
    details: dict[str, Callable[[], Entity]] = {
        "a": lambda: {"url": attributes.get("href", "")},
        "code": lambda: _language(attributes.get("class", "")),
        "span": lambda: _spoiler(attributes.get("class", ""), at),
        "blockquote": lambda: {"type": "expandable_blockquote"} if "expandable" in attributes else {},
    }
    return details.get(name, dict)()


def _language(value: str) -> Entity:
    return {"language": value.removeprefix("language-")} if value.startswith("language-") else {}


def _spoiler(value: str, at: str) -> Entity:
    if value != "tg-spoiler":
        raise _cannot(f'Tag "span" must have class "tg-spoiler" {at}')
    return {}


def _one_pre(entities: list[Entity]) -> list[Entity]:
    """Make ``<pre><code class="language-x">`` one block with its language; a language means nothing elsewhere."""
    kept: list[Entity] = []
    for entity in entities:
        before = kept[-1] if kept else {}
        same = (before.get("offset"), before.get("length")) == (entity["offset"], entity["length"])
        if entity["type"] == "code" and before.get("type") == "pre" and same:
            before.update({key: value for key, value in entity.items() if key == "language"})
            continue
        kept.append({key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"})
    return kept


def _decode(piece: str) -> str:
    name = piece[1:-1]
    if name in _NAMED:
        return _NAMED[name]
    number = re.fullmatch(r"#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))", name)
    code = (int(number[1], 16) if number[1] else int(number[2])) if number else 0
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else piece


def _cannot(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
