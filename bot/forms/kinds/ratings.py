"""Marks from one to five, or to what the form says: figures, words, stars, ``4/5``."""

from __future__ import annotations

from bot.ask.normalise import Normalised
from bot.forms.around import Around, Problem
from bot.forms.definition import RATING, Field
from bot.forms.entries import Value
from bot.forms.kinds import numerals
from bot.forms.kinds.limits import count
from bot.forms.kinds.words import message, signs


def read(field: Field, text: str, around: Around) -> Value:
    """Return the mark of a text; raises Problem not_a_rating."""
    stars = sum(1 for sign in text if sign in signs("stars"))
    written = message(text)
    found = numerals.find(written, around.language)
    if stars and found == []:
        return check(field, stars, around)
    if stars or not found:
        raise _problem(field)
    return check(field, _mark(field, found, written), around)


def _mark(field: Field, found: list[numerals.Found], written: Normalised) -> int | float:
    """Return the mark alone, or before the scale."""
    numbers = [one for one in found if one.kind == "number"]
    if [one.kind for one in found] == ["number"]:
        return numbers[0].value
    if len(numbers) == 2 and numbers[1].value == count(field.most, RATING):
        between = written.folded[numbers[0].end : numbers[1].start].strip()
        if between == "/" or [one.kind for one in found] == ["number", "of", "number"]:
            return numbers[0].value
    raise _problem(field)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return a whole mark on the question's scale; raises Problem not_a_rating."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise _problem(field)
    if not count(field.least, 1) <= value <= count(field.most, RATING):
        raise _problem(field)
    return int(value)


def _problem(field: Field) -> Problem:
    return Problem("not_a_rating", most=count(field.most, RATING))
