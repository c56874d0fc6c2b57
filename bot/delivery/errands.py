"""Does what is owed: what takes too long for the transaction of the update that asks for it.

A row says what is owed, from the update's own commit until the answer is queued; so a kill in between loses nothing,
and nothing is answered twice.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.clock import Clock
from bot.delivery.patience import insist
from storage import errands
from storage.database import Database, Transaction
from storage.errands import Errand

_log = structlog.get_logger()
MOST_ATTEMPTS = 3
"""After so many that failed, or during which the assistant was killed, it is given up."""
AGAIN = timedelta(seconds=20)
"""Between an attempt that failed and the next one."""
_LOOK = 1.0
"""Seconds between two looks at the rows, for those whose commit came after ``owe``."""
Finish = Callable[[Transaction], Awaitable[object]]
"""Keeps what came of an errand, and queues the answer, in the transaction that settles it."""


class Doer(Protocol):
    """Who does the errands of one kind."""

    async def do(self, errand: Errand) -> Finish:
        """Do the long part, outside any transaction; it may be done again after a kill."""
        ...

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it could not be done."""
        ...


class Owed:
    """Takes errands on; whoever does them is woken."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()

    async def owe(self, tx: Transaction, kind: str, account: int, details: Mapping[str, Any], now: datetime) -> bool:
        """Owe something to an account, in the transaction of who asks; False if the very same is owed already."""
        new = await errands.add(tx, kind, account, details, now)
        self.woken.set()
        return new


class Errands:
    """Does what is owed, a few errands at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        owed: Owed,
        doers: Mapping[str, Doer],
        after: Callable[[], object],
        *,
        places: int = 2,
    ) -> None:
        """Take who does which kind; ``after`` is called when one is done, so that what it queued is sent."""
        self._database, self._clock, self._owed, self._doers = database, clock, owed, doers
        self._after, self._places = after, places
        self._busy: set[int] = set()
        self._stopping = False

    async def run(self) -> None:
        """Do what is owed, what the last run left too, until ``stop`` or a cancellation."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._places):
                group.create_task(self._work())

    def stop(self) -> None:
        """Take up nothing more."""
        self._stopping = True
        self._owed.woken.set()

    async def do_owed(self) -> None:
        """Do everything that is due now, one after the other."""
        while not self._stopping and await self._one():
            pass

    async def _work(self) -> None:
        while not self._stopping:
            if not await insist(self._one, asyncio.sleep, "errands"):
                await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK):
                await self._owed.woken.wait()

    async def _one(self) -> bool:
        """Do the oldest that is due; False if there is none."""
        self._owed.woken.clear()
        async with self._database.snapshot() as read:  # who idles keeps no writer waiting
            if not await errands.is_due(read, self._clock.now(), self._busy):
                return False
        async with self._database.transaction() as tx:
            errand = await errands.take(tx, self._clock.now(), self._busy)
            if errand is None:
                return False
            self._busy.add(errand.id)
        try:
            await self._do(errand)
        finally:
            self._busy.discard(errand.id)
        self._after()
        return True

    async def _do(self, errand: Errand) -> None:
        doer = self._doers.get(errand.kind)
        if doer is None:
            _log.error("nobody does this kind of errand", kind=errand.kind, row=errand.id)
            return await self._settle(errand, _nothing)
        try:
            if errand.attempts > MOST_ATTEMPTS:  # during each of them the assistant was killed
                return await self._give_up(doer, errand)
            finish = await doer.do(errand)
            await self._settle(errand, finish)
        except Exception:  # whatever happens to one errand, the next ones are done
            _log.exception("an errand failed", kind=errand.kind, row=errand.id, attempt=errand.attempts)
            if errand.attempts >= MOST_ATTEMPTS:
                await self._give_up(doer, errand)
            else:
                await self._postpone(errand)

    async def _give_up(self, doer: Doer, errand: Errand) -> None:
        """Say that it cannot be done; where that cannot be said either, it is owed no longer all the same."""
        try:
            await self._settle(errand, lambda tx: doer.give_up(errand, tx))
        except Exception:  # nobody is there any more: the next ones are done
            _log.exception("nobody could be told", kind=errand.kind, row=errand.id)
            await self._settle(errand, _nothing)

    async def _settle(self, errand: Errand, finish: Finish) -> None:
        async with self._database.transaction() as tx:
            if await errands.settle(tx, errand):
                await finish(tx)

    async def _postpone(self, errand: Errand) -> None:
        async with self._database.transaction() as tx:
            await errands.later(tx, errand, self._clock.now() + AGAIN)


async def _nothing(_tx: Transaction) -> None:
    """Finish without an answer."""
