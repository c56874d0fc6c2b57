"""Brings the files that members gave to who may see them: by their channel's own handle, or fetched and sent anew."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.clock import Clock
from bot.delivery.calls import Call
from bot.delivery.errands import Finish
from bot.delivery.fetching import Fetch, GoneError
from bot.delivery.made import Made
from bot.delivery.outbox import queue
from bot.delivery.outcome import Api
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.texts.contribution_decisions import file_gone
from bot.texts.reply import NOTHING, Reply
from bot.watch import contributing
from bot.watch.contribution import Sent
from handlers.again import Again
from storage.database import Database, Transaction
from storage.errands import Errand

CONTRIBUTED = "contributed"
"""The kind of errand."""


class ContributedFiles:
    """Brings the files."""

    def __init__(
        self, database: Database, clock: Clock, identify: Identify, again: Again, made: Made, fetch: Fetch,
        apis: Mapping[str, Api],
    ) -> None:  # fmt: skip
        self._database, self._clock, self._identify, self._again = database, clock, identify, again
        self._made, self._fetch, self._apis = made, fetch, apis

    async def do(self, errand: Errand) -> Finish:
        """Send the file, outside any transaction."""
        async with self._database.snapshot() as read:
            reader = await self._identify.again(read, errand.account)
            one = await contributing.get(read, errand.details["contribution"])
            may = one is not None and await contributing.may_see(read, one, reader, self._clock.now())
        file = one.content.file if one else None
        if one is None or file is None or not may:
            return _nothing
        if file.channel == reader.channel and await self._sent_by_handle(reader, file):
            return _nothing
        try:
            content = await self._fetch(file.channel, file.handle)
        except GoneError:
            return lambda tx: self._gone(tx, errand, reader)
        made = await asyncio.to_thread(self._made.file, file.name, content, photo=file.photo)
        reply, now = Reply(NOTHING, files=(made,)), self._clock.now()
        return lambda tx: queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, now)

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it cannot be had."""
        await self._gone(tx, errand, await self._identify.again(tx, errand.account))

    async def _sent_by_handle(self, reader: Reader, file: Sent) -> bool:
        api = self._apis.get(reader.channel)
        method, field = ("sendPhoto", "photo") if file.photo else ("sendDocument", "document")
        call = Call(method=method, parameters={"chat_id": reader.address, field: file.handle})
        return api is not None and (await api.make(call)).kind == "sent"

    async def _gone(self, tx: Transaction, errand: Errand, reader: Reader) -> None:
        reply = file_gone(self._again.voice(reader))
        await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())


async def _nothing(_tx: Transaction) -> None:
    """There is nothing more to send."""
