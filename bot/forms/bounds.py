"""The limits of answers as a form gives them: ``12``, ``2027-05-18``, ``14:30``, ``event_end+2d``, ``arrival``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from bot.network.forms import Form, Question, QuestionKind

EventDays = tuple[date, date]
"""The first and the last day of an event, at its venue."""
EVENT_DAYS = ("event_start", "event_end")
"""The first and the last day of the form's event, on the calendar of its venue."""
_BOUND = re.compile(r"([a-z][a-z0-9_]{0,29})(?:\s*([+-])\s*(\d{1,3})d)?")


@dataclass(frozen=True, slots=True)
class Bound:
    """So many days after what another question is answered; before, if they are negative."""

    name: str
    days: int

    def on(self, answers: Mapping[str, Any], *, last: bool) -> date | None:
        """Return the day that these answers bring; of a range the first, or the last.  None if there is no answer."""
        answer = answers.get(self.name)
        if isinstance(answer, list):
            answer = answer[-1 if last else 0]
        return self.after(date.fromisoformat(answer)) if isinstance(answer, str) else None

    def after(self, day: date) -> date | None:
        """Return that many days after a day; None beyond the calendar."""
        try:
            return day + timedelta(days=self.days)
        except OverflowError:
            return None


Limit = int | float | date | time | Bound


class Limits:
    """Reads the limits of a form's questions."""

    def __init__(self, form: Form, questions: Sequence[Question], event_days: EventDays | None) -> None:
        self._form, self._questions, self._event_days = form, questions, event_days
        self._places = {one.name: at for at, one in enumerate(questions)}

    def read(self, question: Question, column: str) -> Limit | None:
        """Return a limit, None if it is open; raises ValueError, worded to follow the text of the cell."""
        text: str | None = getattr(question, column)
        if text is None:
            return None
        reader, example = _READERS.get(question.kind, (None, ""))
        if reader is None:
            raise ValueError(f"is no limit of a question of the kind {question.kind}")
        try:
            limit: Limit = reader(text)
        except ValueError:
            raise ValueError(f"is no limit; expected one such as {example}") from None
        return self._settled(question, limit) if isinstance(limit, Bound) else limit

    def _settled(self, question: Question, bound: Bound) -> Limit | None:
        """Return what counts from the event as a day, None while the event is not known; the others as they are."""
        if bound.name not in EVENT_DAYS:
            self._check(question, bound.name)
            return bound
        if self._form.event is None:
            raise ValueError("counts from an event; the form has none")
        return bound.after(self._event_days[EVENT_DAYS.index(bound.name)]) if self._event_days else None

    def _check(self, question: Question, name: str) -> None:
        if name not in self._places:
            raise ValueError(f'counts from "{name}", which is no question; expected one such as {_EXAMPLE}')
        other = self._questions[self._places[name]]
        if other.kind not in _DAYS:
            raise ValueError(f'counts from "{name}", which does not ask for a day')
        if self._places[name] >= self._places[question.name]:
            raise ValueError(f'counts from "{name}", which is not asked before')
        if other.each_person and not question.each_person:
            raise ValueError(f'counts from "{name}", which each person answers otherwise')


def read_bound(text: str) -> Bound:
    """Read a limit such as ``arrival+1d``; raises ValueError."""
    found = _BOUND.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    days = int(found[3] or 0)
    return Bound(found[1], -days if found[2] == "-" else days)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _day(text: str) -> date | Bound:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_bound(text)


_EXAMPLE = "2027-05-18, event_end+2d or arrival"
_DAYS: tuple[QuestionKind, ...] = ("date", "date_range")
_READERS: dict[QuestionKind, tuple[Any, str]] = {
    "short_text": (_count, "100"), "long_text": (_count, "1000"), "whole_number": (int, "12"),
    "decimal": (float, "2.5"), "date": (_day, _EXAMPLE), "time": (time.fromisoformat, "14:30"),
    "date_range": (_day, _EXAMPLE), "several_choices": (_count, "3"), "rating": (_count, "5"), "file": (_count, "2"),
}  # fmt: skip
"""Kind → what reads its limits, and an example."""
