"""Deadlines: what is due, soonest first, in groups, by kind, theme, place and period; open calls with their opening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import Reader
from bot.network.records import Deadline, DeadlineKind, Event, EventKind, Organisation
from bot.network.schedule import calendar, last_day
from storage import agenda
from storage.agenda import DeadlineFilter
from storage.database import Transaction
from storage.network import ORGANISATIONS

PAGE = 8
"""Deadlines a page."""


DEADLINE_KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)


@dataclass(frozen=True, kw_only=True)
class DeadlinesRequest(Narrowed):
    """Which deadlines; a city or country is that of the organisations concerned, or of the event."""

    page: int = 0
    mine: bool = False
    """Only what concerns the reader's own organisation."""
    kind: DeadlineKind | EventKind | None = None
    """Their own kind, or that of their event."""


@dataclass(frozen=True)
class DeadlinesPage:
    """One page of what is due."""

    request: DeadlinesRequest
    """As it was understood: with a page that exists."""
    pages: int
    total: int
    this_week: tuple[Deadline, ...]
    """Due before next Monday in the reader's zone."""
    this_month: tuple[Deadline, ...]
    later: tuple[Deadline, ...]
    today: date
    """The day in the reader's zone."""
    concerns: bool
    """Whether the reader has an organisation that something can concern."""
    named: Named
    past: tuple[Deadline, ...] = ()
    """Over already: only where a period was asked for that lies in the past."""

    @property
    def shown(self) -> tuple[Deadline, ...]:
        """All deadlines of the page, in order."""
        return (*self.past, *self.this_week, *self.this_month, *self.later)


@dataclass(frozen=True)
class DeadlineCard:
    """A deadline with all that belongs to it, as far as the reader may see."""

    deadline: Deadline
    event: Event | None
    organisations: tuple[Organisation, ...]
    today: date
    past: bool
    not_open_yet: bool


async def deadlines(
    read: Transaction, reader: Reader, now: datetime, request: DeadlinesRequest | None = None
) -> DeadlinesPage:
    """Return a page of what is due and the reader may see; a page past the end becomes the last one."""
    request, named = await resolved(read, request or DeadlinesRequest())
    today, zone = reader.today(now), ZoneInfo(reader.time_zone)
    found = await _found(read, reader, now, request, named)
    found.sort(key=lambda one: (last_day_of(one, zone), one.due, one.id))
    monday = today + timedelta(days=7 - today.weekday())
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    page, pages = page_within(request.page, len(found), PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    ahead = [one for one in shown if one.due > now]
    return DeadlinesPage(
        request=replace(request, page=page),
        pages=pages,
        total=len(found),
        this_week=tuple(one for one in ahead if last_day_of(one, zone) < monday),
        this_month=tuple(one for one in ahead if monday <= last_day_of(one, zone) < next_month),
        later=tuple(one for one in ahead if last_day_of(one, zone) >= max(monday, next_month)),
        today=today,
        concerns=reader.organisation is not None,
        named=named,
        past=tuple(one for one in shown if one.due <= now),
    )


async def _found(
    read: Transaction, reader: Reader, now: datetime, request: DeadlinesRequest, named: Named
) -> list[Deadline]:
    """Return every deadline that is asked for, of all pages; the past only for a period that is over."""
    today, zone = reader.today(now), ZoneInfo(reader.time_zone)
    over = request.last is not None and request.last < today
    wanted = DeadlineFilter(
        kind=request.kind if request.kind in DEADLINE_KINDS else None,
        event_kind=request.kind if request.kind in EVENT_KINDS else None,
        theme=named.theme.code if named.theme else None,
        city=named.city.code if named.city else None,
        country=request.country,
    )
    found = await agenda.deadlines(read, reader.audiences(today), due_after=None if over else now, wanted=wanted)
    if request.mine:
        found = [one for one in found if not one.organisations or reader.organisation in one.organisations]
    return [one for one in found if request.covers(last_day_of(one, zone))]


def last_day_of(deadline: Deadline, reader_zone: ZoneInfo) -> date:
    """Return the last day that still counts, as the reader is told it: by an hour's day, it is the reader's own."""
    zone = calendar(ZoneInfo(deadline.time_zone), reader_zone, all_day=deadline.all_day)
    return last_day(deadline.due, all_day=deadline.all_day, zone=zone)


async def deadline(read: Transaction, reader: Reader, now: datetime, number: int) -> DeadlineCard | None:
    """Return the deadline of that number, or None if it is not there for this reader."""
    audiences = reader.audiences(reader.today(now))
    found = await agenda.deadline(read, audiences, number)
    if found is None:
        return None
    concerned = [await ORGANISATIONS.get(read, code) for code in found.organisations]
    return DeadlineCard(
        deadline=found,
        event=await agenda.event_of_code(read, audiences, found.event) if found.event else None,
        organisations=tuple(one for one in concerned if one),
        today=reader.today(now),
        past=found.due <= now,
        not_open_yet=found.opens is not None and found.opens > now,
    )
