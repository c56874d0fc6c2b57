"""A delegation's list as rows of a spreadsheet: read like typed answers, every wrong cell named; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.forms.around import Around, Problem
from bot.forms.definition import MOST_PEOPLE, Definition, Field
from bot.forms.engine import Advance
from bot.forms.entries import Value
from bot.forms.kinds import read
from bot.forms.path import at_home, bounded, next_step, people_of
from bot.forms.session import MORE, Session, key_of
from bot.network.content import Content
from bot.network.spelling import fold

_SIGNS = re.compile(r"[\W_]+")
_LONGEST_HEAD = 15
"""Rows above the header at most."""
_MOST_ROWS = 1000
"""Rows that are looked at."""
Mode = Literal["add", "replace"]
"""What becomes of people who are in the delegation already and not in the sheet: they stay, or go."""
Answers = Mapping[str, Any]
Person = dict[str, Value]
"""One person's answers by the names of the questions."""
Rows = Sequence[Sequence[str]]
"""The cells of a sheet as text, from its first row on."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row."""

    row: int
    """As the spreadsheet shows it, from 1."""
    problem: Problem
    field: Field | None = None
    """The question of the column; of a rule, the rule."""
    column: int | None = None
    """From 0; None if it is wrong with the whole row."""
    written: str = ""


@dataclass(frozen=True)
class Roster:
    """What a sheet says; where there are faults, nothing of it is taken."""

    people: tuple[Person, ...] = ()
    faults: tuple[Fault, ...] = ()


def can_be_listed(definition: Definition) -> bool:
    """Whether the form asks for several people."""
    return bool(columns(definition))


def columns(definition: Definition) -> tuple[Field, ...]:
    """Return the questions that a sheet asks of each person: all but those for files."""
    start, end = definition.block
    return tuple(one for one in definition.fields[start:end] if one.is_asked and one.kind != "file")


def most_people(definition: Definition) -> int:
    """Return how many people a delegation has at most."""
    form = definition.form
    return min(MOST_PEOPLE, form.places_per_city or MOST_PEOPLE, form.places or MOST_PEOPLE)


def listed(definition: Definition, answers: Answers) -> list[Person]:
    """Return the people of a delegation so far; of those who were only begun, what is there."""
    start, end = definition.block
    names = [one.name for one in definition.fields[start:end]]
    found = [
        {name: answers[key] for name in names if (key := key_of(name, number)) in answers}
        for number in range(1, people_of(answers) + 1)
    ]
    return [one for one in found if any(value is not None for value in one.values())]


def read_roster(definition: Definition, shared: Answers, rows: Rows, around: Around) -> Roster:
    """Read a sheet; ``shared`` are the answers that hold for all.

    Raises Problem no_header, missing_columns, no_rows or too_many_people for the sheet as a whole.
    """
    head, places = _header(definition, rows)
    missing = [one for one in columns(definition) if one.name not in places and _is_needed(one)]
    if missing:
        raise Problem("missing_columns", fields=tuple(missing))
    people: list[Person] = []
    faults: list[Fault] = []
    known: dict[str, int] = {}
    reading = _Reading(definition, shared, places, around)
    for number, cells in enumerate(rows[head + 1 : head + 1 + _MOST_ROWS], head + 2):
        if not any(_cell(cells, at) for at in places.values()):
            continue
        person, wrong = reading.row(number, cells)
        people.append(person)
        faults += wrong or _twice(definition, person, number, known, places)
    if not people:
        raise Problem("no_rows")
    if len(people) > most_people(definition):
        raise Problem("too_many_people", most=most_people(definition), now=len(people))
    return Roster(() if faults else tuple(people), tuple(faults))


class _Reading:
    def __init__(self, definition: Definition, shared: Answers, places: Mapping[str, int], around: Around) -> None:
        start, end = definition.block
        self._fields = definition.fields[start:end]
        self._definition, self._shared, self._places, self._around = definition, shared, places, around

    def row(self, number: int, cells: Sequence[str]) -> tuple[Person, list[Fault]]:
        """Read one person, question after question: what does not apply to somebody is not read."""
        person: Person = {}
        faults: list[Fault] = []
        seen: dict[str, Value] = {**self._shared}
        for field in self._fields:
            asked = field.condition is None or field.condition.holds(seen)
            if field.kind == "rule":
                told = field.condition is None or all(name in seen for name in field.condition.names)
                if not asked and told and not faults:
                    faults.append(Fault(number, Problem("rule"), field))
                continue
            if not asked or field.kind == "file":
                continue
            column = self._places.get(field.name)
            written = _cell(cells, column)
            try:
                around = at_home(self._definition, seen, field, self._around)
                value = _value(bounded(field, seen, 0) if field.follows else field, written, around)
            except Problem as problem:
                faults.append(Fault(number, problem, field, column, written))
                continue
            seen[field.name] = person[field.name] = value
        return person, faults


def _value(field: Field, written: str, around: Around) -> Value:
    if field.kind == "information":
        return True
    if not written:
        if field.question.required:
            raise Problem("required")
        return None
    try:
        return read(field, written, around)
    except Problem as problem:
        if problem.name in ("not_a_city", "not_a_person") and not problem.near:
            return {"written": problem.values["written"]}
        raise


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _is_needed(field: Field) -> bool:
    return field.question.required and field.condition is None


def _header(definition: Definition, rows: Rows) -> tuple[int, dict[str, int]]:
    """Return which row names the columns, and where each question stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, cells in enumerate(rows[:_LONGEST_HEAD]):
        places = _places(definition, cells)
        if len(places) > len(best[1]):
            best = (at, places)
    if not best[1]:
        raise Problem("no_header")
    return best


def _places(definition: Definition, cells: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, text in enumerate(cells):
        for field in columns(definition):
            if field.name not in places and _bare(text) in _titles(field):
                places[field.name] = at
                break
    return places


def _titles(field: Field) -> set[str]:
    label: Content = field.question.label
    return {_bare(field.name), *(_bare(each.text) for each in label.root.values())} - {""}


def _bare(text: str) -> str:
    return _SIGNS.sub(" ", fold(text)).strip()


def _twice(
    definition: Definition, person: Person, number: int, known: dict[str, int], places: Mapping[str, int]
) -> list[Fault]:
    """Say if somebody of this name stands further up."""
    field, name = _named(definition), name_of(definition, person)
    before = known.setdefault(fold(name), number) if name else number
    if field is None or before == number:
        return []
    return [Fault(number, Problem("same_row", row=before), field, places.get(field.name), name)]


def _named(definition: Definition) -> Field | None:
    return next((one for one in columns(definition) if one.question.known == "name"), None)


def name_of(definition: Definition, person: Person) -> str:
    """Return a person's name; empty if the form does not ask for it."""
    field = _named(definition)
    value = person.get(field.name) if field else None
    return value if isinstance(value, str) else ""


def left_out(definition: Definition, before: Iterable[Person], roster: Roster) -> list[Person]:
    """Return the people of the delegation who are not in the sheet."""
    named = _keyed(definition, roster.people)
    return [one for key, one in _keyed(definition, before).items() if key not in named]


def _keyed(definition: Definition, people: Iterable[Person]) -> dict[tuple[str, int], Person]:
    """Return people by name; those without one by what is known of them, and which of those alike they are."""
    found: dict[tuple[str, int], Person] = {}
    for one in people:
        name = fold(name_of(definition, one))
        key = name or repr(sorted(one.items()))
        found[key, 0 if name else sum(known == key for known, _ in found)] = one
    return found


def take(definition: Definition, session: Session, roster: Roster, mode: Mode, now: datetime) -> Advance:
    """Put the people of a sheet into the delegation; what it does not ask of those who stood there by name stays.

    Raises Problem too_many_people if that were too many.
    """
    before, sheet = _keyed(definition, listed(definition, session.answers)), _keyed(definition, roster.people)
    stay = before if mode == "add" else {}
    people = [{**before.get(key, {}), **sheet.get(key, {})} for key in dict.fromkeys((*stay, *sheet))]
    if len(people) > most_people(definition):
        raise Problem("too_many_people", most=most_people(definition), now=len(people))
    start, end = definition.block
    names = {one.name for one in definition.fields[start:end]} | {MORE}
    answers = {key: value for key, value in session.answers.items() if key.partition("@")[0] not in names}
    for number, person in enumerate(people, 1):
        answers |= {key_of(name, number): value for name, value in person.items()}
        if number < MOST_PEOPLE:
            answers[key_of(MORE, number)] = "yes" if number < len(people) else "no"
    moved = {
        "answers": answers, "step": next_step(definition, answers), "turn": session.turn + 1, "mistakes": 0,
        "unsure": None, "ticked": (), "changed": now,
    }  # fmt: skip
    return Advance(session.model_copy(update=moved))
