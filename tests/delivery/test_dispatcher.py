from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SimulatedClock
from bot.delivery import dispatcher as module
from bot.delivery.calls import Call, dumped
from bot.delivery.dispatcher import LEASE, Dispatcher
from bot.delivery.outbox import queue
from bot.delivery.outcome import Outcome
from bot.errors import SettingsError
from bot.texts.reply import Button, File, Reply, Tap
from locales import Html
from storage import outbox
from storage.database import Database
from storage.outbox import Message
from tests.support.fakes import FakeApi, Naps, eventually

LONG = Html("\n\n".join(["a" * 3000, "b" * 3000]))


class House:
    """A dispatcher on a database of its own."""

    def __init__(self, database: Database) -> None:
        self.database, self.api, self.naps = database, FakeApi(), Naps()
        self.clock = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC))
        self.dispatcher = Dispatcher(
            database, {"telegram": self.api}, self.clock, places=8, sleep=self.naps, luck=lambda: 0.5,
            seconds=lambda: self.clock.now().timestamp(),
        )  # fmt: skip

    async def queue(self, key: str, address: int = 5, text: str = "", channel: str = "telegram") -> bool:
        async with self.database.transaction() as tx:
            return await queue(tx, key, channel, address, Reply(Html(text or key)), self.clock.now())

    async def send(self, later: timedelta = timedelta(0)) -> None:
        """Move the clock and try once what is due then."""
        self.clock.advance(later)
        await self.dispatcher.once()

    async def rows(self) -> list[tuple[Any, ...]]:
        """Key, state and reason of every row."""
        async with self.database.snapshot() as read:
            found = await read.fetch_all("SELECT message_key, state, failure FROM outbox ORDER BY id")
            return [tuple(row) for row in found]


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


async def test_a_message_is_queued_once_and_sent_once(house: House) -> None:
    assert [await house.queue("welcome:1"), await house.queue("welcome:1")] == [True, False]
    await house.send()
    await house.send(LEASE * 2)
    assert (house.api.texts, await house.rows()) == (["welcome:1"], [("welcome:1", "sent", None)])
    async with house.database.snapshot() as read:
        assert (await read.fetch_all("SELECT calls FROM outbox"))[0][0] == "[]"


async def test_a_message_whose_transaction_fails_is_not_queued(house: House) -> None:
    with contextlib.suppress(RuntimeError):
        async with house.database.transaction() as tx:
            await queue(tx, "a", "telegram", 5, Reply(Html("a")), house.clock.now())
            raise RuntimeError
    assert await house.rows() == []


async def test_a_message_carries_its_buttons_and_files(house: House, tmp_path: Path) -> None:
    file = tmp_path / "minutes"
    reply = Reply(Html("hello"), ((Button("Open", Tap.to("meetings", 1)),),), files=(File("minutes.pdf", file),))
    async with house.database.transaction() as tx:
        await queue(tx, "a", "telegram", 5, reply, house.clock.now())
    await house.send()
    assert [call.method for call in house.api.calls] == ["sendMessage", "sendDocument"]
    assert house.api.calls[0].parameters["reply_markup"] == {
        "inline_keyboard": [[{"text": "Open", "callback_data": "meetings1:1"}]]
    }
    assert house.api.calls[1].files == {"document": ("minutes.pdf", file)}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome("unreachable", reason="Forbidden: bot was blocked by the user"), "unreachable"),
        (Outcome("refused", reason="Chat not found"), "failed"),
    ],
)
async def test_what_will_never_arrive_is_told_apart(house: House, outcome: Outcome, state: str) -> None:
    house.api.outcomes = [outcome]
    await house.queue("a")
    await house.send()
    await house.send(LEASE * 2)
    assert (len(house.api.calls), await house.rows()) == (1, [("a", state, outcome.reason)])


async def test_a_message_waits_longer_and_longer_while_the_channel_is_out_of_reach(house: House) -> None:
    house.api.outcomes = [Outcome("offline"), Outcome("unknown"), Outcome("offline")]
    await house.queue("a")
    tries = []
    for seconds in (0, 0, 2, 1, 3, 1, 5):
        await house.send(timedelta(seconds=seconds))
        tries.append(len(house.api.calls))
    assert tries == [1, 1, 2, 2, 3, 3, 4]
    assert await house.rows() == [("a", "sent", None)]


async def test_a_429_is_waited_out(house: House) -> None:
    house.api.outcomes = [Outcome("wait", seconds=30.0)]
    await house.queue("a")
    tries = []
    for seconds in (0, 28, 4):
        await house.send(timedelta(seconds=seconds))
        tries.append(len(house.api.calls))
    assert tries == [1, 1, 2]


async def test_only_what_was_not_sent_is_tried_again(house: House) -> None:
    house.api.outcomes = [Outcome("sent"), Outcome("offline")]
    await house.queue("a", text=LONG)
    await house.send()
    await house.send(timedelta(seconds=2))
    assert [text[0] for text in house.api.texts] == ["a", "b", "b"]
    assert (await house.rows())[0][:2] == ("a", "sent")


async def test_a_person_s_messages_keep_their_order_while_one_has_to_wait(house: House) -> None:
    house.api.outcomes = [Outcome("wait", seconds=10.0)]
    await house.queue("first")
    await house.queue("second")
    await house.send()
    await house.send(timedelta(seconds=12))
    assert house.api.texts == ["first", "first", "second"]


async def test_messages_of_a_channel_that_is_not_served_stay(house: House) -> None:
    await house.queue("a", channel="web")
    await house.send()
    assert await house.rows() == [("a", "queued", None)]


async def test_a_lease_that_ran_out_is_claimed_again_and_the_late_sender_settles_nothing(house: House) -> None:
    await house.queue("a")
    begun, leave = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        await leave.wait()

    house.api.at_call = lambda call: hang()
    house.api.outcomes = [Outcome("refused", reason="late"), Outcome("sent")]
    other = FakeApi()
    async with asyncio.TaskGroup() as group:
        group.create_task(house.dispatcher.once())
        await begun.wait()
        house.clock.advance(LEASE)
        await Dispatcher(house.database, {"telegram": other}, house.clock).once()
        leave.set()
    assert (other.texts, await house.rows()) == (["a"], [("a", "sent", None)])


async def test_no_call_is_begun_that_could_outlive_its_lease(house: House) -> None:
    await house.queue("a", text=LONG)
    house.api.at_call = lambda call: (
        house.clock.advance(LEASE - timedelta(seconds=60)) if not house.api.texts[1:] else None
    )
    await house.send()
    assert (len(house.api.texts), (await house.rows())[0][:2]) == (1, ("a", "queued"))
    house.api.at_call = lambda call: None
    await house.send(timedelta(seconds=1))
    assert [text[0] for text in house.api.texts] == ["a", "b"]


async def sent(house: House, number: int) -> bool:
    return [row[1] for row in await house.rows()].count("sent") == number


async def test_a_kill_repeats_only_what_was_under_way(house: House) -> None:
    for number in range(20):
        await house.queue(f"m{number}", address=number)

    async def hang() -> None:
        await asyncio.Event().wait()

    house.api.at_call = lambda call: hang() if len(house.api.calls) > 10 else None
    async with asyncio.TaskGroup() as group:
        running = group.create_task(house.dispatcher.run())
        await eventually(lambda: len(house.api.calls) == 18)
        await eventually(lambda: sent(house, 10))
        running.cancel()
    again = FakeApi()
    house.clock.advance(LEASE)
    dispatcher = Dispatcher(house.database, {"telegram": again}, house.clock)
    for _ in range(3):
        await dispatcher.once()
    assert [row[1] for row in await house.rows()] == ["sent"] * 20
    repeated = sorted(set(house.api.texts) & set(again.texts))
    assert repeated == sorted(house.api.texts[10:])


async def test_run_sends_what_is_queued_when_woken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK", 60.0)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(house.dispatcher.run())
        for key in ("a", "b"):
            await house.queue(key)
            house.dispatcher.wake()
            await eventually(lambda key=key: key in house.api.texts)  # type: ignore[misc]  # mypy guesses no default
        running.cancel()


async def test_run_finds_what_is_queued_without_waking(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.01)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(house.dispatcher.run())
        await house.queue("a")
        await eventually(lambda: house.api.texts == ["a"])
        running.cancel()


async def test_a_wrong_token_stops_the_dispatcher_and_keeps_the_message(house: House) -> None:
    house.api.outcomes = [Outcome("unauthorised", reason="Unauthorized")]
    await house.queue("a")
    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.wait_for(house.dispatcher.run(), 10)
    assert caught.group_contains(SettingsError)
    assert await house.rows() == [("a", "queued", "Unauthorized")]


async def test_what_was_sent_is_not_sent_again_because_the_database_is_out_of_reach(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles, real = [1, 2, 3], outbox.settle

    async def settle(*values: Any) -> bool:
        if troubles:
            troubles.pop()
            raise sqlite3.OperationalError("database or disk is full")
        return bool(await real(*values))

    monkeypatch.setattr(outbox, "settle", settle)
    await house.queue("a")
    await house.send()
    assert (house.api.texts, house.naps.seconds) == (["a"], [1.0, 2.0, 4.0])
    assert await house.rows() == [("a", "sent", None)]


async def test_a_row_that_cannot_be_read_fails_alone(house: House) -> None:
    await house.queue("a")
    await house.queue("b")
    async with house.database.transaction() as tx:
        await tx.execute("UPDATE outbox SET calls = '[{}]' WHERE message_key = 'a'")
    await house.send()
    assert await house.rows() == [("a", "failed", "its row cannot be read"), ("b", "sent", None)]


async def test_an_optional_call_may_fail(house: House) -> None:
    house.api.outcomes = [Outcome("refused", reason="no")]
    menu = Call(method="setMyCommands", parameters={"commands": []}, optional=True)
    async with house.database.transaction() as tx:
        await outbox.add(tx, Message("a", "telegram", 5, 0, dumped((menu,))), house.clock.now())
    await house.send()
    assert await house.rows() == [("a", "sent", None)]
