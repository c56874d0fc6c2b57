"""An answer that changes nothing leaves while its question is being written down, once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from storage.database import Database, Transaction
from tests.support.counting_bot import count_in
from tests.support.fakes import eventually
from tests.support.inbox import InboxHouse
from tests.support.people import LINH, SOKHA, message

ASKED = message(2, 1, SOKHA, "how many?")


@pytest.fixture
async def house(database: Database) -> InboxHouse:
    await count_in(database)
    house = InboxHouse(database)
    house.desk.asks = lambda update: update.chat == SOKHA.id
    return house


class Disk:
    """What a transaction waits for before it is committed, or fails with."""

    def __init__(self, house: InboxHouse, monkeypatch: pytest.MonkeyPatch) -> None:
        self._real, self._house = house.database.transaction, house
        self.is_free, self.is_waited_for = asyncio.Event(), asyncio.Event()
        self.failures = 0
        monkeypatch.setattr(house.database, "transaction", self._transaction)

    @contextlib.asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Transaction]:
        async with self._real() as tx:
            yield tx
            if await tx.fetch_one("SELECT 1 FROM updates WHERE state <> 'answered'"):
                if self.failures:
                    self.failures -= 1
                    raise OSError("disk full")
                self.is_waited_for.set()
                await self.is_free.wait()


async def test_it_does_not_wait_for_the_disk(house: InboxHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.working(), asyncio.TaskGroup() as group:
        await asyncio.wait_for(house.inbox.idle(), 10)
        disk = Disk(house, monkeypatch)
        receiving = group.create_task(house.receive(ASKED))
        await eventually(lambda: house.api.texts == ["0"])
        assert (await house.states(), receiving.done()) == ([], False)
        disk.is_free.set()
        await receiving
        await eventually(lambda: _is(house, ["answered"]))
    assert house.api.texts == ["0"]


@pytest.mark.parametrize("kept", [True, False], ids=["kept before", "just come"])
async def test_it_is_not_said_again_where_the_disk_was_full(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    if kept:
        await house.receive(ASKED)
    disk = Disk(house, monkeypatch)
    disk.failures, _ = 2, disk.is_free.set()
    async with house.working():
        for _ in range(2):
            if not kept:
                with pytest.raises(OSError, match="disk full"):
                    await house.receive(ASKED)
        if not kept:
            await house.receive(ASKED)
        await eventually(lambda: _is(house, ["answered"]))
    assert (house.api.texts, disk.failures) == (["0"], 0)


async def test_it_waits_for_what_it_may_have_read(house: InboxHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.working(), asyncio.TaskGroup() as group:
        await asyncio.wait_for(house.inbox.idle(), 10)
        disk = Disk(house, monkeypatch)
        receiving = group.create_task(house.receive(message(1, 1, LINH, "one"), ASKED))
        await disk.is_waited_for.wait()
        assert house.api.texts == []
        disk.is_free.set()
        await receiving
        await eventually(lambda: _is(house, ["answered", "answered"]))
    assert house.api.texts == [f"{LINH.id}:one", "1"]


async def test_it_is_said_once_where_another_update_fails(house: InboxHouse) -> None:
    def fail(update: object) -> None:
        if getattr(update, "chat", None) == LINH.id:
            raise RuntimeError

    house.desk.after = fail
    async with house.working():
        await asyncio.wait_for(house.inbox.idle(), 10)
        await house.receive(ASKED, message(3, 1, LINH, "one"))
        await eventually(lambda: _is(house, ["answered", "answered"]))
    assert sorted(house.api.texts) == ["0", "sorry: RuntimeError xxxxxx"]


async def _is(house: InboxHouse, states: list[str]) -> bool:
    return await house.states() == states
