"""A point in time as it was said, perhaps without its month or year, and the days that it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.ask.periods import calendar
from bot.ask.periods.calendar import Days
from bot.ask.wordlists import table

MOON = 100
"""The number of a season from which on it is a feast that moves with the moon, in the order of ``feasts.toml``."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, quarter … as it was said; what was not said is 0."""

    unit: str
    """``day``, ``month``, ``quarter``, ``half``, ``season``, ``year``, ``weekday`` or ``days`` (known already)."""
    number: int = 0
    """The day of the month, the quarter, the half-year, the first month of the season (from ``MOON`` on a feast), or
    the weekday (Monday is 0)."""
    month: int = 0
    year: int = 0
    part: str = ""
    """``start``, ``middle`` or ``end`` of it."""
    turn: str = ""
    """``next`` or ``last`` beside it, ``past`` or ``near`` where the message looks back."""
    days: Days | None = None
    length: str = ""
    """Of known days: the unit that they are (``day``, ``week``, ``year`` …)."""


def resolve(point: Point, today: date) -> Days | None:
    """Return the days that a point means today, or nothing if there is no such day."""
    found = point.days or _RESOLVERS[point.unit](point, today)
    if found is None or not point.part:
        return found
    return calendar.part(found, point.part)


def _day(point: Point, today: date) -> Days | None:
    if not point.month:
        return _bare_day(point, today)
    if point.year:
        return calendar.day(point.year, point.month, point.number)
    year = _year_of(point.month, point.turn, today)
    return calendar.day(year, point.month, point.number) or calendar.day(_leap(year), point.month, point.number)


def _leap(year: int) -> int:
    return year + -year % 4


def _bare_day(point: Point, today: date) -> Days | None:
    """Return the next day with this number (the last one, if the message looks back), today included."""
    back = point.turn in ("last", "past")
    for away in range(0, 12):
        year, month = calendar.carried(today.year, today.month + (-away if back else away))
        found = calendar.day(year, month, point.number)
        if found and (found[0] <= today if back else found[0] >= today):
            return found
    return None


def _year_of(month: int, turn: str, today: date) -> int:
    """Return the year of a month said without one: the coming month, this one included; the past one after "last"."""
    if turn == "last":
        return today.year - (month >= today.month)
    if turn == "near":
        return today.year
    if turn == "past":
        return today.year - (month > today.month + 5)
    return today.year + (month < today.month)


def _month(point: Point, today: date) -> Days | None:
    year = point.year or _year_of(point.month, point.turn, today)
    return calendar.months(year, point.month)


def _slice(point: Point, today: date) -> Days | None:
    """Return a quarter or half-year."""
    length = 3 if point.unit == "quarter" else 6
    first = length * (point.number - 1) + 1
    if point.year:
        return calendar.months(point.year, first, length)
    found = calendar.months(today.year, first, length)
    if point.turn in ("last", "past") and found[0] > today:
        return calendar.months(today.year - 1, first, length)
    coming = point.turn not in ("last", "past") and found[1] < today
    return calendar.months(today.year + coming, first, length)


def _season(point: Point, today: date) -> Days | None:
    """Return the three months of a season; a winter bears the year in which it ends, as most of its days do."""
    if point.number >= MOON:
        return _moon_feast(point, today)
    winter = point.number > 10
    if point.year:
        return calendar.months(point.year - winter, point.number, 3)
    back = point.turn in ("last", "past")
    years = (today.year + 1, today.year, today.year - 1, today.year - 2)
    found = [calendar.months(year, point.number, 3) for year in years]
    ended, coming = [one for one in found if one[1] < today], [one for one in found if one[1] >= today]
    return ended[0] if back else coming[-1]


def _moon_feast(point: Point, today: date) -> Days | None:
    """Return the feast of that year, else the coming one, the last one where the message looks back."""
    feast = list(table("feasts.toml").values())[point.number - MOON]
    spans = [(first, first + timedelta(days=feast["days"] - 1)) for first in feast["first"]]
    if point.year:
        return next((one for one in spans if one[0].year == point.year), None)
    over = [one for one in spans if one[1] < today]
    ahead = [one for one in spans if one[1] >= today]
    found = over[-1:] if point.turn in ("last", "past") else ahead[:1]
    return found[0] if found else None


def _year(point: Point, today: date) -> Days | None:
    return calendar.months(point.year, 1, 12)


def _weekday(point: Point, today: date) -> Days | None:
    """Return the next such day, today included; the one before after "last"."""
    if point.turn in ("last", "past"):
        away = (today.weekday() - point.number - 1) % 7 + 1
        found = today - timedelta(days=away)
    else:
        away = (point.number - today.weekday()) % 7
        found = today + timedelta(days=away or (7 if point.turn == "next" else 0))
    return found, found


_RESOLVERS = {
    "day": _day,
    "month": _month,
    "quarter": _slice,
    "half": _slice,
    "season": _season,
    "year": _year,
    "weekday": _weekday,
}


def joined(left: Point, right: Point, today: date) -> Days | None:
    """Return the days from one point to another, the month and year taken from the right one where left unsaid."""
    if left.unit == "day" and not left.month and right.unit == "day" and right.month:
        left = replace(left, month=right.month, year=right.year)
        if left.number > right.number:
            year, month = calendar.carried(left.year or 1, left.month - 1)
            left = replace(left, month=month, year=year if right.year else 0)
    elif left.unit == "day" and left.month and right.unit == "day" and not right.month:
        right = replace(right, month=left.month, year=left.year)
    if right.year and not left.year and left.month:
        left = replace(left, year=right.year - (left.month > (right.month or left.month)))
    first, last = resolve(left, today), resolve(right, today)
    if first is None or last is None:
        return None
    if last[1] < first[0] and right.unit in ("day", "month") and not right.year:
        turned = resolve(replace(right, year=first[0].year + (right.month and right.month < first[0].month)), today)
        last = turned or last
    return (first[0], last[1]) if first[0] <= last[1] else None
