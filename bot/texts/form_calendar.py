"""The calendar under a question for a day: the days that can be chosen, and no others."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta

from bot.forms.definition import Field
from bot.forms.session import Session
from bot.forms.standing import Standing
from bot.texts import dates
from bot.texts.form_tap import tap
from bot.texts.reply import Button, Rows
from bot.texts.voice import Voice

_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)
"""Where a form sets no limits."""


def calendar(voice: Voice, standing: Standing, session: Session, field: Field, month: date | None) -> Rows:
    """Return a month with its weekdays; weeks without a day that can be chosen are left out.

    ``month`` is a day of the month that was turned to; None shows the earlier answer's, or the first that is possible.
    """
    least = field.least if isinstance(field.least, date) else _FIRST
    most = field.most if isinstance(field.most, date) else _LAST
    first = max(least, min(month or _opening(standing, session), most)).replace(day=1)
    chosen = _chosen(session)
    weeks = (
        tuple(
            _day(voice, standing, day, chosen) if day.month == first.month and least <= day <= most else Button.still()
            for day in week
        )
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    weekdays = tuple(Button.still(name) for name in dates.weekdays(voice))
    return (
        _turning(voice, standing, first, least, most),
        weekdays,
        *(week for week in weeks if not all(one.is_still for one in week)),
    )


def _turning(voice: Voice, standing: Standing, first: date, least: date, most: date) -> tuple[Button, ...]:
    """Return the month with the ways to the one before and the one after, where a day can be chosen there."""
    before = first - timedelta(days=1) if first > least else None
    after = (first + timedelta(days=32)).replace(day=1)
    return (
        Button("‹", tap(standing, "m", f"{before:%Y%m}")) if before else Button.still(),
        Button.still(dates.short_month(voice, first)),
        Button("›", tap(standing, "m", f"{after:%Y%m}")) if after <= most else Button.still(),
    )


def _day(voice: Voice, standing: Standing, day: date, chosen: frozenset[str]) -> Button:
    number = dates.number(voice, day.day)
    return Button(f"✓{number}" if day.isoformat() in chosen else number, tap(standing, "p", day.isoformat()))


def _chosen(session: Session) -> frozenset[str]:
    """Return the days of the earlier answer, or the first one that was tapped where two are asked for."""
    answer = session.unsure or session.answers.get(session.step) or ()
    return frozenset([answer] if isinstance(answer, str) else answer)


def _opening(standing: Standing, session: Session) -> date:
    chosen = _chosen(session)
    return date.fromisoformat(min(chosen)) if chosen else standing.around.today
