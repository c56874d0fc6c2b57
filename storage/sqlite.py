"""SQLite in a file: WAL, ``synchronous=FULL``, one writer, one reader.

With ``synchronous=NORMAL`` a power cut loses committed marks, and each lost mark is a message sent twice
(``docs/decisions/0003-storage.md``).

Statements run in the event loop: a hop to a thread and back costs ten times a short statement.  What may take long has
a thread: commits, which wait for the disk; a lock that another process holds; reads that turn out long; statements that
their caller knows to be long (``docs/decisions/0009-speed.md``).
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import StorageError
from storage.database import Row, reads
from storage.group import Group

T = TypeVar("T")
_BUSY_MS = 15_000
_SHORT = 100_000
"""Steps of SQLite's machine, some milliseconds, that a read may take in the event loop."""
_FEW = 100
"""Rows that are written in the event loop at once."""
_NAMES = tuple(str(number) for number in range(1, 1_000))


class Connection:
    """A connection, and the thread for what may take long; used by one task at a time."""

    def __init__(self, path: Path, name: str) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        self._raw.row_factory = sqlite3.Row
        self._raw.set_progress_handler(lambda: self._hurried, _SHORT)
        self._thread = ThreadPoolExecutor(1, name)
        self._hurried = False
        self.run(f"PRAGMA busy_timeout={_BUSY_MS}")

    @property
    def busy(self) -> bool:
        """Whether a transaction is open; SQLite ends one by itself when the disk is full."""
        return self._raw.in_transaction

    def run(self, sql: str) -> None:
        """Run a statement without values here and now."""
        self._raw.execute(sql)

    async def aside(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Do it in the thread; when this is left, by a cancellation too, it is done."""
        doing = asyncio.get_running_loop().run_in_executor(self._thread, do, self._raw)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            await asyncio.wait([doing])
            raise

    async def begin(self) -> None:
        """Begin a transaction that may write, at once or when another process lets go of the file."""
        try:
            self.run("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            self.run(f"PRAGMA busy_timeout={_BUSY_MS}")
            try:
                await self.aside(lambda raw: raw.execute("BEGIN IMMEDIATE"))
            except asyncio.CancelledError:  # it may have begun all the same
                if self.busy:
                    self.run("ROLLBACK")
                raise
            finally:
                self.run("PRAGMA busy_timeout=0")

    async def read(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """Return all rows; what takes long is begun again in the thread."""
        bound = _named(values)
        if not reads(sql):  # a write that is interrupted ends the transaction
            return self._raw.execute(sql, bound).fetchall()
        self._hurried = True
        try:
            return self._raw.execute(sql, bound).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
        finally:
            self._hurried = False
        return await self.aside(lambda raw: raw.execute(sql, bound).fetchall())

    def do(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Do it here and now."""
        return do(self._raw)

    def write(self, sql: str, values: Sequence[Any]) -> int:
        """Run a statement; return how many rows it changed."""
        return max(self._raw.execute(sql, _named(values)).rowcount, 0)  # -1 where nothing is counted: a new table

    async def close(self) -> None:
        """Close the connection and end the thread."""
        try:
            await self.aside(lambda raw: None)  # what is under way ends
        finally:
            self._raw.close()  # here, where statements run: none can run beside it
            self._thread.shutdown(wait=False)


class _Statements:
    """A connection's statements, with ``$n`` placeholders (to SQLite they are names)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.writes = 0
        self.version: str | None = None

    async def execute(self, sql: str, *values: Any) -> int:
        self.writes += 1
        return self._connection.write(sql, values)

    async def execute_long(self, sql: str, *values: Any) -> int:
        self.writes += 1
        bound = _named(values)
        return max(await self._connection.aside(lambda raw: raw.execute(sql, bound).rowcount), 0)

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self.writes += 1
        if len(rows) <= _FEW:
            for values in rows:
                self._connection.write(sql, values)
        else:
            await self._connection.aside(lambda raw: raw.executemany(sql, map(_named, rows)))

    async def fetch_one(self, sql: str, *values: Any) -> Row | None:
        rows = await self.fetch_all(sql, *values)
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, *values: Any) -> list[Row]:
        self.writes += not reads(sql)
        return await self._connection.read(sql, values)


def _named(values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(_NAMES, values, strict=False))


class SqliteDatabase:
    """Reads do not wait for the writer; writers take turns in the order in which they came, and are committed together.

    Whoever writes waits until it is on the disk, but lets those go first who wait for their turn: a commit serves all.
    """

    identity = "INTEGER PRIMARY KEY AUTOINCREMENT"

    def __init__(self, path: Path, writer: Connection, reader: Connection) -> None:
        self.path = path
        self._writer, self._reader = writer, reader
        self._writing, self._reading = asyncio.Lock(), asyncio.Lock()
        self._group: Group | None = None
        self._closed = False
        self._locks: dict[str, int] = {}

    @classmethod
    async def open(cls, path: Path) -> SqliteDatabase:
        """Open or create the file at ``path``."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            writer = Connection(path, "sqlite-writer")
            for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                writer.run(f"PRAGMA {setting}")
            writer.run("PRAGMA busy_timeout=0")  # whoever holds the file is waited for in the thread
            reader = Connection(path, "sqlite-reader")
            reader.run("PRAGMA query_only=ON")
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"The database file {path} cannot be opened: {error}. See RELAIS_HOME.") from error
        return cls(path, writer, reader)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[_Statements]:
        """Open a transaction that may write.

        Raises UndoneError if it was undone because others, with which it was to be committed, could not be.
        """
        async with self._writing:
            group = await self._joined()
            try:
                if group.members:
                    self._writer.run("SAVEPOINT one")
                yield _Statements(self._writer)
                if group.members:
                    self._writer.run("RELEASE one")
            except BaseException as error:  # a cancellation too: an open transaction would keep everybody else out
                self._undo(group, error)
                raise
            group.join()
        await self._kept(group)

    @contextlib.asynccontextmanager
    async def snapshot(self) -> AsyncIterator[_Statements]:
        """Open a transaction that only reads."""
        async with self._reading:
            self._reader.run("BEGIN")
            try:
                yield _Statements(self._reader)
            finally:
                self._reader.run("ROLLBACK")  # nothing was written

    async def _joined(self) -> Group:
        if self._group is None:
            await self._writer.begin()
            self._group = Group()
        return self._group

    def _undo(self, group: Group, error: BaseException) -> None:
        """Take back what this turn wrote, and only that; without others the transaction is over."""
        if self._writer.busy and group.members:
            self._writer.run("ROLLBACK TO one")
            self._writer.run("RELEASE one")
            if not group.waiting:  # all the others were cancelled meanwhile
                self._end(group)
            return
        if self._writer.busy:
            self._writer.run("ROLLBACK")
        group.fail(error)
        self._group = None

    async def _kept(self, group: Group) -> None:
        """Return when the group is on the disk; the first whose turn comes commits for all."""
        try:
            async with self._writing:
                if not group.over:
                    self._group = None
                    await self._commit(group)
        finally:
            group.waiting -= 1
            if not (group.over or group.waiting or self._writing.locked()):  # cancelled, and nobody else is there
                self._end(group)
        group.check()

    async def _commit(self, group: Group) -> None:
        await self._writer.aside(group.commit)

    def _end(self, group: Group) -> None:
        """Commit here and now for those of whom nobody waits any more."""
        self._group = None
        self._writer.do(group.commit)

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

        def copy(raw: sqlite3.Connection) -> None:
            with contextlib.closing(sqlite3.connect(target)) as there:
                raw.backup(there)

        async with self._reading:
            await self._reader.aside(copy)

    async def close(self) -> None:
        """Close both connections; what is closed stays closed."""
        if self._closed:
            return
        self._closed = True
        try:
            try:
                await self._reader.close()
            finally:
                await self._writer.close()
        finally:  # a cancellation too: a lock that is left keeps the next start out
            while self._locks:
                os.close(self._locks.popitem()[1])
