"""The inbox: an update is kept, then handled once, in order within its chat, then answered.

Handling is one transaction: what updates change, the calls that answer them and the marks that they are handled are
committed together, so that a kill at any moment neither loses an update nor applies it twice.  The calls are made
after the commit, or beside it where nothing is changed; those under way at a kill are made again at the next start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import orjson
import structlog
from pydantic import ValidationError

from bot.clock import Clock
from bot.delivery.calls import Call
from bot.delivery.handling import ChatKey, Desk, Handling, Waiting, Work
from bot.delivery.incoming import Update
from bot.delivery.outcome import Api
from bot.delivery.patience import Sleep, waits
from bot.delivery.sending import answer
from bot.errors import SettingsError
from storage import updates
from storage.database import Database

_log = structlog.get_logger()
KEPT = timedelta(days=3)
"""How long an answered update is remembered.  Telegram gives an update again for a day at most, and begins its numbers
anew at random after a week of silence, so that a number remembered longer could meet itself."""
_SWEEP = 60.0
"""Seconds between two looks for rows that nobody took up, and for old ones."""
_IN_MEMORY = 1_000
"""How many waiting updates are kept in memory too; the others are read from their rows."""
_ENOUGH = 100
"""Chats that wait for a place; more need not come yet."""
_FULL = 5_000
"""Updates that wait, of however few chats: what comes has to wait elsewhere."""
_LINGER = 0.01
"""Seconds that what is answered waits for others, to be marked with them."""


class Inbox:
    """Keeps updates and has them answered, at most ``places`` chats at once.

    A chat has its place from the moment its update is handled until it is marked as answered: so no more answers than
    there are places can come twice after a kill.
    """

    def __init__(
        self,
        database: Database,
        desk: Desk,
        clock: Clock,
        apis: Mapping[str, Api],
        *,
        places: int = 100,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database, self._clock, self._apis = database, clock, apis
        self._handling = Handling(database, desk)
        self._places, self._sleep = places, sleep
        self._idle, self._wake, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._running = self._stopping = False
        self._fresh: list[tuple[list[Waiting], asyncio.Future[bool]]] = []
        self._early = 0
        self._forgotten: datetime | None = None
        self._close()

    async def receive(self, channel: str, received: Sequence[Mapping[str, object]]) -> None:
        """Keep updates as the Bot API gives them; when this returns they are on the disk.

        What is not an update is logged and let go: the other side would give it again for ever.
        """
        read = [(update, raw) for raw in received if (update := _read(channel, raw)) is not None]
        fresh = [Waiting((channel, one.chat), one.update_id, one, text=orjson.dumps(raw).decode()) for one, raw in read]
        if self._running:
            kept = asyncio.get_running_loop().create_future()
            self._fresh.append((fresh, kept))
            self._wake.set()
            if await kept:
                return
        done = await self._handling.go(Work(fresh), self._clock.now(), places=0, busy=(), say=lambda one, calls: None)
        self._early += len(done.kept)
        self._look()
        self._note_how_full()

    async def room(self) -> None:
        """Return when more may come."""
        await self._room.wait()

    async def run(self) -> None:
        """Answer what was left by the last run, then what comes; until ``stop`` or a cancellation.

        Raises an ExceptionGroup of SettingsError if a channel refuses its token.
        """
        self._running = True
        self._look()
        try:
            async with asyncio.TaskGroup() as group:
                sweeping = group.create_task(self._sweep())
                await self._work(group)
                sweeping.cancel()
        finally:
            self._running = self._stopping = False
            self._close()

    def stop(self) -> None:
        """Let ``run`` end once what is being answered is answered; what waits stays in its rows."""
        self._stopping = True
        self._wake.set()

    async def idle(self) -> None:
        """Return when everything received so far is answered; while ``run`` runs."""
        await self._idle.wait()

    def _close(self) -> None:
        """Forget what waits: the next run finds it in its rows, or ``receive`` sees to it."""
        _tell(self._fresh, kept=False)
        self._fresh = []
        self._waiting: dict[ChatKey, deque[Waiting]] = {}
        self._numbers: set[int] = set()
        self._ready: deque[ChatKey] = deque()
        self._answered: list[int] = []
        self._taken = 0
        self._lingering = False
        self._note_how_full()

    def _look(self) -> None:
        """Have the rows looked through that nobody answers."""
        self._looking = True
        self._idle.clear()
        self._wake.set()

    async def _work(self, group: asyncio.TaskGroup) -> None:
        growing = waits()
        while not (self._stopping and not self._taken):
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._turn(group)
            except Exception:  # the database may be out of reach for a while, or its disk full
                seconds = next(growing)
                _log.exception("updates are handled later", next_try_in=seconds)
                await self._sleep(seconds)
                self._look()
            else:
                growing = waits()

    async def _turn(self, group: asyncio.TaskGroup) -> None:
        """Keep what has come, handle what is ready, mark what is answered, all in one transaction; then answer."""
        if self._looking:
            await self._take_up()
        marks = self._answered.copy()
        places = 0 if self._stopping else self._places - self._taken + len(marks)
        ready = [self._waiting[chat][0] for chat, _ in zip(self._ready, range(places), strict=False)]
        came, self._fresh = self._fresh, []
        work = Work([one for some, _ in came for one in some], ready, marks)
        if work.fresh or work.ready or work.marks:
            kept, said = asyncio.get_running_loop().create_future(), set[Waiting]()

            def say(one: Waiting, calls: tuple[Call, ...]) -> None:
                said.add(one)
                group.create_task(self._answer(one, calls, kept))

            try:
                done = await self._handling.go(
                    work, self._clock.now(), places=places, busy=self._waiting.keys(), say=say
                )
            except BaseException as error:
                _tell(came, error if isinstance(error, Exception) else None, kept=False)
                kept.set_result(False)
                raise
            kept.set_result(True)
            del self._answered[: len(marks)]
            self._numbers.difference_update(marks)
            for _ in ready:
                self._ready.popleft()
            self._taken += len(done.handled) - len(marks)
            for one, calls in done.handled:
                if one.number not in self._numbers:  # it came and was handled at once
                    self._line_up(one, at_once=True)
                if one not in said:
                    group.create_task(self._answer(one, calls, kept))
            for one in done.kept:
                self._line_up(one)
        _tell(came)
        self._note_how_full()
        if self._ready and not self._stopping and self._taken < self._places:
            self._wake.set()

    def _note_how_full(self) -> None:
        waiting = len(self._numbers) + self._early
        _set(self._idle, on=self._running and not (waiting or self._looking))
        _set(self._room, on=waiting < _FULL and len(self._ready) < _ENOUGH)

    def _line_up(self, one: Waiting, *, at_once: bool = False) -> None:
        if len(self._numbers) >= _IN_MEMORY:
            one.update = None
        one.text = ""
        self._numbers.add(one.number)
        waiting = self._waiting.setdefault(one.chat, deque())
        waiting.append(one)
        if len(waiting) == 1 and not at_once:
            self._ready.append(one.chat)

    async def _answer(self, one: Waiting, calls: tuple[Call, ...], kept: asyncio.Future[bool]) -> None:
        """Make the calls; once it is ``kept`` on the disk what was answered is to be marked, else it comes again."""
        try:
            await answer(self._apis[one.chat[0]], calls, self._sleep)
        except SettingsError:
            raise
        except Exception:  # a channel that breaks its word: the others go on
            _log.exception("an update could not be answered", row=one.number)
        if not await kept:
            return
        self._answered.append(one.number)
        waiting = self._waiting[one.chat]
        waiting.popleft()
        if waiting:
            self._ready.append(one.chat)
        else:
            del self._waiting[one.chat]
        self._mark_soon()

    def _mark_soon(self) -> None:
        """Have what is answered marked: at once if others wait and nothing else is under way, else a little later."""
        if len(self._answered) == self._taken and (self._ready or self._stopping):
            self._wake.set()
        elif not self._lingering:
            self._lingering = True
            asyncio.get_running_loop().call_later(_LINGER, self._lingered)

    def _lingered(self) -> None:
        self._lingering = False
        self._wake.set()

    async def _take_up(self) -> None:
        """Take up the rows of an earlier run, and those whose ``receive`` was cancelled while it committed."""
        self._looking, self._early = False, 0
        async with self._database.snapshot() as read:
            left = await updates.pending(read)
        for row in left:
            if row.channel in self._apis and row.id not in self._numbers:
                self._line_up(Waiting((row.channel, row.chat), row.update_id, None, row.id))

    async def _sweep(self) -> None:
        """Have rows looked for that nobody took up; once a day forget what is long answered."""
        while True:
            try:
                await self._forget()
            except Exception:  # the database may be out of reach for a while
                _log.exception("the inbox could not be swept")
            await asyncio.sleep(_SWEEP)
            self._look()

    async def _forget(self) -> None:
        now = self._clock.now()
        if self._forgotten is None or now - self._forgotten >= timedelta(days=1):
            async with self._database.transaction() as tx:
                await updates.forget_before(tx, now - KEPT)
            self._forgotten = now


def _tell(
    came: Sequence[tuple[list[Waiting], asyncio.Future[bool]]], error: Exception | None = None, *, kept: bool = True
) -> None:
    """Tell those who wait for it whether what they brought is on the disk."""
    for _, told in came:
        if told.done():  # whoever waited was cancelled
            continue
        if error is None:
            told.set_result(kept)
        else:
            told.set_exception(error)


def _set(event: asyncio.Event, *, on: bool) -> None:
    if on:
        event.set()
    else:
        event.clear()


def _read(channel: str, raw: Mapping[str, object]) -> Update | None:
    try:
        return Update.model_validate(raw)
    except ValidationError as error:
        fields = [".".join(map(str, problem["loc"])) for problem in error.errors()]
        _log.error("an update could not be read", channel=channel, update_id=raw.get("update_id"), fields=fields)
        return None
