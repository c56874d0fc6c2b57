"""What there is to read: documents and news, newest first, as far as a reader's audiences reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.network.records import Document, NewsItem
from storage.database import Transaction
from storage.network import DOCUMENTS, NEWS
from storage.places import Audiences, published_there
from storage.table import Conditions, R, Table


@dataclass(frozen=True)
class LibraryFilter:
    """Which documents or news: every field that is None filters nothing."""

    theme: str | None = None
    city: str | None = None
    """The organisation's code: what it published; a document also by the city of its event."""
    country: str | None = None
    first: date | None = None
    last: date | None = None
    """Both inclusive, by the day that the row bears."""
    kind: str | None = None
    """Of documents."""


async def count_documents(read: Transaction, audiences: Audiences, wanted: LibraryFilter) -> int:
    """Return how many documents there are that the audiences may see."""
    return await _count(read, DOCUMENTS, _documents(audiences, wanted))


async def documents(
    read: Transaction, audiences: Audiences, wanted: LibraryFilter, *, limit: int, offset: int = 0
) -> list[Document]:
    """Return documents, newest first."""
    return await _newest(read, DOCUMENTS, _documents(audiences, wanted), "dated", limit, offset)


async def count_news(read: Transaction, audiences: Audiences, wanted: LibraryFilter) -> int:
    """Return how many pieces of news there are that the audiences may see."""
    return await _count(read, NEWS, _conditions(audiences, wanted, "published"))


async def news(
    read: Transaction, audiences: Audiences, wanted: LibraryFilter, *, limit: int, offset: int = 0
) -> list[NewsItem]:
    """Return news, newest first."""
    return await _newest(read, NEWS, _conditions(audiences, wanted, "published"), "published", limit, offset)


async def news_item(read: Transaction, audiences: Audiences, number: int) -> NewsItem | None:
    """Return the piece of news of that number, or None if it is not there for these audiences."""
    conditions = Conditions()
    conditions.add("id = ?", number)
    conditions.among("audience", audiences)
    row = await read.fetch_one(f"{NEWS.select}{conditions.where}", *conditions.values)
    return NEWS.read(row) if row else None


def _documents(audiences: Audiences, wanted: LibraryFilter) -> Conditions:
    conditions = _conditions(audiences, wanted, "dated", of_events=True)
    if wanted.kind is not None:
        conditions.add("kind = ?", wanted.kind)
    return conditions


def _conditions(audiences: Audiences, wanted: LibraryFilter, day: str, *, of_events: bool = False) -> Conditions:
    conditions = Conditions()
    conditions.among("audience", audiences)
    if wanted.theme is not None:
        conditions.listed("themes", wanted.theme)
    if wanted.first is not None:
        conditions.add(f"{day} >= ?", wanted.first.isoformat())
    if wanted.last is not None:
        conditions.add(f"{day} <= ?", wanted.last.isoformat())
    published_there(conditions, city=wanted.city, country=wanted.country, audiences=audiences, events=of_events)
    return conditions


async def _count(read: Transaction, table: Table[R], conditions: Conditions) -> int:
    row = await read.fetch_one(f"SELECT count(*) FROM {table.name}{conditions.where}", *conditions.values)
    return int(row[0]) if row else 0


async def _newest(
    read: Transaction, table: Table[R], conditions: Conditions, day: str, limit: int, offset: int
) -> list[R]:
    rows = await read.fetch_all(
        f"{table.select}{conditions.where} ORDER BY {day} DESC, id DESC LIMIT {limit:d} OFFSET {offset:d}",
        *conditions.values,
    )
    return [table.read(row) for row in rows]
