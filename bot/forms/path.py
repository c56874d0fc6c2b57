"""Which questions are asked, in which order, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.forms.around import Around
from bot.forms.bounds import Bound, Limit
from bot.forms.definition import MOST_PEOPLE, Definition, Field
from bot.forms.session import MORE, REVIEW, key_of, name_of, person_of

Answers = Mapping[str, Any]


def field_of(definition: Definition, key: str) -> Field | None:
    """Return the question of a key; None for the review, for "somebody else?", and for what is no key of this form."""
    found = definition.by_name.get(name_of(key))
    if found is None or found.question.each_person is not bool(person_of(key)):
        return None
    return found


def field_at(definition: Definition, key: str, answers: Answers) -> Field | None:
    """Return the question of a key like ``field_of``, its limits as these answers have moved them."""
    field = field_of(definition, key)
    return field if field is None or not field.follows else bounded(field, answers, person_of(key))


def bounded(field: Field, answers: Answers, person: int) -> Field:
    """Return a question with days for limits; a last day before the first one gives way, so that a day is left."""
    seen = _Seen(answers, person) if person else answers
    least, most = _day(field.least, seen, last=False), _day(field.most, seen, last=True)
    if isinstance(least, date) and isinstance(most, date) and most < least:
        most = least
    return replace(field, least=least, most=most)


def _day(limit: Limit | None, answers: Answers, *, last: bool) -> Limit | None:
    return limit.on(answers, last=last) if isinstance(limit, Bound) else limit


def steps(definition: Definition, answers: Answers) -> Iterator[tuple[str, Field | None]]:
    """Yield the key and the question of every step that these answers lead through, in order.

    A step without a question asks whether somebody else belongs to the delegation.  A rule is a step only while it is
    broken.
    """
    start, end = definition.block
    yield from _of(definition.fields[:start], answers, 0)
    if start < end:
        yield from _people(definition.fields[start:end], answers)
        yield from _of(definition.fields[end:], answers, 0)


def _people(fields: tuple[Field, ...], answers: Answers) -> Iterator[tuple[str, Field | None]]:
    for person in range(1, MOST_PEOPLE + 1):
        yield from _of(fields, answers, person)
        if person == MOST_PEOPLE:
            return
        more = key_of(MORE, person)
        yield more, None
        if answers.get(more) != "yes":
            return


def _of(fields: tuple[Field, ...], answers: Answers, person: int) -> Iterator[tuple[str, Field | None]]:
    seen = _Seen(answers, person) if person else answers
    for field in fields:
        found = field.condition
        if found is None or found.holds(seen) is not field.is_rule:
            yield (key_of(field.name, person) if person else field.name), field


class _Seen(Mapping[str, Any]):
    """The answers as one person of a delegation gave them, the shared ones with them."""

    def __init__(self, answers: Answers, person: int) -> None:
        self._answers, self._person = answers, person

    def __getitem__(self, name: str) -> Any:
        key = key_of(name, self._person)
        return self._answers[key] if key in self._answers else self._answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


def next_step(definition: Definition, answers: Answers) -> str:
    """Return the first step that is still to be answered, or ``review``."""
    start, end = definition.block
    found = _open(definition.fields[:start], answers, 0)
    if found is None and start < end:
        found = _open_of_people(definition.fields[start:end], answers)
        found = found or _open(definition.fields[end:], answers, 0)
    return found or REVIEW


def _open_of_people(fields: tuple[Field, ...], answers: Answers) -> str | None:
    for person in range(1, MOST_PEOPLE + 1):
        found = _open(fields, answers, person)
        more = key_of(MORE, person)
        if found is not None or person == MOST_PEOPLE:
            return found
        if answers.get(more) != "yes":
            return None if more in answers else more
    return None


def _open(fields: tuple[Field, ...], answers: Answers, person: int) -> str | None:
    """Return the key of the first question without an answer; what is answered is not looked at any closer."""
    seen = _Seen(answers, person) if person else answers
    for field in fields:
        key = key_of(field.name, person) if person else field.name
        if key in answers:  # a rule never has an answer
            continue
        found = field.condition
        if found is None or found.holds(seen) is not field.is_rule:
            if field.is_rule and not _told(field, answers, person):
                continue
            return key
    return None


def _told(rule: Field, answers: Answers, person: int) -> bool:
    """Whether everything that the rule is about was asked."""
    assert rule.condition is not None
    return all(name in answers or key_of(name, person) in answers for name in rule.condition.names)


def pruned(definition: Definition, answers: Answers) -> dict[str, Any]:
    """Return the answers that these steps ask for: without those to questions that no longer are."""
    return {key: answers[key] for key, _ in steps(definition, answers) if key in answers}


def people_of(answers: Answers) -> int:
    """Return how many people a delegation's answers are about; 1 where there is none."""
    return max((person_of(key) for key in answers), default=0) or 1


def progress(definition: Definition, answers: Answers, key: str) -> tuple[int, int]:
    """Return which question it is and of how many, both from 1; what is only shown does not count."""
    counted = [each for each, field in steps(definition, answers) if field is None or field.is_asked or each == key]
    return (counted.index(key) + 1 if key in counted else len(counted)), len(counted)


def at_home(definition: Definition, answers: Mapping[str, Any], field: Field, around: Around) -> Around:
    """Return what a phone number is read against: of whom no country is known, that of the city they have named."""
    if field.kind != "phone" or around.country is not None:
        return around
    named = [answers.get(one.name) for one in definition.fields if one.kind == "city"]
    countries = {one.country for one in around.organisations() if one.code in named}
    return replace(around, country=countries.pop()) if len(countries) == 1 else around
