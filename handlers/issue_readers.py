"""Finds out aside who gets an issue, where the network is so large that whoever writes would wait for it."""

from __future__ import annotations

from bot.clock import Clock
from bot.delivery.errands import Finish
from bot.delivery.outbox import queue
from bot.members.identify import Identify
from bot.texts import issue_desk as texts
from handlers.again import Again
from handlers.issue_desk import Issues
from storage.database import Database, Transaction
from storage.errands import Errand

READERS = "issue"
"""The kind of these errands; their details: ``id``, the issue's."""


class IssueReaders:
    """Looks up everybody, and shows the issue that was asked for at a glance."""

    def __init__(self, database: Database, clock: Clock, issues: Issues, identify: Identify, again: Again) -> None:
        self._database, self._clock, self._issues = database, clock, issues
        self._identify, self._again = identify, again

    async def do(self, errand: Errand) -> Finish:
        """Look them up."""
        now = self._clock.now()
        async with self._database.snapshot() as read:
            await self._issues.look_up(read, now)
            reader = await self._identify.again(read, errand.account)
            one = await self._issues.composing.get(read, errand.details["id"])
            reply = texts.glance(self._again.voice(reader), await self._issues.desk(read, one, now)) if one else None

        async def finish(tx: Transaction) -> None:
            if reader.is_coordinator and reply is not None:
                await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())

        return finish

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it could not be found out."""
        reader = await self._identify.again(tx, errand.account)
        reply = texts.not_counted(self._again.voice(reader))
        await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())
