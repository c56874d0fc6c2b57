"""PostgreSQL for tests: a schema with this version's tables is made once a process, and emptied after every test."""

from __future__ import annotations

import asyncio
import os
import uuid
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from storage.database import open_database
from storage.migrate import migrate

Connection = Any
Rows = dict[str, list[Any]]


async def _own(url: str, worker: str | None) -> str:
    """Return where this process's database is: where several run the tests each has one, because locks are in it."""
    if worker is None:
        return url
    name = f"relais_test_{worker}"
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError):
        return url
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    except asyncpg.InsufficientPrivilegeError:
        return url
    except asyncpg.DuplicateDatabaseError:
        pass
    finally:
        await connection.close()
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


POSTGRES = asyncio.run(
    _own(
        os.environ.get("RELAIS_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test"),
        os.environ.get("PYTEST_XDIST_WORKER"),
    )
)


class Schemas:
    """The schemas of one process."""

    def __init__(self) -> None:
        self._ready: str | None = None
        self._columns: list[tuple[str, str]] = []
        self._first: Rows = {}
        """What the migrations themselves have written."""

    def url(self, schema: str) -> str:
        """Where that schema is; a test may lose its rows with the machine."""
        return f"{POSTGRES}?search_path={schema}&synchronous_commit=off"

    async def make(self) -> str:
        """Make an empty schema and return its name; raises what asyncpg raises if no server answers."""
        name = f"relais_{uuid.uuid4().hex}"
        await self._run(f"CREATE SCHEMA {name}")
        return name

    async def drop(self, name: str) -> None:
        """Remove a schema with all that is in it."""
        await self._run(f"DROP SCHEMA {name} CASCADE")

    async def ready(self) -> str:
        """Return the schema with this version's tables, empty."""
        if self._ready is None:
            name = await self.make()
            database = await open_database(self.url(name))
            await migrate(database)
            await database.close()
            connection = await self._connect()
            self._columns = await _columns(connection, name)
            tables = {table for table, _ in self._columns}
            rows = {table: await connection.fetch(f"SELECT * FROM {name}.{table}") for table in tables}
            self._first = {table: found for table, found in rows.items() if found}
            await connection.close()
            self._ready = name
        return self._ready

    async def empty(self) -> None:
        """Take away what a test has left in the schema with the tables; or the schema, if it changed a table."""
        assert self._ready is not None
        connection = await self._connect()
        try:
            await self._take_away(connection, self._ready)
        except BaseException:
            self._ready = None
            raise
        finally:
            await connection.close()

    async def _take_away(self, connection: Connection, name: str) -> None:
        known = {table for table, _ in self._columns}
        found = await _columns(connection, name)
        for table in {table for table, _ in found} - known:
            await connection.execute(f"DROP TABLE {name}.{table} CASCADE")
        if [one for one in found if one[0] in known] != self._columns:
            await connection.execute(f"DROP SCHEMA {name} CASCADE")
            self._ready = None
            return
        used = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name}.{table})" for table in sorted(known)
        )
        numbered = "SELECT tablename FROM pg_tables AS t JOIN pg_sequences AS s ON s.schemaname = t.schemaname"
        numbered += (
            " AND s.sequencename = t.tablename || '_id_seq' WHERE s.last_value IS NOT NULL AND t.schemaname = $1"
        )
        dirty = {row[0] for row in await connection.fetch(used)}
        dirty |= {row[0] for row in await connection.fetch(numbered, name)}
        if not dirty:
            return
        await connection.execute(
            f"TRUNCATE {', '.join(f'{name}.{table}' for table in sorted(dirty))} RESTART IDENTITY CASCADE"
        )
        for table in dirty & self._first.keys():
            await connection.copy_records_to_table(table, schema_name=name, records=self._first[table])

    async def _connect(self) -> Connection:
        return await asyncpg.connect(POSTGRES, timeout=5, server_settings={"synchronous_commit": "off"})

    async def _run(self, statement: str) -> None:
        connection = await self._connect()
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def _columns(connection: Connection, schema: str) -> list[tuple[str, str]]:
    rows = await connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1, 2", schema
    )
    return [(row[0], row[1]) for row in rows]
