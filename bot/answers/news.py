"""News of the network and its cities, by theme, place and period, newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import Reader
from bot.network.records import NewsItem, Organisation, Theme
from storage import library
from storage.database import Transaction
from storage.library import LibraryFilter
from storage.network import ORGANISATIONS, THEMES

PAGE = 5
"""Pieces of news a page."""


@dataclass(frozen=True, kw_only=True)
class NewsRequest(Narrowed):
    """Which news."""

    page: int = 0


@dataclass(frozen=True)
class NewsPage:
    """One page of news."""

    request: NewsRequest
    """As it was understood: with a page that exists."""
    news: tuple[NewsItem, ...]
    total: int
    pages: int
    named: Named
    organisations: dict[str, Organisation]
    """Whose news they are, by code."""
    today: date


@dataclass(frozen=True)
class NewsCard:
    """A piece of news with all that belongs to it."""

    item: NewsItem
    organisation: Organisation | None
    themes: tuple[Theme, ...]
    today: date


async def news(read: Transaction, reader: Reader, now: datetime, request: NewsRequest) -> NewsPage:
    """Return a page of the news that the reader may see; a page past the end becomes the last one."""
    request, named = await resolved(read, request)
    audiences = reader.audiences(reader.today(now))
    wanted = LibraryFilter(
        theme=named.theme.code if named.theme else None,
        city=named.city.code if named.city else None,
        country=request.country,
        first=request.first,
        last=request.last,
    )
    total = await library.count_news(read, audiences, wanted)
    page, pages = page_within(request.page, total, PAGE)
    found = await library.news(read, audiences, wanted, limit=PAGE, offset=page * PAGE)
    places = {one.organisation: await ORGANISATIONS.get(read, one.organisation) for one in found if one.organisation}
    return NewsPage(
        request=replace(request, page=page),
        news=tuple(found),
        total=total,
        pages=pages,
        named=named,
        organisations={code: place for code, place in places.items() if place},
        today=reader.today(now),
    )


async def news_card(read: Transaction, reader: Reader, now: datetime, number: int) -> NewsCard | None:
    """Return the piece of news of that number, or None if it is not there for this reader."""
    today = reader.today(now)
    item = await library.news_item(read, reader.audiences(today), number)
    if item is None:
        return None
    themes = [await THEMES.get(read, code) for code in item.themes]
    place = await ORGANISATIONS.get(read, item.organisation) if item.organisation else None
    return NewsCard(item, place, tuple(theme for theme in themes if theme), today)
