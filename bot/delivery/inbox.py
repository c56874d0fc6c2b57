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
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import NamedTuple, Protocol

import orjson
import structlog
from pydantic import ValidationError

from bot.clock import Clock
from bot.delivery.calls import CALLS, Call
from bot.delivery.incoming import Update
from bot.delivery.outcome import Api
from bot.delivery.patience import Sleep, insist
from bot.delivery.sending import answer
from bot.errors import RelaisError, SettingsError
from storage import updates
from storage.database import Database, Transaction, UndoneError

_log = structlog.get_logger()
ChatKey = tuple[str, int]
KEPT = timedelta(days=3)
"""How long an answered update is remembered.  Telegram gives an update again for a day at most, and begins its numbers
anew at random after a week of silence, so that a number remembered longer could meet itself."""
_SWEEP = 60.0
"""Seconds between two looks for rows that nobody took up, and for old ones."""
_IN_MEMORY = 1_000
"""How many waiting updates are kept in memory too; the others are read from their rows."""


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


class _Waiting(NamedTuple):
    """An update that waits for its turn."""

    number: int
    """Its row's."""
    update: Update | None
    """None: it is read from its row."""


class _TakenError(Exception):
    """The update was handled before, by an earlier run or a transaction whose commit seemed to fail."""


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
        self._waiting: dict[ChatKey, deque[_Waiting]] = {}
        self._numbers: set[int] = set()
        self._ready: asyncio.Queue[ChatKey | None] = asyncio.Queue()
        self._late: list[tuple[ChatKey, int]] | None = []
        self._idle = asyncio.Event()
        self._stopping = False
        self._forgotten: datetime | None = None

    async def receive(self, channel: str, received: Sequence[Mapping[str, object]]) -> None:
        """Keep updates as the Bot API gives them; when this returns they are on the disk.

        What is not an update is logged and let go: the other side would give it again for ever.
        """
        read = [(update, raw) for raw in received if (update := _read(channel, raw)) is not None]
        kept: list[tuple[Update, int]] = []
        now = self._clock.now()
        async with self._database.transaction() as tx:
            for update, raw in read:
                text = orjson.dumps(raw).decode()
                number = await updates.add(tx, channel, update.update_id, update.chat, text, now)
                if number is not None:
                    kept.append((update, number))
        for update, number in kept:
            self._enqueue((channel, update.chat), number, update if self.backlog < _IN_MEMORY else None)

    @property
    def backlog(self) -> int:
        """How many updates are not answered yet."""
        return len(self._numbers) + len(self._late or ())

    async def run(self) -> None:
        """Answer what was left by the last run, then what comes; until ``stop`` or a cancellation.

        Raises an ExceptionGroup of SettingsError if a channel refuses its token.
        """
        try:
            await self._open()
            async with asyncio.TaskGroup() as group:
                sweeping = group.create_task(self._sweep())
                async with asyncio.TaskGroup() as workers:
                    for _ in range(self._places):
                        workers.create_task(self._work())
                sweeping.cancel()
        finally:
            self._close()

    def stop(self) -> None:
        """Let ``run`` end once what is being answered is answered; what waits stays in its rows."""
        self._stopping = True
        for _ in range(self._places):
            self._ready.put_nowait(None)

    async def idle(self) -> None:
        """Return when everything received so far is answered; while ``run`` runs."""
        await self._idle.wait()

    async def _open(self) -> None:
        """Take up what is left before what comes meanwhile: within a chat the older goes first."""
        await self._take_up()
        late, self._late = self._late or [], None
        for chat, number in late:
            self._enqueue(chat, number)
        if not self._waiting:
            self._idle.set()

    def _close(self) -> None:
        """Forget what waits: the next run finds it in its rows."""
        self._waiting, self._numbers, self._late, self._ready = {}, set(), [], asyncio.Queue()
        self._stopping = False
        self._idle.clear()

    def _enqueue(self, chat: ChatKey, number: int, update: Update | None = None) -> None:
        if self._late is not None:
            self._idle.clear()
            self._late.append((chat, number))
        elif number not in self._numbers:
            self._line_up(chat, _Waiting(number, update))

    def _line_up(self, chat: ChatKey, one: _Waiting) -> None:
        self._idle.clear()
        self._numbers.add(one.number)
        waiting = self._waiting.setdefault(chat, deque())
        waiting.append(one)
        if len(waiting) == 1:
            self._ready.put_nowait(chat)

    async def _take_up(self) -> None:
        async with self._database.snapshot() as read:
            left = await updates.pending(read)
        for row in left:
            if row.channel in self._apis and row.id not in self._numbers:
                self._line_up((row.channel, row.chat), _Waiting(row.id, None))

    async def _sweep(self) -> None:
        """Take up rows whose ``receive`` was cancelled while it committed; once a day forget what is long answered."""
        while True:
            try:
                await self._take_up()
                await self._forget()
            except Exception:  # the database may be out of reach for a while
                _log.exception("the inbox could not be swept")
            await asyncio.sleep(_SWEEP)

    async def _forget(self) -> None:
        now = self._clock.now()
        if self._forgotten is None or now - self._forgotten >= timedelta(days=1):
            async with self._database.transaction() as tx:
                await updates.forget_before(tx, now - KEPT)
            self._forgotten = now

    async def _work(self) -> None:
        while not self._stopping and (chat := await self._ready.get()) is not None:
            waiting = self._waiting[chat]
            await self._settle(chat[0], waiting[0])
            self._numbers.remove(waiting.popleft().number)
            if waiting:
                self._ready.put_nowait(chat)
            else:
                del self._waiting[chat]
                if not self._waiting:
                    self._idle.set()

    async def _settle(self, channel: str, one: _Waiting) -> None:
        what = f"update {one.number}"
        known = chain((one.update,), repeat(None))  # after a failure only the row tells what was committed
        try:
            calls = await insist(lambda: self._handle(channel, one.number, next(known)), self._sleep, what)
            await answer(self._apis[channel], calls, self._sleep)
        except SettingsError:
            raise
        except Exception:  # a row of another version, a channel that breaks its word: the others go on
            _log.exception("an update could not be answered", row=one.number)
        await insist(lambda: self._mark(one.number), self._sleep, what)

    async def _mark(self, number: int) -> None:
        async with self._database.transaction() as tx:
            await updates.answered(tx, number)

    async def _handle(self, channel: str, number: int, update: Update | None) -> tuple[Call, ...]:
        """Handle the update unless an earlier run did, and return the calls that answer it."""
        if update is None:
            async with self._database.snapshot() as read:
                row = await updates.get(read, number)
            if row is None or row.state != "received":
                return CALLS.validate_json(row.calls) if row and row.calls else ()
            update = Update.model_validate_json(row.payload)
        try:
            async with self._database.transaction() as tx:
                calls = await self._desk.answer(tx, channel, update)
                await _note(tx, number, calls)
        except _TakenError:
            return await self._handle(channel, number, None)
        except UndoneError:  # it is done again
            raise
        except Exception as error:  # whatever happens to one update, the next ones are answered
            return await self._apologise(channel, number, update, error)
        return calls

    async def _apologise(self, channel: str, number: int, update: Update, error: Exception) -> tuple[Call, ...]:
        reference = None
        if not isinstance(error, RelaisError):
            reference = secrets.token_hex(3)
            _log.error("an update failed", reference=reference, exc_info=error)
        try:
            async with self._database.transaction() as tx:
                calls = await self._desk.apologise(tx, channel, update, error, reference or "")
                await _note(tx, number, calls, reference)
        except Exception:
            _log.exception("an update failed, and so did the apology", row=number, reference=reference)
            async with self._database.transaction() as tx:
                await _note(tx, number, (), reference)
            return ()
        return calls


async def _note(tx: Transaction, number: int, calls: tuple[Call, ...], failure: str | None = None) -> None:
    if not await updates.handled(tx, number, CALLS.dump_json(calls).decode(), failure):
        raise _TakenError


def _read(channel: str, raw: Mapping[str, object]) -> Update | None:
    try:
        return Update.model_validate(raw)
    except ValidationError as error:
        fields = [".".join(map(str, problem["loc"])) for problem in error.errors()]
        _log.error("an update could not be read", channel=channel, update_id=raw.get("update_id"), fields=fields)
        return None
