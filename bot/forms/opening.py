"""How a form is opened: anew, to change what was sent, or under a newer version of its questions."""

from __future__ import annotations

from datetime import datetime

from bot.forms.around import Around, Problem
from bot.forms.definition import Definition, Field
from bot.forms.entries import Value
from bot.forms.kinds import check
from bot.forms.path import field_at, next_step, pruned
from bot.forms.session import MORE, Session, name_of


def begin(definition: Definition, now: datetime) -> Session:
    """Open a form at its first question."""
    return Session(
        form=definition.form.code, version=definition.version, step=next_step(definition, {}), begun=now, changed=now
    )


def amend(definition: Definition, answers: dict[str, Value], submission: int, now: datetime, around: Around) -> Session:
    """Open what was sent, to change it: at its review, or at what a newer version of the form still asks."""
    session = begin(definition, now)
    kept = _valid(definition, answers, around)
    return session.model_copy(update={"answers": kept, "step": next_step(definition, kept), "amends": submission})


def reconcile(definition: Definition, session: Session, around: Around) -> Session:
    """Return the session under the definition as it is now: valid answers are kept, only the rest is asked."""
    if session.version == definition.version:
        return session
    kept = _valid(definition, session.answers, around)
    return session.model_copy(
        update={
            "version": definition.version, "answers": kept, "step": next_step(definition, kept), "ticked": (),
            "unsure": None, "mistakes": 0, "turn": session.turn + 1,
        }
    )  # fmt: skip


def _valid(definition: Definition, answers: dict[str, Value], around: Around) -> dict[str, Value]:
    """Return the answers that are still good under the definition."""
    kept: dict[str, Value] = {}
    for key, value in answers.items():
        field = field_at(definition, key, answers)
        if field is None:
            if name_of(key) == MORE and definition.block[0] < definition.block[1]:
                kept[key] = value
        elif _is_good(field, value, around):
            kept[key] = value
    return pruned(definition, kept)


def _is_good(field: Field, value: Value, around: Around) -> bool:
    if value is None:
        return not field.question.required
    if field.kind == "information":
        return True
    try:
        check(field, value, around)
    except Problem:
        return False
    return True
