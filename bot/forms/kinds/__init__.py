"""Every kind of question: what is written becomes a value of plain JSON, and a value is checked against the limits.

short_text, long_text: text · whole_number: int · decimal: float · date: ``YYYY-MM-DD`` · time: ``HH:MM`` ·
date_range: ``[first, last]`` · one_choice: code · several_choices: codes in their order · yes_no, consent: ``yes`` or
``no`` · rating: int · email: text · phone: E.164 · city, person: code, or ``{"written": text}`` ·
file: list of ``{"name", "size", "channel", "handle"}``.  Whatever is none of these is a ``Problem``, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds import (
    addresses,
    answers,
    attachments,
    choices,
    days,
    hours,
    numbers,
    places,
    ranges,
    ratings,
    texts,
)
from bot.forms.kinds.choices import check_several
from bot.network.forms import QuestionKind

__all__ = ["check", "check_several", "read", "yes_no"]

_Read = Callable[[Field, str, Around], Value]
_Check = Callable[[Field, Value, Around], Value]


def read(field: Field, text: str, around: Around) -> Value:
    """Return the answer that a text is, as typed on a phone in any of the five languages; raises Problem."""
    if not texts.is_written(text):
        raise Problem("nothing_written")
    reader = _READERS.get(field.kind)
    if reader is None:
        raise Problem("not_a_file" if field.kind == "file" else "use_buttons")
    return reader(field, text, around)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return a value as it is kept, if the question takes it as it is now; raises Problem, whatever the value."""
    checker = _CHECKS.get(field.kind)
    if checker is None:
        raise Problem("use_buttons")
    return checker(field, value, around)


def yes_no(text: str, around: Around) -> str:
    """Return ``yes`` or ``no``; raises Problem nothing_written or not_yes_no."""
    if not texts.is_written(text):
        raise Problem("nothing_written")
    return answers.yes_no(text, around)


_READERS: dict[QuestionKind, _Read] = {
    "short_text": texts.read, "long_text": texts.read, "whole_number": numbers.read_whole,
    "decimal": numbers.read_decimal, "date": days.read, "time": hours.read, "date_range": ranges.read,
    "one_choice": choices.read_one, "several_choices": choices.read_several, "yes_no": answers.read,
    "rating": ratings.read, "email": addresses.read_email, "phone": addresses.read_phone, "city": places.read_city,
    "person": places.read_person, "consent": answers.read,
}  # fmt: skip
_CHECKS: dict[QuestionKind, _Check] = {
    "short_text": texts.check, "long_text": texts.check, "whole_number": numbers.check_whole,
    "decimal": numbers.check_decimal, "date": days.check, "time": hours.check, "date_range": ranges.check,
    "one_choice": choices.check_one, "several_choices": choices.check_several_choices, "yes_no": answers.check,
    "rating": ratings.check, "email": addresses.check_email, "phone": addresses.check_phone, "city": places.check_city,
    "person": places.check_person, "file": attachments.check, "consent": answers.check,
}  # fmt: skip
