"""When somebody is reminded of what: by the duty's day and the reader's clock, holidays and quiet hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.network.duties import Duty
from bot.network.recipients import NEVER_QUIET, awake
from bot.network.workdays import at_hour, is_workday, workday_by, workday_from

HOUR = 9
"""The hour of the reader's day at which reminders go out."""
AHEAD = timedelta(hours=2)
"""How long before an event its link or place is sent once more."""
_AT_LEAST = timedelta(minutes=30)
"""How long before it that is the latest."""
TOO_LATE = timedelta(days=1)
"""What is older than this when somebody, or something to be done, is new is not made up for."""
SOON = timedelta(days=3)
"""How far off "later" is."""
_FAR = timedelta(days=60)
"""How long after its day a duty is worth a word."""

_TIMINGS = 4_096
"""So many are remembered: most of what is due ends at the same midnights, for many who live alike."""


class Occasion(NamedTuple):
    """One reminder of one duty to one person."""

    name: str
    """``before-7`` (days), ``overdue``, ``hours``, ``after`` (the event), ``asked``; with its day it is unique."""
    at: datetime
    until: datetime
    """From when on it is of no use."""
    day: date
    """The day that it tells, or that the person asked for."""
    urgent: bool
    """Whether it goes out whatever the person has had this week."""


def occasions(duty: Duty, zone: str, country: str | None, quiet: str, asked: date | None = None) -> list[Occasion]:
    """Return all reminders of a duty to somebody in that IANA zone and country, with those quiet hours (``21-7``).

    ``asked`` is the day on which the person wants to be reminded; until then nothing else is said.
    """
    timing = _Timing(
        duty.due, duty.day(zone), duty.opens, duty.offsets, event=duty.kind == "event", all_day=duty.all_day,
        late=duty.late, after_event=duty.after_event,
    )  # fmt: skip
    return list(_occasions(timing, zone, country, quiet, asked))


class _Timing(NamedTuple):
    """All of a duty that decides when people are reminded of it; ``day`` is the one that they are told."""

    due: datetime
    day: date
    opens: datetime | None
    offsets: tuple[int, ...]
    event: bool
    all_day: bool
    late: bool
    after_event: bool


@lru_cache(_TIMINGS)
def _occasions(duty: _Timing, zone: str, country: str | None, quiet: str, asked: date | None) -> tuple[Occasion, ...]:
    day = duty.day
    found: list[Occasion] = []
    for offset in (1,) if duty.event else duty.offsets:
        before = workday_by(day - timedelta(days=offset), country)
        name = f"before-{offset}"
        found.append(_on(before, duty, zone, quiet, name, urgent=offset <= 1))
    if duty.event and not duty.all_day:
        at = allowed(duty.due - AHEAD, zone, quiet, duty.due - _AT_LEAST)
        if is_workday(at.astimezone(ZoneInfo(zone)).date(), country):  # else the day before was told the working day
            found.append(Occasion("hours", at, duty.due, day, urgent=True))
    if duty.late:
        after = workday_from(day + timedelta(days=1), country)
        found.append(_on(after, duty, zone, quiet, "overdue", urgent=True))
    if duty.opens is not None:
        found = [one for one in found if one.at >= duty.opens]
    if duty.after_event and duty.opens is not None:
        opened = duty.opens.astimezone(ZoneInfo(zone)).date()
        found.append(_on(workday_from(opened + timedelta(days=1), country), duty, zone, quiet, "after"))
    if asked is not None:
        found = [one for one in found if one.at.astimezone(ZoneInfo(zone)).date() >= asked]
        at = allowed(at_hour(asked, HOUR, zone), zone, quiet, at_hour(asked, 23, zone))
        found.append(Occasion(f"asked-{asked:%Y%m%d}", at, duty.due + _FAR, day, urgent=True))
    return tuple(sorted((one for one in found if one.at < one.until), key=lambda one: one.at))


def later(duty: Duty, zone: str, country: str | None, now: datetime) -> date | None:
    """Return the day of a reminder that is asked for now; None if there is none before the duty's day."""
    today, day = now.astimezone(ZoneInfo(zone)).date(), duty.day(zone)
    if day < today:
        return workday_from(today + SOON, country)
    found = workday_by(min(today + SOON, day), country)
    return found if found > today else None


def allowed(at: datetime, zone: str, quiet: str, latest: datetime) -> datetime:
    """Return ``at``, moved out of the quiet hours: after them, or before them where ``latest`` would be passed."""
    after = awake(at, zone, quiet)
    if after < latest or quiet == NEVER_QUIET:
        return after
    begins = int(quiet.partition("-")[0])
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() if local.hour >= begins else local.date() - timedelta(days=1)
    return datetime.combine(day, time(begins - 1 if begins else 23), ZoneInfo(zone))


def _on(day: date, duty: _Timing, zone: str, quiet: str, name: str, *, urgent: bool = False) -> Occasion:
    until = duty.due + _FAR if name == "overdue" else duty.due
    at = at_hour(day, HOUR, zone)
    return Occasion(name, allowed(at, zone, quiet, max(until, at + AHEAD)), until, duty.day, urgent)
