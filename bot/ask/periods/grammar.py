"""From a row of tokens to points in time: "ngày 18 tháng 5", "fin juin", "vendredi de la semaine prochaine"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.ask.periods import calendar
from bot.ask.periods.calendar import Days
from bot.ask.periods.points import Point, resolve
from bot.ask.periods.tokens import Token

Row = Sequence[Token]
Builder = Callable[[Row, date], "Point | None"]


def point_at(row: Row, letters: str, start: int, today: date) -> tuple[Point, int] | None:
    """Return the point that starts at this token and the token after it; the longest reading counts."""
    best: tuple[Point, int] | None = None
    for pattern, build in _READINGS:
        match = pattern.match(letters, start)
        if match is None or (best is not None and match.end() <= best[1]):
            continue
        point = build(row[start : match.end()], today)
        if point is not None:
            best = point, match.end()
    return best


def _of(row: Row, letters: str) -> int:
    """Return the first number of the first token with one of these letters, 0 if there is none."""
    return next((token.numbers[0] for token in row if token.letter in letters), 0)


def _year(row: Row, today: date) -> int | None:
    """Return the year said in these tokens, 0 for none; nothing if the last words mean another unit."""
    for token in row:
        if token.letter == "R":
            return today.year + token.numbers[0] if token.unit == "year" else None
    return _of(row, "Y")


def _turn(row: Row) -> str:
    for token in row:
        if token.letter in "lb":
            return "last"
        if token.letter in "nav":
            return "next"
    return ""


def _part(row: Row) -> str:
    return next((token.unit for token in row if token.letter == "P"), "")


def _figures(row: Row, today: date) -> Point | None:
    """Read 18/5, 18/5/2027, 5/2027, 18.5."""
    number, month, year = row[-1].numbers
    if not 1 <= month <= 12 or number > 31:
        return None
    return Point("day", number, month, year) if number else Point("month", month=month, year=year, part=_part(row))


def _quarter_figures(row: Row, today: date) -> Point | None:
    """Read quý 2/2027."""
    number, quarter, year = row[-1].numbers
    return Point("quarter", quarter, year=year) if not number and 1 <= quarter <= 4 else None


def _hyphened(row: Row, today: date) -> Point | None:
    """Read 18-5: two numbers that cannot be a range, or that follow the word day."""
    first, second = (token.numbers[0] for token in row if token.letter == "N")
    if second > 12 or first > 31 or (first < second and row[0].letter != "d"):
        return None
    return Point("day", first, second)


def _day_of_month(row: Row, today: date) -> Point | None:
    """Read 18 mai, mardi 18 mai 2027, May 18th, ngày 18 tháng 5 năm 2027."""
    year = _year(row, today)
    numbers = [token.numbers[0] for token in row if token.letter == "N" and token.unit != "word"]
    month = _of(row, "M") or (numbers[1] if len(numbers) > 1 else 0)
    if year is None or not numbers or not 1 <= month <= 12 or not 1 <= numbers[0] <= 31:
        return None
    return Point("day", numbers[0], month, year, turn=_turn(row))


def _month_first(row: Row, today: date) -> Point | None:
    """Read tháng 5 ngày 18."""
    month, number = (token.numbers[0] for token in row if token.letter == "N")
    return Point("day", number, month) if 1 <= month <= 12 and 1 <= number <= 31 else None


def _day_of_unit(row: Row, today: date) -> Point | None:
    """Read le 15 du mois prochain, ngày 15 tháng này."""
    relative = row[-1]
    counted = row[0].letter == "N" and row[0].numbers[0] <= 6 and row[0].unit == ""
    if relative.unit != "month" or counted:
        return None
    year, month = calendar.carried(today.year, today.month + relative.numbers[0])
    return Point("day", _of(row, "N"), month, year)


def _whole_month(row: Row, today: date) -> Point | None:
    year = _year(row, today)
    month = _of(row, "MKN")
    if year is None or not 1 <= month <= 12:
        return None
    return Point("month", month=month, year=year, part=_part(row), turn=_turn(row))


def _relative(row: Row, today: date) -> Point | None:
    relative = next(token for token in row if token.letter == "R")
    days = calendar.relative(relative.unit, relative.numbers[0], today)
    return Point("days", days=days, part=_part(row) if relative.unit != "day" else "", length=relative.unit)


def _weekday_in_week(row: Row, today: date) -> Point | None:
    """Read thứ 6 tuần sau, vendredi de la semaine prochaine."""
    relative = next(token for token in row if token.letter == "R")
    if relative.unit not in ("week", "weekend"):
        return None
    found = calendar.week(today, relative.numbers[0])[0] + timedelta(days=_of(row, "W"))
    return Point("days", days=(found, found), length="day")


_UNITS = {"m": "month", "y": "year", "w": "week", "q": "quarter", "h": "half"}


def _this_part(row: Row, today: date) -> Point | None:
    """Read fin du mois, cuối năm: of the current one, or of the next one if it is over."""
    unit = _UNITS[row[-1].letter]
    for offset in (0, 1):
        days = calendar.relative(unit, offset, today)
        if calendar.part(days, _part(row))[1] >= today:
            return Point("days", days=days, part=_part(row), length="part")
    return None


def _this_unit(row: Row, today: date) -> Point | None:
    """Read trong tháng: the current one."""
    unit = _UNITS[row[-1].letter]
    return Point("days", days=calendar.relative(unit, 0, today), length=unit)


def _half_month(row: Row, today: date) -> Point | None:
    """Read the second half of May."""
    point = _whole_month(row[-2:] if row[-1].letter in "YR" else row[-1:], today)
    days = resolve(point, today) if point else None
    number = _of(row, "NO")
    if days is None or number not in (1, 2):
        return None
    first, last = days
    found = (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)
    return Point("days", days=found, length="part")


def _week_of_month(row: Row, today: date) -> Point | None:
    """Read la première semaine de juin: its days 1 to 7."""
    at = next(at for at, token in enumerate(row) if token.letter == "w")
    marked = at == 0 and row[1].unit == "z"  # ອາທິດທີ 3 ເດືອນພຶດສະພາ, but not la semaine du 3 mai
    number = _of(row[2:] if marked else row[:at], "NO")
    point = _whole_month(row[3:] if marked else row[at + 1 :], today)
    days = resolve(point, today) if point and 1 <= number <= 4 else None
    if days is None:
        return None
    first = days[0] + timedelta(days=7 * (number - 1))
    return Point("days", days=(first, first + timedelta(days=6)), length="week")


def _week_of(row: Row, today: date) -> Point | None:
    """Read la semaine du 12 avril."""
    inner = row[1:]
    if inner[0].unit == "z":
        return None
    found = point_at(inner, "".join(token.letter for token in inner), 0, today)
    days = resolve(found[0], today) if found else None
    return Point("days", days=calendar.week(days[0]), length="week") if days else None


def _slice(row: Row, today: date) -> Point | None:
    """Read quý 2, T2 2027, 2e trimestre, second half of 2027."""
    year = _year(row, today)
    half = any(token.letter in "Hh" for token in row)
    number = _of(row, "QHON")
    if year is None or not 1 <= number <= (2 if half else 4):
        return None
    return Point("half" if half else "quarter", number, year=year, part=_part(row), turn=_turn(row))


def _season(row: Row, today: date) -> Point | None:
    """Read au printemps, l'été prochain, hiver 2027."""
    year = _year(row, today)
    return None if year is None else Point("season", _of(row, "E"), year=year, part=_part(row), turn=_turn(row))


def _whole_year(row: Row, today: date) -> Point | None:
    return Point("year", year=_of(row, "Y"), part=_part(row))


def _weekday(row: Row, today: date) -> Point | None:
    return Point("weekday", _of(row, "W"), turn=_turn(row))


def _bare_day(row: Row, today: date) -> Point | None:
    """Read le 15, ngày 20, on the 3rd; "le 2e" and "the 2nd" count something else."""
    token = row[-1]
    the = row[0].unit == "the"
    counts = token.unit in ("e", "word") or (the and (token.unit != "th" or token.numbers[0] <= 5))
    return Point("day", token.numbers[0]) if token.numbers[0] <= 31 and not counts else None


_LENGTHS = {"d": "d", "w": "w", "m": "m", "y": "y"}


def _window(row: Row, today: date) -> Point | None:
    """Read the next 3 weeks, 2 tháng qua."""
    unit = next(token.letter for token in row if token.letter in _LENGTHS)
    turn = _turn(row)
    count = _of(row, "N") * (-1 if turn == "last" else 1)
    other = calendar.shifted(today, unit, count)
    days: Days = (other, today) if turn == "last" else (today, other)
    return Point("days", days=days, length="window")


def _window_of_units(row: Row, today: date) -> Point | None:
    """Read 3 tháng tới, 2 tuần qua, where "tháng tới" was found as one; "15 tháng tới" is a day."""
    count, relative = row[0].numbers[0], row[1]
    letter = {"week": "w", "month": "m", "year": "y"}.get(relative.unit, "")
    if not letter or abs(relative.numbers[0]) != 1 or not 2 <= count <= 6:
        return None
    other = calendar.shifted(today, letter, count * relative.numbers[0])
    return Point("days", days=(min(today, other), max(today, other)), length="window")


def _away(row: Row, today: date) -> Point | None:
    """Read dans 3 jours, 2 tuần nữa: that day, week or month."""
    unit = next(token.letter for token in row if token.letter in _LENGTHS)
    found = calendar.shifted(today, unit, _of(row, "N"))
    if unit == "w":
        return Point("days", days=calendar.week(found), length="week")
    if unit == "m":
        return Point("days", days=calendar.months(found.year, found.month), length="month")
    return Point("days", days=(found, found), length="day")


_YEAR = "(?:[/,]?y?Y|R)?"
_READINGS: tuple[tuple[re.Pattern[str], Builder], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        ("W?d?S", _figures),
        ("PmS|mS|PS", _figures),
        ("W?dD", _figures),
        ("qS", _quarter_figures),
        ("d?N-N", _hyphened),
        (f"W?c?d?Nm?M{_YEAR}[nlc]?", _day_of_month),
        (f"W?c?d?NmN{_YEAR}[nc]?", _day_of_month),
        ("W?m?Md?N(?:Y)?", _day_of_month),
        ("mNdN", _month_first),
        (f"w(?:d?S|d?NM{_YEAR}|d?NmN|MN|dN)", _week_of),
        ("W?d?NR", _day_of_unit),
        (f"[nlc]?P?m?M(?:[nlcvb]|{_YEAR})", _whole_month),
        (f"P?mN(?:[nlcvb]|{_YEAR})", _whole_month),
        (f"P?K{_YEAR}", _whole_month),
        ("P?R", _relative),
        ("WR|R[d,]?W", _weekday_in_week),
        ("P[mywqh]", _this_part),
        ("j[mywqh](?![NMKYOR])", _this_unit),
        (f"d?[NO]hm?M{_YEAR}", _half_month),
        (f"d?[NO]w(?:m?M|mN){_YEAR}|wd[NO](?:m?M|mN){_YEAR}", _week_of_month),
        (f"P?q[NO]{_YEAR}|d?P?[NO]q{_YEAR}|Q{_YEAR}", _slice),
        (f"P?h[NO]{_YEAR}|d?P?[NO]h{_YEAR}|P?H{_YEAR}", _slice),
        (f"c?P?E(?:[nlcvb]|{_YEAR})", _season),
        ("P?y?Y", _whole_year),
        ("c?W[nlcavb]?|[nl]W", _weekday),
        ("W?dN|Wd?N", _bare_day),
        ("N[dwmy][nlv]|d?[nl]N[dwmy]|d?N[nl][dwmy]", _window),
        ("NR", _window_of_units),
        ("[iU]N[dwmy]|N[dwmy]g|gN[dwmy]", _away),
    )
)
