"""The days and hours of a row to instants, in the row's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.tables.dates import Moment, closing, hour_later, opening
from bot.tables.problems import CellError

Values = dict[str, Any]
"""Field → value; a Moment where the row has a day with an hour or without, until it is settled here."""

Problem = Callable[[str, str], None]
"""Takes the column and what is wrong with it."""


def settle_event(values: Values, zone: ZoneInfo, problem: Problem) -> None:
    """Turn an event's moments into ``begins``, ``ends``, ``all_day`` and the time of registration."""
    start: Moment | None = values.get("begins")
    end: Moment | None = values.pop("ends", None)
    _settle(values, "begins", opening, zone, _into(problem, "start"))
    if start is not None:
        values["all_day"] = start.hour is None
        _settle_end(values, start, end, zone, problem)
    _settle(values, "registration_opens", opening, zone, problem)
    _settle(values, "registration_closes", closing, zone, problem)
    _check_order(values, "registration_opens", "registration_closes", problem)


def _settle_end(values: Values, start: Moment, end: Moment | None, zone: ZoneInfo, problem: Problem) -> None:
    if end is None:
        values["ends"] = closing(start, zone) if start.hour is None else hour_later(start, zone)
        return
    if (end.hour is None) != (start.hour is None):
        problem("end", f"is a day {_hours(end)}, but start is one {_hours(start)}; expected both alike")
        return
    values["ends"] = end
    _settle(values, "ends", closing, zone, _into(problem, "end"))
    begins, ends = values.get("begins"), values.get("ends")
    if begins is not None and ends is not None and ends < begins:
        problem("end", "is before the start; expected the same day or a later one")


def settle_deadline(values: Values, zone: ZoneInfo, problem: Problem) -> None:
    """Turn a deadline's moments into ``opens``, ``due`` and ``all_day``."""
    due: Moment | None = values.get("due")
    if due is not None:
        values["all_day"] = due.hour is None
    _settle(values, "opens", opening, zone, problem)
    _settle(values, "due", closing, zone, problem)
    _check_order(values, "opens", "due", problem)


def settle_form(values: Values, zone: ZoneInfo, problem: Problem) -> None:
    """Turn a form's moments into the instants at which it opens, closes, and can be changed no more."""
    _settle(values, "opens", opening, zone, problem)
    _settle(values, "closes", closing, zone, problem)
    _settle(values, "change_until", closing, zone, problem)
    _check_order(values, "opens", "closes", problem)


def _settle(
    values: Values, field: str, turn: Callable[[Moment, ZoneInfo], datetime], zone: ZoneInfo, problem: Problem
) -> None:
    """Replace the moment of ``field`` by its instant, or take it out where its hour does not exist."""
    moment = values.pop(field, None)
    if moment is None:
        return
    try:
        values[field] = turn(moment, zone)
    except CellError as error:
        problem(field, str(error))


def _check_order(values: Values, first: str, last: str, problem: Problem) -> None:
    opens, closes = values.get(first), values.get(last)
    if opens is not None and closes is not None and closes <= opens:
        problem(last, f"is before the column {first}; expected a later day or hour")


def _into(problem: Problem, column: str) -> Problem:
    return lambda _field, text: problem(column, text)


def _hours(moment: Moment) -> str:
    return "without an hour" if moment.hour is None else "with an hour"
