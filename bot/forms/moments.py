"""A day with an hour in one message: ``18/5 9h``, ``mardi 18 mai à 9 h 30``, ``9h30 ngày 18/5``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.kinds import days, hours
from bot.network.content import Content
from bot.network.forms import Question, QuestionKind


def _field(kind: QuestionKind) -> Field:
    return Field(Question(code="a.a", form="a", name="a", number=1, kind=kind, label=Content.of("en", en=kind)))


_DAY, _HOUR = _field("date"), _field("time")


def read(text: str, around: Around, morning: time) -> datetime | None:
    """Return the day and hour, without a zone; ``morning`` where no hour is said, None where no day is."""
    words = text.split()
    for first, last in _splits(words):
        for day, hour in ((first, last), (last, first)):
            found, clock = _day(day, around), _hour(hour, around)
            if found is not None and clock is not None:
                return datetime.combine(found, clock)
    found = _day(text, around)
    return datetime.combine(found, _hour(text, around) or morning) if found is not None else None


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the ways to part the words, with and without a word such as ``à`` between; the longest first half first."""
    for place in range(len(words) - 1, 0, -1):
        yield " ".join(words[:place]), " ".join(words[place:])
        if place + 1 < len(words):
            yield " ".join(words[:place]), " ".join(words[place + 1 :])


def _day(text: str, around: Around) -> date | None:
    try:
        return days.iso(days.read(_DAY, text, around))
    except Problem:
        return None


def _hour(text: str, around: Around) -> time | None:
    try:
        return time.fromisoformat(str(hours.read(_HOUR, text, around)))
    except Problem:
        return None
