"""Who an answer is about: the name of each person, and by what somebody is known again in another submission."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from bot.forms.definition import Definition, Field
from bot.forms.path import people_of
from bot.forms.session import key_of
from bot.network.audiences import Reader
from bot.network.spelling import fold

Answers = Mapping[str, Any]


def is_delegation(definition: Definition) -> bool:
    """Whether some questions are asked of every person."""
    return definition.block[0] < definition.block[1]


def numbers_of(definition: Definition, answers: Answers) -> range:
    """Return the numbers of the people whom answers are about: from 1 in a delegation, else only 0."""
    return range(1, people_of(answers) + 1) if is_delegation(definition) else range(1)


def name_in(definition: Definition, answers: Answers, person: int) -> str:
    """Return the name that was answered for a person; empty if the form did not ask."""
    return next((value for value in _values(definition, answers, person, "name") if isinstance(value, str)), "")


def keys(definition: Definition, answers: Answers, organisation: str | None) -> dict[int, frozenset[str]]:
    """Return for each person by what they are known again: e-mail, phone, name with city; as digests, not readable.

    Args:
        definition: The form.
        answers: To the form.
        organisation: For whom it counts; what the answers say of a city goes first.
    """
    return {
        person: frozenset(map(_digest, _known_by(definition, answers, organisation, person)))
        for person in numbers_of(definition, answers)
    }


def _known_by(definition: Definition, answers: Answers, organisation: str | None, person: int) -> Iterator[str]:
    for field in definition.fields:
        value = _value(field, answers, person)
        if isinstance(value, str) and field.kind in ("email", "phone"):
            yield f"{field.kind}:{value.casefold()}"
    name = fold(name_in(definition, answers, person))
    city = next(_values(definition, answers, person, "organisation"), None) or organisation
    if name and city:
        yield f"name:{name}:{fold(city['written']) if isinstance(city, dict) else city}"


def _values(definition: Definition, answers: Answers, person: int, known: str) -> Iterator[Any]:
    """Give what was answered to the questions that the tables may know: of the person, then of all."""
    asked = [one for one in definition.fields if one.question.known == known]
    for field in sorted(asked, key=lambda one: not one.question.each_person):
        value = _value(field, answers, person)
        if value is not None and (field.question.each_person or person < 2 or known == "organisation"):
            yield value


def _value(field: Field, answers: Answers, person: int) -> Any:
    each = field.question.each_person
    if not each and person > 1 and field.kind in ("email", "phone"):
        return None  # what is asked once is the address of whoever sends
    return answers.get(key_of(field.name, person) if each else field.name)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def organisation_of(definition: Definition, reader: Reader, answers: Mapping[str, Any]) -> str | None:
    """Return the organisation that a submission counts for: the one that was named in it, else the reader's."""
    return named_organisation(definition, answers) or reader.organisation


def named_organisation(definition: Definition, answers: Mapping[str, Any]) -> str | None:
    """Return the organisation of the network that was named in the answers."""
    for field in definition.fields:
        if field.kind == "city" and field.question.known == "organisation":
            named = answers.get(field.name)
            if isinstance(named, str):
                return named
    return None
