"""Meetings: the next ones and the past ones, by theme, country, city, month and kind, and one with all about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.network.audiences import Reader
from bot.network.records import Deadline, Document, Event, EventKind, Organisation, Theme
from storage import agenda
from storage.agenda import Audiences, EventFilter
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES

PAGE = 5
"""Meetings a page."""


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

    @property
    def narrowed(self) -> bool:
        """Whether anything but past or next is asked for."""
        return replace(self, past=False, page=0) != MeetingsRequest()


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


@dataclass(frozen=True)
class MeetingChoices:
    """By what the meetings can be narrowed, each with at least one meeting behind it."""

    themes: tuple[Theme, ...]
    countries: tuple[str, ...]
    months: tuple[date, ...]
    """The first day of each month."""


async def meetings(read: Transaction, reader: Reader, now: datetime, request: MeetingsRequest) -> MeetingsPage:
    """Return a page of the meetings that the reader may see; a page past the end becomes the last one."""
    audiences = reader.audiences(now.date())
    theme = await THEMES.numbered(read, request.theme) if request.theme else None
    city = await ORGANISATIONS.numbered(read, request.city) if request.city else None
    wanted = _filter(reader, now, request, theme, city)
    total = await agenda.count_events(read, audiences, wanted)
    pages = max(1, -(-total // PAGE))
    page = min(max(request.page, 0), pages - 1)
    found = await agenda.events(read, audiences, wanted, limit=PAGE, offset=page * PAGE, latest_first=request.past)
    cities = {event.city: await ORGANISATIONS.get(read, event.city) for event in found if event.city}
    return MeetingsPage(
        request=replace(request, page=page, theme=theme.id if theme else None, city=city.id if city else None),
        events=tuple(found),
        total=total,
        pages=pages,
        theme=theme,
        city=city,
        cities={code: place for code, place in cities.items() if place},
    )


async def meeting(read: Transaction, reader: Reader, now: datetime, number: int) -> MeetingCard | None:
    """Return the meeting of that number, or None if it is not there for this reader."""
    audiences = reader.audiences(now.date())
    event = await agenda.event(read, audiences, number)
    if event is None:
        return None
    themes = [await THEMES.get(read, code) for code in event.themes]
    return MeetingCard(
        event=event,
        city=await ORGANISATIONS.get(read, event.city) if event.city else None,
        themes=tuple(theme for theme in themes if theme),
        larger=await agenda.event_of_code(read, audiences, event.part_of) if event.part_of else None,
        parts=tuple(await agenda.parts_of(read, audiences, event.code)),
        documents=tuple(await agenda.documents_of(read, audiences, event.code)),
        deadlines=tuple(await agenda.deadlines(read, audiences, due_after=now, event_code=event.code)),
        past=event.ends <= now,
    )


async def choices(read: Transaction, reader: Reader, now: datetime, *, past: bool) -> MeetingChoices:
    """Return by what the reader's meetings can be narrowed."""
    audiences = reader.audiences(now.date())
    found = await _all_events(read, audiences, _side(now, past=past))
    codes = {code for event in found for code in event.themes}
    cities = {place.code: place for place in await ORGANISATIONS.all(read)}
    countries = {cities[event.city].country if event.city in cities else event.country for event in found}
    zone = ZoneInfo(reader.time_zone)
    months = {event.begins.astimezone(zone).date().replace(day=1) for event in found}
    return MeetingChoices(
        themes=tuple(theme for theme in await THEMES.all(read) if theme.code in codes),
        countries=tuple(sorted(country for country in countries if country)),
        months=tuple(sorted(months, reverse=past)),
    )


async def _all_events(read: Transaction, audiences: Audiences, wanted: EventFilter) -> list[Event]:
    return await agenda.events(read, audiences, wanted, limit=await agenda.count_events(read, audiences, wanted))


def _side(now: datetime, *, past: bool) -> EventFilter:
    return EventFilter(begins_before=now) if past else EventFilter(ends_after=now)


def _filter(
    reader: Reader, now: datetime, request: MeetingsRequest, theme: Theme | None, city: Organisation | None
) -> EventFilter:
    zone = ZoneInfo(reader.time_zone)
    before = _midnight(request.last + timedelta(days=1), zone) if request.last else None
    after = _midnight(request.first, zone) if request.first else None
    if request.past:
        before = min(before, now) if before else now
    else:
        after = max(after, now) if after else now
    return EventFilter(
        theme=theme.code if theme else None,
        city=city.code if city else None,
        country=request.country,
        kinds=(request.kind,) if request.kind else None,
        begins_before=before,
        ends_after=after,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone)
