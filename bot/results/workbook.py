"""The workbook of a form: all answers, the figures, the questions; in one language whatever they were given in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.forms.definition import Field
from bot.forms.session import key_of
from bot.network.languages import LANGUAGES
from bot.results.figure_rows import figures_sheet, questions_sheet
from bot.results.fitting import fitting
from bot.results.shapes import Results, StillSecretError
from bot.results.sheets import Cell, Sheet, write_sheets
from bot.results.wording import Wording
from bot.texts.voice import Voice
from storage.submissions import HOLDING, Submission

_REVEALING = frozenset({"email", "phone", "file"})
"""Kinds whose answers may say who gave them."""
_WIDTHS = {"long_text": 60, "short_text": 30, "several_choices": 40, "one_choice": 30, "email": 28, "phone": 18}
_USUAL = 16


_Rows = list[tuple[Submission, int]]
"""Submissions, each with the number of a person of its delegation; 0 where it is no delegation."""
_SECTION = 1000
"""Rows that are read at once."""


class _Column(NamedTuple):
    title: str
    width: int
    read: Callable[[_Rows], list[Cell]]
    """The cells of some rows, at once because that is faster."""


def write_workbook(path: Path, results: Results, submissions: Iterable[Submission], voice: Voice) -> None:
    """Write the workbook to the file ``path``, complete or not at all.

    The first sheet has a row a submission, of a delegation a row a person; what was withdrawn is left out.  Of an
    anonymous form it has only what counts, in an order drawn by lot, without who, where and when.

    Raises StillSecretError while nobody may read the answers.
    """
    if results.secret:
        raise StillSecretError(f"the answers to {results.definition.form.code} stay secret until it closes")
    words = Wording.of(results, voice)
    columns = _columns(results, words)
    answers = Sheet(
        voice.label("results.sheet.answers"),
        [(one.title, one.width) for one in columns],
        _rows(results, submissions, columns),
    )
    write_sheets(path, [answers, figures_sheet(words, results), questions_sheet(words, results.definition)])


def _rows(
    results: Results, submissions: Iterable[Submission], columns: Sequence[_Column]
) -> Iterator[tuple[Cell, ...]]:
    if results.definition.form.anonymous:
        kept = [one for one in submissions if one.state in HOLDING]
        secrets.SystemRandom().shuffle(kept)
    else:
        kept = [one for one in submissions if one.state != "withdrawn"]
    delegation = _is_delegation(results)
    rows = ((one, person) for one in kept for person in (range(1, one.people + 1) if delegation else (0,)))
    while section := list(islice(rows, _SECTION)):
        yield from zip(*(one.read(section) for one in columns), strict=True)


def _is_delegation(results: Results) -> bool:
    return any(one.question.each_person for one in results.definition.fields)


def _columns(results: Results, words: Wording) -> list[_Column]:
    form = results.definition.form
    columns = [] if form.anonymous else _who(results, words)
    if _is_delegation(results):
        columns.append(
            _Column(words.voice.label("results.column.number"), 6, lambda rows: [person for _, person in rows])
        )
    for field in results.definition.fields:
        if field.is_asked and not (form.anonymous and (field.question.known or field.kind in _REVEALING)):
            columns += _of(field, words)
    return columns


def _who(results: Results, words: Wording) -> list[_Column]:
    """Return the columns that say whose an answer is, and when it came."""
    zone = ZoneInfo(results.definition.form.time_zone)
    label = words.voice.label
    people = {code: one.name for code, one in results.directory.people.items()}
    places = {code: words.read(one.name) for code, one in results.directory.organisations.items()}
    countries = {code: words.voice.country(one.country) for code, one in results.directory.organisations.items()}
    states = {
        "confirmed": label("results.state.confirmed"), "pending": label("results.state.pending"),
        "waiting": label("results.state.waiting"), "offered": label("results.state.offered"),
        "refused": label("results.state.refused"),
    }  # fmt: skip
    languages: dict[str, str] = {code: words.language(code) for code in LANGUAGES}
    clock, came = datetime.fromtimestamp, results.arrivals

    return [
        _Column(label("results.column.reference"), 14, lambda rows: [one.reference for one, _ in rows]),
        _Column(label("results.column.state"), 16, lambda rows: [states[one.state] for one, _ in rows]),
        _Column(
            label("results.column.name"), 28, lambda rows: [people.get(one.person or "", one.person) for one, _ in rows]
        ),
        _Column(
            label("results.column.organisation"), 24,
            lambda rows: [places.get(one.organisation or "", one.organisation) for one, _ in rows],
        ),
        _Column(
            label("results.column.country"), 16,
            lambda rows: [countries.get(one.organisation or "") for one, _ in rows],
        ),
        _Column(
            label("results.column.language"), 14,
            lambda rows: [languages.get(one.language, one.language) for one, _ in rows],
        ),
        _Column(label("results.column.sent"), 17, lambda rows: [clock(one.sent, zone) for one, _ in rows]),
        _Column(
            label("results.column.arrived"), 17,
            lambda rows: [
                clock(at, zone) if (at := came.get((one.id, person))) else None for one, person in rows
            ] if came else [None] * len(rows),
        ),
    ]  # fmt: skip


def _of(field: Field, words: Wording) -> list[_Column]:
    """Return the column of a question; of a range of days, two."""
    title, width = words.read(field.question.label), _WIDTHS.get(field.kind, _USUAL)
    if field.kind != "date_range":
        return [_Column(title, width, _reader(field, _converter(field, words)))]
    label = words.voice.label
    return [
        _Column(label("results.begins", question=title), width, _reader(field, lambda value: _day(value[0]))),
        _Column(label("results.ends", question=title), width, _reader(field, lambda value: _day(value[1]))),
    ]


def _reader(field: Field, convert: Callable[[Any], Cell] | None) -> Callable[[_Rows], list[Cell]]:
    name = field.name

    def values(rows: _Rows) -> list[Any]:
        if field.question.each_person:
            return [one.answers.get(key_of(name, person)) for one, person in rows]
        return [one.answers.get(name) for one, _ in rows]

    def read(rows: _Rows) -> list[Cell]:
        found = values(rows)
        kept = fitting(field.kind, found)
        if convert is not None:
            return [
                convert(value) if fits else None if value is None else str(value)
                for value, fits in zip(found, kept, strict=True)
            ]
        return [value if fits or value is None else str(value) for value, fits in zip(found, kept, strict=True)]

    return read


def _converter(field: Field, words: Wording) -> Callable[[Any], Cell] | None:
    """Return what turns an answer into a cell; None where it is one already.  Days and hours stay such."""
    if field.kind in ("whole_number", "decimal", "rating", "short_text", "long_text", "email", "phone"):
        return None
    language = words.voice.language
    labels = {code: field.label_of(code, language) for code in field.question.options}
    agreed = {code: words.yes(code) for code in ("yes", "no")}
    places = {code: words.read(one.name) for code, one in words.directory.organisations.items()}
    converters: dict[str, Callable[[Any], Cell]] = {
        "one_choice": lambda value: labels.get(value, value),
        "several_choices": lambda value: "; ".join(labels.get(each, each) for each in value),
        "yes_no": lambda value: agreed.get(value, value),
        "consent": lambda value: agreed.get(value, value),
        "city": lambda value: value["written"] if isinstance(value, dict) else places.get(value, value),
        "date": _day,
        "time": time.fromisoformat,
    }
    return converters.get(field.kind) or (lambda value: words.text(field, value))


def _day(value: str) -> date:
    return date.fromisoformat(value)
