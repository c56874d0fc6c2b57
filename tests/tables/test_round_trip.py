from __future__ import annotations

import asyncio
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.tables.changes import Changes, apply, compare
from bot.tables.columns import ALL_TABLES, WORDS
from bot.tables.exporting import export_tables
from bot.tables.folder_writer import write_folder
from bot.tables.importing import import_tables
from bot.tables.network import Network, stored_network
from bot.tables.reading import read_tables
from bot.tables.workbook_writer import write_workbook
from storage.database import Database
from tests.tables.generated import networks
from tests.tables.samples import FIRST_START, ZONE, opened

FILES = ("files/minutes.txt", "ភ្នំពេញ.pdf")
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def rows(network: Network) -> dict[str, list[object]]:
    """Return what every row says, whatever its number and place."""
    found: dict[str, list[object]] = {
        table.name: sorted(
            (record.model_copy(update={"id": 0}) for record in network.table(table.name)), key=lambda row: row.code
        )
        for table in ALL_TABLES
    }
    return found | {WORDS: [*sorted(network.words or ())]}


@pytest.mark.parametrize("many", [25, pytest.param(250, marks=pytest.mark.long)])
def test_folder_loses_nothing(many: int) -> None:
    @settings(max_examples=many, suppress_health_check=SLOW)
    @given(networks())
    def nothing_is_lost(network: Network) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(network, Path(folder))
            assert rows(read_tables(Path(folder), FIRST_START, ZONE)) == rows(network)

    nothing_is_lost()


@pytest.mark.parametrize("many", [12, pytest.param(120, marks=pytest.mark.long)])
def test_workbook_loses_nothing(many: int) -> None:
    @settings(max_examples=many, suppress_health_check=SLOW)
    @given(networks())
    def nothing_is_lost(network: Network) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_workbook(network, Path(folder) / "network.xlsx")
            assert rows(read_tables(Path(folder) / "network.xlsx", FIRST_START, ZONE)) == rows(network)

    nothing_is_lost()


@pytest.mark.parametrize("many", [4, pytest.param(40, marks=pytest.mark.long)])
def test_export_and_import_lose_nothing(many: int) -> None:
    @settings(max_examples=many, suppress_health_check=SLOW)
    @given(networks(files=FILES))
    def nothing_is_lost(network: Network) -> None:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_there_and_back(network, Path(folder)))

    nothing_is_lost()


async def _there_and_back(network: Network, folder: Path) -> None:
    """Export the network from one database as a workbook and a folder, and import each into another, twice."""
    for file in FILES:
        (folder / "files" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "files" / file).write_text(f"The content of {file}", encoding="utf-8")
    first = await opened(folder / "first.db")
    async with first.transaction() as write:
        await apply(write, await compare(write, network))
    for name in ("out", "book/network.xlsx"):
        assert await export_tables(first, folder / name, folder / "files") == ()
        second = await opened(folder / f"second-{Path(name).suffix}.db")
        await _imported(second, folder / name, folder / f"copies-{Path(name).suffix}")
        async with first.snapshot() as before, second.snapshot() as after:
            assert rows(await stored_network(after)) == rows(await stored_network(before)) == rows(network)
        assert (await _imported(second, folder / name, folder / f"copies-{Path(name).suffix}")).empty
        await second.close()
    await first.close()


async def _imported(database: Database, path: Path, files: Path) -> Changes:
    today = date(2028, 2, 29)
    return await import_tables(
        database, path, files=files, today=today, network_zone=ZONE, confirm=lambda changes: True
    )
