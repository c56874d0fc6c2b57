"""Open registrations: the meetings for which one can register now, soonest closing first, narrowed as meetings are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import Reader
from bot.network.records import Event, EventKind, Organisation
from bot.network.schedule import calendar, last_day
from storage import agenda
from storage.agenda import EventFilter
from storage.database import Transaction
from storage.network import ORGANISATIONS

PAGE = 5
"""Meetings a page."""


@dataclass(frozen=True, kw_only=True)
class RegistrationsRequest(Narrowed):
    """Which meetings; the days are those of the meeting."""

    page: int = 0
    kind: EventKind | None = None


@dataclass(frozen=True)
class RegistrationsPage:
    """One page of the meetings whose registration is open."""

    request: RegistrationsRequest
    """As it was understood: with a page that exists."""
    events: tuple[Event, ...]
    total: int
    pages: int
    named: Named
    cities: dict[str, Organisation]
    """The cities of the events shown, by code."""
    today: date


async def registrations(
    read: Transaction, reader: Reader, now: datetime, request: RegistrationsRequest
) -> RegistrationsPage:
    """Return a page of the meetings that the reader may register for now; a page past the end becomes the last one."""
    request, named = await resolved(read, request)
    today, zone = reader.today(now), ZoneInfo(reader.time_zone)
    wanted = EventFilter(
        theme=named.theme.code if named.theme else None,
        city=named.city.code if named.city else None,
        country=request.country,
        kinds=(request.kind,) if request.kind else None,
        ends_after=now,
    )
    audiences = reader.audiences(today)
    limit = await agenda.count_events(read, audiences, wanted)
    every = await agenda.events(read, audiences, wanted, limit=limit)
    found = [one for one in every if is_open(one, now) and _falls_in(one, zone, request)]
    found.sort(key=lambda one: (one.registration_closes or one.begins, one.begins, one.id))
    page, pages = page_within(request.page, len(found), PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    cities = {event.city: await ORGANISATIONS.get(read, event.city) for event in shown if event.city}
    return RegistrationsPage(
        request=replace(request, page=page),
        events=tuple(shown),
        total=len(found),
        pages=pages,
        named=named,
        cities={code: place for code, place in cities.items() if place},
        today=today,
    )


def is_open(event: Event, now: datetime) -> bool:
    """Whether one can register now: it was opened, or has a link or a closing day, and is neither closed nor over."""
    opens, closes = event.registration_opens, event.registration_closes
    announced = opens is not None or closes is not None or event.registration_link is not None
    begun = (opens is None or opens <= now) and event.status != "cancelled"
    return announced and begun and now < (closes or event.ends)


def _falls_in(event: Event, reader_zone: ZoneInfo, request: RegistrationsRequest) -> bool:
    """Whether one of its days is in the period, as the reader is told them."""
    zone = calendar(ZoneInfo(event.time_zone), reader_zone, all_day=event.all_day)
    begins = event.begins.astimezone(zone).date()
    ends = max(begins, last_day(event.ends, all_day=True, zone=zone))
    return (request.last is None or begins <= request.last) and (request.first is None or ends >= request.first)
