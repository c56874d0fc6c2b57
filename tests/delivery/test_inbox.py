from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from bot.clock import SimulatedClock
from bot.delivery import inbox as module
from bot.delivery.calls import Call
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Update
from bot.delivery.outcome import Outcome
from bot.errors import RelaisError, SettingsError
from storage import updates
from storage.database import Database, Transaction
from tests.support.counting_bot import CountingDesk, count_in, effects
from tests.support.fakes import FakeApi, Naps, eventually
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody, message


class TestDesk(CountingDesk):
    """Counts, and fails where a test says so."""

    __test__ = False

    def __init__(self) -> None:
        self.before: Callable[[Update], Any] = lambda update: None
        self.after: Callable[[Update], Any] = lambda update: None
        self.sorry: Callable[[Exception], str] = lambda error: type(error).__name__

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        await _maybe(self.before(update))
        calls = await super().answer(tx, channel, update)
        await _maybe(self.after(update))
        return calls

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        said = f"sorry: {self.sorry(error)}{' ' + 'x' * len(reference) if reference else ''}"
        return (Call(method="sendMessage", parameters={"chat_id": update.chat, "text": said}),)


async def _maybe(awaited: Awaitable[object] | None) -> None:
    if awaited is not None:
        await awaited


class House:
    """An inbox on a database of its own, with what stands around it."""

    def __init__(self, database: Database) -> None:
        self.database, self.desk, self.api, self.naps = database, TestDesk(), FakeApi(), Naps()
        self.clock = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC))
        self.inbox = self.another()

    def another(self, **more: Any) -> Inbox:
        """An inbox as a restart makes it."""
        self.inbox = Inbox(self.database, self.desk, self.clock, {"telegram": self.api}, sleep=self.naps, **more)
        return self.inbox

    async def receive(self, *raw: dict[str, Any]) -> None:
        await self.inbox.receive("telegram", raw)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """The inbox at work until the end of the block; then it is cancelled."""
        async with asyncio.TaskGroup() as group:
            running = group.create_task(self.inbox.run())
            try:
                yield
            finally:
                running.cancel()

    async def answer_all(self) -> None:
        async with self.working():
            await asyncio.wait_for(self.inbox.idle(), 10)

    async def rows(self) -> list[tuple[int, str, str, str | None]]:
        async with self.database.snapshot() as read:
            found = await read.fetch_all("SELECT update_id, state, payload, calls FROM updates ORDER BY id")
            return [tuple(row) for row in found]

    async def states(self) -> list[str]:
        return [row[1] for row in await self.rows()]


@pytest.fixture
async def house(database: Database) -> House:
    await count_in(database)
    return House(database)


def first(text: str) -> Callable[[Update], bool]:
    """True for the first update that says `text`."""
    seen: list[int] = []

    def is_first(update: Update) -> bool:
        assert update.message is not None
        seen.append(1) if update.message.text == text else None
        return update.message.text == text and len(seen) == 1

    return is_first


async def test_what_is_received_is_on_the_disk_before_anybody_works(house: House) -> None:
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"), message(1, 1, LINH, "one"))
    assert await house.states() == ["received", "received"]
    assert house.inbox.backlog == 2


async def test_an_answered_row_forgets_what_was_written(house: House) -> None:
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    assert await house.rows() == [(1, "answered", "", None)]
    assert house.inbox.backlog == 0


async def test_what_the_last_run_left_is_answered_before_what_comes(house: House) -> None:
    await house.receive(message(1, 1, LINH, "one"))
    house.another()
    await house.receive(message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:one", f"{LINH.id}:two"]


async def test_an_update_handled_by_the_last_run_is_answered_and_not_handled_again(house: House) -> None:
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


async def test_one_chat_does_not_wait_for_another(house: House) -> None:
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


async def test_no_more_chats_are_answered_at_once_than_there_are_places(house: House) -> None:
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


async def test_an_update_that_fails_changes_nothing_and_is_answered_with_an_apology(house: House) -> None:
    def fail(update: Update) -> None:
        if update.update_id == 1:
            raise sqlite3.IntegrityError("UNIQUE constraint failed")

    house.desk.after = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == ["sorry: IntegrityError xxxxxx", f"{LINH.id}:two"]
    assert await effects(house.database) == [(LINH.id, "two")]


async def test_a_rule_that_refuses_needs_no_reference(house: House) -> None:
    class FullError(RelaisError): ...

    def refuse(update: Update) -> None:
        raise FullError

    house.desk.before = refuse
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    assert house.api.texts == ["sorry: FullError"]


async def test_an_apology_that_fails_too_does_not_stop_the_next_update(house: House) -> None:
    def fail(error: Any) -> Any:
        raise RuntimeError("nothing works")

    is_first = first("one")
    house.desk.before = lambda update: fail(None) if is_first(update) else None
    house.desk.sorry = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:two"]
    assert await house.states() == ["answered", "answered"]


async def test_a_channel_that_breaks_its_word_does_not_stop_the_next_update(house: House) -> None:
    def fail(call: Call) -> None:
        if call.parameters["text"].endswith("one"):
            raise RuntimeError("a bug")

    house.api.at_call = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:one", f"{LINH.id}:two"]


async def test_a_wrong_token_stops_the_inbox(house: House) -> None:
    house.api.outcomes = [Outcome("unauthorised")]
    await house.receive(message(1, 1, LINH, "one"))
    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.wait_for(house.inbox.run(), 10)
    assert caught.group_contains(SettingsError)
    assert await house.states() == ["handled"]


async def test_a_database_out_of_reach_is_waited_for_and_the_answer_sent_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = {"handled": 3, "answered": 2}

    def troubled(name: str) -> Callable[..., Awaitable[Any]]:
        real = getattr(updates, name)

        async def call(*values: Any) -> Any:
            if troubles[name]:
                troubles[name] -= 1
                raise sqlite3.OperationalError("database or disk is full")
            return await real(*values)

        return call

    monkeypatch.setattr(updates, "handled", troubled("handled"))
    monkeypatch.setattr(updates, "answered", troubled("answered"))
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    assert house.naps.seconds == [1.0, 1.0, 2.0]
    assert house.api.texts == [f"{LINH.id}:one"]
    assert await effects(house.database) == [(LINH.id, "one")]


async def test_an_update_that_another_process_handled_meanwhile_is_not_handled_twice(house: House) -> None:
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


async def test_what_is_not_an_update_is_let_go(house: House) -> None:
    await house.receive({"message": {}}, {"update_id": 3, "message": {"text": 5}}, message(4, 1, LINH, "one"))
    await house.answer_all()
    assert [row[0] for row in await house.rows()] == [4]


async def test_a_row_that_cannot_be_read_any_more_does_not_stop_its_chat(house: House) -> None:
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    async with house.database.transaction() as tx:
        await tx.execute("UPDATE updates SET payload = '{}' WHERE update_id = 1")
    house.another()
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:two"]


async def test_stop_lets_what_is_under_way_end_and_leaves_the_rest_in_its_rows(house: House) -> None:
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


async def test_a_cancellation_in_the_middle_of_handling_leaves_nothing_half_done(house: House) -> None:
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


async def test_rows_that_nobody_took_up_are_found_by_the_sweep(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SWEEP", 0.01)
    async with house.working():
        async with house.database.transaction() as tx:
            text = message(1, 1, LINH, "one")
            await updates.add(tx, "telegram", 1, LINH.id, orjson.dumps(text).decode(), house.clock.now())
        await eventually(lambda: house.api.texts == [f"{LINH.id}:one"])


async def test_answered_rows_are_forgotten_after_three_days(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
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


async def test_many_waiting_updates_are_read_from_their_rows(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 2)
    async with house.working():
        await asyncio.wait_for(house.inbox.idle(), 10)
        await house.receive(*(message(n, n, LINH, str(n)) for n in range(1, 11)))
        await asyncio.wait_for(house.inbox.idle(), 10)
    assert house.api.texts == [f"{LINH.id}:{n}" for n in range(1, 11)]
