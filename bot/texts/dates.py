"""Days and hours as people write them in each language.

The patterns stand in the catalogues (``dates.po``), the names of days, months and cities come from Babel: its ready
patterns are not what a secretariat writes in Khmer or Vietnamese.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names, get_timezone_location

from bot.network.schedule import last_day
from bot.texts.voice import Voice
from locales import Html

_REMEMBERED = 4_096
"""Days and moments kept as they were written: lists say the same ones again and again, and Babel finds names slowly.

Only where the zone is an argument: two zones' readings of one moment are equal to each other.
"""
_NATIVE = {"km": str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"), "lo": str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")}


def number(voice: Voice, value: int | str) -> str:
    """Return a number in the digits that the reader chose; never used for phones, links and codes."""
    return str(value).translate(_NATIVE.get(voice.language, {}) if voice.digits == "native" else {})


@lru_cache(_REMEMBERED)
def day(voice: Voice, value: date) -> Html:
    """Return a day in full: ``mardi 18 mai 2027``."""
    return voice.say("date.day", weekday=weekday(voice, value), **_parts(voice, value))


@lru_cache(_REMEMBERED)
def short_day(voice: Voice, value: date, today: date) -> Html:
    """Return a day for a list, without the year while that is clear: ``mar. 18 mai``; with it when ten months away."""
    near = abs((value - today).days) < 300
    names = get_day_names("abbreviated", locale=voice.language)
    key = "date.short" if near else "date.short_with_year"
    parts = _parts(voice, value)
    return voice.say(key, weekday=names[value.weekday()], weekday_in_full=weekday(voice, value), **parts)


def month(voice: Voice, value: date) -> Html:
    """Return a month with its year: ``mai 2027``."""
    return voice.say("date.month", **_parts(voice, value))


def short_month(voice: Voice, value: date) -> str:
    """Return a month for a button: ``mai 2027``, ``T5/2027``."""
    return voice.label("date.short_month", number=number(voice, value.month), **_parts(voice, value))


def weekday(voice: Voice, value: date) -> str:
    """Return the name of the day of the week, as it stands inside a date."""
    return str(get_day_names("wide", locale=voice.language)[value.weekday()])


def weekdays(voice: Voice) -> list[str]:
    """Return the days of the week from Monday on, as short as a calendar has them: ``lu``, ``T2``."""
    names = get_day_names("short", "stand-alone", locale=voice.language)
    return [str(names[place]).rstrip(".") for place in range(7)]


def years(voice: Voice, first: date, last: date) -> Html:
    """Return one or several whole years: ``2027``, ``de 2004 à 2010``."""
    if first.year == last.year:
        return voice.say("date.year", year=number(voice, first.year))
    return voice.say("date.years", first=number(voice, first.year), last=number(voice, last.year))


def days(voice: Voice, first: date, last: date) -> Html:
    """Return one or several whole days: ``du 4 au 8 novembre 2024``."""
    if first == last:
        return day(voice, first)
    if (first.year, first.month) == (last.year, last.month):
        parts = _parts(voice, last)
        return voice.say("date.days_of_month", first=_day_of_month(voice, first), last=parts.pop("day"), **parts)
    return voice.say("date.days", first=day(voice, first), last=day(voice, last))


def hour(voice: Voice, value: datetime) -> Html:
    """Return an hour of the day: ``14 h 30``, ``14h30``, ``14:30``."""
    hours, minutes = f"{value.hour}", f"{value.minute:02}"
    key = "date.full_hour" if value.minute == 0 else "date.hour"
    return voice.say(key, h=number(voice, hours), hh=number(voice, f"{value.hour:02}"), mm=number(voice, minutes))


def instant(voice: Voice, value: datetime) -> Html:
    """Return a day with its hour, in the zone that ``value`` is in: ``mardi 18 mai 2027 à 14 h 30``."""
    return voice.say("date.at", day=day(voice, value.date()), hour=hour(voice, value))


def zone_name(voice: Voice, zone: ZoneInfo) -> str:
    """Return the country or city that people know a time zone by, as it stands inside ``date.in_zone``."""
    if voice.catalogue.has(f"zone.{zone.key}"):
        return voice.label(f"zone.{zone.key}")
    city = get_timezone_location(zone, locale=voice.language, return_city=True)
    return voice.label("zone.city", city=city)


def distance(voice: Voice, value: date, today: date) -> Html:
    """Return how far a day is: ``aujourd'hui``, ``demain``, ``dans 12 jours``, ``il y a 3 jours``."""
    away = (value - today).days
    named: dict[int, Literal["date.today", "date.tomorrow", "date.yesterday"]]
    named = {0: "date.today", 1: "date.tomorrow", -1: "date.yesterday"}
    if away in named:
        return voice.say(named[away])
    key = "date.in_days" if away > 0 else "date.days_ago"
    return voice.count(key, abs(away), number=number(voice, abs(away)))


@lru_cache(_REMEMBERED)
def when(voice: Voice, begins: datetime, ends: datetime, *, all_day: bool, zone: ZoneInfo) -> Html:
    """Return when an event is, in one or two lines.

    The venue's days and hours first; where the reader's clock shows another hour at that moment, the reader's hour
    after it, with both cities named.  ``ends`` is exclusive for whole days.
    """
    first, last = begins.astimezone(zone), ends.astimezone(zone)
    if all_day:
        return days(voice, first.date(), (last - timedelta(seconds=1)).date())
    there = _hours(voice, first, last)
    mine = begins.astimezone(voice.zone)
    if mine.utcoffset() == first.utcoffset():
        return there
    here = _hours(voice, mine, ends.astimezone(voice.zone), with_day=mine.date() != first.date())
    return voice.say(
        "date.both_hours",
        there=voice.say("date.in_zone", when=there, zone=zone_name(voice, zone)),
        here=voice.say("date.in_zone", when=here, zone=zone_name(voice, voice.zone)),
    )


@lru_cache(_REMEMBERED)
def short_when(voice: Voice, begins: datetime, *, all_day: bool, zone: ZoneInfo, today: date) -> Html:
    """Return when an event begins, for a list: the reader's day and hour, and the venue's hour where it differs."""
    there = begins.astimezone(zone)
    if all_day:
        return short_day(voice, there.date(), today)
    here = begins.astimezone(voice.zone)
    text = voice.say("date.short_at", day=short_day(voice, here.date(), today), hour=hour(voice, here))
    if here.utcoffset() == there.utcoffset():
        return text
    venue = voice.say("date.in_zone", when=hour(voice, there), zone=zone_name(voice, zone))
    return voice.say("date.short_both_hours", here=text, there=venue)


@lru_cache(_REMEMBERED)
def until(voice: Voice, due: datetime, *, all_day: bool, zone: ZoneInfo) -> Html:
    """Return the last moment of something that is due: its last day, or day and hour with the venue's city.

    ``due`` is exclusive for whole days: the midnight after the last day.
    """
    there = due.astimezone(zone)
    if all_day:
        return day(voice, last_day(due, all_day=True, zone=zone))
    mine = due.astimezone(voice.zone)
    if mine.utcoffset() == there.utcoffset():
        return instant(voice, there)
    here = hour(voice, mine) if mine.date() == there.date() else instant(voice, mine)
    return voice.say(
        "date.both_hours",
        there=voice.say("date.in_zone", when=instant(voice, there), zone=zone_name(voice, zone)),
        here=voice.say("date.in_zone", when=here, zone=zone_name(voice, voice.zone)),
    )


def _hours(voice: Voice, first: datetime, last: datetime, *, with_day: bool = True) -> Html:
    if first.date() != last.date():
        return voice.say("date.days", first=instant(voice, first), last=instant(voice, last))
    hours = voice.say("date.hours", first=hour(voice, first), last=hour(voice, last))
    return voice.say("date.on", day=day(voice, first.date()), hours=hours) if with_day else hours


def _parts(voice: Voice, value: date) -> dict[str, str]:
    return {
        "day": _day_of_month(voice, value),
        "month": get_month_names("wide", locale=voice.language)[value.month],
        "month_number": number(voice, value.month),
        "year": number(voice, value.year),
    }


def _day_of_month(voice: Voice, value: date) -> str:
    return voice.label("date.first", one=number(voice, 1)) if value.day == 1 else number(voice, value.day)
