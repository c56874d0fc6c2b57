"""Several updates in one transaction: what has come is kept, what waits is handled, what is answered is marked.

One that fails undoes the transaction, and it is done again with an apology in that one's place: the others lose
nothing, and while all goes well no update pays for a savepoint or a commit of its own.

An answer that changes nothing, where nothing was changed before it, need not wait for the disk.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

import structlog

from bot.delivery.calls import CALLS, Call, dumped
from bot.delivery.incoming import Update
from bot.errors import RelaisError
from storage import updates
from storage.database import Database, Transaction, UndoneError
from storage.updates import Received

_log = structlog.get_logger()
ChatKey = tuple[str, int]
_WHILE = 0.001
"""Seconds after which whatever else is going on goes on, between two updates."""


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


@dataclass(slots=True, eq=False)
class Waiting:
    """An update that waits for its turn."""

    chat: ChatKey
    update_id: int
    update: Update | None
    """None: it is read from its row."""
    number: int = 0
    """Its row's; 0 while it has none."""
    text: str = ""
    """Its JSON, while it has no row."""
    error: Exception | None = None
    """Why it could not be handled."""
    reference: str | None = None
    """By what the log knows that error."""
    hopeless: bool = False
    """Whether the apology failed too."""


@dataclass(slots=True)
class Work:
    """What one transaction does."""

    fresh: list[Waiting] = field(default_factory=list)
    """What has just come and has no rows yet, in order."""
    ready: list[Waiting] = field(default_factory=list)
    """What waits longest in its chat."""
    marks: list[int] = field(default_factory=list)
    """The rows of what is answered."""


class Done(NamedTuple):
    """What came of it."""

    kept: list[Waiting]
    """What has a row now and waits; what was known before is not among it."""
    handled: list[tuple[Waiting, tuple[Call, ...]]]
    """Each with the calls that answer it."""


Say = Callable[[Waiting, tuple[Call, ...]], object]
"""Begins to answer."""


class _TakenError(Exception):
    """The update was handled before, by an earlier run or a transaction whose commit seemed to fail."""


class _AgainError(Exception):
    """One update failed; what is to become of it is noted, and the transaction is done again."""


class Handling:
    """Handles updates in transactions."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database, self._desk = database, desk
        self._said: set[tuple[str, int]] = set()
        """Channels and ``update_id`` of what is answered, and perhaps not on the disk."""

    async def go(self, work: Work, now: datetime, *, places: int, busy: Collection[ChatKey], say: Say) -> Done:
        """Do the work; what has just come is handled at once as far as there are places and its chat is not busy.

        ``say`` is called with what can be answered before all of it is on the disk.  Raises what the database raises:
        then nothing of it is done, and what was said is not said again.
        """
        for one in (*work.fresh, *work.ready):
            one.error, one.reference, one.hopeless = None, None, False
        try:
            while True:
                try:
                    async with self._database.transaction() as tx:
                        done = await self._in(tx, work, now, places, busy, say)
                    self._said.difference_update(_name(one) for one, _ in done.handled)
                    return done
                except _AgainError:
                    continue
        except BaseException:
            for one in work.ready:
                one.update = None  # it may have been committed all the same: only the row tells
            raise

    async def _in(
        self, tx: Transaction, work: Work, now: datetime, places: int, busy: Collection[ChatKey], say: Say
    ) -> Done:
        if work.marks:
            await updates.answered(tx, work.marks)
        taken, kept, chats = list(work.ready), list[Waiting](), set[ChatKey]()
        numbers = await updates.add(tx, [_received(one) for one in work.fresh], now)
        for one, number in zip(work.fresh, numbers, strict=True):
            if number is None:
                continue
            one.number = number
            at_once = len(taken) < places and one.chat not in chats and one.chat not in busy
            (taken if at_once else kept).append(one)
            chats.add(one.chat)
        handled = []
        loop, before = asyncio.get_running_loop(), tx.writes
        until = loop.time() + _WHILE
        for one in taken:
            calls = await self._handled(tx, one)
            handled.append((one, calls))
            if calls and tx.writes == before and not work.marks:  # with marks, twice as many could come twice
                self._said.add(_name(one))
                say(one, calls)
            if loop.time() > until:
                await asyncio.sleep(0)
                until = loop.time() + _WHILE
        await asyncio.sleep(0)  # what is said leaves before the disk is waited for
        return Done(kept, handled)

    async def _handled(self, tx: Transaction, one: Waiting) -> tuple[Call, ...]:
        try:
            return await self._handle(tx, one)
        except UndoneError:
            raise
        except _TakenError:
            one.update = None  # only the row tells what became of it
        except Exception as error:  # whatever happens to one update, the next ones are answered
            _note(one, error)
        raise _AgainError

    async def _handle(self, tx: Transaction, one: Waiting) -> tuple[Call, ...]:
        """Handle the update unless that was done before, and return the calls that answer it.

        An answer that changes nothing is not kept: after a kill what was asked is looked up again.
        """
        if _name(one) in self._said:
            return ()
        update = one.update
        if update is None:
            row = await updates.get(tx, one.number)
            try:
                if row is None or row.state != "received":
                    return CALLS.validate_json(row.calls) if row and row.calls else ()
                update = Update.model_validate_json(row.payload)
            except ValueError:  # a row of another version: it is marked as answered, and its chat goes on
                _log.exception("an update could not be read", row=one.number)
                return ()
        if one.hopeless:
            calls: tuple[Call, ...] = ()
        elif one.error is not None:
            calls = await self._desk.apologise(tx, one.chat[0], update, one.error, one.reference or "")
        else:
            before = tx.writes
            calls = await self._desk.answer(tx, one.chat[0], update)
            if tx.writes == before and not any(call.files for call in calls):
                return calls
        if not await updates.handled(tx, one.number, dumped(calls), one.reference):
            raise _TakenError
        return calls


def _name(one: Waiting) -> tuple[str, int]:
    return one.chat[0], one.update_id


def _received(one: Waiting) -> Received:
    channel, chat = one.chat
    return Received(channel, one.update_id, chat, one.text)


def _note(one: Waiting, error: Exception) -> None:
    """Note what is to become of an update that failed; raises the error where nothing more can be tried."""
    if one.hopeless:
        raise error
    if one.error is not None:
        one.hopeless = True
        _log.error("an update failed, and so did the apology", reference=one.reference, exc_info=error)
        return
    one.error = error
    if not isinstance(error, RelaisError):
        one.reference = secrets.token_hex(3)
        _log.error("an update failed", reference=one.reference, exc_info=error)
