"""What a short question asks of the thing that was just shown: "le lien ?", "thủ tục thế nào", "ធ្វើម៉េច"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, get_args

from bot.ask import kinds
from bot.ask.normalise import Normalised, Span
from bot.ask.phrases import Match, Phrases
from bot.ask.turns import points_to_it, points_to_person, spans
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

Aspect = Literal[
    "link", "format", "template", "read_by",
    "programme", "translated", "papers", "hotel", "cost", "seats", "until", "comes",
    "mine", "register", "held", "late", "still", "left", "length", "send", "who", "how", "same_day", "where", "dated",
    "when", "count", "give", "more", "ours",
]  # fmt: skip
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""The likelier to be meant first, where several are said."""
BESIDE: tuple[Aspect, ...] = (
    "link",
    "template",
    "hotel",
    "cost",
    "seats",
    "comes",
    "held",
    "send",
    "who",
    "how",
    "left",
    "where",
    "format",
    "dated",
)
"""What a list of meetings or deadlines does not tell of its only row."""
ABOVE: tuple[Aspect, ...] = (*BESIDE, "register", "late", "still", "until", "length", "when")
"""What is told above the card of a meeting or a deadline that is named in the same message."""
_LONGEST = 64
"""Characters of a question that says nothing else."""
_LEFT, _MORE_LEFT = 4, 9
"""Letters that may be left unread; more where no other subject is known to be named."""
_ADDRESS = re.compile(r"\w@\w")
_LETTER = re.compile(r"[^\W\d_]")
_PIECE = 6
"""Letters and signs of a piece of Khmer or Lao that a title has too."""
_SEA = re.compile("[\u0e80-\u0eff\u1780-\u17ff]")
_WORD = re.compile(r"[a-z]{4,}")


def aspect_of(message: Normalised, language: Language | None, *, bare: bool = False) -> Aspect | None:
    """Return what is asked, if the message says nothing else; None where it has a subject of its own.

    ``bare``: no other subject is known to be named.
    """
    return asked_alone(message, language, bare=bare)[1]


def asked_alone(message: Normalised, language: Language | None, *, bare: bool = False) -> tuple[bool, Aspect | None]:
    """Return whether a message says nothing but an aspect, or nothing at all, and which; the arguments are the same."""
    if len(message.text) > _LONGEST or _ADDRESS.search(message.text):
        return False, None
    rest = message
    if points_to_it(message, language):
        rest = rest.masked(kinds.spans(rest, ("events", "documents", "deadlines"), language))
    found = _outside(kinds.spans(rest, language=language), _words().find(rest, language))
    rest = rest.masked([(match.start, match.end) for match in found])
    for name in ("and", "filler", "it", "theirs", "hello", "thanks"):
        rest = rest.masked(spans(name, rest, language))
    if len(_LETTER.findall(rest.text)) > (_MORE_LEFT if bare else _LEFT):
        return False, None
    asked = [match.value for match in found if match.value]
    return True, min(asked, key=ASPECTS.index) if asked else ("who" if points_to_person(message, language) else None)


def _outside(named: list[Span], found: Sequence[Match[Aspect | None]]) -> list[Match[Aspect | None]]:
    """Return what was found, small words inside the name of a kind aside: in Khmer and Lao, words stand in words."""
    return [one for one in found if one.value or not any(start <= one.start < end for start, end in named)]


def asks_for(aspect: Aspect, message: Normalised, language: Language | None) -> bool:
    """Whether a message asks for an aspect, whatever else it says."""
    return any(match.value == aspect for match in _words().find(message, language))


def without_asking(message: Normalised, language: Language | None) -> Normalised:
    """Return a message without what asks for an aspect: what is left may name something."""
    return message.masked([(match.start, match.end) for match in _words().find(message, language)])


def without_words(message: Normalised, title: Normalised) -> Normalised:
    """Return a message without what a title has too: longer words in either number, pieces of Khmer and Lao."""
    stems = {word.rstrip("sx") for word in _WORD.findall(title.folded)}
    found = [one.span() for one in _WORD.finditer(message.folded) if one[0].rstrip("sx") in stems]
    if _SEA.search(message.folded):
        alike = SequenceMatcher(None, message.folded, title.folded, autojunk=False).get_matching_blocks()
        found += [(one.a, one.a + one.size) for one in alike if one.size >= _PIECE]
    return message.masked(found)


@lru_cache(maxsize=1)
def _words() -> Phrases[Aspect | None]:
    lists = table("aspects.toml")
    small: list[tuple[str, Aspect | None, Language]] = [
        (word, None, language) for language in LANGUAGES for word in lists["small"][language]
    ]
    asking: list[tuple[str, Aspect | None, Language]] = [
        (word, aspect, language) for aspect in ASPECTS for language in LANGUAGES for word in lists[aspect][language]
    ]
    return Phrases([*asking, *small])
