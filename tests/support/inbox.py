"""An inbox, and a desk that counts and fails where a test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.clock import SimulatedClock
from bot.delivery.calls import Call
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Update
from storage.database import Database, Transaction
from tests.support.counting_bot import CountingDesk
from tests.support.fakes import FakeApi, Naps


class StubbornDesk(CountingDesk):
    """Counts, and fails where a test says so."""

    def __init__(self) -> None:
        self.before: Callable[[Update], Any] = lambda update: None
        self.after: Callable[[Update], Any] = lambda update: None
        self.sorry: Callable[[Exception], str] = lambda error: type(error).__name__
        self.asks: Callable[[Update], bool] = lambda update: False
        """Which messages change nothing: they are answered with how many effects there are."""

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        await _maybe(self.before(update))
        if self.asks(update):
            row = await tx.fetch_one("SELECT count(*) FROM effects")
            calls: tuple[Call, ...] = (_said(update.chat, str(row[0] if row else 0)),)
        else:
            calls = await super().answer(tx, channel, update)
        await _maybe(self.after(update))
        return calls

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        said = f"sorry: {self.sorry(error)}{' ' + 'x' * len(reference) if reference else ''}"
        return (_said(update.chat, said),)


def _said(chat: int, text: str) -> Call:
    return Call(method="sendMessage", parameters={"chat_id": chat, "text": text})


async def _maybe(awaited: Awaitable[object] | None) -> None:
    if awaited is not None:
        await awaited


class InboxHouse:
    """An inbox on a database of its own, with what stands around it."""

    def __init__(self, database: Database) -> None:
        self.database, self.desk, self.api, self.naps = database, StubbornDesk(), FakeApi(), Naps()
        self.clock = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC))
        self.inbox = self.another()

    def another(self, **more: Any) -> Inbox:
        """An inbox as a restart makes it."""
        self.inbox = Inbox(self.database, self.desk, self.clock, {"telegram": self.api}, sleep=self.naps, **more)
        return self.inbox

    async def receive(self, *raw: dict[str, Any]) -> None:
        await self.inbox.receive("telegram", raw)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """The inbox at work until the end of the block; then it is cancelled."""
        async with asyncio.TaskGroup() as group:
            running = group.create_task(self.inbox.run())
            try:
                yield
            finally:
                running.cancel()

    async def answer_all(self) -> None:
        async with self.working():
            await asyncio.wait_for(self.inbox.idle(), 10)

    async def rows(self) -> list[tuple[int, str, str, str | None]]:
        async with self.database.snapshot() as read:
            found = await read.fetch_all("SELECT update_id, state, payload, calls FROM updates ORDER BY id")
            return [tuple(row) for row in found]

    async def states(self) -> list[str]:
        return [row[1] for row in await self.rows()]
