"""How a form asks: one question a bubble, with where one is, an example, and every way on."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from bot.forms.around import Problem
from bot.forms.bounds import Limit
from bot.forms.definition import Field
from bot.forms.filling import Step
from bot.forms.path import field_at, field_of, progress, steps
from bot.forms.session import MORE, REVIEW, Session, name_of, person_of
from bot.forms.standing import Standing
from bot.texts import dates
from bot.texts import form_people as people
from bot.texts.cut import shorten
from bot.texts.form_tap import tap
from bot.texts.form_values import heading_of, label, shown
from bot.texts.form_ways import Near, ways
from bot.texts.layout import in_rows, lines, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

_PATIENCE = 2
"""After so many answers that cannot be read, the coordination is offered too."""


def asked(voice: Voice, step: Step, *, month: date | None = None, near: Near | None = None) -> Reply:
    """Render the open question, or the review; ``month`` is the one that the calendar shows."""
    standing = step.standing
    session = standing.session
    assert session is not None
    if session.step == REVIEW:
        return review(voice, step)
    field = field_at(standing.definition, session.step, session.answers)
    begins = not (session.answers or step.problem or step.explains) and standing.form.description
    text = paragraphs(
        _heading(voice, standing, session),
        voice.noted(begins) if begins else None,
        voice.say("forms.renewed") if standing.renewed else None,
        _noted(voice, step),
        _first_day(voice, session, field),
        _problem(voice, step, field),
        _question(voice, standing, session, field, explains=step.explains),
        _explained(voice, field) if step.explains else None,
    )
    answering = ways(voice, standing, session, field, month, near or {})
    lost = step.explains or session.mistakes >= _PATIENCE
    return Reply(text, (*answering, *_moves(voice, standing, session, field, lost=lost)))


def _heading(voice: Voice, standing: Standing, session: Session) -> Html:
    field = field_of(standing.definition, session.step)
    if field is not None and not field.is_asked:
        return voice.say("forms.yours", title=voice.text(standing.form.title))
    at, total = progress(standing.definition, session.answers, session.step)
    return voice.say(
        "forms.heading",
        title=voice.text(standing.form.title),
        at=dates.number(voice, at),
        total=dates.number(voice, total),
    )


def _noted(voice: Voice, step: Step) -> Html | None:
    """Repeat the answer that was just taken, as it was understood."""
    standing, key = step.standing, step.noted
    session = standing.session
    if key is None or name_of(key) == MORE or session is None or session.answers.get(key) in (None, True):
        return None
    field = field_of(standing.definition, key)
    value = shown(voice, field, session.answers[key], standing.around)
    return voice.say("forms.noted", label=heading_of(voice, standing.definition, key), value=value)


def _first_day(voice: Voice, session: Session, field: Field | None) -> Html | None:
    """Repeat the first day that was tapped, where two are asked for."""
    if field is None or field.kind != "date_range" or session.unsure is None:
        return None
    return voice.say("forms.first_day", day=dates.day(voice, date.fromisoformat(session.unsure)))


def _problem(voice: Voice, step: Step, field: Field | None) -> Html | None:
    problem = step.problem
    if problem is None:
        return None
    if problem.name == "rule" and field is not None:
        return None  # the rule's own words are the question
    return voice.say(f"forms.problem.{problem.name}", **_values(voice, problem))


def _values(voice: Voice, problem: Problem) -> dict[str, object]:
    return {name: _value(voice, value) for name, value in problem.values.items()}


def _value(voice: Voice, value: Any) -> object:
    if isinstance(value, date):
        return dates.day(voice, value)
    if isinstance(value, time):
        return dates.hour(voice, datetime.combine(date.min, value))
    if isinstance(value, tuple | list):
        return voice.joined(value)
    if isinstance(value, int | float):
        return dates.number(voice, f"{value:g}" if isinstance(value, float) else value)
    return shorten(str(value), 80)


def _question(
    voice: Voice, standing: Standing, session: Session, field: Field | None, *, explains: bool = False
) -> Html:
    if field is None:
        return voice.say("forms.more_people", number=dates.number(voice, person_of(session.step)))
    question = field.question
    head = label(voice, standing.definition, session.step)
    told = voice.noted(question.label) if not person_of(session.step) else head
    example = voice.say("forms.example", example=voice.text(question.example)) if question.example else None
    bold = told if field.kind in ("information", "rule") else Html(f"<b>{told}</b>")
    hinted = (explains or not session.mistakes) and voice.catalogue.has(f"forms.hint.{field.kind}")
    hint = voice.say(f"forms.hint.{field.kind}") if hinted else None
    shown_hint = hint if explains or example is None else None
    return lines(bold, voice.noted(question.help) if question.help else None, example, shown_hint)


def _explained(voice: Voice, field: Field | None) -> Html:
    """Say what can be answered, and how."""
    limits = [
        voice.say(f"forms.problem.{name}", **{side: _value(voice, limit)})
        for side, limit, name in zip(_SIDES, _limits(field), _LIMITS.get(field.kind if field else "", ()), strict=False)
        if limit is not None
    ]
    return lines(*limits, voice.say("forms.explained"))


def _limits(field: Field | None) -> tuple[Limit | None, Limit | None]:
    return (field.least, field.most) if field else (None, None)


_SIDES = ("least", "most")
_LIMITS = {
    **dict.fromkeys(("whole_number", "decimal"), ("too_small", "too_large")),
    **dict.fromkeys(("date", "date_range"), ("too_early", "too_late")),
    "time": ("time_too_early", "time_too_late"),
}
"""Kind → the sentences that tell its limits."""


def _moves(voice: Voice, standing: Standing, session: Session, field: Field | None, *, lost: bool) -> Rows:
    """Return the buttons that every question has; whoever is lost can write to the coordination."""
    rows: list[tuple[Button, ...]] = []
    if field is not None and field.is_asked and not field.question.required:
        rows.append((Button(voice.label("forms.skip"), tap(standing, "s")),))
    if lost:
        rows.append((Button(voice.label("forms.coordination"), Tap.to("cs")),))
    first = next((key for key, _ in steps(standing.definition, session.answers)), None)
    back = [] if session.step == first else [Button(voice.label("forms.back"), tap(standing, "b"))]
    rows.append((*back, Button(voice.label("forms.stop"), tap(standing, "x"))))
    return tuple(rows)


def review(voice: Voice, step: Step) -> Reply:
    """Render everything once more: a line an answer, a number to tap for changing it."""
    standing = step.standing
    session, definition = standing.session, standing.definition
    assert session is not None
    told, buttons = people.summary(voice, standing) if people.is_many(standing) else ([], [])
    number = 0
    for at, (key, field) in enumerate(steps(definition, session.answers)):
        if people.is_many(standing) or key not in session.answers or (field is not None and not field.is_asked):
            continue
        number += 1
        value = shown(voice, field, session.answers[key], standing.around)
        written = dates.number(voice, number)
        told.append(voice.say("forms.line", number=written, label=heading_of(voice, definition, key), value=value))
        buttons.append(Button(written, tap(standing, "g", at)))
    key = "forms.review_change" if session.amends else "forms.review"
    hint = "forms.review_change_hint" if session.amends else "forms.review_hint"
    problem = voice.say("forms.problem.send_or_change") if step.explains else _problem(voice, step, None)
    heading = voice.say(key, title=voice.text(standing.form.title))
    text = paragraphs(heading, _noted(voice, step), problem, lines(*told), voice.say(hint))
    send = Button(voice.label("forms.send"), tap(standing, "ok"))
    moves = (
        Button(voice.label("forms.back"), tap(standing, "b")),
        Button(voice.label("forms.stop"), tap(standing, "x")),
    )
    more = people.one_more(voice, standing) if people.is_many(standing) else None
    return Reply(text, (*in_rows(buttons, 6), *(((more,),) if more else ()), (send,), moves))


def stopping(voice: Voice, standing: Standing) -> Reply:
    """Ask what becomes of the draft."""
    changes = standing.session is not None and standing.session.amends is not None
    title = voice.text(standing.form.title)
    heading = voice.say("forms.stopping_change" if changes else "forms.stopping", title=title)
    delete = voice.label("forms.delete_change" if changes else "forms.delete_draft")
    return Reply(
        heading,
        (
            (Button(voice.label("forms.keep_draft"), tap(standing, "kd")),),
            (Button(delete, tap(standing, "dd")),),
            (Button(voice.label("forms.go_on"), tap(standing, "go")),),
        ),
    )
