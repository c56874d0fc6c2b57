"""What a list is narrowed to: theme, place and period, the same for every list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.network.records import Organisation, Theme
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What is asked for; themes and cities by their row's number, days in the reader's time zone."""

    theme: int | None = None
    city: int | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    first: date | None = None
    """From this day on."""
    last: date | None = None
    """Up to this day, inclusive."""

    def covers(self, day: date) -> bool:
        """Whether a day is in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


N = TypeVar("N", bound=Narrowed)
K = TypeVar("K", bound=str)


@dataclass(frozen=True)
class Named:
    """The rows that a narrowed request means; None where it means none."""

    theme: Theme | None = None
    city: Organisation | None = None


async def resolved(read: Transaction, request: N) -> tuple[N, Named]:
    """Return the request without what is not there (any more), and the rows that it means."""
    theme = await THEMES.numbered(read, request.theme) if request.theme else None
    city = await ORGANISATIONS.numbered(read, request.city) if request.city else None
    known = replace(request, theme=theme.id if theme else None, city=city.id if city else None)
    return known, Named(theme, city)


def one_of(kinds: Sequence[K], kind: str | None) -> K | None:
    """Return the kind if it is one of these."""
    return next((one for one in kinds if one == kind), None)


def page_within(page: int, total: int, size: int) -> tuple[int, int]:
    """Return the page that exists nearest to ``page``, from 0, and how many pages of ``size`` there are."""
    pages = max(1, -(-total // size))
    return min(max(page, 0), pages - 1), pages
