"""What every kind of answer asks of its limits."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from bot.forms.around import Problem
from bot.forms.bounds import Limit
from bot.forms.definition import Field

Number = TypeVar("Number", int, float)


def count(limit: Limit | None, otherwise: int) -> int:
    """Return a limit that counts something, or what holds where the form does not say."""
    return limit if isinstance(limit, int) else otherwise


def number_between(field: Field, number: Number) -> Number:
    """Return a number that is inside its question's limits; raises Problem."""
    if isinstance(field.least, int | float) and number < field.least:
        raise Problem("too_small", least=field.least)
    if isinstance(field.most, int | float) and number > field.most:
        raise Problem("too_large", most=field.most)
    return number


def days_between(field: Field) -> tuple[date | None, date | None]:
    """Return the first and the last day that a question takes; None where it is open."""
    least = field.least if isinstance(field.least, date) else None
    return least, field.most if isinstance(field.most, date) else None


def day_between(field: Field, first: date, last: date) -> None:
    """Raise Problem if these days are outside their question's limits."""
    least, most = days_between(field)
    if least and first < least:
        raise Problem("too_early", least=least)
    if most and last > most:
        raise Problem("too_late", most=most)
