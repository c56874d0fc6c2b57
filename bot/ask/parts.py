"""The parts of a message that may each be a question: sentences, what "et qui …" joins, what follows a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.ask import kinds
from bot.ask.normalise import Normalised
from bot.ask.turns import spans
from bot.network.languages import Language

ASKING = frozenset({
    "when", "where", "who", "how", "how_much", "how_long", "which", "is_there", "please", "get_file", "days_left",
    "too_late", "capability",
})  # fmt: skip
"""The concepts that make a part a question where no question mark does."""
_END = re.compile(r"(?<=[?!\u17d4\u17d5])\s*|(?<=[^\W\d_]{3}[.;])\s+|\.\.\.+\s*")
_COMMA = re.compile(r",\s+|\s+-\s+|(?<=[\u1780-\u17ff]{6}) {1,}(?=[\u1780-\u17ff]{6})")
_SHORTEST = 6
"""Characters of a part."""


def sentences(message: Normalised, language: Language | None) -> list[str]:
    """Return the sentences of a message, and what is joined to one by "et qui …" as one more."""
    return _cut(message, [match.end() for match in _END.finditer(message.text)] + _starts(message, "joins", language))


def clauses(message: Normalised, language: Language | None) -> list[str]:
    """Return the sentences, parted further at commas and after reasons."""
    ends = [match.end() for pattern in (_END, _COMMA) for match in pattern.finditer(message.text)]
    return _cut(message, ends + _starts(message, "joins", language) + _starts(message, "therefore", language))


def papers(message: Normalised, language: Language | None) -> list[str]:
    """Return what names one kind of document and what names another: "l'ordre du jour et le dernier CR"."""
    named = kinds.spans(message, ("documents",), language)
    between = [
        start
        for start, end in spans("and", message, language)
        if any(one[1] <= start for one in named) and any(one[0] >= end for one in named)
    ]
    return _cut(message, between) if len(between) == 1 else []


def asks(part: str, things: Iterable[str]) -> bool:
    """Whether a part is a question, by its mark or by what it says."""
    return "?" in part or not ASKING.isdisjoint(things)


def _starts(message: Normalised, name: str, language: Language | None) -> list[int]:
    return [start for start, _ in spans(name, message, language)]


def _cut(message: Normalised, places: Iterable[int]) -> list[str]:
    cuts = sorted({0, len(message.cased), *places})
    parts = [message.cased[start:end].strip() for start, end in pairwise(cuts)]
    return [part for part in parts if len(part) >= _SHORTEST]
