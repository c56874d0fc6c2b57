"""What the network knows already, to be compared with what somebody gives."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.network.content import Content
from bot.network.schedule import days_of
from bot.watch import contributing
from bot.watch.contribution import Contribution
from bot.watch.likeness import ALIKE, Likely, alike
from storage import contributions, library
from storage.agenda import EventFilter, events
from storage.database import Transaction
from storage.library import LibraryFilter
from storage.places import Audiences

_MANY = 500
"""News and events that are compared, the newest first."""


class Twin(NamedTuple):
    """What resembles it: something that the network has, or gets unless a coordinator refuses it."""

    key: str
    """``news:code``, ``event:code``, ``contribution:7``."""
    number: int
    """Its row's."""
    titles: Content
    day: date | None
    waits: bool = False
    """Whether nobody has decided about it yet."""


async def twins(
    read: Transaction, one: Contribution, audiences: Audiences, number: int = 0, least: float = ALIKE
) -> list[Twin]:
    """Return what resembles the contribution of that number, nearest first; news and events as these audiences may."""
    rows = await contributing.accepted(read)
    tables = [*await _news(read, audiences), *await _events(read, audiences)]
    known = [*(one for one in tables if one[1].key not in rows), *await _given(read)]
    by_key = {likely.key: twin for likely, twin in known}
    return [by_key[found.key] for _, found in alike(likely(one, number), [found for found, _ in known], least)]


def likely(one: Contribution, number: int) -> Likely:
    """Return a contribution as something to be compared."""
    titles = tuple(text.strip().partition("\n")[0] for text in one.texts.values())
    days = (one.first, one.last or one.first) if one.first else None
    return Likely(f"contribution:{number}", titles, days, one.link)


async def _news(read: Transaction, audiences: Audiences) -> list[tuple[Likely, Twin]]:
    found = await library.news(read, audiences, LibraryFilter(), limit=_MANY)
    return [
        (
            Likely(f"news:{one.code}", _texts(one.title), None, one.link),
            Twin(f"news:{one.code}", one.id, one.title, one.published),
        )
        for one in found
    ]


async def _events(read: Transaction, audiences: Audiences) -> list[tuple[Likely, Twin]]:
    found = await events(read, audiences, EventFilter(), limit=_MANY, latest_first=True)
    return [
        (
            Likely(f"event:{one.code}", _texts(one.title), days_of(one), one.link),
            Twin(f"event:{one.code}", one.id, one.title, one.begins.astimezone(ZoneInfo(one.time_zone)).date()),
        )
        for one in found
    ]


async def _given(read: Transaction) -> list[tuple[Likely, Twin]]:
    """Return what others have given, undecided too: whoever gives nearly the same knows it already."""
    found: list[tuple[Likely, Twin]] = []
    for kept in await contributions.in_states(read, ("waiting", "accepted")):
        one = Contribution.model_validate_json(kept.content)
        titles = {code: one.title(code) for code in one.texts}
        content = Content.of(one.source, **titles)
        found.append(
            (
                likely(one, kept.id),
                Twin(f"contribution:{kept.id}", kept.id, content, one.first, kept.state == "waiting"),
            )
        )
    return found


def _texts(title: Content) -> tuple[str, ...]:
    return tuple(version.text for version in title.root.values())
