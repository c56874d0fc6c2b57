"""Sends what the outbox holds: claims as many rows as there are places, sends outside any transaction, notes in groups.

One transaction a turn notes what ended and claims what comes next.  A kill in between leaves the leases to run out:
then those messages are sent again or held, as their kind says, so that only what was under way can arrive twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter, deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock, monotonic
from bot.delivery.claimed import Calls, calls_in, instead
from bot.delivery.courier import UNREADABLE, Courier
from bot.delivery.outcome import Api
from bot.delivery.pace import Pace
from bot.delivery.patience import Sleep, insist
from bot.delivery.sending import REFUSED_BOT
from bot.delivery.troubles import Troubles
from bot.errors import SettingsError
from storage import accounts, campaigns, mailboxes, outbox
from storage.database import Database, Transaction
from storage.held import is_held
from storage.outbox import NOTICES, Claim, Leased, Settled

_log = structlog.get_logger()
LEASE = timedelta(minutes=5)
_TICK = 0.05
"""Seconds between two turns while something is under way."""
_AHEAD = 0.25
"""Seconds for which calls are claimed ahead of their moment."""
_LOOK = 1.0
"""Seconds between two looks at the rows, for those queued without ``wake``."""
_SWEEP = 30.0
"""Seconds between two looks for leases that ran out."""
_BACK = timedelta(seconds=1)
"""A clock that went back by less was not set."""
_BODIES = 512
"""Bodies kept in memory."""
Place = tuple[str, int]
"""A channel and an address in it."""


class Dispatcher:
    """The one sender of these channels: the caller holds the lock that makes it the only one."""

    def __init__(
        self,
        database: Database,
        apis: Mapping[str, Api],
        clock: Clock,
        *,
        paces: Mapping[str, Pace] | None = None,
        places: int | None = None,
        sleep: Sleep = asyncio.sleep,
        seconds: Callable[[], float] = monotonic,
        luck: Callable[[], float] = random.random,
    ) -> None:
        """Take the channels by name; ``places`` is how many messages are under way in one at most.

        None: as many as its pace lets begin within an eighth of a second.  A channel without a pace knows no limits.
        """
        self._database, self._apis, self._clock = database, apis, clock
        self._places, self._sleep, self._seconds = places, sleep, seconds
        self._courier = Courier(apis, clock, paces if paces is not None else {}, sleep, luck, seconds)
        self._lines: dict[Place, deque[tuple[Leased, Calls]]] = {}
        self._rows: set[int] = set()
        self._under_way: Counter[str] = Counter()
        self._of_campaign: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: list[Settled] = []
        self._bodies: dict[int, Calls] = {}
        self._unsure: list[Claim] = []
        """Claimed by commits that nobody has acknowledged."""
        self._troubles = Troubles()
        self._latest = clock.now()
        self._held = True
        """Until it is known that nothing is held."""
        self._swept = float("-inf")
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something was queued: it need not wait for the next look."""
        self._woken.set()

    def stop(self) -> None:
        """Let ``run`` end once what is under way has ended and is noted."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Send what is due, until ``stop`` or a cancellation.

        Raises an ExceptionGroup of SettingsError if a channel refuses its token.
        """
        async with asyncio.TaskGroup() as group:
            while not self._stopping and not self._courier.refused:
                await self._turn(group)
                await self._rest()
            await self._settle()
            if self._courier.refused:
                raise SettingsError(REFUSED_BOT)

    async def once(self) -> None:
        """Claim what is due, as many as there are places, try once to send it, and note how that ended."""
        async with asyncio.TaskGroup() as group:
            await self._turn(group)
            await self._settle()

    async def _turn(self, group: asyncio.TaskGroup) -> None:
        """Note what ended, claim what is due, as many as there are places, and begin to send it."""
        self._woken.clear()
        ended, self._ended = self._ended, []
        wrong = self._troubles.wrong()
        now, leased = await insist(lambda: self._note_and_claim(ended, wrong), self._sleep, "outbox")
        self._rows.difference_update(one.leased.id for one in ended)  # until it is noted it is under way
        self._latest = now
        for campaign in wrong:
            self._troubles.forget(campaign)
        for message in leased:
            self._begin(group, message, now + LEASE)

    async def _settle(self) -> None:
        """Let what is under way end, and note it."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        ended, self._ended = self._ended, []

        async def note() -> None:
            async with self._database.transaction() as tx:
                await self._note(tx, ended, self._clock.now())

        await insist(note, self._sleep, "outbox")
        self._rows.difference_update(one.leased.id for one in ended)

    async def _rest(self) -> None:
        """Wait for the next turn: a moment while something is under way, else until something is due."""
        if self._tasks or self._ended:
            await asyncio.sleep(_TICK)
            return
        while not self._woken.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._woken.wait()
            if self._woken.is_set() or await insist(self._due, self._sleep, "outbox"):
                return

    async def _due(self) -> bool:
        async with self._database.snapshot() as read:
            due = await outbox.next_due(read, tuple(self._apis), (NOTICES, *await campaigns.running(read)))
        sweep = self._seconds() - self._swept > _SWEEP
        return sweep or (due is not None and due <= self._clock.now().timestamp())

    async def _note_and_claim(
        self, ended: list[Settled], wrong: Mapping[int, str | None]
    ) -> tuple[datetime, list[Leased]]:
        """Note what ended, pause the campaigns that go wrong, and claim; return also at what moment."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            if self._unsure:  # a commit failed: whether it did is known to nobody, but nothing of it was sent
                await outbox.give_back(tx, self._unsure, now)
            await self._note(tx, ended, now)
            for campaign, reason in wrong.items():
                if await campaigns.turn(tx, campaign, ("running",), "paused", reason):
                    _log.error("a campaign is paused", campaign=campaign, reason=reason)
            if now < self._latest - _BACK:
                await outbox.set_back(tx, now, self._latest, now + LEASE)
            if self._seconds() - self._swept > _SWEEP:
                await outbox.run_out(tx, now, self._rows)
                self._swept = self._seconds()
            leased = [] if self._courier.refused else await self._claim(tx, now)
            until = int((now + LEASE).timestamp())
            self._unsure += [Claim(one.id, one.attempts, until) for one in leased]
        self._unsure = []
        return now, leased

    async def _claim(self, tx: Transaction, now: datetime) -> list[Leased]:
        leased: list[Leased] = []
        self._held = self._held and await is_held(tx)
        if self._held:
            return leased
        running = await campaigns.running(tx)
        for channel in self._apis:
            room = min(
                (self._places or self._courier.places(channel)) - self._under_way[channel],
                self._courier.slots(channel, _AHEAD),
            )
            for campaign in (NOTICES, *running):
                if room <= 0:
                    break
                found = await self._lease(tx, channel, campaign, now, room)
                leased += found
                room -= len(found)
        busy = {message.campaign for message in leased}
        for campaign in running:
            if campaign not in busy and not self._of_campaign[campaign] and await campaigns.finish(tx, campaign, now):
                self._troubles.forget(campaign)
        if len(self._bodies) > _BODIES:
            self._bodies.clear()
        for number in {message.body for message in leased if message.body is not None} - self._bodies.keys():
            self._bodies[number] = calls_in(await campaigns.body(tx, number) or "")
        return leased

    async def _lease(self, tx: Transaction, channel: str, campaign: int, now: datetime, room: int) -> list[Leased]:
        """Claim what is due; what is of no use any more is skipped.

        What would disturb its reader now is put off, with what is due like it.
        """
        found = await outbox.lease(tx, channel, campaign, now, room, now + LEASE)
        others = [(one, then) for one in found if (then := instead(one, now))]
        if not others:
            return found
        await outbox.settle(
            tx,
            [
                Settled(one, then.state, int(then.at.timestamp()), then.failure, one.calls, one.sent_as, tried=False)
                for one, then in others
            ],
            now,
        )
        for one, then in {one.quiet: (one, then) for one, then in others if then.state == "queued"}.values():
            await outbox.put_off(tx, one, now, then.at)
        off = {one.id for one, _ in others}
        self._woken.set()  # the places are free for others at once
        return [one for one in found if one.id not in off]

    async def _note(self, tx: Transaction, ended: list[Settled], now: datetime) -> None:
        await outbox.settle(tx, ended, now)
        for one in ended:
            message = one.leased
            if one.moved_to is not None:
                await accounts.move(tx, message.channel, message.address, one.moved_to)
                await outbox.move(tx, message.channel, message.address, one.moved_to)
            elif one.state == "unreachable" and message.channel == "email":
                await mailboxes.bounced(tx, message.address, one.failure or "", now)
            elif one.state == "unreachable":
                await accounts.lost(tx, message.channel, message.address, now)

    def _begin(self, group: asyncio.TaskGroup, message: Leased, until: datetime) -> None:
        self._under_way[message.channel] += 1
        self._of_campaign[message.campaign] += 1
        self._rows.add(message.id)
        calls = calls_in(message.calls) if message.calls else self._bodies.get(message.body or 0)
        place = (message.channel, message.address)
        if place in self._lines:  # one person's messages stay in order
            self._lines[place].append((message, calls))
            return
        self._lines[place] = deque([(message, calls)])
        task = group.create_task(self._send_in_order(place, until))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_in_order(self, place: Place, until: datetime) -> None:
        """Send one person's messages; where one has to wait, those behind it wait too."""
        line, postponed = self._lines[place], None
        while line:
            message, calls = line.popleft()
            if postponed is None and (self._stopping or self._courier.refused):
                postponed = int(self._clock.now().timestamp())
            if postponed is not None:
                settled = Settled(message, "queued", postponed, None, message.calls, message.sent_as, tried=False)
            else:
                settled = await self._send(message, calls, until)
                postponed = settled.next_try if settled.state == "queued" else None
            self._troubles.note(settled)
            self._ended.append(settled)
            self._under_way[message.channel] -= 1
            self._of_campaign[message.campaign] -= 1
        del self._lines[place]

    async def _send(self, message: Leased, calls: Calls, until: datetime) -> Settled:
        if calls is None:
            return Settled(message, "failed", 0, UNREADABLE)
        try:
            return await self._courier.send(message, calls, until)
        except Exception as error:  # one poisonous row never stops the others
            _log.exception("a message could not be sent", row=message.id)
            return Settled(message, "failed", 0, type(error).__name__)
