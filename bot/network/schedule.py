"""Rules about days and hours that need no database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def calendar(venue: ZoneInfo, reader: ZoneInfo, *, all_day: bool) -> ZoneInfo:
    """Return the zone on whose calendar a day is told: whole days are the venue's, hours are the reader's."""
    return venue if all_day else reader


def last_day(due: datetime, *, all_day: bool, zone: ZoneInfo) -> date:
    """Return the last day that still counts, on a calendar of ``zone``.

    ``due`` is exclusive for whole days: the midnight after the last one.
    """
    return ((due - timedelta(seconds=1)) if all_day else due).astimezone(zone).date()
