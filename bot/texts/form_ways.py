"""The buttons that answer a question of a form: choices, numbers, a calendar, what may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.forms.definition import RATING, Field
from bot.forms.engine import offered
from bot.forms.path import steps
from bot.forms.session import Session, person_of
from bot.forms.standing import Standing
from bot.network.records import Organisation, Person
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.form_calendar import calendar
from bot.texts.form_tap import tap
from bot.texts.form_values import heading_of, shown
from bot.texts.layout import in_rows
from bot.texts.reply import Button, Rows
from bot.texts.voice import Voice

_SHORT = 14
"""Letters of choices that stand two in a row."""
_FEW = 12
"""Numbers that are offered as buttons."""
Near = Mapping[str, Organisation | Person]
"""Code → what may be meant."""


def ways(
    voice: Voice, standing: Standing, session: Session, field: Field | None, month: date | None, near: Near
) -> Rows:
    """Return the buttons that answer."""
    if field is None:
        return (_yes_no(voice, standing),)
    kept = offered(standing.definition, session, standing.around)
    rows: list[tuple[Button, ...]] = []
    if kept is not None and field.kind != "several_choices":
        told = Voice.plain(shown(voice, field, kept, standing.around))
        rows.append((Button(shorten(voice.label("forms.keep", value=told), 60), tap(standing, "k")),))
    rows.extend(_near(voice, standing, session, field, near))
    if field.kind == "rule":
        return tuple(rows) + _mend(voice, standing, field)
    return tuple(rows) + _choices(voice, standing, session, field, month)


def _choices(voice: Voice, standing: Standing, session: Session, field: Field, month: date | None) -> Rows:
    if field.kind in ("date", "date_range"):
        return calendar(voice, standing, session, field, month)
    if field.kind == "several_choices":
        return _ticks(voice, standing, session, field)
    return _few(voice, standing, field) or _one_way(voice, standing, session, field)


def _few(voice: Voice, standing: Standing, field: Field) -> Rows:
    """Return a button for each answer, where there are only a few."""
    if field.kind == "yes_no":
        return (_yes_no(voice, standing),)
    if field.kind == "one_choice":
        labels = [field.label_of(code, voice.language) for code in field.question.options]
        buttons = [Button(text, tap(standing, "i", at)) for at, text in enumerate(labels)]
        return in_rows(buttons, 2 if max(map(len, labels)) <= _SHORT else 1)
    numbers = _numbers(field)
    return in_rows([Button(dates.number(voice, one), tap(standing, "p", one)) for one in numbers], 5)


def _numbers(field: Field) -> range:
    most = field.most if isinstance(field.most, int) else RATING
    if field.kind == "rating":
        return range(1, most + 1)
    whole = field.kind == "whole_number" and isinstance(field.least, int) and isinstance(field.most, int)
    if not whole or not isinstance(field.least, int) or field.least < 0 or most - field.least >= _FEW:
        return range(0)
    return range(field.least, most + 1)


def _one_way(voice: Voice, standing: Standing, session: Session, field: Field) -> Rows:
    """Return the one button of what is agreed to, read, or finished."""
    gathered = field.kind == "file" and session.answers.get(session.step)
    if field.kind == "consent":
        return ((Button(voice.label("forms.agree"), tap(standing, "p", "yes")),),)
    if field.kind == "information":
        return ((Button(voice.label("forms.go_on"), tap(standing, "d")),),)
    return ((Button(voice.label("forms.no_more_files"), tap(standing, "d")),),) if gathered else ()


def _yes_no(voice: Voice, standing: Standing) -> tuple[Button, ...]:
    return (
        Button(voice.label("forms.yes"), tap(standing, "p", "yes")),
        Button(voice.label("forms.no"), tap(standing, "p", "no")),
    )


def _ticks(voice: Voice, standing: Standing, session: Session, field: Field) -> Rows:
    rows = []
    for at, code in enumerate(field.question.options):
        key = "forms.ticked" if code in session.ticked else "forms.unticked"
        text = voice.label(key, label=field.label_of(code, voice.language))
        rows.append((Button(text, tap(standing, "t", at)),))
    if session.ticked:
        number = dates.number(voice, len(session.ticked))
        rows.append((Button(voice.label("forms.done", number=number), tap(standing, "d")),))
    return tuple(rows)


def _near(voice: Voice, standing: Standing, session: Session, field: Field, near: Near) -> Rows:
    """Return the cities or people that may be meant, and the words as they were written."""
    if session.unsure is None or field.kind == "date_range":
        return ()
    rows = [(Button(_name(voice, one), tap(standing, "c", one.id)),) for one in near.values()]
    rows.append((Button(shorten(voice.label("forms.as_written", text=session.unsure), 60), tap(standing, "w")),))
    return tuple(rows)


def _name(voice: Voice, one: Organisation | Person) -> str:
    return voice.title(one.name) if isinstance(one, Organisation) else one.name


def _mend(voice: Voice, standing: Standing, rule: Field) -> Rows:
    """Return the answers that a broken rule is about, to be changed."""
    session, definition = standing.session, standing.definition
    assert session is not None
    assert rule.condition is not None
    rows = []
    for at, (key, field) in enumerate(steps(definition, session.answers)):
        alike = person_of(key) in (0, person_of(session.step))
        if field is not None and field.name in rule.condition.names and key in session.answers and alike:
            value = Voice.plain(shown(voice, field, session.answers[key], standing.around))
            told = voice.label("forms.mend", label=Voice.plain(heading_of(voice, definition, key)), value=value)
            rows.append((Button(shorten(told, 60), tap(standing, "g", at)),))
    return tuple(rows)
