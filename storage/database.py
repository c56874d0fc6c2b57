"""The few calls that both databases answer, and how one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.errors import StorageError

Row = Any
"""``sqlite3.Row`` or ``asyncpg.Record``: both answer ``row["column"]``, ``row[0]`` and iteration."""


class UndoneError(Exception):
    """A transaction was undone for no fault of its own: whoever began it does it again."""


class Transaction(Protocol):
    """Statements that are committed together or not at all."""

    writes: int
    """How many of its statements so far may have changed something."""
    version: str | None
    """What ``storage.version`` has read in it."""

    async def execute(self, sql: str, *values: Any) -> int:
        """Run a statement; return how many rows it changed."""
        ...

    async def execute_long(self, sql: str, *values: Any) -> int:
        """Run a statement that may change very many rows, while others go on; return how many it changed."""
        ...

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once a row of values."""
        ...

    async def fetch_one(self, sql: str, *values: Any) -> Row | None:
        """Return the first row, or None."""
        ...

    async def fetch_all(self, sql: str, *values: Any) -> list[Row]:
        """Return all rows."""
        ...


class Database(Protocol):
    """A SQLite file or a PostgreSQL database."""

    identity: str
    """How this database writes a key that numbers itself."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that may write; it is rolled back on any exception, a cancellation included."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads, and sees one state throughout."""
        ...

    async def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the columns of every table, in order, by table."""
        ...

    async def hold(self, name: str) -> bool:
        """Take the lock ``name`` until the database is closed; False if another process holds it."""
        ...

    async def close(self) -> None:
        """Close every connection and let go of every lock."""
        ...


def reads(sql: str) -> bool:
    """Whether a statement only reads."""
    return sql.startswith(("SELECT", "WITH", "\nSELECT"))


async def open_database(url: str) -> Database:
    """Open ``sqlite:///PATH`` (the file and its folder are made if missing) or ``postgresql://…``.

    Raises StorageError, in one sentence without the password, if it cannot be opened.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        from storage.sqlite import SqliteDatabase  # noqa: PLC0415  one driver is loaded, not both

        return await SqliteDatabase.open(Path(url.removeprefix("sqlite:///")))
    if scheme in {"postgresql", "postgres"}:
        from storage.postgres import PostgresDatabase  # noqa: PLC0415  as above

        return await PostgresDatabase.open(url)
    raise StorageError("RELAIS_DATABASE_URL must start with sqlite:/// or postgresql://")
