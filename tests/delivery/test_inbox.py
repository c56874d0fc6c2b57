from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest

from bot.delivery import inbox as module
from bot.delivery.calls import Call
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Update
from storage import updates
from storage.database import Database
from storage.updates import Received
from tests.support.counting_bot import CountingDesk, count_in, effects
from tests.support.fakes import FakeApi, eventually
from tests.support.inbox import InboxHouse
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody, message


@pytest.fixture
async def house(database: Database) -> InboxHouse:
    await count_in(database)
    return InboxHouse(database)


async def test_what_is_received_is_on_the_disk_before_anybody_works(house: InboxHouse) -> None:
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"), message(1, 1, LINH, "one"))
    assert await house.states() == ["received", "received"]


async def test_an_answered_row_forgets_what_was_written(house: InboxHouse) -> None:
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    assert await house.rows() == [(1, "answered", "", None)]


async def test_what_the_last_run_left_is_answered_before_what_comes(house: InboxHouse) -> None:
    await house.receive(message(1, 1, LINH, "one"))
    house.another()
    await house.receive(message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:one", f"{LINH.id}:two"]


async def test_an_update_handled_by_the_last_run_is_answered_and_not_handled_again(house: InboxHouse) -> None:
    async def stop(call: Call) -> None:
        raise asyncio.CancelledError

    house.api.at_call = stop
    await house.receive(message(1, 1, LINH, "one"))
    async with house.working():
        await eventually(lambda: bool(house.api.calls))
    assert await house.states() == ["handled"]
    house.api.at_call = lambda call: None
    house.another()
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:one"] * 2
    assert await effects(house.database) == [(LINH.id, "one")]


async def test_one_chat_does_not_wait_for_another(house: InboxHouse) -> None:
    leave = asyncio.Event()
    house.api.at_call = lambda call: leave.wait() if call.parameters["chat_id"] == LINH.id else None
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"), message(3, 1, SOKHA, "one"))
    async with house.working():
        await eventually(lambda: f"{SOKHA.id}:one" in house.api.texts)
        await eventually(lambda: f"{LINH.id}:one" in house.api.texts)
        assert len(house.api.texts) == 2
        leave.set()
        await asyncio.wait_for(house.inbox.idle(), 10)
    assert house.api.texts[2:] == [f"{LINH.id}:two"]


async def test_no_more_chats_are_answered_at_once_than_there_are_places(house: InboxHouse) -> None:
    leave = asyncio.Event()
    house.api.at_call = lambda call: leave.wait()
    house.another(places=3)
    await house.receive(*(message(n, 1, Somebody(n, "P"), "hello") for n in range(1, 21)))
    async with house.working():
        await eventually(lambda: len(house.api.calls) == 3)
        assert await house.states() == ["handled"] * 3 + ["received"] * 17
        leave.set()
        await asyncio.wait_for(house.inbox.idle(), 10)
    assert len(house.api.texts) == 20


async def test_an_update_that_another_process_handled_meanwhile_is_not_handled_twice(house: InboxHouse) -> None:
    other = FakeApi()
    second = Inbox(house.database, CountingDesk(), house.clock, {"telegram": other}, sleep=house.naps)
    await house.receive(message(1, 1, LINH, "one"))
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(house.inbox.run()), group.create_task(second.run())]
        await eventually(lambda: len(house.api.calls) + len(other.calls) >= 1)
        await house.inbox.idle()
        await second.idle()
        for one in running:
            one.cancel()
    assert await effects(house.database) == [(LINH.id, "one")]


async def test_stop_lets_what_is_under_way_end_and_leaves_the_rest_in_its_rows(house: InboxHouse) -> None:
    leave = asyncio.Event()
    house.api.at_call = lambda call: leave.wait()
    house.another(places=2)
    people = (LINH, SOKHA, CAMILLE)
    await house.receive(*(message(n, 1, who, "one") for n, who in enumerate(people, 1)), message(4, 2, LINH, "two"))
    async with asyncio.TaskGroup() as group:
        group.create_task(house.inbox.run())
        await eventually(lambda: len(house.api.calls) == 2)
        house.inbox.stop()
        leave.set()
    assert sorted(await house.states()) == ["answered", "answered", "received", "received"]
    await house.answer_all()
    assert sorted(await effects(house.database)) == sorted([*((who.id, "one") for who in people), (LINH.id, "two")])
    assert len(house.api.texts) == 4


async def test_a_cancellation_in_the_middle_of_handling_leaves_nothing_half_done(house: InboxHouse) -> None:
    begun = asyncio.Event()

    async def hang(update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    house.desk.after = hang
    await house.receive(message(1, 1, LINH, "one"))
    async with house.working():
        await asyncio.wait_for(begun.wait(), 10)
    assert (await effects(house.database), await house.states()) == ([], ["received"])
    house.desk.after = lambda update: None
    house.another()
    await house.answer_all()
    assert await effects(house.database) == [(LINH.id, "one")]


async def test_rows_that_nobody_took_up_are_found_by_the_sweep(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SWEEP", 0.01)
    async with house.working():
        async with house.database.transaction() as tx:
            text = message(1, 1, LINH, "one")
            await updates.add(tx, [Received("telegram", 1, LINH.id, orjson.dumps(text).decode())], house.clock.now())
        await eventually(lambda: house.api.texts == [f"{LINH.id}:one"])


async def test_answered_rows_are_forgotten_after_three_days(house: InboxHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SWEEP", 0.01)
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    house.clock.advance(timedelta(days=2))
    await house.receive(message(2, 2, LINH, "two"))
    await house.answer_all()
    assert [row[0] for row in await house.rows()] == [1, 2]
    house.clock.advance(timedelta(days=1, hours=1))
    forgotten = asyncio.Event()
    real = updates.forget_before

    async def forget_before(*values: Any) -> int:
        forgotten.set()
        return await real(*values)

    monkeypatch.setattr(updates, "forget_before", forget_before)
    async with house.working():
        await asyncio.wait_for(forgotten.wait(), 10)
        await house.receive(message(3, 3, LINH, "three"))
    assert [row[0] for row in await house.rows()] == [2, 3]


async def test_many_waiting_updates_are_read_from_their_rows(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 2)
    async with house.working():
        await asyncio.wait_for(house.inbox.idle(), 10)
        await house.receive(*(message(n, n, LINH, str(n)) for n in range(1, 11)))
        await asyncio.wait_for(house.inbox.idle(), 10)
    assert house.api.texts == [f"{LINH.id}:{n}" for n in range(1, 11)]
