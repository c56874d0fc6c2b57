"""Finds what Telegram marks by itself: links, addresses, phone numbers and commands."""

from __future__ import annotations

import re
from itertools import accumulate

from bot.texts.cut import units
from web.html import Entity

_FOUND = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'«»]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/]))"
    r"|(?P<phone_number>(?<![\w+])\+\d{1,3}(?:[ .\-()]{0,2}\d){6,12}(?!\w))"
)
_TRAILING = ".,;:!?)]}…។"


def detect(text: str, marked: list[Entity]) -> list[Entity]:
    """Return ``marked`` and what is found outside of it, outermost first."""
    offsets = [0, *accumulate(units(letter) for letter in text)]
    found = []
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        shown = _without_trailing(match[0]) if kind == "url" else match[0]
        start, end = offsets[match.start()], offsets[match.start() + len(shown)]
        if not any(_touches(entity, start, end) for entity in marked):
            found.append({"type": kind, "offset": start, "length": end - start})
    return sorted([*marked, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def _without_trailing(link: str) -> str:
    while link and link[-1] in _TRAILING and not (link[-1] == ")" and "(" in link):
        link = link[:-1]
    return link


def _touches(entity: Entity, start: int, end: int) -> bool:
    """Whether the entity forbids another one there: code and links by covering it, anything by cutting it."""
    first, last = entity["offset"], entity["offset"] + entity["length"]
    if last <= start or end <= first:
        return False
    covers = first <= start and end <= last
    return not covers or entity["type"] in ("code", "pre", "text_link")
