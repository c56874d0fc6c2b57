from __future__ import annotations

import asyncio

import pytest

from storage.database import Database, Transaction
from storage.network import PEOPLE, THEMES, fact, set_fact
from tests.conftest import Opener
from tests.storage.rows import MAI, WATER


async def facts(database: Database) -> dict[str, str]:
    async with database.snapshot() as read:
        return {row["name"]: row["value"] for row in await read.fetch_all("SELECT name, value FROM facts")}


async def test_transaction_is_committed_at_its_end(database: Database, opener: Opener) -> None:
    async with database.transaction() as write:
        await set_fact(write, "a", "1")
        assert await fact(write, "a") == "1"
        assert await facts(await opener()) == {}
    assert await facts(await opener()) == {"a": "1"}


async def test_exception_takes_everything_back(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as write:
            await set_fact(write, "a", "1")
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert await facts(database) == {}
    async with database.transaction() as write:
        await set_fact(write, "b", "2")
    assert await facts(database) == {"b": "2"}


async def test_cancellation_takes_everything_back_and_leaves_no_lock(database: Database, opener: Opener) -> None:
    written = asyncio.Event()

    async def never_ends() -> None:
        async with database.transaction() as write:
            await set_fact(write, "a", "1")
            written.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(never_ends())
        await written.wait()
        task.cancel()
    assert task.cancelled()
    for each in (database, await opener()):
        async with asyncio.timeout(5), each.transaction() as write:
            await set_fact(write, "b", "2")
    assert await facts(database) == {"b": "2"}


async def test_cancellation_at_any_statement_leaves_no_lock(database: Database) -> None:
    """Cancelled after 0, 1, 2 … steps of the event loop: while it begins, writes, commits."""

    async def writes() -> None:
        async with database.transaction() as write:
            await set_fact(write, "a", "1")
            await set_fact(write, "a", "2")

    for steps in range(0, 40, 2):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(writes())
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
        async with asyncio.timeout(5), database.transaction() as write:
            await set_fact(write, "steps", str(steps))
            assert await fact(write, "a") in (None, "2")
    assert (await facts(database))["steps"] == "38"


async def test_cancelled_waiter_does_not_stop_the_next_writer(database: Database) -> None:
    async def waits() -> None:
        async with database.transaction() as write:
            await set_fact(write, "waiter", "1")

    async with database.transaction() as write, asyncio.TaskGroup() as group:
        await set_fact(write, "waiter", "0")
        task = group.create_task(waits())
        for _ in range(20):
            await asyncio.sleep(0)
        task.cancel()
    async with asyncio.timeout(5), database.transaction() as write:
        await set_fact(write, "next", "1")
    assert await facts(database) == {"waiter": "0", "next": "1"}


async def test_failed_statement_takes_everything_back(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as write:
            await set_fact(write, "a", "1")
            await write.execute("INSRT INTO facts")

    with pytest.raises(Exception, match=r"(?i)syntax"):
        await fails()
    assert await facts(database) == {}


async def test_snapshot_sees_one_state(database: Database) -> None:
    async with database.transaction() as write:
        await set_fact(write, "a", "1")
    async with database.snapshot() as read:
        assert await fact(read, "a") == "1"
        async with database.transaction() as write:
            await set_fact(write, "a", "2")
        assert await fact(read, "a") == "1"
    assert await facts(database) == {"a": "2"}


async def test_snapshot_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        async with database.snapshot() as read:
            await set_fact(read, "a", "1")
    assert await facts(database) == {}
    async with database.transaction() as write:
        await set_fact(write, "a", "2")
    assert await facts(database) == {"a": "2"}


async def test_snapshot_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.transaction() as write:
        await set_fact(write, "a", "1")
        async with asyncio.timeout(5):
            assert await facts(database) == {}


async def test_two_writers_lose_nothing(database: Database, opener: Opener) -> None:
    async with database.transaction() as write:
        await set_fact(write, "count", "0")

    async def add(to: Database) -> None:
        for _ in range(10):
            async with to.transaction() as write:
                await _increment(write)

    other = await opener()
    async with asyncio.TaskGroup() as group:
        for to in (database, other, database, other):
            group.create_task(add(to))
    assert await facts(database) == {"count": "40"}


async def test_statements_say_how_many_rows_they_changed(database: Database) -> None:
    async with database.transaction() as write:
        changed = [
            await write.execute("CREATE TABLE numbers (n BIGINT)"),
            await write.execute("INSERT INTO numbers (n) VALUES ($1), ($2), ($3)", 1, 2, 3),
            await write.execute("UPDATE numbers SET n = n + 1 WHERE n > $1", 1),
            await write.execute("DELETE FROM numbers WHERE n > $1", 9),
            await write.execute("INSERT INTO facts (name, value) VALUES ('a', 'b') ON CONFLICT (name) DO NOTHING"),
            await write.execute("INSERT INTO facts (name, value) VALUES ('a', 'b') ON CONFLICT (name) DO NOTHING"),
        ]
    assert changed == [0, 3, 2, 0, 1, 0]


async def test_placeholders_may_be_repeated_and_unordered(database: Database) -> None:
    async with database.snapshot() as read:
        row = await read.fetch_one(
            "SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT) || CAST($2 AS TEXT) AS joined", "a", "b"
        )
        assert row is not None
        assert (row["joined"], row[0], list(row)) == ("bab", "bab", ["bab"])
        assert await read.fetch_one("SELECT name FROM facts") is None


async def test_unknown_organisation_of_a_person_is_refused_at_the_end(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as write:
            await PEOPLE.put(write, MAI)
            await THEMES.put(write, WATER)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await fails()
    async with database.snapshot() as read:
        assert (await PEOPLE.all(read), await THEMES.all(read)) == ([], [])


async def _increment(write: Transaction) -> None:
    await write.execute("UPDATE facts SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'count'")
