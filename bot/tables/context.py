"""What a cell is read against: the other rows, the folder, and the day from which relative days count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from bot.tables.cells import split
from bot.tables.columns import COLUMNS
from bot.tables.sheets import Sheet


@dataclass(frozen=True)
class Context:
    """The same for every row of one reading."""

    first_start: date
    network_zone: str
    zones: frozenset[str]
    """Every IANA name that this machine knows."""
    codes: Mapping[str, tuple[str, ...]]
    """Table → the codes of its rows; a table that is missing was reported and is not here."""
    groups: tuple[str, ...]
    """The groups that the organisations name."""
    city_zones: Mapping[str, str]
    """The code of an organisation → its time zone, where that is valid."""
    folder: Path
    """Where the paths of documents start."""
    own_files: frozenset[str]
    """The tables themselves, which no document may give away."""


def context_of(sheets: Iterable[Sheet], path: Path, first_start: date, network_zone: str) -> Context:
    """Gather the context from the sheets that stand at ``path``."""
    tables = {sheet.table: [row.cells for row in sheet.rows] for sheet in sheets}
    organisations = tables.get("organisations", [])
    zones = frozenset(available_timezones())
    return Context(
        first_start=first_start,
        network_zone=network_zone,
        zones=zones,
        codes={name: tuple(cells["code"] for cells in rows if "code" in cells) for name, rows in tables.items()},
        groups=tuple(dict.fromkeys(group for cells in organisations for group in split(cells.get("groups", "")))),
        city_zones={
            cells["code"]: cells["time_zone"]
            for cells in organisations
            if "code" in cells and cells.get("time_zone") in zones
        },
        folder=folder_of(path),
        own_files=frozenset(f"{table}.csv" for table in COLUMNS)
        | (frozenset() if path.is_dir() else {path.name.lower()}),
    )


def folder_of(path: Path) -> Path:
    """Return the folder in which the documents of the tables at ``path`` stand: beside a workbook, or in the folder."""
    return path.parent if path.suffix.lower() == ".xlsx" and not path.is_dir() else path
