"""A delegation's list as a spreadsheet: its columns in the reader's language, and what is said of one that came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from bot.forms.around import Around, Problem
from bot.forms.definition import Definition, Field
from bot.forms.rosters import Fault, Person, Roster, can_be_listed, columns, most_people, name_of
from bot.forms.session import MORE, REVIEW
from bot.forms.session import name_of as question_of
from bot.forms.standing import Standing
from bot.network.content import Content
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.form_tap import tap
from bot.texts.form_values import shown
from bot.texts.layout import lines, paragraphs
from bot.texts.reply import Button, File, Reply
from bot.texts.voice import Voice
from locales import Html

SHEET, ADD, REPLACE = "xl", "xa", "xr"
"""The actions of the buttons."""
_MOST_FAULTS = 8
"""Wrong cells that are named at once."""
_MOST_NAMES = 12
_WRITTEN = 40
"""Letters of a cell that are repeated."""
_WIDTHS = {"short_text": 28, "long_text": 50, "email": 30, "phone": 20, "several_choices": 36, "one_choice": 26}
_USUAL = 20
_AS_KEPT = frozenset({
    "short_text", "long_text", "email", "phone", "time", "whole_number", "decimal", "rating",
})  # fmt: skip
"""The kinds whose answers are read again as they are kept."""


class Heading(NamedTuple):
    """A column: what stands above it, what is said of it, its width in letters, its choices, whether it is needed."""

    title: str
    hint: str
    width: int
    choices: tuple[str, ...]
    needed: bool


def with_offer(voice: Voice, standing: Standing, reply: Reply) -> Reply:
    """Add the button that brings the sheet, where the people of a delegation are asked for."""
    session = standing.session
    if session is None or not can_be_listed(standing.definition) or not _is_about_people(standing):
        return reply
    offer = Button(voice.label("rosters.offer"), tap(standing, SHEET))
    return replace(reply, buttons=(*reply.buttons[:-1], (offer,), *reply.buttons[-1:]))


def _is_about_people(standing: Standing) -> bool:
    assert standing.session is not None
    step = standing.session.step
    first = columns(standing.definition)[0]
    return step == REVIEW or question_of(step) in (MORE, first.name)


def headings(voice: Voice, definition: Definition) -> list[Heading]:
    """Return the columns of the sheet."""
    return [_heading(voice, one) for one in columns(definition)]


def _heading(voice: Voice, field: Field) -> Heading:
    question, chosen = field.question, field.kind in ("one_choice", "yes_no", "consent")
    choices = _choices(voice, field)
    needed = question.required and field.condition is None
    said = [
        voice.label("rosters.needed" if needed else "rosters.optional"),
        _read(voice, question.help) if question.help else None,
        voice.label("rosters.several", choices="; ".join(choices)) if choices and not chosen else None,
        _hint(voice, field),
    ]
    hint = "\n".join(one for one in said if one)
    width = _WIDTHS.get(field.kind, _USUAL)
    return Heading(_read(voice, question.label), hint, width, choices if chosen else (), needed)


def _hint(voice: Voice, field: Field) -> str | None:
    if field.question.example:
        return Voice.plain(voice.say("forms.example", example=voice.text(field.question.example)))
    key = f"forms.hint.{field.kind}"
    return Voice.plain(voice.say(key)) if voice.catalogue.has(key) else None


def _choices(voice: Voice, field: Field) -> tuple[str, ...]:
    if field.kind in ("yes_no", "consent"):
        return (voice.label("forms.yes"), voice.label("forms.no"))
    return tuple(field.label_of(code, voice.language) for code in field.question.options)


def _read(voice: Voice, content: Content) -> str:
    return content.read(voice.language).text


def cells(voice: Voice, definition: Definition, person: Person, around: Around) -> list[str]:
    """Return what is known of a person, as it is read again."""
    return [_cell(voice, one, person.get(one.name), around) for one in columns(definition)]


def _cell(voice: Voice, field: Field, value: Any, around: Around) -> str:
    if value is None:
        return ""
    if field.kind == "date_range":
        return f"{_day(value[0])} - {_day(value[1])}"
    if field.kind == "several_choices":
        return "; ".join(field.label_of(str(one), voice.language) for one in value)
    if field.kind == "date":
        return _day(value)
    if field.kind in _AS_KEPT:
        return str(value)
    return Voice.plain(shown(voice, field, value, around))


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def sheet_texts(voice: Voice, definition: Definition) -> tuple[str, str]:
    """Return the name of the sheet, and the line above its header."""
    most = dates.number(voice, most_people(definition))
    title = _read(voice, definition.form.title)
    return voice.label("rosters.sheet_name"), voice.label("rosters.sheet_title", title=title, most=most)


def sent(voice: Voice, standing: Standing, file: File) -> Reply:
    """Render the bubble that brings the sheet."""
    definition = standing.definition
    most = dates.number(voice, most_people(definition))
    told = voice.say("rosters.sheet", title=voice.text(definition.form.title), most=most)
    go_on = Button(voice.label("rosters.go_on"), tap(standing, "go"))
    return Reply(told, ((go_on,),), files=(file,), place="new")


def received(voice: Voice, name: str) -> Reply:
    """Say at once that a sheet has come."""
    return Reply(voice.say("rosters.received", name=shorten(name, 60)))


def read_well(voice: Voice, people: int, name: str) -> Html:
    """Return the line above what is asked next."""
    return voice.count("rosters.read", people, number=dates.number(voice, people), name=shorten(name, 60))


def faulty(voice: Voice, standing: Standing, roster: Roster, name: str, around: Around) -> Reply:
    """Name what is wrong, cell by cell, and what to do."""
    number = len(roster.faults)
    shown_ones = [_fault(voice, one, around) for one in roster.faults[:_MOST_FAULTS]]
    more = number - len(shown_ones)
    text = paragraphs(
        voice.count("rosters.faults", number, number=dates.number(voice, number), name=shorten(name, 60)),
        lines(*shown_ones),
        voice.say("rosters.more_faults", number=dates.number(voice, more)) if more else None,
        voice.say("rosters.mend"),
    )
    return Reply(text, _ways(voice, standing))


def _fault(voice: Voice, fault: Fault, around: Around) -> Html:
    row, problem = dates.number(voice, fault.row), _problem(voice, fault.problem, fault.field, around)
    if fault.field is None or fault.column is None:
        rule = voice.text(fault.field.question.label) if fault.field else problem
        return voice.say("rosters.fault_row", row=row, problem=rule)
    title = shorten(_read(voice, fault.field.question.label), 40)
    where = {"row": row, "column": _letter(fault.column), "title": title, "problem": problem}
    if not fault.written:
        return voice.say("rosters.fault_empty", **where)
    return voice.say("rosters.fault", **where, written=shorten(" ".join(fault.written.split()), _WRITTEN))


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else f"{chr(64 + at // 26)}{chr(65 + at % 26)}"


def _problem(voice: Voice, problem: Problem, field: Field | None, around: Around) -> Html:
    """Say what is wrong in a sheet's words: there are no buttons in it."""
    values = {name: _value(voice, value) for name, value in problem.values.items()}
    if problem.near:
        known = {one.code: one.name for one in around.people()}
        known |= {one.code: voice.title(one.name) for one in around.organisations()}
        near = voice.joined(known[code] for code in problem.near if code in known)
        return voice.say("rosters.problem.near", near=near)
    if field is not None and (offered := _choices(voice, field)) and voice.catalogue.has(_key(problem)):
        values["choices"] = "; ".join(offered)
    return voice.say(_key(problem) if voice.catalogue.has(_key(problem)) else f"forms.problem.{problem.name}", **values)


def _key(problem: Problem) -> str:
    return f"rosters.problem.{problem.name}"


def _value(voice: Voice, value: Any) -> object:
    match value:
        case date():
            return dates.day(voice, value)
        case int() | float():
            return dates.number(voice, f"{value:g}")
        case tuple() | list():
            return voice.joined(_read(voice, one.question.label) if isinstance(one, Field) else one for one in value)
    return shorten(str(value), 80)


def unreadable(voice: Voice, standing: Standing, problem: Problem, name: str, around: Around) -> Reply:
    """Say why a sheet as a whole cannot be taken."""
    told = voice.say("rosters.not_taken", name=shorten(name, 60), problem=_problem(voice, problem, None, around))
    return Reply(paragraphs(told, voice.say("rosters.mend")), _ways(voice, standing))


def _ways(voice: Voice, standing: Standing) -> tuple[tuple[Button, ...], ...]:
    sheet = Button(voice.label("rosters.again"), tap(standing, SHEET))
    return (sheet,), (Button(voice.label("rosters.go_on"), tap(standing, "go")),)


def which(voice: Voice, standing: Standing, left: Sequence[Person], name: str) -> Reply:
    """Ask what becomes of people who are not in the sheet."""
    definition = standing.definition
    names = [name_of(definition, one) for one in left if name_of(definition, one)]
    told = voice.count(
        "rosters.which",
        len(left),
        number=dates.number(voice, len(left)),
        name=shorten(name, 60),
        names=voice.joined(names[:_MOST_NAMES]),
    )
    return Reply(
        told,
        (
            (Button(voice.label("rosters.add"), tap(standing, ADD)),),
            (Button(voice.label("rosters.replace"), tap(standing, REPLACE)),),
        ),
    )
