"""Several updates in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.incoming import Update
from storage import updates
from storage.database import Database, Transaction
from tests.support.counting_bot import count_in, effects
from tests.support.fakes import eventually
from tests.support.inbox import InboxHouse
from tests.support.people import LINH, SOKHA, Somebody, message


@pytest.fixture
async def house(database: Database) -> InboxHouse:
    await count_in(database)
    return InboxHouse(database)


@given(said=st.lists(st.tuples(st.integers(1, 4), st.sampled_from(("well", "bad", "worse"))), max_size=12))
@settings(max_examples=25)
async def test_whatever_fails_takes_nothing_of_the_others_with_it(
    database: Database, said: list[tuple[int, str]]
) -> None:
    await count_in(database)
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM effects")
        await tx.execute("DELETE FROM updates")
    house = InboxHouse(database)

    def fail(update: Update) -> None:
        assert update.message is not None
        assert update.message.text is not None
        if not update.message.text.startswith("well"):
            raise RuntimeError(update.message.text)

    def sorry(error: Exception) -> str:
        if str(error).startswith("worse"):
            raise error
        return str(error)

    house.desk.after, house.desk.sorry = fail, sorry
    came = [message(n, n, Somebody(who, "P"), f"{how} {n}") for n, (who, how) in enumerate(said, 1)]
    async with house.working():
        await house.receive(*came)
        await asyncio.wait_for(house.inbox.idle(), 10)
    well = [(who, f"well {n}") for n, (who, how) in enumerate(said, 1) if how == "well"]
    assert sorted(await effects(database)) == sorted(well)
    assert await house.states() == ["answered"] * len(said)
    for chat in range(1, 5):
        mine = [(n, how) for n, (who, how) in enumerate(said, 1) if who == chat and how != "worse"]
        texts = [call.parameters["text"] for call in house.api.calls if call.parameters["chat_id"] == chat]
        assert texts == [f"{chat}:well {n}" if how == "well" else f"sorry: bad {n} xxxxxx" for n, how in mine]


async def test_what_comes_while_there_are_places_is_handled_in_the_transaction_that_keeps_it(house: InboxHouse) -> None:
    leave = asyncio.Event()
    house.api.at_call = lambda call: leave.wait()
    house.another(places=2)
    async with house.working():
        await asyncio.wait_for(house.inbox.idle(), 10)
        await house.receive(
            *(message(n, n, who, "hi") for n, who in enumerate((LINH, LINH, SOKHA, Somebody(7, "P")), 1))
        )
        assert await house.states() == ["handled", "received", "handled", "received"]
        leave.set()
        await asyncio.wait_for(house.inbox.idle(), 10)
    assert await house.states() == ["answered"] * 4


async def test_no_more_answers_than_there_are_places_wait_for_their_mark(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a kill would have repeated."""
    unmarked: list[int] = []
    real = updates.answered

    async def answered(write: Transaction, numbers: Sequence[int]) -> None:
        unmarked.append(len(house.api.calls) - sum(state == "answered" for state in await house.states()))
        await real(write, numbers)

    monkeypatch.setattr(updates, "answered", answered)
    house.another(places=3)
    await house.receive(*(message(n, 1, Somebody(n, "P"), "hello") for n in range(1, 41)))
    await house.answer_all()
    assert (len(house.api.calls), max(unmarked)) == (40, 3)


async def test_a_mark_that_fails_lets_nobody_in(house: InboxHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answered(*values: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(updates, "answered", answered)
    house.another(places=3)
    await house.receive(*(message(n, 1, Somebody(n, "P"), "hello") for n in range(1, 41)))
    async with house.working():
        await eventually(lambda: len(house.naps.seconds) > 3)
    assert len(house.api.calls) == 3


async def test_what_is_received_while_the_inbox_ends_is_kept(house: InboxHouse) -> None:
    begun = asyncio.Event()

    async def hang(update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    house.desk.after = hang
    async with asyncio.TaskGroup() as group:
        running = group.create_task(house.inbox.run())
        receiving = [group.create_task(house.receive(message(1, 1, LINH, "one")))]
        await begun.wait()
        receiving.append(group.create_task(house.receive(message(2, 2, LINH, "two"))))
        await asyncio.sleep(0)
        running.cancel()
    assert await house.states() == ["received", "received"]
    house.desk.after = lambda update: None
    house.another()
    await house.answer_all()
    assert sorted(await effects(house.database)) == [(LINH.id, "one"), (LINH.id, "two")]  # kept side by side


async def test_an_answer_that_changes_nothing_is_looked_up_again_after_a_kill(house: InboxHouse) -> None:
    house.desk.asks = lambda update: update.chat == SOKHA.id
    hanging = asyncio.Event()
    house.api.at_call = lambda call: hanging.wait()
    async with house.working():
        await asyncio.wait_for(house.inbox.idle(), 10)
        await house.receive(message(1, 1, SOKHA, "how many?"))
        await eventually(lambda: house.api.texts == ["0"])
        assert [(state, calls) for _, state, _, calls in await house.rows()] == [("received", None)]
    house.api.at_call = lambda call: None
    house.another()
    await house.receive(message(2, 1, LINH, "one more"))
    await house.answer_all()
    assert house.api.texts[1:] == ["0", f"{LINH.id}:one more"]
    assert await house.states() == ["answered", "answered"]


async def test_what_was_committed_though_it_seemed_not_to_be_is_answered_as_it_was_handled(
    house: InboxHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handled once more it would change nothing any more, and say so."""
    real, lost = house.database.transaction, [True]

    @contextlib.asynccontextmanager
    async def transaction() -> AsyncIterator[Transaction]:
        async with real() as tx:
            yield tx
        if lost and await effects(house.database):
            lost.pop()
            raise ConnectionError("no answer to COMMIT")

    await house.receive(message(1, 1, LINH, "one"))
    monkeypatch.setattr(house.database, "transaction", transaction)
    house.desk.after = lambda update: setattr(house.desk, "asks", lambda update: True)
    await house.answer_all()
    assert not lost
    assert house.api.texts == [f"{LINH.id}:one"]
    assert await effects(house.database) == [(LINH.id, "one")]
