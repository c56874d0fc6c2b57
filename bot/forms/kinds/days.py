"""A day as it is said in five languages; what was left unsaid of it is chosen by the question's limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.ask import periods
from bot.ask.normalise import MASK, Normalised
from bot.ask.periods.tokens import Token, tokens
from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds.limits import day_between, days_between
from bot.forms.kinds.words import found_in, message, sections, without
from bot.network.languages import Language

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FIGURES = re.compile(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d\d))?")
_DAY_AND_MONTH = re.compile(r"(?<![\d./-])\d{1,2}(?P<mark>[-.])\d{1,2}(?P<end>\.?)(?![\d/-])(?!\.\d)")
_APART = re.compile(r"^\D*\d{1,2}(?P<first>[ ])\d{1,2}(?:(?P<second>[ ])\d{4})?$")
_RUN = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d{4})(?!\d)")
_OLD_YEAR = re.compile(r"(?<![\d/.-])19([0-8]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2} ?([/.-]) ?\d{1,2} ?\1 ?\d\d(?!\d)")
_HOUR = re.compile(r"(?<!\d)\d{1,2}(?::\d\d| ?(?:heures?|h|gio|g)(?![a-z])(?:\d\d)?)(?!\d)|ម៉ោង ?\d{1,2}|\d{1,2} ?ໂມງ")
_NUMBER = re.compile(r"\d+")
_DAY_ALONE = re.compile("[dz_]*N_*")
"""The tokens of a day's number alone; "3 jours" is none."""
_RELATIVE = frozenset("RnlcigjavboqQhH")
"""The tokens that count from today: tomorrow, next, in 3 days."""
_FARTHEST = 120
"""Years to look for another year in."""
_SOON = 20
"""A year of two figures is not farther ahead, if there is a choice."""
_BUDDHIST = 543


@dataclass(frozen=True, slots=True)
class Said:
    """A day as it was said: what is 0 was not."""

    number: int = 0
    month: int = 0
    year: int = 0
    exact: date | None = None
    """A day that is known without these: tomorrow, next Tuesday."""
    short: bool = False
    """Whether two figures of the year were said: 85, kept as 2085."""
    weekday: bool = False
    """Whether ``exact`` is only the coming one of a weekday."""
    on: int | None = None
    """The weekday said beside a number: mardi 2."""


def read(field: Field, text: str, around: Around) -> Value:
    """Return the one day of a text as YYYY-MM-DD; raises Problem not_a_date, too_early or too_late."""
    said = said_day(message(text), around)
    found = None if said is None else resolve(said, field, around.today)
    if found is None:
        raise Problem("not_a_date")
    return check(field, found.isoformat(), around)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return a day YYYY-MM-DD inside its limits; raises Problem not_a_date, too_early or too_late."""
    day = iso(value)
    if day is None:
        raise Problem("not_a_date")
    day_between(field, day, day)
    return day.isoformat()


def iso(value: Value) -> date | None:
    """Return the day that a JSON value is, None if it is none."""
    if not isinstance(value, str) or not value.isascii() or not _ISO.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def said_day(written: Normalised, around: Around) -> Said | None:
    """Return the one day that a message says; None if it says none, several, or one that no calendar has."""
    figures = _FIGURES.fullmatch(written.folded)
    if figures:
        return _in_figures(figures)
    if found_in(sections("not_a_day"), written, around.language):
        return None
    written = _marked(_masked(written, _HOUR))
    for language in languages(written, around):
        found = _in(written, language, around.today)
        if found is not None:
            return found
    return _alone(written, around.language)


def _alone(written: Normalised, language: Language) -> Said | None:
    """Return a day whose number alone is said: le 18, ngày 18, 18 svp."""
    figures = _NUMBER.findall(written.folded)
    if len(figures) != 1 or not 1 <= int(figures[0]) <= 31:
        return None
    bare = without(written, found_in(sections("polite", "weak"), written, language))
    bare = replace(bare, text=bare.text.replace(MASK, " "), folded=bare.folded.replace(MASK, " "))
    letters = "".join(token.letter for token in tokens(bare, language))
    return Said(int(figures[0])) if _DAY_ALONE.fullmatch(letters) else None


def _in_figures(found: re.Match[str]) -> Said | None:
    """Return a day in figures, the day first always: 18/5, 18.5.2027, 2570."""
    number, month, year = int(found["day"]), int(found["month"]), int(found["year"] or 0)
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    if found["year"] and len(found["year"]) == 2:
        return Said(number, month, 2000 + year, short=True)
    return Said(number, month, year - _BUDDHIST if year >= 2500 else year)


def languages(written: Normalised, around: Around) -> Iterable[Language | None]:
    """Return the languages in which a message may be meant: "mai" is tomorrow in Vietnamese, May in French."""
    return dict.fromkeys(("vi" if written.vietnamese else around.language, around.language, None))


def _in(written: Normalised, language: Language | None, today: date) -> Said | None:
    old = _OLD_YEAR.search(written.folded)
    if old:  # years before 1990 are no years in a question about meetings; a hundred years on has the same days
        start, end = old.start(), old.start() + 2
        written = _put(written, start, end, "20")
    period = periods.find(written, language, today)
    if period is None or period.first is None or period.first != period.last:
        return None
    rest = written.masked([period.span])
    if any(char.isdigit() for char in rest.folded):
        return None
    if rest.folded.strip(f"{MASK} .,") and periods.find(rest, language, today) is not None:
        return None
    row = [token for token in tokens(written, language) if period.span[0] <= token.start < period.span[1]]
    said = _parts(row, period.first)
    if old and said.year:
        return _other_year(said, said.year - 100)
    if _SHORT_YEAR.search(written.folded):
        return replace(said, short=True)
    return said


def _other_year(said: Said, year: int) -> Said | None:
    return replace(said, year=year) if said.exact is None else None


def _parts(row: list[Token], day: date) -> Said:
    """Return what was said of this day and what was only concluded."""
    letters = {token.letter for token in row}
    numbers = sum(token.letter == "N" for token in row)
    dated = any(token.letter in "SD" for token in row)
    if letters & _RELATIVE or not (numbers or dated):
        return Said(exact=day, weekday="W" in letters and not letters & _RELATIVE)
    year = day.year if "Y" in letters or any(token.letter == "S" and token.numbers[2] for token in row) else 0
    month = day.month if dated or letters & set("MuKm/-") or numbers > 1 else 0
    return Said(day.day, month, year, on=next((token.numbers[0] for token in row if token.letter == "W"), None))


def resolve(said: Said, field: Field, today: date) -> date | None:
    """Return the day that is meant: the coming one, or where that is outside the limits the nearest one inside them."""
    least, most = days_between(field)
    if said.exact is not None:
        if said.weekday and least and said.exact < least:
            return least + timedelta(days=(said.exact - least).days % 7)
        return said.exact
    if said.year and not said.short:
        return _date(said.year, said.month, said.number)
    candidates = [day for day in _candidates(said, today, least, most) if day is not None]
    if not said.month and said.on is not None:
        candidates = [day for day in candidates if day.weekday() == said.on]
    inside = (day for day in candidates if (least is None or least <= day) and (most is None or day <= most))
    return next(inside, candidates[0] if candidates else None)


def _candidates(said: Said, today: date, least: date | None, most: date | None) -> Iterator[date | None]:
    """Yield the days that may be meant, the likeliest first."""
    if said.year:
        centuries = (0, -100) if said.year <= today.year + _SOON else (-100, 0)
        yield from (_date(said.year + more, said.month, said.number) for more in (*centuries, 500 - _BUDDHIST))
    elif said.month:
        years = range(today.year, today.year + 9)
        coming = next((day for year in years if (day := _date(year, said.month, said.number)) and day >= today), None)
        yield coming
        for away in range(_FARTHEST if coming else 0):
            yield _date(today.year - away, said.month, said.number)
            yield _date(today.year + away, said.month, said.number)
    else:
        yield _in_months(said.number, today, 1)
        yield _in_months(said.number, least, 1) if least and least > today else None
        yield _in_months(said.number, today, -1) if most else None


def _in_months(number: int, start: date, step: int) -> date | None:
    """Return the first day of that number from a day on, or back from it."""
    for away in range(12):
        month = start.month - 1 + away * step
        found = _date(start.year + month // 12, month % 12 + 1, number)
        if found is not None and (found >= start if step > 0 else found <= start):
            return found
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _marked(written: Normalised) -> Normalised:
    """Return the message with the figures of a day parted by strokes: 18-5, 18.5, 18 5 2027, 18052027."""
    run = _RUN.search(written.folded)
    if run:
        separated = f"{run[1]}/{run[2]}/{run[3]}"
        written = _put(written, *run.span(), separated)
    for match in _DAY_AND_MONTH.finditer(written.folded):
        written = _put(written, match.start("mark"), match.start("mark") + 1, "/")
        if match["end"]:
            written = _put(written, match.start("end"), match.end("end"), " ")
    apart = _APART.match(written.folded)
    for name in ("first", "second"):
        if apart and apart[name]:
            written = _put(written, *apart.span(name), "/")
    return written


def _put(written: Normalised, start: int, end: int, text: str) -> Normalised:
    """Return the message with something else in a place."""
    return replace(
        written,
        text=written.text[:start] + text + written.text[end:],
        folded=written.folded[:start] + text + written.folded[end:],
        cased=written.cased[:start] + text + written.cased[end:],
    )


def _masked(written: Normalised, pattern: re.Pattern[str]) -> Normalised:
    spans = [match.span() for match in pattern.finditer(written.folded)]
    return written.masked(spans) if spans else written
