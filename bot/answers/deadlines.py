"""Deadlines: what is due, soonest first, in three groups; open calls with their opening and closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.network.audiences import Reader
from bot.network.records import Deadline, Event, Organisation
from bot.network.schedule import calendar, last_day
from storage import agenda
from storage.database import Transaction
from storage.network import ORGANISATIONS

PAGE = 8
"""Deadlines a page."""


@dataclass(frozen=True)
class DeadlinesPage:
    """One page of what is due."""

    page: int
    pages: int
    total: int
    mine: bool
    """Whether only what concerns the reader's own organisation is shown."""
    this_week: tuple[Deadline, ...]
    """Due before next Monday in the reader's zone."""
    this_month: tuple[Deadline, ...]
    later: tuple[Deadline, ...]
    today: date
    """The day in the reader's zone."""
    concerns: bool = True
    """Whether the reader has an organisation that something can concern."""

    @property
    def shown(self) -> tuple[Deadline, ...]:
        """All deadlines of the page, in order."""
        return (*self.this_week, *self.this_month, *self.later)


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
    read: Transaction, reader: Reader, now: datetime, page: int = 0, *, mine: bool = False
) -> DeadlinesPage:
    """Return a page of what is due and the reader may see; a page past the end becomes the last one."""
    found = await agenda.deadlines(read, reader.audiences(reader.today(now)), due_after=now)
    if mine:
        found = [one for one in found if not one.organisations or reader.organisation in one.organisations]
    zone = ZoneInfo(reader.time_zone)
    found.sort(key=lambda one: (last_day_of(one, zone), one.due, one.id))
    today = reader.today(now)
    monday = today + timedelta(days=7 - today.weekday())
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    week = tuple(one for one in shown if last_day_of(one, zone) < monday)
    month = tuple(one for one in shown if monday <= last_day_of(one, zone) < next_month)
    later = tuple(one for one in shown if last_day_of(one, zone) >= max(monday, next_month))
    concerns = reader.organisation is not None
    return DeadlinesPage(page, pages, len(found), mine, week, month, later, today, concerns)


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
