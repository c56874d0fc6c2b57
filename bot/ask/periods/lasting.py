"""Until when something lasts: "jusqu'au 20 mars", "pendant deux semaines", "đến hết tháng 12", "១ ខែ"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from bot.ask import periods
from bot.ask.normalise import Normalised, Span, normalise
from bot.ask.periods.tokens import Token, tokens
from bot.ask.turns import spans
from bot.network.languages import Language

_DAYS = {"d": 1, "w": 7, "m": 30, "day": 1, "week": 7, "month": 30}
_ONE = "wm"
"""The letters of the words of which one may be meant where no number is said: "une semaine"."""


def over_on(
    message: Normalised, language: Language | None, today: date, *, answers: bool = False
) -> tuple[date, Span] | None:
    """Return the day on which it is over, with where that is said; None if nothing says it, or it is over already.

    One day that is named is that day; of a week or a month that is named it is the day after it.

    Args:
        message: The message.
        language: The language that it is written in.
        today: The reader's day.
        answers: Whether it answers how long: then "tuần" is one week, and not each, also where no "one" is said.
    """
    row, period = tokens(message, language), periods.find(message, language, today)
    for count, span in _from_now(row):
        return today + timedelta(days=count), span
    if period is not None and period.last is not None:
        lone = period.first is None or period.first == period.last
        day = period.last if lone and not _ends_month(period.last, message) else period.last + timedelta(days=1)
        return (day, period.span) if day > today else None
    for count, span in _so_many(row):
        return today + timedelta(days=count), span
    for count, span in _one(row, message, language):
        if answers or any(_says_one(one, span, message) for one in spans("one_time", message, language)):
            return today + timedelta(days=count), span
    return None


def _ends_month(day: date, message: Normalised) -> bool:
    """Whether a day that is not said itself is the last of its month: "đến hết tháng 12"."""
    return (day + timedelta(days=1)).day == 1 and str(day.day) not in message.text


def _from_now(row: list[Token]) -> Iterator[tuple[int, Span]]:
    """Yield "dans deux semaines" in days."""
    for one in row:
        if one.letter == "R" and one.unit in _DAYS and one.numbers[0] > 0:
            yield one.numbers[0] * _DAYS[one.unit], (one.start, one.end)


def _so_many(row: list[Token]) -> Iterator[tuple[int, Span]]:
    """Yield "2 tuần", "pendant 15 jours" in days."""
    for one, unit in pairwise(row):
        if one.letter == "N" and unit.letter in _DAYS:
            yield one.numbers[0] * _DAYS[unit.letter], (one.start, unit.end)


def _one(row: list[Token], message: Normalised, language: Language | None) -> Iterator[tuple[int, Span]]:
    """Yield "un mois", "a week", "មួយខែ" in days."""
    for one in row:
        text = message.folded[one.start : one.end] if one.letter == "r" else ""
        ends = [end for at in range(1, len(text)) for end in tokens(normalise(text[at:]), language)]
        for unit in (one, *ends):
            if unit.letter in _ONE:
                yield _DAYS[unit.letter], (one.start, one.end)


def _says_one(one: Span, unit: Span, message: Normalised) -> bool:
    """Whether a word for "one" stands in a unit of time or right before it: "une semaine", not "chaque semaine"."""
    return unit[0] <= one[0] < unit[1] or (one[1] <= unit[0] and not message.text[one[1] : unit[0]].strip())
