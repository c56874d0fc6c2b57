"""What a document is wanted about, in the words of who asks: "le guide du coopérant" → "coopérant"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.ask import kinds
from bot.ask.normalise import MASK, Normalised
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

_END = re.compile(rf"[?!.,;:()\n។៕{MASK}]")
_MOST_WORDS = 5
_MOST_SIGNS = 40
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3
_UNLINKED = ("vi", "km", "lo")
"""The languages that need no word between the kind of a document and what it is about."""


def wanted_about(message: Normalised, language: Language | None) -> str | None:
    """Return the words after the kind of document, as they were typed, up to where the sentence goes on.

    None where there are none; what is a place, a day or a theme is best masked in the message.
    """
    ends = [end for _, end in kinds.spans(message, ("documents",), language)]
    ends += [match.end for match in _list("any").find(message, language)]
    if not ends:
        return None
    message = message.masked(kinds.spans(message, ("events",), language))
    after = _next(message, max(ends))
    if after >= len(message.text):
        return None
    link = _list("of").at(message, after, language)
    if link is None and language not in _UNLINKED:
        return None
    start = _next(message, link.end if link else after)
    end = _end(message, start, language)
    words = message.cased[start:end].split()[:_MOST_WORDS]
    found = " ".join(words)[:_MOST_SIGNS].strip(" '\"-")
    return found if len(_LETTER.findall(found)) >= _FEWEST else None


def _next(message: Normalised, at: int) -> int:
    while at < len(message.text) and message.text[at] in " '\"":
        at += 1
    return at


def _end(message: Normalised, start: int, language: Language | None) -> int:
    stop = _END.search(message.text, start)
    end = stop.start() if stop else len(message.text)
    later = [match.start for match in _list("ends").find(message.masked([(0, start)]), language)]
    return min([end, *later])


@lru_cache(maxsize=3)
def _list(name: str) -> Phrases[bool]:
    words = table("titles.toml")[name]
    return Phrases((word, True, language) for language in LANGUAGES for word in words[language])
