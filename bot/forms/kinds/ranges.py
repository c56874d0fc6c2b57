"""Days from one to another: ``du 18 au 20 mai``, ``18-20/5``, ``từ 18 đến 20 tháng 5``; one day alone is both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.ask import periods
from bot.ask.normalise import Normalised
from bot.ask.periods.tokens import Token, tokens
from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds import days
from bot.forms.kinds.days import Said
from bot.forms.kinds.limits import day_between
from bot.forms.kinds.words import message
from bot.network.languages import Language

_LINKS = ("Tt", "Uv", "-/", ",")
"""The tokens between two days, the surest first."""
_COUNTED = frozenset("mwMKuRW")
"""A month, week or weekend may be meant as a whole; a year or the end of something may not."""
_FROM = "FfI&"
_MONTHS = frozenset("MuKm")
_FIGURES = re.compile(r"\D*?(\d{1,2}) ?- ?(\d{1,2})\D*")
_HYPHENS = re.compile(r"(?<!\d)\d{1,2}(?P<one>-)\d{1,2} ?(?:[^\d/.]{1,9}) ?\d{1,2}(?P<two>-)\d{1,2}(?!\d)")


def read(field: Field, text: str, around: Around) -> Value:
    """Return the first and the last day; raises Problem not_a_range, range_backwards, too_early or too_late."""
    written = _strokes(message(text))
    readers = (_one,) if _is_one_day(written) else (_two, _one, _whole)
    found = next((days_found for reader in readers if (days_found := reader(written, field, around))), None)
    if found is None:
        raise Problem("not_a_range")
    return check(field, [day.isoformat() for day in found], around)


def _is_one_day(written: Normalised) -> bool:
    """Whether two figures are a day and its month: 20-5; raises Problem where they may be that or two days: 3-5."""
    figures = _FIGURES.fullmatch(written.folded)
    if figures is None or not 1 <= int(figures[2]) <= 12 or _MONTHS & {token.letter for token in tokens(written, None)}:
        return False
    if int(figures[1]) < int(figures[2]):
        raise Problem("not_a_range")
    return True


def check(field: Field, value: Value, around: Around) -> Value:
    """Return two days inside their limits; raises Problem not_a_range, range_backwards, too_early or too_late."""
    both = [days.iso(one) for one in value] if isinstance(value, list | tuple) and len(value) == 2 else [None]
    if both[0] is None or both[-1] is None:
        raise Problem("not_a_range")
    first, last = both[0], both[-1]
    if first > last:
        raise Problem("range_backwards", first=first, last=last)
    day_between(field, first, last)
    return [first.isoformat(), last.isoformat()]


def _strokes(written: Normalised) -> Normalised:
    """Return 18-5 - 20-5 as 18/5 - 20/5."""
    match = _HYPHENS.search(written.folded)
    if match is None:
        return written
    for name in ("one", "two"):
        at = match.start(name)
        written = replace(
            written,
            text=written.text[:at] + "/" + written.text[at + 1 :],
            folded=written.folded[:at] + "/" + written.folded[at + 1 :],
        )
    return written


def _one(written: Normalised, field: Field, around: Around) -> tuple[date, date] | None:
    said = days.said_day(written, around)
    found = None if said is None else days.resolve(said, field, around.today)
    return None if found is None else (found, found)


def _whole(written: Normalised, field: Field, around: Around) -> tuple[date, date] | None:
    """Return a whole month, week or weekend."""
    for language in days.languages(written, around):
        letters = {token.letter for token in tokens(written, language)}
        period = periods.find(written, language, around.today)
        if period is None or period.first is None or period.last is None or "P" in letters or not letters & _COUNTED:
            continue
        rest = written.masked([period.span])
        numbers = [token.numbers[0] for token in tokens(written, language) if token.letter == "N"]
        if (
            "," in letters
            and "&" not in letters
            and numbers != list(range(numbers[0], numbers[0] + len(numbers)) if numbers else ())
        ):
            continue  # 18 et 25 mai
        if any(char.isdigit() for char in rest.folded) or period.first == period.last:
            continue
        return period.first, period.last
    return None


def _two(written: Normalised, field: Field, around: Around) -> tuple[date, date] | None:
    for language in days.languages(written, around):
        for left, right, link in _splits(written, language):
            first, last = days.said_day(left, around), days.said_day(right, around) or _with_year(right, around)
            if first is None or last is None:
                continue
            found = _resolved(first, last, field, around.today)
            if found is not None and (link != "," or (found[1] - found[0]).days == 1):
                return found
    return None


def _splits(written: Normalised, language: Language | None) -> Iterator[tuple[Normalised, Normalised, str]]:
    """Yield what stands on both sides of a word or sign that may part two days."""
    row = tokens(written, language)
    for links in _LINKS:
        for token in row:
            if token.letter in links and _has_days(row, token):
                begun = max((one.end for one in row if one.letter in _FROM and one.end <= token.start), default=0)
                between = any(one.letter == "&" for one in row)
                left, right = _part(written, begun, token.start), _part(written, token.end, len(written.folded))
                yield left, right, "T" if between else token.letter


def _with_year(written: Normalised, around: Around) -> Said | None:
    """Return a day whose month stands before the other one: May 18 - 20, 2027."""
    years = [token for token in tokens(written, None) if token.letter == "Y"]
    if len(years) != 1 or years[0].end < len(written.folded):
        return None
    said = days.said_day(_part(written, 0, years[0].start), around)
    return replace(said, year=years[0].numbers[0]) if said and said.number else None


def _has_days(row: list[Token], link: Token) -> bool:
    sides = (
        [token.letter in "NSDWRM" for token in row if token.end <= link.start],
        [token.letter in "NSDWRM" for token in row if token.start >= link.end],
    )
    return all(any(side) for side in sides)


def _part(written: Normalised, start: int, end: int) -> Normalised:
    return replace(
        written, text=written.text[start:end].strip(), folded=written.folded[start:end].strip(),
        cased=written.cased[start:end].strip(),
    )  # fmt: skip


def _resolved(first: Said, last: Said, field: Field, today: date) -> tuple[date, date] | None:
    """Return two days, each with what only the other says; the later one follows the earlier over New Year."""
    if not first.exact and not last.exact:
        first = replace(first, month=first.month or last.month)
        last = replace(last, month=last.month or first.month)
        if last.year and not first.year:
            first = replace(first, year=last.year - (first.month > last.month))
        elif first.year and not last.year:
            last = replace(last, year=first.year + (last.month < first.month))
    one, other = days.resolve(first, field, today), days.resolve(last, field, today)
    if one is None or other is None or first.year or first.exact or last.exact:
        return None if one is None or other is None else (one, other)
    return _together(first, last, one, other, field)


def _together(first: Said, last: Said, one: date, other: date, field: Field) -> tuple[date, date] | None:
    """Return two days that were said without a year, in one year or over New Year."""
    if not first.month:
        if other < one:  # du 28 au 3: of the month after
            other = days.resolve(last, replace(field, least=one), one) or other
        return one, other
    try:
        return one.replace(year=other.year - (last.month < first.month)), other
    except ValueError:
        return None
