"""Registrations: the meetings for which one can register now, narrowed as meetings are.

Where there is none among what is asked for: those whose registration opens later, else those whose it has closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import Reader
from bot.network.forms import Form, is_for
from bot.network.records import Event, EventKind, Organisation
from bot.network.schedule import calendar, last_day
from storage import agenda
from storage.agenda import EventFilter
from storage.database import Transaction
from storage.forms import to_register
from storage.network import ORGANISATIONS

Standing = Literal["open", "later", "closed"]
"""How the registration for a meeting stands: what matters most first."""
_STANDINGS: tuple[Standing, ...] = get_args(Standing)
PAGE = 5
"""Meetings a page."""


@dataclass(frozen=True, kw_only=True)
class RegistrationsRequest(Narrowed):
    """Which meetings; the days are those of the meeting."""

    page: int = 0
    kind: EventKind | None = None


@dataclass(frozen=True)
class RegistrationsPage:
    """One page of the meetings whose registration stands alike."""

    request: RegistrationsRequest
    """As it was understood: with a page that exists."""
    standing: Standing
    """That of every event shown: ``later`` only if none is open, ``closed`` only if none will be."""
    events: tuple[Event, ...]
    total: int
    pages: int
    named: Named
    cities: dict[str, Organisation]
    """The cities of the events shown, by code."""
    today: date
    forms: Mapping[str, Form] = field(default_factory=dict)
    """Event → the form by which the reader registers for it here."""


async def registrations(
    read: Transaction, reader: Reader, now: datetime, request: RegistrationsRequest
) -> RegistrationsPage:
    """Return a page of the meetings that the reader may register for now, else later, else no longer.

    A page past the end becomes the last one.
    """
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
    standing, found = _foremost([one for one in every if _falls_in(one, zone, request)], now)
    page, pages = page_within(request.page, len(found), PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    cities = {event.city: await ORGANISATIONS.get(read, event.city) for event in shown if event.city}
    forms = await to_register(read, (event.code for event in shown))
    return RegistrationsPage(
        request=replace(request, page=page),
        standing=standing,
        events=tuple(shown),
        total=len(found),
        pages=pages,
        named=named,
        cities={code: place for code, place in cities.items() if place},
        today=today,
        forms={
            code: own[0] for code, found in forms.items() if (own := [one for one in found if is_for(one, reader, now)])
        },
    )


def standing_of(event: Event, now: datetime) -> Standing | None:
    """Return how the registration stands; None if there is none: nothing of it is told, or the meeting will not be.

    It is open if it was opened, or has a link or a closing day, and is neither closed nor over.
    """
    opens, closes = event.registration_opens, event.registration_closes
    announced = opens is not None or closes is not None or event.registration_link is not None
    if not announced or event.status == "cancelled" or event.ends <= now:
        return None
    if opens is not None and now < opens:
        return "later"
    return "closed" if closes is not None and closes <= now else "open"


def _foremost(events: list[Event], now: datetime) -> tuple[Standing, list[Event]]:
    """Return the events that are open; else those that open later; else those that have closed: each soonest first."""
    for standing in _STANDINGS:
        found = [one for one in events if standing_of(one, now) == standing]
        if found:
            return standing, sorted(found, key=lambda one: (_moment(one, standing), one.begins, one.id))
    return "open", []


def _moment(event: Event, standing: Standing) -> datetime:
    """Return what is awaited: that it opens, that it closes, or the meeting itself."""
    awaited = {"open": event.registration_closes, "later": event.registration_opens, "closed": None}
    return awaited[standing] or event.begins


def _falls_in(event: Event, reader_zone: ZoneInfo, request: RegistrationsRequest) -> bool:
    """Whether one of its days is in the period, as the reader is told them."""
    zone = calendar(ZoneInfo(event.time_zone), reader_zone, all_day=event.all_day)
    begins = event.begins.astimezone(zone).date()
    ends = max(begins, last_day(event.ends, all_day=True, zone=zone))
    return (request.last is None or begins <= request.last) and (request.first is None or ends >= request.first)
