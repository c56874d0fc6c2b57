"""SQLite in a file: WAL, ``synchronous=FULL``, one writer, one reader.

With ``synchronous=NORMAL`` a power cut loses committed marks, and each lost mark is a message sent twice
(``docs/decisions/0003-storage.md``).
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import aiosqlite

from bot.errors import StorageError
from storage.database import Row

_BUSY_MS = 15_000


class _Statements:
    """A connection's statements, with ``$n`` placeholders (to SQLite they are names)."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, *values: Any) -> int:
        cursor = await self._connection.execute(sql, _named(values))
        return max(cursor.rowcount, 0)  # -1 where SQLite counts nothing, such as a new table

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            await self._connection.executemany(sql, [_named(values) for values in rows])

    async def fetch_one(self, sql: str, *values: Any) -> Row | None:
        rows = await self._connection.execute_fetchall(sql, _named(values))
        return next(iter(rows), None)

    async def fetch_all(self, sql: str, *values: Any) -> list[Row]:
        return list(await self._connection.execute_fetchall(sql, _named(values)))


def _named(values: Sequence[Any]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values, 1)}


class SqliteDatabase:
    """Reads do not wait for the writer; writers wait for each other in the order in which they came."""

    identity = "INTEGER PRIMARY KEY AUTOINCREMENT"

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer, self._reader = writer, reader
        self._writing, self._reading = asyncio.Lock(), asyncio.Lock()
        self._locks: dict[str, int] = {}

    @classmethod
    async def open(cls, path: Path) -> SqliteDatabase:
        """Open or create the file at ``path``."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sqlite3.connect(path).close()  # what cannot be opened is refused before a thread is started for it
            async with contextlib.AsyncExitStack() as opened:  # a connection that stays open keeps the process alive
                writer = await _connect(path, opened)
                await writer.execute("PRAGMA journal_mode=WAL")
                await writer.execute("PRAGMA synchronous=FULL")
                await writer.execute("PRAGMA foreign_keys=ON")
                reader = await _connect(path, opened)
                await reader.execute("PRAGMA query_only=ON")
                opened.pop_all()
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"The database file {path} cannot be opened: {error}. See RELAIS_HOME.") from error
        return cls(path, writer, reader)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[_Statements]:
        """Open a transaction that may write."""
        async with self._writing, _begun(self._writer, "BEGIN IMMEDIATE"):
            yield _Statements(self._writer)

    @contextlib.asynccontextmanager
    async def snapshot(self) -> AsyncIterator[_Statements]:
        """Open a transaction that only reads."""
        async with self._reading, _begun(self._reader, "BEGIN"):
            yield _Statements(self._reader)

    async def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the columns of every table."""
        async with self.snapshot() as read:
            rows = await read.fetch_all(
                "SELECT t.name AS name, c.name AS col FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
                " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid"
            )
        found: dict[str, tuple[str, ...]] = {}
        for row in rows:
            found[row["name"]] = (*found.get(row["name"], ()), row["col"])
        return found

    async def hold(self, name: str) -> bool:
        """Lock a small file beside the database."""
        if name in self._locks:
            return True
        descriptor = os.open(self.path.with_name(f"{self.path.name}.{name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._locks[name] = descriptor
        return True

    async def backup(self, target: Path) -> None:
        """Copy the whole database to ``target`` while it is in use (SQLite's online backup)."""
        async with aiosqlite.connect(target) as copy:
            await self._reader.backup(copy)

    async def close(self) -> None:
        """Close both connections."""
        await self._reader.close()
        await self._writer.close()
        while self._locks:
            os.close(self._locks.popitem()[1])


async def _connect(path: Path, opened: contextlib.AsyncExitStack) -> aiosqlite.Connection:
    connection = await opened.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    connection.row_factory = sqlite3.Row
    await connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    return connection


@contextlib.asynccontextmanager
async def _begun(connection: aiosqlite.Connection, begin: str) -> AsyncIterator[None]:
    try:
        await connection.execute(begin)
        yield
        await connection.execute("COMMIT")
    except BaseException:  # a cancellation too: an open transaction would keep everybody else out
        await connection.rollback()
        raise
