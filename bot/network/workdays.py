"""Working days and hours: when offices are open in a reader's country, and where 9:00 is.

Public holidays come from the package ``holidays``, which computes the lunar ones of Cambodia, Laos and Viet Nam too
(Khmer New Year and Pchum Ben, Pi Mai, Tết and the Hùng Kings' day); governments' days in lieu are in it as far as they
have been published.  Where the country is not known, only Saturdays and Sundays are off.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

MORNING = 9
"""From this hour on, what can wait until somebody is at work is sent."""
_EVENING = 18
"""From this hour on, what was missed waits for the next working day."""
_SATURDAY = 5


@lru_cache(maxsize=256)
def holidays_of(country: str | None, year: int) -> frozenset[date]:
    """Return the public holidays of that year; none for a country (ISO 3166-1 alpha-2) that the package lacks."""
    try:
        return frozenset(holidays.country_holidays(country, years=year)) if country else frozenset()
    except NotImplementedError:
        return frozenset()


def is_workday(day: date, country: str | None) -> bool:
    """Whether offices are open there: no Saturday, no Sunday, no public holiday."""
    return day.weekday() < _SATURDAY and day not in holidays_of(country, day.year)


def workday_before(day: date, country: str | None) -> date:
    """Return the last working day before ``day``."""
    before = day - timedelta(days=1)
    while not is_workday(before, country):
        before -= timedelta(days=1)
    return before


def workday_by(day: date, country: str | None) -> date:
    """Return ``day`` if it is a working day, else the last one before it."""
    return day if is_workday(day, country) else workday_before(day, country)


def workday_from(day: date, country: str | None) -> date:
    """Return ``day`` if it is a working day, else the first one after it."""
    while not is_workday(day, country):
        day += timedelta(days=1)
    return day


def first_workday(month: date, country: str | None) -> date:
    """Return the first working day of the month in which that day lies."""
    return workday_from(month.replace(day=1), country)


def at_hour(day: date, hour: int, zone: str) -> datetime:
    """Return that hour (0 to 23) of the day by the clocks of an IANA zone.

    An hour that they leap over in spring becomes as much later; of one that they repeat in autumn it is the first.
    """
    return datetime.combine(day, time(hour), ZoneInfo(zone))


def working_hour(now: datetime, country: str | None, zone: str) -> datetime:
    """Return ``now`` if it is a working hour there, else 9:00 of the next working day."""
    local = now.astimezone(ZoneInfo(zone))
    if is_workday(local.date(), country) and local.hour < _EVENING:
        return max(now, at_hour(local.date(), MORNING, zone))
    return at_hour(workday_from(local.date() + timedelta(days=1), country), MORNING, zone)
