"""When the watch goes out to somebody: at 9:00 of a working day there, never in quiet hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.network.recipients import Recipient
from bot.network.workdays import at_hour, first_workday, is_workday, workday_from
from bot.watch.issue import HOUR

_EVENING = 18
"""From this hour on, what was missed waits for the next working day."""


def monthly(month: date, recipient: Recipient, now: datetime) -> datetime:
    """Return the first working day of the month at 9:00 there, or the next working hour after that."""
    country, zone = recipient.reader.country, recipient.reader.time_zone
    nominal = at_hour(first_workday(month, country), HOUR, zone)
    return recipient.undisturbed(nominal if now <= nominal else working_hour(now, country, zone))


def weekly(monday: date, recipient: Recipient, now: datetime) -> datetime:
    """Return the first working day from that Monday on at 9:00 there, or the next working hour after that."""
    country, zone = recipient.reader.country, recipient.reader.time_zone
    nominal = at_hour(workday_from(monday, country), HOUR, zone)
    return recipient.undisturbed(nominal if now <= nominal else working_hour(now, country, zone))


def at_once(recipient: Recipient, now: datetime) -> datetime:
    """Return the next working hour there that is not quiet."""
    return recipient.undisturbed(working_hour(now, recipient.reader.country, recipient.reader.time_zone))


def working_hour(now: datetime, country: str | None, zone: str) -> datetime:
    """Return ``now`` if it is a working hour there, else 9:00 of the next working day."""
    local = now.astimezone(ZoneInfo(zone))
    if is_workday(local.date(), country) and local.hour < _EVENING:
        return max(now, at_hour(local.date(), HOUR, zone))
    return at_hour(workday_from(local.date() + timedelta(days=1), country), HOUR, zone)
