"""When the watch goes out to somebody: at 9:00 of a working day there, never in quiet hours."""

from __future__ import annotations

from datetime import date, datetime

from bot.network.recipients import Recipient
from bot.network.workdays import MORNING, at_hour, first_workday, workday_from, working_hour


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
