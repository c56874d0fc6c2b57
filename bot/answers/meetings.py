"""Meetings: the next ones and the past ones, by theme, country, city, month and kind, and one with all about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.network.audiences import EVERYONE, Reader
from bot.network.forms import Form, is_for
from bot.network.records import Deadline, Document, Event, EventFormat, EventKind, EventStatus, Organisation, Theme
from bot.network.schedule import calendar, last_day
from storage import agenda
from storage.agenda import EventFilter
from storage.database import Transaction
from storage.forms import to_register
from storage.network import ORGANISATIONS, THEMES

PAGE = 5
"""Meetings a page."""


Only = Literal["cancelled", "moved", "changed", "video", "in_person", "open"]
"""What a list may be narrowed to beside all else: how its meetings stand, how they are held, those open to all."""
ONLY: tuple[Only, ...] = get_args(Only)
_STATUSES: Mapping[str, tuple[EventStatus, ...]] = {
    "cancelled": ("cancelled",), "moved": ("moved",), "changed": ("cancelled", "moved"),
}  # fmt: skip
_FORMATS: Mapping[str, tuple[EventFormat, ...]] = {"video": ("video", "hybrid"), "in_person": ("in_person", "hybrid")}


@dataclass(frozen=True)
class MeetingsRequest:
    """Which meetings; themes and cities by their row's number, days in the reader's time zone."""

    past: bool = False
    page: int = 0
    theme: int | None = None
    city: int | None = None
    country: str | None = None
    first: date | None = None
    """From this day on."""
    last: date | None = None
    """Up to this day, inclusive."""
    kind: EventKind | None = None
    only: Only | None = None


@dataclass(frozen=True)
class MeetingsPage:
    """One page of meetings."""

    request: MeetingsRequest
    """As it was understood: with a page that exists."""
    events: tuple[Event, ...]
    total: int
    pages: int
    theme: Theme | None
    city: Organisation | None
    cities: dict[str, Organisation]
    """The cities of the events shown, by code."""


@dataclass(frozen=True)
class MeetingCard:
    """A meeting with all that belongs to it, as far as the reader may see."""

    event: Event
    city: Organisation | None
    themes: tuple[Theme, ...]
    larger: Event | None
    """The event that it is part of."""
    parts: tuple[Event, ...]
    documents: tuple[Document, ...]
    deadlines: tuple[Deadline, ...]
    past: bool
    forms: tuple[Form, ...] = ()
    """The forms by which the reader registers here."""


@dataclass(frozen=True)
class MeetingChoices:
    """By what the meetings can be narrowed further, each with at least one meeting behind it."""

    themes: tuple[Theme, ...]
    countries: tuple[str, ...]
    months: tuple[date, ...]
    """The first day of each month."""


async def meetings(read: Transaction, reader: Reader, now: datetime, request: MeetingsRequest) -> MeetingsPage:
    """Return a page of the meetings that the reader may see; a page past the end becomes the last one."""
    theme = await THEMES.numbered(read, request.theme) if request.theme else None
    city = await ORGANISATIONS.numbered(read, request.city) if request.city else None
    shown, total, page = await _page(read, reader, now, request, theme, city)
    cities = await ORGANISATIONS.several(read, {event.city for event in shown if event.city})
    return MeetingsPage(
        request=replace(request, page=page, theme=theme.id if theme else None, city=city.id if city else None),
        events=tuple(shown),
        total=total,
        pages=max(1, -(-total // PAGE)),
        theme=theme,
        city=city,
        cities=cities,
    )


async def meeting(read: Transaction, reader: Reader, now: datetime, number: int) -> MeetingCard | None:
    """Return the meeting of that number, or None if it is not there for this reader."""
    audiences = reader.audiences(reader.today(now))
    event = await agenda.event(read, audiences, number)
    if event is None:
        return None
    themes = [await THEMES.get(read, code) for code in event.themes]
    forms = await to_register(read, (event.code,))
    return MeetingCard(
        event=event,
        city=await ORGANISATIONS.get(read, event.city) if event.city else None,
        themes=tuple(theme for theme in themes if theme),
        larger=await agenda.event_of_code(read, audiences, event.part_of) if event.part_of else None,
        parts=tuple(await agenda.parts_of(read, audiences, event.code)),
        documents=tuple(await agenda.documents_of(read, audiences, event.code)),
        deadlines=tuple(await agenda.deadlines(read, audiences, due_after=now, event_code=event.code)),
        past=event.ends <= now,
        forms=tuple(one for one in forms.get(event.code, []) if is_for(one, reader, now)),
    )


async def choices(
    read: Transaction, reader: Reader, now: datetime, *, past: bool, within: MeetingsRequest | None = None
) -> MeetingChoices:
    """Return by what the reader's meetings can be narrowed; ``within`` is what they are narrowed by already.

    A choice takes the place of the one made before (a theme of the theme), so each is counted without it.
    """
    request = replace(within or MeetingsRequest(), past=past)
    theme = await THEMES.numbered(read, request.theme) if request.theme else None
    city = await ORGANISATIONS.numbered(read, request.city) if request.city else None
    of_any_theme = await _found(read, reader, now, request, None, city)
    of_anywhere = await _found(read, reader, now, replace(request, country=None), theme, None)
    of_any_day = await _found(read, reader, now, replace(request, first=None, last=None), theme, city)
    codes = {code for event in of_any_theme for code in event.themes}
    countries_of = {place.code: place.country for place in await ORGANISATIONS.all(read)}
    countries = {countries_of.get(event.city or "", event.country) for event in of_anywhere}
    months = {_days(event, ZoneInfo(reader.time_zone))[0].replace(day=1) for event in of_any_day}
    return MeetingChoices(
        themes=tuple(theme for theme in await THEMES.all(read) if theme.code in codes),
        countries=tuple(sorted(country for country in countries if country)),
        months=tuple(sorted(months, reverse=past)),
    )


async def _page(
    read: Transaction,
    reader: Reader,
    now: datetime,
    request: MeetingsRequest,
    theme: Theme | None,
    city: Organisation | None,
) -> tuple[list[Event], int, int]:
    """Return the meetings of the page that is asked for, how many there are in all, and which page that is."""
    if request.first is None and request.last is None:  # the database can count them
        wanted, audiences = _wanted(now, request, theme, city), reader.audiences(reader.today(now))
        total = await agenda.count_events(read, audiences, wanted)
        page = _within(request.page, total)
        shown = await agenda.events(read, audiences, wanted, limit=PAGE, offset=page * PAGE, latest_first=request.past)
        return shown, total, page
    found = await _found(read, reader, now, request, theme, city)
    page = _within(request.page, len(found))
    return found[page * PAGE : (page + 1) * PAGE], len(found), page


def _within(page: int, total: int) -> int:
    return min(max(page, 0), max(1, -(-total // PAGE)) - 1)


def _wanted(now: datetime, request: MeetingsRequest, theme: Theme | None, city: Organisation | None) -> EventFilter:
    return EventFilter(
        theme=theme.code if theme else None,
        city=city.code if city else None,
        country=request.country,
        kinds=(request.kind,) if request.kind else None,
        statuses=_STATUSES.get(request.only or ""),
        formats=_FORMATS.get(request.only or ""),
        audience=EVERYONE if request.only == "open" else None,
        ends_by=now if request.past else None,
        ends_after=None if request.past else now,
    )


async def _found(
    read: Transaction,
    reader: Reader,
    now: datetime,
    request: MeetingsRequest,
    theme: Theme | None,
    city: Organisation | None,
) -> list[Event]:
    """Return every meeting that is asked for, of all pages."""
    wanted, audiences = _wanted(now, request, theme, city), reader.audiences(reader.today(now))
    limit = await agenda.count_events(read, audiences, wanted)
    found = await agenda.events(read, audiences, wanted, limit=limit, latest_first=request.past)
    return [event for event in found if _falls_in(event, ZoneInfo(reader.time_zone), request)]


def _falls_in(event: Event, zone: ZoneInfo, request: MeetingsRequest) -> bool:
    """Whether one of its days is in the period; here and not in SQL, for a day is the venue's or the reader's."""
    begins, ends = _days(event, zone)
    return (request.last is None or begins <= request.last) and (request.first is None or ends >= request.first)


def _days(event: Event, reader_zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last day of an event, as the reader is told them."""
    zone = calendar(ZoneInfo(event.time_zone), reader_zone, all_day=event.all_day)
    first = event.begins.astimezone(zone).date()
    return first, max(first, last_day(event.ends, all_day=True, zone=zone))
