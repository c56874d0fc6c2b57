"""The sample network of ``examples/rvase``, whatever the day on which somebody starts it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.tables.columns import ALL_TABLES
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from bot.tables.network import Network, stored_network
from bot.tables.reading import read_tables
from storage.database import Database
from tests.tables.samples import ZONE, opened

EXAMPLE = Path(__file__).parents[2] / "examples" / "rvase"

pytestmark = pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 10), date(2028, 2, 29)], ids=str)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await opened(tmp_path / "relais.db")
    yield database
    await database.close()


def rows(network: Network) -> dict[str, list[object]]:
    return {
        table.name: sorted(
            (record.model_copy(update={"id": 0}) for record in network.table(table.name)), key=lambda row: row.code
        )
        for table in ALL_TABLES
    }


async def stored(database: Database) -> dict[str, list[object]]:
    async with database.snapshot() as read:
        return rows(await stored_network(read))


def test_example_is_large_enough(today: date) -> None:
    network = read_tables(EXAMPLE, today, ZONE)
    assert len(network.organisations) >= 12
    assert len({organisation.country for organisation in network.organisations}) >= 4
    assert len(network.people) >= 40
    assert len(network.events) >= 40
    assert len(network.deadlines) >= 25


async def test_example_imported_twice_changes_nothing(today: date, database: Database, tmp_path: Path) -> None:
    changes = [
        await import_tables(
            database, EXAMPLE, files=tmp_path / "files", today=day, network_zone=ZONE, confirm=lambda found: True
        )
        for day in (today, today.replace(day=1))
    ]
    assert [found.empty for found in changes] == [False, True]
    assert await stored(database) == rows(read_tables(EXAMPLE, today, ZONE))


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
async def test_example_survives_export_and_import(today: date, database: Database, tmp_path: Path, name: str) -> None:
    await import_tables(
        database, EXAMPLE, files=tmp_path / "files", today=today, network_zone=ZONE, confirm=lambda found: True
    )
    assert await export_tables(database, tmp_path / "export" / name, tmp_path / "files") == ()
    assert rows(read_tables(tmp_path / "export" / name, today, ZONE)) == await stored(database)
