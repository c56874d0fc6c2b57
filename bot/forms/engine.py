"""One step through a form: ``advance`` is pure, takes the moment, and gives a new session.

The next step is always the first question without an answer; so an edit comes back to the review by itself, and asks
only what now has to be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.forms.around import Around, Problem
from bot.forms.definition import Definition, Field
from bot.forms.entries import (
    AsWritten,
    Attached,
    Back,
    Done,
    Entry,
    Kept,
    Picked,
    Skipped,
    Ticked,
    Unreadable,
    Value,
    Went,
    Written,
)
from bot.forms.kinds import check, check_several, read, yes_no
from bot.forms.path import at_home, bounded, field_at, next_step, pruned, steps
from bot.forms.session import REVIEW, Session, name_of, person_of
from bot.network.spelling import fold


@dataclass(frozen=True, slots=True)
class Advance:
    """What came of one entry."""

    session: Session
    problem: Problem | None = None
    """Why the entry was not taken; the question stays open."""
    noted: str | None = None
    """The key of the answer that was taken just now."""


def offered(definition: Definition, session: Session, around: Around) -> Value:
    """Return the answer that can be kept at the open question: the earlier one, or a known one, or None."""
    if session.answers.get(session.step) is not None:
        return session.answers[session.step]
    field = field_at(definition, session.step, session.answers)
    if field is None or field.question.known is None or session.step.partition("@")[2] not in ("", "1"):
        return None
    known = around.known.get(field.question.known)
    try:
        return None if known is None else check(field, known, around)
    except Problem:
        return None


def is_ready(definition: Definition, session: Session) -> bool:
    """Whether everything is answered, so that it can be sent."""
    return session.step == REVIEW and next_step(definition, session.answers) == REVIEW


def answers_to_send(definition: Definition, session: Session) -> dict[str, Value]:
    """Return the answers as they are kept once they are sent."""
    return pruned(definition, session.answers)


def advance(definition: Definition, session: Session, entry: Entry, now: datetime, around: Around) -> Advance:
    """Take one entry in; an entry that cannot be taken changes nothing but the count of mistakes.

    Args:
        definition: The form as it is now; the session is of its version (``reconcile``).
        session: Where the person is.
        entry: What the person did.
        now: Aware; kept as the moment of the last change.
        around: What the answer is read against.
    """
    stepping = _Stepping(definition, session, now, around)
    try:
        return stepping.take(entry)
    except Problem as problem:
        missed = session.model_copy(
            update={"mistakes": session.mistakes + 1, "unsure": problem.values.get("written"), "changed": now}
        )
        return Advance(missed, problem)


class _Stepping:
    def __init__(self, definition: Definition, session: Session, now: datetime, around: Around) -> None:
        self._definition, self._session, self._now, self._around = definition, session, now, around
        self._field = field_at(definition, session.step, session.answers)

    def take(self, entry: Entry) -> Advance:
        if isinstance(entry, Back):
            return self._back()
        if isinstance(entry, Went):
            return self._went(entry.key)
        if self._session.step == REVIEW:
            raise Problem("send_or_change")
        return self._more(entry) if self._field is None else self._at(self._field, entry)

    def _at(self, field: Field, entry: Entry) -> Advance:
        if field.kind == "rule":
            raise Problem("rule")
        if isinstance(entry, Unreadable):
            raise Problem("unreadable")
        if field.kind == "information":
            return self._answered(True)
        if isinstance(entry, Skipped):
            return self._skipped(field)
        if isinstance(entry, Kept):
            return self._kept()
        if field.kind == "file":
            return self._file(field, entry)
        return self._several(field, entry) or self._entered(field, entry)

    def _several(self, field: Field, entry: Entry) -> Advance | None:
        """Take what is tapped where several choices can be taken."""
        if field.kind != "several_choices":
            return None
        if isinstance(entry, Ticked):
            return self._ticked(field, entry.value)
        if isinstance(entry, Done):
            return self._answered(check(field, list(self._session.ticked), self._around))
        return None

    def _entered(self, field: Field, entry: Entry) -> Advance:
        if isinstance(entry, Attached):
            raise Problem("no_file_wanted")
        if isinstance(entry, AsWritten) and self._session.unsure:
            named = field.kind in ("city", "person")
            return self._answered({"written": self._session.unsure} if named else self._session.unsure)
        if isinstance(entry, Written):
            around = at_home(self._definition, self._session.answers, field, self._around)
            return self._answered(self._somebody_new(field, read(field, entry.text, around)))
        if isinstance(entry, Picked) and field.kind == "date_range":
            return self._day_of_range(field, entry.value)
        if isinstance(entry, Picked):
            return self._answered(check(field, _picked(field, entry.value), self._around))
        raise Problem("use_buttons")

    def _somebody_new(self, field: Field, value: Value) -> Value:
        """Return the value; raises Problem where it is the name of somebody who stands in the delegation already."""
        if field.question.known != "name" or not person_of(self._session.step):
            return value
        others = (
            each
            for key, each in self._session.answers.items()
            if name_of(key) == field.name and key != self._session.step
        )
        if fold(str(value)) in map(fold, map(str, others)):
            raise Problem("same_person", name=value, written=value)
        return value

    def _day_of_range(self, field: Field, day: str) -> Advance:
        """Take the first day that is tapped, then the other one."""
        check(field, [day, day], self._around)
        if self._session.unsure is None:
            return Advance(self._moved(self._session.step, unsure=day))
        return self._answered(check(field, sorted((self._session.unsure, day)), self._around))

    def _more(self, entry: Entry) -> Advance:
        """Take whether somebody else belongs to the delegation."""
        answer = entry.value if isinstance(entry, Picked) else None
        if answer is None and isinstance(entry, Written):
            answer = _yes_no(entry.text, self._around)
        if answer is None and isinstance(entry, Kept):
            answer = self._session.answers.get(self._session.step)
        if answer not in ("yes", "no"):
            raise Problem("not_yes_no")
        return self._answered(answer)

    def _ticked(self, field: Field, value: str) -> Advance:
        ticked = self._session.ticked
        if value not in field.question.options:
            raise Problem("use_buttons")
        changed = tuple(one for one in ticked if one != value) if value in ticked else (*ticked, value)
        check_several(field, changed)
        ordered = tuple(one for one in field.question.options if one in changed)
        return Advance(self._moved(self._session.step, ticked=ordered))

    def _file(self, field: Field, entry: Entry) -> Advance:
        """Take a file; where several may come, they are gathered until it is said that there are no more."""
        gathered = [*(self._session.answers.get(self._session.step) or [])]
        if isinstance(entry, Done) and gathered:
            return Advance(self._moved(next_step(self._definition, self._session.answers)))
        if not isinstance(entry, Attached):
            raise Problem("not_a_file")
        most = field.most if isinstance(field.most, int) else 1
        one = {"name": entry.name, "size": entry.size, "channel": entry.channel, "handle": entry.handle}
        files = check(field, [*gathered, one] if most > 1 else [one], self._around)
        answers = {**self._session.answers, self._session.step: files}
        full = len(files) >= most
        step = next_step(self._definition, answers) if full else self._session.step
        return Advance(self._moved(step, answers=answers), noted=self._session.step)

    def _skipped(self, field: Field) -> Advance:
        if field.question.required:
            raise Problem("required")
        return self._answered(None)

    def _kept(self) -> Advance:
        value = offered(self._definition, self._session, self._around)
        if value is None:
            raise Problem("use_buttons")
        return self._answered(value)

    def _answered(self, value: Value) -> Advance:
        answers = self._with(value)
        moved = self._moved(next_step(self._definition, answers), answers=answers)
        return Advance(moved, noted=self._session.step)

    def _with(self, value: Value) -> dict[str, Value]:
        """Return the answers with this one; without the days that it leaves no room for, which are asked for again."""
        answers = {**self._session.answers, self._session.step: value}
        followers = self._definition.followers.get(name_of(self._session.step), ())
        for field in followers:
            for key in [one for one in answers if name_of(one) == field.name]:
                if not _fits(bounded(field, answers, person_of(key)), answers[key], self._around):
                    del answers[key]
        return answers

    def _back(self) -> Advance:
        before: str | None = None
        for key, field in steps(self._definition, self._session.answers):
            if key == self._session.step:
                break
            if field is None or field.kind != "rule":
                before = key
        return Advance(self._moved(before or self._session.step))

    def _went(self, key: str) -> Advance:
        reachable = {each for each, _ in steps(self._definition, self._session.answers)}
        if key not in reachable or (key not in self._session.answers and key != self._session.step):
            raise Problem("use_buttons")
        return Advance(self._moved(key))

    def _moved(self, step: str, **changes: Any) -> Session:
        """Return the session at a step; a question of several choices opens with the earlier ones ticked."""
        answers = changes.get("answers", self._session.answers)
        field = field_at(self._definition, step, answers)
        if "ticked" not in changes:
            several = field is not None and field.kind == "several_choices"
            changes["ticked"] = tuple(answers.get(step) or ()) if several else ()
        changed = {"step": step, "turn": self._session.turn + 1, "mistakes": 0, "unsure": None, "changed": self._now}
        return self._session.model_copy(update={**changed, **changes})


def _fits(field: Field, value: Value, around: Around) -> bool:
    try:
        return value is None or bool(check(field, value, around))
    except Problem:
        return False


def _picked(field: Field, value: str) -> Value:
    if field.kind in ("rating", "whole_number"):
        try:
            return int(value)
        except ValueError:
            raise Problem("use_buttons") from None
    return value


def _yes_no(text: str, around: Around) -> str | None:
    try:
        return str(yes_no(text, around))
    except Problem:
        return None
