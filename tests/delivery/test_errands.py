from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import SimulatedClock
from bot.delivery.errands import AGAIN, MOST_ATTEMPTS, Errands, Finish, Owed
from storage import accounts, errands
from storage.database import Database, Transaction
from storage.errands import Errand
from tests.support.fakes import eventually


class Porter:
    """Does errands, and remembers them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.given_up: list[str] = []
        self.fails = 0

    async def do(self, errand: Errand) -> Finish:
        if self.fails:
            self.fails -= 1
            raise OSError("no way")

        async def finish(_tx: Transaction) -> None:
            self.done.append(errand.details["what"])

        return finish

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        self.given_up.append(errand.details["what"])


class House:
    """Errands on a database of its own."""

    def __init__(self, database: Database) -> None:
        self.database, self.porter, self.woken = database, Porter(), 0
        self.clock, self.owed = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC)), Owed()
        self.errands = self.restarted()

    def restarted(self) -> Errands:
        def woken() -> None:
            self.woken += 1

        return Errands(self.database, self.clock, self.owed, {"carry": self.porter}, woken)

    async def owe(self, what: str, kind: str = "carry") -> bool:
        async with self.database.transaction() as tx:
            await accounts.add(tx, "telegram", 5, "John", "en", self.clock.now())
            reader = await accounts.find(tx, "telegram", 5, "Asia/Phnom_Penh")
            assert reader is not None
            return await self.owed.owe(tx, kind, reader.account, {"what": what}, self.clock.now())

    async def rows(self) -> list[tuple[Any, ...]]:
        async with self.database.snapshot() as read:
            return [tuple(row) for row in await read.fetch_all("SELECT kind, attempts FROM errands ORDER BY id")]


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


async def test_what_is_owed_is_done_once_in_order(house: House) -> None:
    assert [await house.owe("a"), await house.owe("b"), await house.owe("a")] == [True, True, False]
    await house.errands.do_owed()
    await house.errands.do_owed()
    assert (house.porter.done, await house.rows(), house.woken) == (["a", "b"], [], 2)


async def test_what_was_done_can_be_owed_again(house: House) -> None:
    for _ in range(2):
        assert await house.owe("a")
        await house.errands.do_owed()
    assert house.porter.done == ["a", "a"]


async def test_what_was_under_way_at_a_kill_is_done_after_the_start(house: House) -> None:
    await house.owe("a")
    async with house.database.transaction() as tx:
        assert await errands.take(tx, house.clock.now(), ()) is not None
    await house.restarted().do_owed()
    assert (house.porter.done, await house.rows()) == (["a"], [])


async def test_what_fails_is_tried_again_later(house: House) -> None:
    house.porter.fails = 1
    await house.owe("a")
    await house.owe("b")
    await house.errands.do_owed()
    assert house.porter.done == ["b"]
    house.clock.advance(AGAIN)
    await house.errands.do_owed()
    assert house.porter.done == ["b", "a"]


async def test_what_always_fails_is_given_up(house: House) -> None:
    house.porter.fails = MOST_ATTEMPTS
    await house.owe("a")
    for _ in range(MOST_ATTEMPTS + 1):
        await house.errands.do_owed()
        house.clock.advance(AGAIN)
    assert (house.porter.done, house.porter.given_up, await house.rows()) == ([], ["a"], [])


async def test_what_kills_the_assistant_each_time_is_given_up(house: House) -> None:
    await house.owe("a")
    for _ in range(MOST_ATTEMPTS):
        async with house.database.transaction() as tx:
            await errands.take(tx, house.clock.now(), ())
    await house.restarted().do_owed()
    assert (house.porter.done, house.porter.given_up) == ([], ["a"])


async def test_an_errand_that_nobody_does_any_more_is_let_go(house: House) -> None:
    await house.owe("a", "forgotten")
    await house.errands.do_owed()
    assert await house.rows() == []


async def test_whoever_runs_is_woken_by_what_is_owed(house: House) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(house.errands.run())
        await house.owe("a")
        await eventually(lambda: house.porter.done == ["a"])
        house.errands.stop()


async def test_what_cannot_even_be_given_up_keeps_nobody_waiting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(_errand: Errand, _tx: Transaction) -> None:
        raise LookupError("no account")

    house.porter.fails = MOST_ATTEMPTS
    monkeypatch.setattr(house.porter, "give_up", nobody)
    await house.owe("a")
    for _ in range(MOST_ATTEMPTS + 1):
        await house.errands.do_owed()
        house.clock.advance(AGAIN)
    await house.owe("b")
    await house.errands.do_owed()
    assert (house.porter.done, await house.rows()) == (["b"], [])


async def test_who_has_nothing_to_do_keeps_no_writer_waiting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.owe("a")
    await house.errands.do_owed()
    monkeypatch.setattr(house.database, "transaction", None)  # whoever begins one fails
    await house.errands.do_owed()
    assert house.porter.done == ["a"]
