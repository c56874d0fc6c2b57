"""Days, months, quarters and years as spans of days, both ends included."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day of a span, both included."""


def day(year: int, month: int, number: int) -> Days | None:
    """Return one day, or nothing if the calendar has no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found, found


def months(year: int, month: int, count: int = 1) -> Days:
    """Return so many whole months from one on; the month may lie outside 1 to 12 and is carried over."""
    first_year, first_month = carried(year, month)
    last_year, last_month = carried(year, month + count - 1)
    return date(first_year, first_month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def carried(year: int, month: int) -> tuple[int, int]:
    """Return the year and month for a month number outside 1 to 12: (2027, 13) is (2028, 1)."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def week(today: date, offset: int = 0) -> Days:
    """Return Monday to Sunday of the week so many weeks from this one."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
    return monday, monday + timedelta(days=6)


def relative(unit: str, offset: int, today: date) -> Days:
    """Return so many units from now: ("month", 1) is the whole next month."""
    if unit == "day":
        found = today + timedelta(days=offset)
        return found, found
    if unit in ("week", "weekend"):
        monday, sunday = week(today, offset)
        return (monday, sunday) if unit == "week" else (sunday - timedelta(days=1), sunday)
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    first = (today.month - 1) // length * length + 1 + offset * length
    return months(today.year, first, length)


def part(days: Days, name: str) -> Days:
    """Return the start, middle or end: of a month 1-10, 11-20, 21-end; of longer spans the thirds, in months.

    Of a week the start is Monday and Tuesday, the middle Wednesday and Thursday, the end Friday to Sunday.
    """
    first, last = days
    length = (last - first).days + 1
    if length <= 7:
        third = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}[name]
        return first + timedelta(days=third[0]), min(last, first + timedelta(days=third[1]))
    if length <= 31:
        start = {"start": 1, "middle": 11, "end": 21}[name]
        end = {"start": 10, "middle": 20, "end": last.day}[name]
        return first.replace(day=start), first.replace(day=end)
    count = ((last.year - first.year) * 12 + last.month - first.month + 1) // 3
    return months(first.year, first.month + count * ("start", "middle", "end").index(name), count)


def shifted(today: date, unit: str, count: int) -> date:
    """Return the day so many days, weeks, months or years from today, the end of a shorter month at most."""
    if unit in ("d", "w"):
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    year, month = carried(today.year, today.month + count * (1 if unit == "m" else 12))
    return date(year, month, min(today.day, monthrange(year, month)[1]))
