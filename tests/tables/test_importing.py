from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.errors import TablesError
from bot.network.content import Content
from bot.network.records import Person
from bot.tables.changes import Changes
from bot.tables.importing import import_tables
from bot.tables.network import stored_network
from storage.database import Database
from storage.network import PEOPLE, fact
from tests.tables.samples import FIRST_START, ZONE, Rows, opened, sample, write

NOBODY = Person(
    code="chat-joiner", name="Sok Dara", organisation="hue", function=Content.of("fr", fr="Stagiaire"), role="guest",
    languages=("km",), telegram_id=77,
)  # fmt: skip


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await opened(tmp_path / "relais.db")
    yield database
    await database.close()


class Importer:
    """Imports tables into one database, and keeps what was asked."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder, self.files = database, folder / "tables", folder / "home" / "files"
        self.asked: list[Changes] = []
        self.answer: Callable[[Changes], bool] = lambda changes: True

    async def __call__(self, tables: dict[str, Rows] | None = None, today: date = FIRST_START) -> Changes:
        if tables is not None:
            write(self.folder, tables)
        return await import_tables(
            self.database, self.folder, files=self.files, today=today, network_zone=ZONE, confirm=self._confirm
        )

    def _confirm(self, changes: Changes) -> bool:
        self.asked.append(changes)
        return self.answer(changes)


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


async def test_first_import_adds_everything_and_keeps_the_day(importer: Importer, database: Database) -> None:
    changes = await importer(sample())
    assert importer.asked == [changes]
    assert changes.lines() == (
        "organisations: add hue (Huế)",
        "organisations: add brest (Brest)",
        "people: add mai (Trần Thị Mai)",
        "themes: add water (Eau)",
        "events: add meeting (Réunion annuelle)",
        "deadlines: add rate (Tarif)",
        "news: add opened (Ouverture)",
        "documents: add agenda (Ordre du jour)",
        "actions: add a1 (Réunir)",
        "forms: add visit (Visite)",
        "questions: add visit.nights (Nuits ?)",
        "questions: add visit.meal (Repas ?)",
        "words: add fr zorgade (news)",
        "files: copy files/agenda.txt",
    )
    async with database.snapshot() as read:
        assert await fact(read, "first_start") == "2027-03-10"
        assert [event.code for event in (await stored_network(read)).events] == ["meeting"]
    assert (importer.files / "files" / "agenda.txt").read_text(encoding="utf-8") == "Ordre du jour"


async def test_second_import_changes_nothing_whatever_the_day(importer: Importer) -> None:
    await importer(sample())
    again = await importer(sample(), today=date(2028, 2, 29))
    assert (again.empty, again.lines()) == (True, ())
    assert len(importer.asked) == 1


async def test_refused_import_changes_nothing(importer: Importer, database: Database) -> None:
    importer.answer = lambda changes: False
    await importer(sample())
    async with database.snapshot() as read:
        assert (await stored_network(read)).events == ()
        assert await fact(read, "first_start") is None
    assert not importer.files.exists()


async def test_wrong_cell_changes_nothing(importer: Importer, database: Database) -> None:
    await importer(sample())
    wrong = sample() | {"actions": []}
    wrong["events"][0]["kind"] = "x"
    with pytest.raises(TablesError):
        await importer(wrong)
    async with database.snapshot() as read:
        assert [action.code for action in (await stored_network(read)).actions] == ["a1"]


async def test_changes_name_the_columns(importer: Importer) -> None:
    await importer(sample())
    tables = sample()
    tables["events"][0] |= {"title_fr": "Réunion", "start": "2027-05-25", "city": "hue"}
    tables["organisations"][0]["spellings"] = "Hue"
    assert (await importer(tables)).lines() == (
        "organisations: change hue (Huế): spellings",
        "events: change meeting (Réunion): title_fr, start, end, time_zone, city, states",
    )


async def test_translation_is_stale_once_its_source_changed_until_it_changes(
    importer: Importer, database: Database
) -> None:
    async def state() -> str:
        async with database.snapshot() as read:
            return (await stored_network(read)).events[0].title.root["km"].state

    tables = sample()
    await importer(tables)
    assert await state() == "human"
    tables["events"][0]["title_fr"] = "Réunion"
    await importer(tables)
    assert await state() == "stale"
    assert (await importer(tables)).empty
    tables["events"][0]["title_km"] = "ប្រជុំ"
    await importer(tables)
    assert await state() == "human"
    assert (await importer(tables)).empty


async def test_person_of_the_chat_is_removed_by_name(importer: Importer, database: Database) -> None:
    await importer(sample())
    async with database.transaction() as write:
        await PEOPLE.put(write, NOBODY)
    assert (await importer()).lines() == ("people: remove chat-joiner (Sok Dara)",)
    async with database.snapshot() as read:
        assert [person.code for person in await PEOPLE.all(read)] == ["mai"]


async def test_telegram_accounts_may_be_swapped(importer: Importer, database: Database) -> None:
    mai = sample()["people"][0]
    lan = mai | {"code": "lan", "name": "Lan", "telegram_id": "42"}
    await importer(sample() | {"people": [mai, lan]})
    await importer(sample() | {"people": [mai | {"telegram_id": "42"}, lan | {"telegram_id": "5550123"}]})
    async with database.snapshot() as read:
        assert [(person.code, person.telegram_id) for person in await PEOPLE.all(read)] == [
            ("lan", 5550123), ("mai", 42),
        ]  # fmt: skip


async def test_numbers_of_rows_stay(importer: Importer, database: Database) -> None:
    async def number() -> int:
        async with database.snapshot() as read:
            return (await stored_network(read)).events[0].id

    await importer(sample())
    before = await number()
    tables = sample()
    tables["events"][0]["title_fr"] = "Réunion"
    await importer(tables)
    assert await number() == before


async def test_file_that_changed_is_copied_again(importer: Importer) -> None:
    await importer(sample())
    (importer.folder / "files" / "agenda.txt").write_text("Deux points", encoding="utf-8")
    assert (await importer()).lines() == ("files: copy files/agenda.txt",)
    assert [(file.name, file.read_text(encoding="utf-8")) for file in (importer.files / "files").iterdir()] == [
        ("agenda.txt", "Deux points")
    ]


async def test_change_meanwhile_is_shown_before_anything_is_done(importer: Importer, tmp_path: Path) -> None:
    await importer(sample())

    def somebody_removes_the_news(changes: Changes) -> bool:
        with contextlib.closing(sqlite3.connect(tmp_path / "relais.db")) as other, other:
            other.execute("DELETE FROM news")
        return True

    importer.answer = somebody_removes_the_news
    await importer(sample() | {"actions": []})
    assert [changes.lines() for changes in importer.asked[1:]] == [
        ("actions: remove a1 (Réunir)",),
        ("news: add opened (Ouverture)", "actions: remove a1 (Réunir)"),
    ]


async def test_copy_that_cannot_be_made_takes_the_changes_back(importer: Importer, database: Database) -> None:
    (importer.files / "files" / "agenda.txt").mkdir(parents=True)
    with pytest.raises(OSError, match=r"agenda\.txt"):
        await importer(sample())
    async with database.snapshot() as read:
        assert (await stored_network(read)).events == ()
    assert [file.name for file in (importer.files / "files").iterdir()] == ["agenda.txt"]


async def test_empty_changes_say_so() -> None:
    nothing = Changes(())
    assert nothing.empty
    assert not replace(nothing, files=("a.txt",)).empty
