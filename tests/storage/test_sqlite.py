from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import UndoneError
from storage.sqlite import SqliteDatabase


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = await SqliteDatabase.open(tmp_path / "relais.db")
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE parents (id BIGINT PRIMARY KEY)")
        await tx.execute(
            "CREATE TABLE things (id BIGINT PRIMARY KEY,"
            " parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    yield database
    await database.close()


async def add(database: SqliteDatabase, number: int, parent: int | None = None) -> None:
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO things VALUES ($1, $2)", number, parent)


def kept(database: SqliteDatabase) -> list[int]:
    """What another process finds in the file."""
    other = sqlite3.connect(database.path)
    found = [row[0] for row in other.execute("SELECT id FROM things ORDER BY id")]
    other.close()
    return found


async def test_writers_side_by_side_are_all_kept(database: SqliteDatabase) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(add(database, number))
    assert kept(database) == list(range(20))


async def test_a_writer_that_fails_takes_nobody_with_it(database: SqliteDatabase) -> None:
    found = await asyncio.gather(*(add(database, number) for number in (1, 2, 1, 3)), return_exceptions=True)
    assert ([type(one) for one in found if one], kept(database)) == ([sqlite3.IntegrityError], [1, 2, 3])


async def test_a_writer_that_is_cancelled_takes_nobody_with_it(database: SqliteDatabase) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO things VALUES (9, NULL)")
            inside.set()
            await leave.wait()

    async with asyncio.TaskGroup() as group:
        hanging = group.create_task(hang())
        await inside.wait()
        group.create_task(add(database, 1))
        hanging.cancel()
    assert kept(database) == [1]


async def test_a_writer_that_is_cancelled_while_others_write_leaves_nothing_open(database: SqliteDatabase) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(add(database, number)) for number in range(10)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
    await add(database, 100)
    assert {1, 3, 5, 7, 9, 100} <= set(kept(database))


async def test_a_commit_that_fails_is_the_fault_of_whoever_was_alone(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await add(database, 1, parent=5)
    await add(database, 2)
    assert kept(database) == [2]


async def test_a_commit_that_fails_for_several_is_to_be_done_again_by_all(database: SqliteDatabase) -> None:
    all_three = (add(database, 1), add(database, 2), add(database, 3, parent=5))  # two wait while the first commits
    found = await asyncio.gather(*all_three, return_exceptions=True)
    assert ([type(one) for one in found], kept(database)) == ([type(None), UndoneError, UndoneError], [1])


async def test_a_file_that_another_process_holds_is_waited_for(database: SqliteDatabase) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with asyncio.TaskGroup() as group:
        group.create_task(add(database, 1))
        async with database.snapshot() as read:  # others go on meanwhile
            assert await read.fetch_all("SELECT id FROM things") == []
        other.execute("COMMIT")
    other.close()
    assert kept(database) == [1]


async def test_a_read_that_turns_out_long_is_made_in_full(database: SqliteDatabase) -> None:
    sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT count(*) FROM n"
    async with database.snapshot() as read:
        row = await read.fetch_one(sql, 200_000)
    assert row is not None
    assert row[0] == 200_000


async def test_a_long_statement_says_how_much_it_changed(database: SqliteDatabase) -> None:
    async with database.transaction() as tx:
        await tx.execute_many("INSERT INTO things VALUES ($1, NULL)", [(number,) for number in range(1_000)])
        assert await tx.execute_long("DELETE FROM things WHERE id >= $1", 400) == 600
    assert kept(database) == list(range(400))


async def test_a_wait_for_another_process_that_is_cancelled_leaves_nothing_open(database: SqliteDatabase) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(add(database, 1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # it waits in the thread
        waiting.cancel()
        await asyncio.sleep(0)
        other.execute("COMMIT")
        other.close()
    assert waiting.cancelled()
    await add(database, 2)
    assert kept(database) == [2]
