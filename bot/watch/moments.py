"""When the watch goes out to somebody: at 9:00 of a working day there, never in quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.network.recipients import Recipient
from bot.network.workdays import MORNING, at_hour, first_workday, workday_before, workday_from, working_hour
from bot.watch.gathering import following

Nudge = Literal["soon", "eve", "missed"]
NUDGES: tuple[Nudge, ...] = ("soon", "eve", "missed")
_NEWS = timedelta(days=7)
"""How long it is worth a word that an issue was not sent."""
_BEFORE = timedelta(hours=3)
"""How long before a Monday of UTC the week's watch is made: it is 9:00 first in the east."""
_SATURDAY = 5


def week_at(now: datetime) -> date | None:
    """Return the Monday of the week whose watch is made at ``now``; None when the next week's is near."""
    local = (now + _BEFORE).astimezone(UTC).date()
    return local - timedelta(days=local.weekday()) if local.weekday() < _SATURDAY else None


def next_week(now: datetime) -> date:
    """Return the Monday of the first week whose watch is not yet made at ``now``."""
    local = (now + _BEFORE).astimezone(UTC).date()
    return local + timedelta(days=7 - local.weekday())


def made_at(monday: date) -> datetime:
    """Return when that week's watch is made."""
    return datetime.combine(monday, time(), UTC) - _BEFORE


def monthly(month: date, recipient: Recipient, now: datetime) -> datetime:
    """Return the first working day of the month at 9:00 there, or the next working hour after that."""
    country, zone = recipient.reader.country, recipient.reader.time_zone
    nominal = at_hour(first_workday(month, country), MORNING, zone)
    return recipient.undisturbed(nominal if now <= nominal else working_hour(now, country, zone))


def weekly(monday: date, recipient: Recipient, now: datetime) -> datetime:
    """Return the first working day from that Monday on at 9:00 there, or the next working hour after that."""
    country, zone = recipient.reader.country, recipient.reader.time_zone
    nominal = at_hour(workday_from(monday, country), MORNING, zone)
    return recipient.undisturbed(nominal if now <= nominal else working_hour(now, country, zone))


def at_once(recipient: Recipient, now: datetime) -> datetime:
    """Return the next working hour there that is not quiet."""
    return recipient.undisturbed(working_hour(now, recipient.reader.country, recipient.reader.time_zone))


def nudge(month: date, recipient: Recipient, now: datetime) -> Nudge | None:
    """Return of what a coordinator hears now, if nobody has approved the month's issue; None: of nothing yet, or more.

    Each begins at 9:00 of a working day there: ``soon`` three working days before the issue is due, ``eve`` the day
    before, ``missed`` on the first working day after its month.
    """
    country, zone = recipient.reader.country, recipient.reader.time_zone
    due, over = first_workday(month, country), first_workday(following(month), country)
    eve = workday_before(due, country)
    soon = workday_before(workday_before(eve, country), country)
    if at_once(recipient, now) > now or now < at_hour(soon, MORNING, zone):
        return None
    if now < at_hour(eve, MORNING, zone):
        return "soon"
    if now < at_hour(due, MORNING, zone):
        return "eve"
    return "missed" if timedelta() <= now - at_hour(over, MORNING, zone) < _NEWS else None
