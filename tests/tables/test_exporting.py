from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.errors import TablesError
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from storage.database import Database
from tests.tables.samples import FIRST_START, ZONE, opened, sample, write


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Give a database that holds the sample; its document stands in ``home``."""
    database = await opened(tmp_path / "relais.db")
    tables = sample()
    tables["events"][0] |= {"states": "title_km=machine", "end": "+70d/tue 12:00"}
    tables["themes"][0]["name_en"] = "'-) water"
    path = write(tmp_path / "tables", tables)
    await import_tables(
        database, path, files=tmp_path / "home", today=FIRST_START, network_zone=ZONE, confirm=lambda changes: True
    )
    yield database
    await database.close()


def cells(file: Path) -> dict[str, str]:
    """Return the first row of a CSV file, without its empty cells."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {column: text for column, text in next(csv.DictReader(lines)).items() if text}


async def test_export_writes_plain_dates_source_and_states(database: Database, tmp_path: Path) -> None:
    assert await export_tables(database, tmp_path / "out", tmp_path / "home") == ()
    assert cells(tmp_path / "out" / "events.csv") == {
        "code": "meeting", "title_fr": "Réunion annuelle", "title_km": "កិច្ចប្រជុំ", "kind": "workshop",
        "start": "2027-05-25 08:00", "end": "2027-05-25 12:00", "time_zone": ZONE, "format": "in_person",
        "audience": "everyone", "status": "confirmed", "source": "fr", "states": "title_km=machine",
    }  # fmt: skip
    assert cells(tmp_path / "out" / "deadlines.csv") == {
        "code": "rate", "title_fr": "Tarif", "kind": "hotel", "due": "2027-06-15", "time_zone": ZONE,
        "audience": "everyone", "event": "meeting", "source": "fr",
    }  # fmt: skip
    assert (tmp_path / "out" / "files" / "agenda.txt").read_text(encoding="utf-8") == "Ordre du jour"


async def test_export_guards_what_a_spreadsheet_would_run(database: Database, tmp_path: Path) -> None:
    await export_tables(database, tmp_path / "out", tmp_path / "home")
    assert cells(tmp_path / "out" / "people.csv")["phone"] == "'+84 234 555 01 23"
    assert cells(tmp_path / "out" / "themes.csv")["name_en"] == "'-) water"


async def test_export_starts_with_the_mark_that_excel_needs(database: Database, tmp_path: Path) -> None:
    await export_tables(database, tmp_path / "out", tmp_path / "home")
    assert (tmp_path / "out" / "themes.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,name_fr,name_vi")


async def test_workbook_is_pleasant(database: Database, tmp_path: Path) -> None:
    await export_tables(database, tmp_path / "out.xlsx", tmp_path / "home")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == list(sample())
    events = book["events"]
    assert events.freeze_panes == "B2"
    assert events["A1"].font.b
    assert (events["B2"].value, events["B2"].alignment.wrap_text, events["B2"].number_format) == (
        "Réunion annuelle", True, "@",
    )  # fmt: skip
    assert events.column_dimensions["B"].width == 36
    assert [(str(choice.sqref), choice.formula1) for choice in events.data_validations.dataValidation] == [
        (
            "G2:G2000",
            '"general_assembly,annual_meeting,bureau,technical_committee,workshop,webinar,training,conference,'
            'study_visit,group_meeting,city_event"',
        ),
        ("K2:K2000", '"in_person,video,hybrid"'),
        ("V2:V2000", '"planned,confirmed,moved,cancelled"'),
        ("AL2:AL2000", '"fr,vi,km,lo,en"'),
    ]
    assert book["actions"]["B2"].value == 1
    assert (tmp_path / "files" / "agenda.txt").exists()


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
async def test_export_replaces_nothing_unless_told(database: Database, tmp_path: Path, name: str) -> None:
    await export_tables(database, tmp_path / name, tmp_path / "home")
    with pytest.raises(TablesError) as refused:
        await export_tables(database, tmp_path / name, tmp_path / "home")
    assert refused.value.problems == (
        f"{tmp_path / name} exists already; choose another name, or say that it may be overwritten.",
    )
    (tmp_path / "out" if name == "out" else tmp_path).joinpath("notes.txt").write_text("mine")
    assert await export_tables(database, tmp_path / name, tmp_path / "home", overwrite=True) == ()
    assert (tmp_path / "out" if name == "out" else tmp_path).joinpath("notes.txt").read_text() == "mine"


async def test_export_into_an_empty_folder_is_taken(database: Database, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert await export_tables(database, tmp_path / "out", tmp_path / "home") == ()


async def test_workbook_does_not_replace_another_file_beside_it(database: Database, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "agenda.txt").write_text("another")
    with pytest.raises(TablesError) as refused:
        await export_tables(database, tmp_path / "out.xlsx", tmp_path / "home")
    assert refused.value.problems == (f"{tmp_path / 'files' / 'agenda.txt'} exists already and is another file.",)
    assert not (tmp_path / "out.xlsx").exists()


async def test_export_says_which_files_are_gone(database: Database, tmp_path: Path) -> None:
    (tmp_path / "home" / "files" / "agenda.txt").unlink()
    assert await export_tables(database, tmp_path / "out", tmp_path / "home") == ("files/agenda.txt",)


@pytest.mark.parametrize("name", ["out.csv", "out.xls", "out.ods"])
async def test_export_refuses_a_form_that_it_does_not_write(database: Database, tmp_path: Path, name: str) -> None:
    with pytest.raises(TablesError) as refused:
        await export_tables(database, tmp_path / name, tmp_path / "home")
    assert refused.value.problems == (
        f"{name} is no name for an export; expected a folder, or a file that ends in .xlsx.",
    )
