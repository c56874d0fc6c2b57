"""Screens made before, for whoever would read the same: put together again only when that may have changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime
from typing import NamedTuple

from bot.texts.reply import Reply
from handlers.turn import Turn
from storage.database import Transaction
from storage.version import version

_MOST = 1_000
"""Screens that are kept at once."""


class _Screen(NamedTuple):
    version: str
    made: datetime
    until: datetime | None
    """The moment from which on it may be another one; None: never while the tables stay as they are."""
    reply: Reply


class Kept:
    """Screens that depend on nothing but the network's tables, who reads them and the moment.

    Readers share one if they have the same voice, belong to the same audiences and are in the same day.
    """

    def __init__(self, until: Callable[[Transaction, datetime], Awaitable[datetime | None]]) -> None:
        """Take what says at which later moment a screen made now may be another one, the tables staying as they are."""
        self._until = until
        self._screens: dict[Hashable, _Screen] = {}

    async def get(self, turn: Turn, what: Hashable, make: Callable[[], Awaitable[Reply]]) -> Reply:
        """Return the screen ``what``: the one made before if it stands, else the one that ``make`` makes."""
        today = turn.reader.today(turn.now)
        key = (what, turn.voice, turn.reader.audiences(today), today)
        present, kept = await version(turn.tx), self._screens.get(key)
        if kept and kept.version == present and kept.made <= turn.now and (not kept.until or turn.now < kept.until):
            return kept.reply
        reply = await make()
        if len(self._screens) >= _MOST:
            self._screens.clear()
        self._screens[key] = _Screen(present, turn.now, await self._until(turn.tx, turn.now), reply)
        return reply
