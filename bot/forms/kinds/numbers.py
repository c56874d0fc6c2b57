"""Whole numbers and decimals, in figures or words of five languages."""

from __future__ import annotations

import math

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds import numerals
from bot.forms.kinds.limits import number_between
from bot.forms.kinds.words import message

LARGEST = 10**15
"""A number beyond it is a slip, and no column of a workbook would show it."""


def read_whole(field: Field, text: str, around: Around) -> Value:
    """Return the one whole number of a text; raises Problem not_a_number, not_whole, too_small or too_large."""
    return check_whole(field, _read(text, around, whole=True), around)


def check_whole(field: Field, value: Value, around: Around) -> Value:
    """Return a whole number inside its limits; raises Problem not_a_number, not_whole, too_small or too_large."""
    number = _number(field, value)
    if number != int(number):
        raise Problem("not_whole", number=number)
    return number_between(field, int(number))


def read_decimal(field: Field, text: str, around: Around) -> Value:
    """Return the one number of a text; raises Problem not_a_number, too_small or too_large."""
    return check_decimal(field, _read(text, around, whole=False), around)


def check_decimal(field: Field, value: Value, around: Around) -> Value:
    """Return a number inside its limits; raises Problem not_a_number, too_small or too_large."""
    return number_between(field, float(_number(field, value)) + 0.0)


def _read(text: str, around: Around, *, whole: bool) -> int | float:
    found = numerals.find(message(text), around.language, whole=whole)
    if found is None or len(found) != 1 or found[0].kind != "number":
        raise Problem("not_a_number")
    return found[0].value


def _number(field: Field, value: Value) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Problem("not_a_number")
    if value > LARGEST:
        raise Problem("too_large", most=field.most if isinstance(field.most, int | float) else LARGEST)
    if value < -LARGEST:
        raise Problem("too_small", least=field.least if isinstance(field.least, int | float) else -LARGEST)
    return value
