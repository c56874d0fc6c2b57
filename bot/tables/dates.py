"""Days and hours as a coordinator writes them, and back.

A day counts in the row's time zone.  Where a clock is put back, an hour that exists twice means its first time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.tables.problems import CellError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXPECTED_DAY = "expected 2027-05-18, 18/05/2027 or +12d"
EXPECTED_MOMENT = f"{EXPECTED_DAY}, each with an hour or without: 2027-05-18 08:00"

_EARLIEST, _LATEST = 1900, 2199
"""The years that are taken; a year beyond them is a slip of the finger."""
_HOUR = r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d\d)(?::00)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_HOUR}", re.ASCII)
_SLASHED = re.compile(rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){_HOUR}", re.ASCII)
_RELATIVE = re.compile(
    rf"(?P<days>[+-]\d{{1,5}})d(?:/(?P<weekday>{'|'.join(WEEKDAYS)}))?(?:(?P<more>[+-]\d{{1,4}})d)?{_HOUR}", re.ASCII
)
_YEARLY = re.compile(rf"@(?P<month>\d\d)-(?P<day>\d\d)(?:(?P<more>[+-]\d{{1,4}})d)?{_HOUR}", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """A day, or a day with an hour, on the clock of the row's time zone."""

    day: date
    hour: time | None = None


def read_moment(text: str, first_start: date) -> Moment:
    """Read a day with an hour or without; a relative one counts from ``first_start``.

    Raises CellError if it is neither.
    """
    found = next((match for form in (_ISO, _SLASHED, _RELATIVE, _YEARLY) if (match := form.fullmatch(text))), None)
    try:
        moment = found and Moment(_day(found.groupdict(), first_start), _hour(found["hour"], found["minute"]))
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not _EARLIEST <= moment.day.year <= _LATEST:
        raise CellError(f"is not a day; {EXPECTED_MOMENT}")
    return moment


def read_day(text: str, first_start: date) -> date:
    """Read a day without an hour; raises CellError if it is none."""
    try:
        moment = read_moment(text, first_start)
    except CellError as error:
        raise CellError(f"is not a day; {EXPECTED_DAY}") from error
    if moment.hour is not None:
        raise CellError(f"has an hour; {EXPECTED_DAY}")
    return moment.day


def _day(parts: dict[str, str | None], first_start: date) -> date:
    more = timedelta(days=int(parts.get("more") or 0))
    if parts.get("year"):
        return date(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0))
    if parts.get("days"):
        start = first_start + timedelta(days=int(parts["days"] or 0))
        weekday = parts["weekday"]
        wait = (WEEKDAYS.index(weekday) - start.weekday()) % 7 if weekday else 0
        return start + timedelta(days=wait) + more
    return _next(int(parts["month"] or 0), int(parts["day"] or 0), first_start) + more


def _next(month: int, day: int, first_start: date) -> date:
    """Return the first such day of a year on or after ``first_start``; 29 February may be eight years away."""
    for year in range(first_start.year, first_start.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= first_start:
            return found
    raise ValueError(f"no year has the day {month}-{day}")


def _hour(hour: str | None, minute: str | None) -> time | None:
    return time(int(hour), int(minute or 0)) if hour else None


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of an hour on the clock of ``zone``; raises CellError if the clock leaps over it."""
    local = datetime.combine(day, hour, zone)
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise CellError(f"does not exist in {zone.key}: the clocks are put forward over it; expected another hour")
    return found


def opening(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, with which a moment begins: a day begins with its midnight."""
    return _midnight(moment.day, zone) if moment.hour is None else instant(moment.day, moment.hour, zone)


def closing(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, up to which a moment counts: a day counts up to the midnight after it."""
    if moment.hour is None:
        return _midnight(moment.day + timedelta(days=1), zone)
    return instant(moment.day, moment.hour, zone)


def hour_later(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the clock of ``zone`` shows an hour more than at the moment."""
    local = datetime.combine(moment.day, moment.hour or time(), zone) + timedelta(hours=1)
    return local.astimezone(UTC)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the day's first instant, in UTC, even where the clock leaps over midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def written(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant as a day with an hour."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def written_day(at: datetime, zone: ZoneInfo) -> str:
    """Write the day of an instant."""
    return at.astimezone(zone).date().isoformat()


def written_last_day(at: datetime, zone: ZoneInfo) -> str:
    """Write the last day before an instant that ends a day."""
    return (at.astimezone(zone).date() - timedelta(days=1)).isoformat()


def written_opening(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant with which something opens: a midnight as its day."""
    return written_day(at, zone) if at.astimezone(zone).time() == time() else written(at, zone)


def written_closing(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant with which something closes: a midnight as the day before it."""
    return written_last_day(at, zone) if at.astimezone(zone).time() == time() else written(at, zone)
