"""The inbox: an update is kept, then handled once, in order within its chat, then answered.

Handling is one transaction: what the update changes, the calls that answer it and the mark that it is handled are
committed together, so that a kill at any moment neither loses an update nor applies it twice.  The calls are made
after the commit; those that were under way at a kill are made again at the next start.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Protocol

import orjson
import structlog

from bot.clock import Clock
from bot.delivery.calls import CALLS, Call
from bot.delivery.incoming import Update
from bot.delivery.outcome import Api
from bot.delivery.sending import Sleep, answer
from bot.errors import RelaisError, SettingsError
from storage import updates
from storage.database import Database, Transaction

_log = structlog.get_logger()
ChatKey = tuple[str, int]


class Desk(Protocol):
    """Who answers updates."""

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        """Handle the update inside the transaction and return the calls that answer it."""
        ...

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        """Return the calls that say that it could not be answered."""
        ...


class Inbox:
    """Keeps updates and has them answered, at most ``places`` chats at once."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        clock: Clock,
        apis: Mapping[str, Api],
        *,
        places: int = 16,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database, self._desk, self._clock, self._apis = database, desk, clock, apis
        self._places, self._sleep = places, sleep
        self._waiting: dict[ChatKey, deque[int]] = {}
        self._ready: asyncio.Queue[ChatKey] = asyncio.Queue()

    async def receive(self, channel: str, received: Sequence[Mapping[str, object]]) -> None:
        """Keep updates as the Bot API gives them; when this returns they are on the disk."""
        kept: list[tuple[ChatKey, int]] = []
        now = self._clock.now()
        async with self._database.transaction() as tx:
            for raw in received:
                update = Update.model_validate(raw)
                text = orjson.dumps(raw).decode()
                number = await updates.add(tx, channel, update.update_id, update.chat, text, now)
                if number is not None:
                    kept.append(((channel, update.chat), number))
        for chat, number in kept:
            self._enqueue(chat, number)

    @property
    def backlog(self) -> int:
        """How many updates wait for their turn."""
        return sum(len(numbers) for numbers in self._waiting.values())

    async def run(self) -> None:
        """Answer what was left by the last run, then what comes; until cancelled."""
        async with self._database.snapshot() as read:
            left = await updates.pending(read)
        for row in left:
            if row.channel in self._apis:
                self._enqueue((row.channel, row.chat), row.id)
        async with asyncio.TaskGroup() as group:
            for _ in range(self._places):
                group.create_task(self._work())

    async def idle(self) -> None:
        """Return when everything received so far is answered."""
        while self._waiting:
            await asyncio.sleep(0)

    def _enqueue(self, chat: ChatKey, number: int) -> None:
        numbers = self._waiting.setdefault(chat, deque())
        if number in numbers:
            return
        numbers.append(number)
        if len(numbers) == 1:
            self._ready.put_nowait(chat)

    async def _work(self) -> None:
        while True:
            chat = await self._ready.get()
            numbers = self._waiting[chat]
            await self._settle(chat[0], numbers[0])
            numbers.popleft()
            if numbers:
                self._ready.put_nowait(chat)
            else:
                del self._waiting[chat]

    async def _settle(self, channel: str, number: int) -> None:
        calls = await self._handle(channel, number)
        await answer(self._apis[channel], calls, self._sleep)
        async with self._database.transaction() as tx:
            await updates.answered(tx, number)

    async def _handle(self, channel: str, number: int) -> tuple[Call, ...]:
        """Handle the update unless an earlier run did, and return the calls that answer it."""
        async with self._database.snapshot() as read:
            row = await updates.get(read, number)
        if row is None or row.state == "answered":
            return ()
        if row.calls is not None:
            return CALLS.validate_json(row.calls)
        update = Update.model_validate_json(row.payload)
        try:
            async with self._database.transaction() as tx:
                calls = await self._desk.answer(tx, channel, update)
                await updates.handled(tx, number, CALLS.dump_json(calls).decode())
        except SettingsError:
            raise
        except Exception as error:  # whatever happens to one update, the next ones are answered
            calls = await self._apologise(channel, number, update, error)
        return calls

    async def _apologise(self, channel: str, number: int, update: Update, error: Exception) -> tuple[Call, ...]:
        reference = secrets.token_hex(3)
        if not isinstance(error, RelaisError):
            _log.error("an update failed", reference=reference, exc_info=error)
        async with self._database.transaction() as tx:
            calls = await self._desk.apologise(tx, channel, update, error, reference)
            await updates.handled(tx, number, CALLS.dump_json(calls).decode(), reference)
        return calls
