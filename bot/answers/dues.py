"""Dues: until when the reader's own organisation has paid; for coordinators, who has not.

Nobody but the coordinators is told the state of another organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.deadlines import last_day_of
from bot.answers.narrowed import page_within
from bot.network.audiences import Reader
from bot.network.records import Deadline, Organisation
from storage import agenda, directory
from storage.agenda import DeadlineFilter
from storage.database import Transaction
from storage.network import ORGANISATIONS

PAGE = 8
"""Organisations a page that have not paid."""


@dataclass(frozen=True)
class DuesAnswer:
    """The state of one organisation's dues."""

    organisation: Organisation | None
    """The reader's own, or for a coordinator the one asked about; None for a stranger."""
    paid: bool
    deadlines: tuple[Deadline, ...]
    """When they are due, as far as it concerns that organisation and is not paid; soonest first."""
    today: date
    others_asked: bool = False
    """Whether another organisation was asked about, of which the reader is told nothing."""


@dataclass(frozen=True)
class UnpaidPage:
    """The members whose dues are not paid, for coordinators."""

    page: int
    pages: int
    total: int
    country: str | None
    """ISO 3166-1 alpha-2; None for those of every country."""
    organisations: tuple[Organisation, ...]
    today: date


def is_paid(organisation: Organisation, today: date) -> bool:
    """Whether the dues count as paid on that day."""
    return organisation.dues_paid_until is not None and today <= organisation.dues_paid_until


async def dues(read: Transaction, reader: Reader, now: datetime, city: int | None = None) -> DuesAnswer:
    """Return the state of the reader's dues; ``city`` is an organisation's row number, heeded for coordinators."""
    today = reader.today(now)
    asked = await ORGANISATIONS.numbered(read, city) if city else None
    own = await ORGANISATIONS.get(read, reader.organisation) if reader.organisation else None
    shown = asked if asked and reader.is_coordinator else own
    others = asked is not None and shown != asked
    if shown is None:
        return DuesAnswer(None, False, (), today, others)
    due = await _deadlines(read, reader, now, shown) if shown.membership == "member" else []
    return DuesAnswer(shown, is_paid(shown, today), tuple(due), today, others)


async def _deadlines(read: Transaction, reader: Reader, now: datetime, payer: Organisation) -> list[Deadline]:
    """Return when the payer's dues are due; what is due on a day that is paid for already is not."""
    zone, audiences = ZoneInfo(reader.time_zone), reader.audiences(reader.today(now))
    found = await agenda.deadlines(read, audiences, due_after=now, wanted=DeadlineFilter(kind="dues"))
    concerned = [one for one in found if not one.organisations or payer.code in one.organisations]
    due = [one for one in concerned if not is_paid(payer, last_day_of(one, zone))]
    return sorted(due, key=lambda one: (last_day_of(one, zone), one.id))


async def unpaid(
    read: Transaction, reader: Reader, now: datetime, page: int = 0, country: str | None = None
) -> UnpaidPage | None:
    """Return a page of the members whose dues are not paid, of one country or all; None for all but coordinators."""
    found = await every_unpaid(read, reader, now, country)
    if found is None:
        return None
    page, pages = page_within(page, len(found), PAGE)
    shown = tuple(found[page * PAGE : (page + 1) * PAGE])
    return UnpaidPage(page, pages, len(found), country, shown, reader.today(now))


async def every_unpaid(
    read: Transaction, reader: Reader, now: datetime, country: str | None = None
) -> list[Organisation] | None:
    """Return the members whose dues are not paid, of one country or all; None for all but coordinators."""
    if not reader.is_coordinator:
        return None
    members = await directory.organisations(read, country=country, membership="member")
    return [one for one in members if not is_paid(one, reader.today(now))]
