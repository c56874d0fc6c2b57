from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.errors import StorageError
from storage.database import Database, open_database
from storage.migrate import applied, migrate, migrations
from storage.network import DEADLINES, TABLES, fact, set_fact
from storage.table import Table
from tests.conftest import POSTGRES, Opener
from tests.storage.rows import EVERY_RECORD

NEWEST = migrations()[-1].number


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, NEWEST + 1))


async def test_empty_database_gets_every_table(empty: Database) -> None:
    assert await migrate(empty) == NEWEST
    tables = await empty.tables()
    assert {table.name for table in TABLES} | {"facts", "schema_versions", "accounts", "updates", "outbox"} <= set(
        tables
    )
    assert tables["themes"] == ("id", "code", "name", "spellings", "axis")
    assert {table.name: tables[table.name] for table in TABLES} == {
        table.name: ("id", *table.columns) for table in TABLES
    }


async def test_second_migration_does_nothing(database: Database) -> None:
    before = await database.tables()
    assert await migrate(database) == 0
    assert await database.tables() == before


async def test_first_version_with_data_keeps_its_data(empty: Database) -> None:
    assert await migrate(empty, up_to=1) == 1
    there = await empty.tables()
    as_they_were = {table.name: there.get(table.name) == ("id", *table.columns) for table in TABLES}
    first = [(table, record) for table, record in zip(TABLES, EVERY_RECORD, strict=True) if as_they_were[table.name]]
    async with empty.transaction() as write:
        for table, record in first:
            await _as_table(table).put(write, record)
        await write.execute(
            "INSERT INTO deadlines (code, title, kind, due, all_day, time_zone, audience, organisations, themes)"
            ' VALUES (\'rate\', \'{"fr": {"text": "Tarif", "state": "source"}}\', \'hotel\', 1, 1, \'Asia/Phnom_Penh\','
            " 'everyone', '[]', '[]')"
        )
        await set_fact(write, "first_start", "2027-03-10")
        before = [await table.all(write) for table, _ in first]
    assert await migrate(empty) == NEWEST - 1
    async with empty.snapshot() as read:
        assert [len(rows) for rows in before] == [1] * 7
        assert [(one.code, one.form, one.reminders) for one in await DEADLINES.all(read)] == [("rate", None, ())]
        assert [await table.all(read) for table, _ in first] == before
        assert (await fact(read, "first_start"), await applied(read)) == ("2027-03-10", NEWEST)


@pytest.mark.parametrize("opener", ["postgres"], indirect=True)
async def test_both_databases_end_with_the_same_tables(database: Database, tmp_path: Path) -> None:
    sqlite = await open_database(f"sqlite:///{tmp_path / 'other.db'}")
    await migrate(sqlite)
    assert await sqlite.tables() == await database.tables()
    await sqlite.close()


async def test_newer_database_is_refused_and_left_alone(database: Database) -> None:
    async with database.transaction() as write:
        await write.execute("INSERT INTO schema_versions (number, name) VALUES ($1, $2)", NEWEST + 1, "future")
    before = await database.tables()
    with pytest.raises(StorageError) as refused:
        await migrate(database)
    assert str(refused.value) == (
        f"The database is of a newer version (migration {NEWEST + 1}) than this program (migration {NEWEST}): install"
        " the newer Relais again, or restore a backup from before."
    )
    assert await database.tables() == before


async def test_failing_migration_leaves_nothing_of_itself(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await migrate(empty, up_to=1)
    before = await empty.tables()
    broken = migrations()[1]._replace(sql="CREATE TABLE half (id BIGINT);\nCREATE TABLE themes (id BIGINT);\n")
    monkeypatch.setattr("storage.migrate.migrations", lambda: (migrations()[0], broken))
    with pytest.raises(Exception, match="themes"):
        await migrate(empty)
    assert await empty.tables() == before
    async with empty.snapshot() as read:
        assert await applied(read) == 1


async def test_unknown_scheme_is_refused() -> None:
    with pytest.raises(StorageError) as refused:
        await open_database("mysql://root:secret@localhost/relais")
    assert str(refused.value) == "RELAIS_DATABASE_URL must start with sqlite:/// or postgresql://"


async def test_unreachable_postgresql_is_said_without_the_password() -> None:
    with pytest.raises(StorageError) as refused:
        await open_database("postgresql://relais:secret@127.0.0.1:1/relais")
    assert str(refused.value) == "PostgreSQL does not answer at RELAIS_DATABASE_URL: ConnectionRefusedError."


@pytest.mark.parametrize("opener", ["postgres"], indirect=True)
async def test_wrong_postgresql_database_is_said_without_the_password(opener: Opener) -> None:
    with pytest.raises(StorageError) as refused:
        await open_database(f"{POSTGRES.rpartition('/')[0]}/nowhere".replace("postgres@", "postgres:secret@"))
    assert str(refused.value) == "PostgreSQL does not answer at RELAIS_DATABASE_URL: InvalidCatalogNameError."


def _as_table(table: object) -> Table[Any]:
    """Each record stands beside its table: no type says so."""
    assert isinstance(table, Table)
    return table
