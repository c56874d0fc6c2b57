"""Somebody who joined in the chat, and an import of tables that do not know them yet."""

from __future__ import annotations

from pathlib import Path

from bot.network.content import Content
from bot.network.records import Person
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from storage.database import Database
from storage.network import PEOPLE, joined, note_joined
from tests.support.sample import FIRST_START, TABLES, ZONE, sample

LINH = Person(
    code="linh-0a1b",
    name="Linh",
    organisation="hue",
    function=Content.of("vi", vi="Chuyên viên"),
    role="member",
    languages=("vi",),
)


async def _join(database: Database) -> None:
    await sample(database)
    async with database.transaction() as tx:
        await PEOPLE.put(tx, LINH)
        await note_joined(tx, LINH.code)


async def _import(database: Database, path: Path) -> tuple[str, ...]:
    files = path.parent / "kept"
    changes = await import_tables(
        database, path, files=files, today=FIRST_START, network_zone=ZONE, confirm=lambda _: True
    )
    return tuple(line for line in changes.lines() if not line.startswith("files:"))


async def _is_there(database: Database) -> bool:
    async with database.snapshot() as read:
        return await PEOPLE.get(read, LINH.code) is not None


async def test_joined_person_stays_through_an_import_of_older_tables(database: Database, tmp_path: Path) -> None:
    await _join(database)
    (tmp_path / "tables").symlink_to(TABLES)
    assert await _import(database, tmp_path / "tables") == ()
    assert await _is_there(database)


async def test_joined_person_follows_the_tables_once_they_name_them(database: Database, tmp_path: Path) -> None:
    await _join(database)
    await export_tables(database, tmp_path / "mine", TABLES)
    await _import(database, tmp_path / "mine")  # brings the files
    async with database.transaction() as tx:
        await note_joined(tx, LINH.code)
    assert await _import(database, tmp_path / "mine") == ()
    async with database.snapshot() as read:
        assert await joined(read) == frozenset()
    (tmp_path / "tables").symlink_to(TABLES)
    assert await _import(database, tmp_path / "tables") == ("people: remove linh-0a1b (Linh)",)
    assert not await _is_there(database)
