from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.delivery.calls import Call
from bot.delivery.incoming import Update
from bot.delivery.outcome import Outcome
from bot.errors import RelaisError, SettingsError
from storage import updates
from storage.database import Database
from tests.support.counting_bot import count_in, effects
from tests.support.fakes import eventually
from tests.support.inbox import InboxHouse
from tests.support.people import JOHN, LINH, message


@pytest.fixture
async def house(database: Database) -> InboxHouse:
    await count_in(database)
    return InboxHouse(database)


def first(text: str) -> Callable[[Update], bool]:
    """True for the first update that says `text`."""
    seen: list[int] = []

    def is_first(update: Update) -> bool:
        assert update.message is not None
        seen.append(1) if update.message.text == text else None
        return update.message.text == text and len(seen) == 1

    return is_first


async def test_an_update_that_fails_changes_nothing_and_is_answered_with_an_apology(house: InboxHouse) -> None:
    def fail(update: Update) -> None:
        if update.update_id == 1:
            raise sqlite3.IntegrityError("UNIQUE constraint failed")

    house.desk.after = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == ["sorry: IntegrityError xxxxxx", f"{LINH.id}:two"]
    assert await effects(house.database) == [(LINH.id, "two")]


async def test_a_rule_that_refuses_needs_no_reference(house: InboxHouse) -> None:
    class FullError(RelaisError): ...

    def refuse(update: Update) -> None:
        raise FullError

    house.desk.before = refuse
    await house.receive(message(1, 1, LINH, "one"))
    await house.answer_all()
    assert house.api.texts == ["sorry: FullError"]


async def test_an_apology_that_fails_too_does_not_stop_the_next_update(house: InboxHouse) -> None:
    def fail(error: Any) -> Any:
        raise RuntimeError("nothing works")

    is_first = first("one")
    house.desk.before = lambda update: fail(None) if is_first(update) else None
    house.desk.sorry = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:two"]
    assert await house.states() == ["answered", "answered"]


async def test_a_channel_that_breaks_its_word_does_not_stop_the_next_update(house: InboxHouse) -> None:
    def fail(call: Call) -> None:
        if call.parameters["text"].endswith("one"):
            raise RuntimeError("a bug")

    house.api.at_call = fail
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:one", f"{LINH.id}:two"]


async def test_a_wrong_token_stops_the_inbox(house: InboxHouse) -> None:
    house.api.outcomes = [Outcome("unauthorised")]
    await house.receive(message(1, 1, LINH, "one"))
    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.wait_for(house.inbox.run(), 10)
    assert caught.group_contains(SettingsError)
    assert await house.states() == ["handled"]


async def test_a_database_out_of_reach_is_waited_for_and_the_answer_sent_once(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch
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


async def test_what_is_not_an_update_is_let_go(house: InboxHouse) -> None:
    await house.receive({"message": {}}, {"update_id": 3, "message": {"text": 5}}, message(4, 1, LINH, "one"))
    await house.answer_all()
    assert [row[0] for row in await house.rows()] == [4]


async def test_a_row_that_cannot_be_read_any_more_does_not_stop_its_chat(house: InboxHouse) -> None:
    await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"))
    async with house.database.transaction() as tx:
        await tx.execute("UPDATE updates SET payload = '{}' WHERE update_id = 1")
    house.another()
    await house.answer_all()
    assert house.api.texts == [f"{LINH.id}:two"]


async def test_a_stop_waits_for_a_slow_answer_while_others_are_waiting(house: InboxHouse) -> None:
    slow, quick = asyncio.Event(), asyncio.Event()
    house.api.at_call = lambda call: (slow if call.parameters["chat_id"] == JOHN.id else quick).wait()

    async def marked() -> bool:
        return [row[1] for row in await house.rows()] == ["answered", "received", "handled"]

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(house.inbox.run())
        await house.receive(message(1, 1, LINH, "one"), message(2, 2, LINH, "two"), message(3, 1, JOHN, "slow"))
        await eventually(lambda: len(house.api.calls) == 2)
        house.inbox.stop()
        quick.set()
        await eventually(marked)
        slow.set()
    assert house.api.texts == [f"{LINH.id}:one", f"{JOHN.id}:slow"]
