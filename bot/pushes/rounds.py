"""A round a minute: what time alone brings is found in the tables and done, each kind in a transaction of its own.

The scheduler holds no truth: a round that is missed, or made twice, changes nothing that the next one would not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from storage.database import Database, Transaction

Round = Callable[[Transaction, datetime], Awaitable[object]]
"""Does what is due at a moment; True if it stopped in the middle, so as not to hold a transaction for long."""
EVERY = 60
"""Seconds between two rounds."""
_log = structlog.get_logger()


class Rounds:
    """Makes the rounds until it is stopped."""

    def __init__(
        self, database: Database, clock: Clock, rounds: Mapping[str, Round], after: Callable[[], object]
    ) -> None:
        """Take the rounds by name; ``after`` is called when one was made, so that what it queued is sent."""
        self._database, self._clock, self._rounds, self._after = database, clock, rounds, after
        self._stopped = asyncio.Event()
        self._making = asyncio.Lock()

    async def run(self) -> None:
        """Make a round now, and one every minute."""
        scheduler = AsyncIOScheduler()
        scheduler.add_job(self.go, "interval", seconds=EVERY, coalesce=True, misfire_grace_time=None, max_instances=1)
        scheduler.start()
        try:
            await self.go()
            await self._stopped.wait()
        finally:
            scheduler.shutdown(wait=False)

    def stop(self) -> None:
        """Make no further round."""
        self._stopped.set()

    async def go(self) -> None:
        """Make one round; what fails is logged, and tried again at the next one."""
        async with self._making:
            for name, due in self._rounds.items():
                try:
                    while await self._made(due):
                        pass
                except Exception:  # one kind of news must not silence the others: logged, and tried again in a minute
                    _log.exception("round", name=name)
        self._after()

    async def _made(self, due: Round) -> bool:
        async with self._database.transaction() as tx:
            return await due(tx, self._clock.now()) is True
