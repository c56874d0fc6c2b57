"""Sends what the assistant starts by itself: rows of the outbox, one attempt a lease, each call outside a transaction.

A row is leased, its calls are made, and how it ended is noted.  A kill in between leaves the lease to run out; then
the row is sent again, so that only what was under way at a kill can arrive twice.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError

from bot.clock import Clock
from bot.delivery.calls import CALLS, Call, bubbles, documents
from bot.delivery.outcome import Api, Outcome
from bot.delivery.patience import LONGEST_WAIT, Sleep, insist
from bot.delivery.sending import REFUSED_BOT
from bot.errors import SettingsError
from bot.texts.reply import Reply
from storage import outbox
from storage.database import Database, Transaction
from storage.outbox import Queued

_log = structlog.get_logger()
LEASE = timedelta(minutes=5)
LONGEST_CALL = timedelta(seconds=100)
"""What a call takes at most (``bot.delivery.http``); none is begun that could outlive its lease."""
_LOOK = 1.0
"""Seconds between two looks at the rows, for those queued without ``wake``."""


async def queue(tx: Transaction, key: str, channel: str, address: int, reply: Reply, now: datetime) -> bool:
    """Queue a message in the transaction of the fact that it announces.

    ``key`` names what, which occurrence, to whom and by which channel; False if that was queued before.
    """
    calls = (*bubbles(address, reply), *documents(address, reply))
    return await outbox.add(tx, key, channel, address, CALLS.dump_json(calls).decode(), now)


class Dispatcher:
    """The one sender of these channels: the caller holds the lock that makes it the only one."""

    def __init__(
        self,
        database: Database,
        apis: Mapping[str, Api],
        clock: Clock,
        *,
        places: int = 8,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Take the channels by name; ``places`` is how many people are written to at once."""
        self._database, self._apis, self._clock = database, apis, clock
        self._places, self._sleep = places, sleep
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that something was queued: it need not wait for the next look."""
        self._woken.set()

    async def run(self) -> None:
        """Send what is due, until cancelled.

        Raises an ExceptionGroup of SettingsError if a channel refuses its token.
        """
        while True:
            if not await insist(self._due, self._sleep, "outbox"):
                await self._rest()
            else:
                await self.send_due()

    async def send_due(self) -> None:
        """Lease what is due, as many as there are places, and try once to send it."""
        now = self._clock.now()
        leased = await insist(lambda: self._lease(now), self._sleep, "outbox")
        by_person: dict[tuple[str, int], list[Queued]] = {}
        for message in leased:
            by_person.setdefault((message.channel, message.address), []).append(message)
        async with asyncio.TaskGroup() as group:
            for messages in by_person.values():
                group.create_task(self._send_in_order(messages, now + LEASE))

    async def _due(self) -> bool:
        self._woken.clear()
        async with self._database.snapshot() as read:
            due = await outbox.next_due(read, tuple(self._apis))
        return due is not None and due <= self._clock.now().timestamp()

    async def _lease(self, now: datetime) -> list[Queued]:
        async with self._database.transaction() as tx:
            return await outbox.lease(tx, tuple(self._apis), now, self._places, now + LEASE)

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK):
                await self._woken.wait()

    async def _send_in_order(self, messages: list[Queued], until: datetime) -> None:
        """Send one person's messages; where one has to wait, those behind it wait too."""
        postponed: datetime | None = None
        for message in messages:
            if postponed is None:
                postponed = await self._send(message, until)
            else:
                await self._again(message, postponed, message.calls, None)

    async def _send(self, message: Queued, until: datetime) -> datetime | None:
        """Make the calls of a message and note how it ended; return when to try again, if that is needed."""
        try:
            calls = CALLS.validate_json(message.calls)
        except ValidationError:
            _log.exception("a message cannot be read", row=message.id)
            await self._settle(message, "failed", "its row cannot be read")
            return None
        for made, call in enumerate(calls):
            if self._clock.now() + LONGEST_CALL > until:
                return await self._later(message, calls[made:], timedelta(0), None)
            outcome = await self._apis[message.channel].make(call)
            wait = _wait(outcome, message.attempts)
            if wait is not None:
                at = await self._later(message, calls[made:], wait, outcome.reason or outcome.kind)
                if outcome.kind == "unauthorised":
                    raise SettingsError(REFUSED_BOT)
                return at
            if outcome.kind != "sent" and not call.optional:
                await self._failed(message, call, outcome)
                return None
        await self._settle(message, "sent", None)
        return None

    async def _later(self, message: Queued, left: tuple[Call, ...], wait: timedelta, failure: str | None) -> datetime:
        at = self._clock.now() + wait
        await self._again(message, at, CALLS.dump_json(left).decode(), failure)
        return at

    async def _again(self, message: Queued, at: datetime, calls: str, failure: str | None) -> None:
        async def note() -> None:
            async with self._database.transaction() as tx:
                await outbox.again(tx, message, at, calls, failure)

        await insist(note, self._sleep, f"message {message.id}")

    async def _failed(self, message: Queued, call: Call, outcome: Outcome) -> None:
        state: outbox.Ended = "unreachable" if outcome.kind == "unreachable" else "failed"
        _log.warning("a message was not sent", row=message.id, method=call.method, state=state, reason=outcome.reason)
        await self._settle(message, state, outcome.reason)

    async def _settle(self, message: Queued, state: outbox.Ended, failure: str | None) -> None:
        async def note() -> None:
            async with self._database.transaction() as tx:
                await outbox.settle(tx, message, state, failure)

        await insist(note, self._sleep, f"message {message.id}")


def _wait(outcome: Outcome, attempts: int) -> timedelta | None:
    """Return after how long to try again; None if that is not needed or of no use."""
    match outcome.kind:
        case "wait":
            return timedelta(seconds=outcome.seconds)
        case "offline" | "unknown":
            return timedelta(seconds=min(2.0 ** min(attempts - 1, 10), LONGEST_WAIT))
        case "unauthorised":
            return timedelta(0)
    return None
