"""Rules about days and hours that need no database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.network.records import Event


def calendar(venue: ZoneInfo, reader: ZoneInfo, *, all_day: bool) -> ZoneInfo:
    """Return the zone on whose calendar a day is told: whole days are the venue's, hours are the reader's."""
    return venue if all_day else reader


def days_of(event: Event) -> tuple[date, date]:
    """Return the first and the last day of an event, on the calendar of its venue."""
    zone = ZoneInfo(event.time_zone)
    return event.begins.astimezone(zone).date(), last_day(event.ends, all_day=event.all_day, zone=zone)


def last_day(due: datetime, *, all_day: bool, zone: ZoneInfo) -> date:
    """Return the last day that still counts, on a calendar of ``zone``.

    ``due`` is exclusive for whole days: the midnight after the last one.
    """
    return ((due - timedelta(seconds=1)) if all_day else due).astimezone(zone).date()
