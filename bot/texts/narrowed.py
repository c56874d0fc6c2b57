"""How it reads what a list is narrowed to, how each part is taken away, and how it travels in a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.answers.narrowed import Named, Narrowed
from bot.network.records import Organisation, Theme
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.layout import in_rows
from bot.texts.reply import Button, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

ARGUMENTS = 5
"""How many arguments of a tap ``arguments`` gives."""
_YEARS = range(1900, 2200)
"""Of days that travel in a tap: a forged one must not leave the calendar."""
_SHORT, _LONG = 14, 24
"""Letters of a label, beside two others and beside one."""


@dataclass(frozen=True)
class Part:
    """One thing that a list is narrowed to."""

    fields: tuple[str, ...]
    """The fields of the request that say it."""
    label: Html
    short: str = ""
    """For a button, where the label would be too long."""


def parts(
    voice: Voice,
    *,
    kind: Html | None = None,
    theme: Theme | None = None,
    city: Organisation | None = None,
    country: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Part, ...]:
    """Return what a list is narrowed to, in the order in which it is read."""
    found: list[Part] = []
    if kind:
        found.append(Part(("kind",), kind))
    if theme:
        found.append(Part(("theme",), voice.text(theme.name)))
    if city:
        found.append(Part(("city",), voice.text(city.name)))
    if country:
        found.append(Part(("country",), escape(voice.country(country))))
    if first or last:
        found.append(Part(("first", "last"), period(voice, first, last), _short_period(voice, first, last)))
    return tuple(found)


def parts_of(voice: Voice, request: Narrowed, named: Named, *, kind: Html | None = None) -> tuple[Part, ...]:
    """Return what a list is narrowed to by its request."""
    return parts(
        voice,
        kind=kind,
        theme=named.theme,
        city=named.city,
        country=request.country,
        first=request.first,
        last=request.last,
    )


def narrowed_line(found: tuple[Part, ...]) -> Html:
    """Return what stands after the title of a list: `` · Huế · mai 2027``."""
    return Html("".join(f" · {part.label}" for part in found))


def take_away(found: tuple[Part, ...], tap: Callable[[dict[str, Any]], Tap]) -> Rows:
    """Return the buttons that each take one part away; ``tap`` is given the fields to set anew."""
    width = 2 if len(found) in (2, 4) else 3
    letters = _SHORT if width == 3 and len(found) > 1 else _LONG
    buttons = [
        Button(f"✕ {shorten(part.short or Voice.plain(part.label), letters)}", tap(dict.fromkeys(part.fields)))
        for part in found
    ]
    return in_rows(buttons, width)


def period(voice: Voice, first: date | None, last: date | None) -> Html:
    """Return a period, both ends inclusive: ``mai 2027``, ``2027``, ``du 4 au 8 mai 2027``, ``à partir du …``."""
    if first and last:
        if _is_month(first, last):
            return dates.month(voice, first)
        whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        return dates.years(voice, first, last) if whole_years else dates.days(voice, first, last)
    if first:
        return voice.say("date.from", day=dates.day(voice, first))
    assert last
    return voice.say("date.up_to", day=dates.day(voice, last))


def end_of_month(month: date) -> date:
    """Return the last day of that day's month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def arguments(request: Narrowed) -> tuple[object, ...]:
    """Return what a list is narrowed to as the arguments of a tap."""
    return (request.theme, request.city, request.country, day_argument(request.first), day_argument(request.last))


def read_arguments(tap: Tap, start: int) -> dict[str, Any]:
    """Return the fields of ``Narrowed`` that a tap carries from its argument ``start`` on."""
    return {
        "theme": tap.number(start),
        "city": tap.number(start + 1),
        "country": tap.text(start + 2),
        "first": read_day(tap.text(start + 3)),
        "last": read_day(tap.text(start + 4)),
    }


def day_argument(value: date | None) -> str | None:
    """Return a day as it travels."""
    return f"{value:%Y%m%d}" if value else None


def read_day(text: str | None) -> date | None:
    """Return the day that travelled; None for what is none."""
    try:
        day = datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and last == end_of_month(first)


def _short_period(voice: Voice, first: date | None, last: date | None) -> str:
    """Return a period for a button: ``mai 2027``, ``18/5``, ``15–21/3``, ``15/3–2/4``, ``15/3 →``, ``→ 30/6``."""
    if first and last:
        if _is_month(first, last):
            return dates.short_month(voice, first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return Voice.plain(dates.years(voice, first, last))
        if first == last:
            return _short_day(voice, first)
        same = (first.year, first.month) == (last.year, last.month)
        begins = dates.number(voice, first.day) if same else _short_day(voice, first)
        return f"{begins}–{_short_day(voice, last)}"
    return f"{_short_day(voice, first)} →" if first else f"→ {_short_day(voice, last)}" if last else ""


def _short_day(voice: Voice, value: date) -> str:
    return dates.number(voice, f"{value.day}/{value.month}")
