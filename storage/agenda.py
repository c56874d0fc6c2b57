"""Events and deadlines, as far as a reader's audiences reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.network.records import Deadline, Document, Event
from storage.database import Transaction
from storage.network import DEADLINES, DOCUMENTS, EVENTS
from storage.places import Audiences, concerns, event_among
from storage.table import Conditions, R, Table


@dataclass(frozen=True)
class EventFilter:
    """Which events: every field that is None filters nothing."""

    theme: str | None = None
    city: str | None = None
    country: str | None = None
    """Where it takes place: the country of its city, or its own."""
    kinds: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    formats: tuple[str, ...] | None = None
    audience: str | None = None
    """Of those that the reader belongs to."""
    begins_before: datetime | None = None
    ends_after: datetime | None = None
    ends_by: datetime | None = None
    """Over at that instant."""


@dataclass(frozen=True)
class DeadlineFilter:
    """Which deadlines: every field that is None filters nothing."""

    kind: str | None = None
    event_kind: str | None = None
    """The kind of the event that it belongs to."""
    theme: str | None = None
    city: str | None = None
    """One of the organisations concerned, or the city of its event."""
    country: str | None = None


def _event_conditions(audiences: Audiences, wanted: EventFilter) -> Conditions:
    conditions = Conditions()
    conditions.among("audience", audiences)
    conditions.among("kind", wanted.kinds)
    conditions.among("status", wanted.statuses)
    conditions.among("format", wanted.formats)
    if wanted.audience is not None:
        conditions.add("audience = ?", wanted.audience)
    if wanted.theme is not None:
        conditions.listed("themes", wanted.theme)
    if wanted.city is not None:
        conditions.add("city = ?", wanted.city)
    if wanted.country is not None:
        of_country = "SELECT code FROM organisations WHERE country = ?"
        conditions.add(f"country = ? OR city IN ({of_country})", wanted.country, wanted.country)
    if wanted.begins_before is not None:
        conditions.add("begins < ?", int(wanted.begins_before.timestamp()))
    if wanted.ends_after is not None:
        conditions.add("ends > ?", int(wanted.ends_after.timestamp()))
    if wanted.ends_by is not None:
        conditions.add("ends <= ?", int(wanted.ends_by.timestamp()))
    return conditions


async def count_events(read: Transaction, audiences: Audiences, wanted: EventFilter) -> int:
    """Return how many events there are that the audiences may see."""
    conditions = _event_conditions(audiences, wanted)
    row = await read.fetch_one(f"SELECT count(*) FROM events{conditions.where}", *conditions.values)
    return int(row[0]) if row else 0


async def events(
    read: Transaction,
    audiences: Audiences,
    wanted: EventFilter,
    *,
    limit: int,
    offset: int = 0,
    latest_first: bool = False,
) -> list[Event]:
    """Return events in the order of their beginning."""
    conditions = _event_conditions(audiences, wanted)
    order = "DESC" if latest_first else "ASC"
    rows = await read.fetch_all(
        f"{EVENTS.select}{conditions.where} ORDER BY begins {order}, id {order} LIMIT {limit:d} OFFSET {offset:d}",
        *conditions.values,
    )
    return [EVENTS.read(row) for row in rows]


async def next_end(read: Transaction, after: datetime) -> datetime | None:
    """Return the next moment after that one at which an event ends, whoever may see it; None if none will."""
    row = await read.fetch_one("SELECT min(ends) FROM events WHERE ends > $1", int(after.timestamp()))
    return datetime.fromtimestamp(row[0], UTC) if row and row[0] is not None else None


async def event(read: Transaction, audiences: Audiences, number: int) -> Event | None:
    """Return the event of that number, or None if it is not there for these audiences."""
    return await _one(read, EVENTS, audiences, "id", number)


async def event_of_code(read: Transaction, audiences: Audiences, code: str) -> Event | None:
    """Return the event of that code, or None if it is not there for these audiences."""
    return await _one(read, EVENTS, audiences, "code", code)


async def parts_of(read: Transaction, audiences: Audiences, code: str) -> list[Event]:
    """Return the events that belong to the event of that code, in order."""
    return await _several(read, EVENTS, audiences, "part_of", code, "begins, id")


async def documents_of(read: Transaction, audiences: Audiences, event_code: str) -> list[Document]:
    """Return the documents of an event, newest first."""
    return await _several(read, DOCUMENTS, audiences, "event", event_code, "dated DESC, id")


async def document(read: Transaction, audiences: Audiences, number: int) -> Document | None:
    """Return the document of that number, or None if it is not there for these audiences."""
    return await _one(read, DOCUMENTS, audiences, "id", number)


async def deadlines(
    read: Transaction,
    audiences: Audiences,
    *,
    due_after: datetime | None,
    due_before: datetime | None = None,
    event_code: str | None = None,
    wanted: DeadlineFilter | None = None,
) -> list[Deadline]:
    """Return what is due after an instant (None: ever), soonest first."""
    conditions = _deadline_conditions(audiences, wanted or DeadlineFilter())
    if due_after is not None:
        conditions.add("due > ?", int(due_after.timestamp()))
    if due_before is not None:
        conditions.add("due <= ?", int(due_before.timestamp()))
    if event_code is not None:
        conditions.add("event = ?", event_code)
    rows = await read.fetch_all(f"{DEADLINES.select}{conditions.where} ORDER BY due, id", *conditions.values)
    return [DEADLINES.read(row) for row in rows]


def _deadline_conditions(audiences: Audiences, wanted: DeadlineFilter) -> Conditions:
    conditions = Conditions()
    conditions.among("audience", audiences)
    if wanted.kind is not None:
        conditions.add("kind = ?", wanted.kind)
    if wanted.event_kind is not None:
        text, values = event_among("kind = ?", [wanted.event_kind], audiences)
        conditions.add(text, *values)
    if wanted.theme is not None:
        conditions.listed("themes", wanted.theme)
    concerns(conditions, "deadlines", city=wanted.city, country=wanted.country, audiences=audiences, events=True)
    return conditions


async def deadline(read: Transaction, audiences: Audiences, number: int) -> Deadline | None:
    """Return the deadline of that number, or None if it is not there for these audiences."""
    return await _one(read, DEADLINES, audiences, "id", number)


async def _several(
    read: Transaction, table: Table[R], audiences: Audiences, column: str, value: object, order: str
) -> list[R]:
    conditions = Conditions()
    conditions.add(f"{column} = ?", value)
    conditions.among("audience", audiences)
    rows = await read.fetch_all(f"{table.select}{conditions.where} ORDER BY {order}", *conditions.values)
    return [table.read(row) for row in rows]


async def _one(read: Transaction, table: Table[R], audiences: Audiences, column: str, value: object) -> R | None:
    return next(iter(await _several(read, table, audiences, column, value, "id")), None)
