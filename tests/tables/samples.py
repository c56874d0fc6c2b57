"""A small network as the cells of its tables, to be altered by tests."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.errors import TablesError
from bot.tables.columns import COLUMNS
from bot.tables.network import Network
from bot.tables.reading import read_tables
from storage.database import Database, open_database
from storage.migrate import migrate

FIRST_START = date(2027, 3, 10)
ZONE = "Asia/Phnom_Penh"

Rows = list[dict[str, str]]


def sample() -> dict[str, Rows]:
    """Return the rows of every table; each table has at least one."""
    return {
        "organisations": [
            organisation("hue", name_fr="Huế", spellings="Hue; Hué", time_zone="Asia/Ho_Chi_Minh", groups="viet-nam"),
            organisation("brest", name_fr="Brest", country="FR", time_zone="Europe/Paris"),
        ],
        "people": [
            {
                "code": "mai", "name": "Trần Thị Mai", "organisation": "hue", "function_fr": "Chargée de coopération",
                "role": "focal_point", "languages": "vi; fr", "themes": "water", "email": "mai@hue.example.org",
                "phone": "'+84 234 555 01 23", "telegram_id": "5550123",
            }
        ],
        "themes": [{"code": "water", "name_fr": "Eau", "spellings": "nước; ទឹក", "axis": "main"}],
        "events": [event("meeting", title_fr="Réunion annuelle", title_km="កិច្ចប្រជុំ", start="+70d/tue 08:00")],
        "deadlines": [
            {"code": "rate", "title_fr": "Tarif", "kind": "hotel", "due": "@06-15", "event": "meeting"},
        ],
        "news": [{"code": "opened", "title_fr": "Ouverture", "published": "-3d", "organisation": "hue"}],
        "documents": [
            {
                "code": "agenda", "title_fr": "Ordre du jour", "kind": "agenda", "dated": "-2d", "languages": "fr",
                "file": "files/agenda.txt",
            }
        ],
        "actions": [{"code": "a1", "number": "1", "axis_fr": "Dialogue", "title_fr": "Réunir", "state": "planned"}],
        "forms": [{"code": "visit", "title_fr": "Visite", "kind": "registration", "event": "meeting", "places": "10"}],
        "questions": [
            {"form": "visit", "name": "nights", "number": "1", "kind": "whole_number", "label_fr": "Nuits ?"},
            {
                "form": "visit", "name": "meal", "number": "2", "kind": "one_choice", "label_fr": "Repas ?",
                "options": "rice; noodles", "choices_fr": "Riz; Nouilles", "condition": "nights > 0",
            },
        ],
        "words": [{"language": "fr", "word": "zorgade", "meaning": "news"}],
    }  # fmt: skip


def organisation(code: str, **cells: str) -> dict[str, str]:
    return {"code": code, "kind": "city", "country": "VN", "time_zone": ZONE, "membership": "member"} | cells


def event(code: str, **cells: str) -> dict[str, str]:
    return {"code": code, "title_fr": code, "kind": "workshop", "start": "2027-05-18", "format": "in_person"} | cells


def write(folder: Path, tables: Mapping[str, Rows], delimiter: str = ",") -> Path:
    """Write the tables as CSV files, with the columns that they use, and the sample's one document."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "files" / "agenda.txt").write_text("Ordre du jour", encoding="utf-8")
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        header = columns or [column.name for column in COLUMNS[table]]
        lines = [header, *([row.get(column, "") for column in header] for row in rows)]
        write_lines(folder / f"{table}.csv", lines, delimiter)
    return folder


def write_lines(file: Path, lines: Sequence[Sequence[str]], delimiter: str = ",") -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(lines)


def read(folder: Path, tables: Mapping[str, Rows] | None = None) -> Network:
    """Read what stands in the folder, after writing ``tables`` there."""
    if tables is not None:
        write(folder, tables)
    return read_tables(folder, FIRST_START, ZONE)


def problems_of(folder: Path, tables: Mapping[str, Rows] | None = None) -> tuple[str, ...]:
    """Return the problems with which the folder is refused; none if it is read."""
    try:
        read(folder, tables)
    except TablesError as error:
        return error.problems
    return ()


async def opened(path: Path) -> Database:
    """Open a database of this version at ``path``."""
    database = await open_database(f"sqlite:///{path}")
    await migrate(database)
    return database
