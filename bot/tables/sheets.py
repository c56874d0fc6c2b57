"""The rows of all tables as cleaned text, from a folder of CSV files or from a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import TablesError
from bot.network.spreadsheets import unguarded
from bot.tables.cells import clean
from bot.tables.columns import COLUMNS, OPTIONAL
from bot.tables.problems import CellError, Problems, suggestion


@dataclass(frozen=True)
class Row:
    """One row that is not empty."""

    number: int
    """As the spreadsheet shows it; the header is row 1."""
    cells: Mapping[str, str]
    """Column → text; only the cells that hold something."""


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in the file."""

    table: str
    label: str
    """What a problem calls it: ``events.csv`` or ``sheet events``."""
    header: frozenset[str]
    """The columns that it has."""
    rows: tuple[Row, ...]


def read_sheets(path: Path, problems: Problems) -> tuple[Sheet, ...]:
    """Return the tables that stand at ``path``, in order; what is wrong with cells is added to ``problems``.

    Raises TablesError if ``path`` is neither a folder nor a workbook, or cannot be read at all.
    """
    if path.is_dir():
        return _folder(path, problems)
    if path.suffix.lower() == ".xlsx" and path.is_file():
        from bot.tables.workbook_reader import workbook_rows  # noqa: PLC0415  openpyxl takes long to load

        found = workbook_rows(path)
        return tuple(_sheets(((name, f"sheet {name}", rows) for name, rows in found.items()), problems))
    if not path.exists():
        raise TablesError((f"{path} does not exist; expected a folder of CSV files or one .xlsx file.",))
    raise TablesError((f"{path} is neither a folder of CSV files nor an .xlsx file; save the workbook as .xlsx.",))


def _folder(path: Path, problems: Problems) -> tuple[Sheet, ...]:
    found = []
    for table in COLUMNS:
        file = path / f"{table}.csv"
        try:
            rows = list(_csv_rows(file)) if file.is_file() else None
        except CellError as error:
            problems.table(file.name, str(error))
        else:
            found.append((table, file.name, rows))
    return tuple(_sheets(found, problems))


def _csv_rows(file: Path) -> Iterator[list[str]]:
    """Read a CSV file; the separator is the one that its header uses.  Raises CellError if it is none."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CellError('is not in UTF-8; save it again as "CSV UTF-8", or choose UTF-8 where it asks.') from None
    header = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True
    )
    try:
        yield from reader
    except csv.Error as error:
        raise CellError(
            f"cannot be read near line {reader.line_num}: {error}; is a quotation mark not closed?"
        ) from None


def _sheets(found: Iterable[tuple[str, str, Sequence[Sequence[str]] | None]], problems: Problems) -> Iterator[Sheet]:
    for name, label, rows in found:
        if rows is None and name in OPTIONAL:
            continue
        if rows is None:
            problems.table(label, "is missing; a table without rows still needs its header.")
        else:
            yield _sheet(name, label, rows, problems)


def _sheet(name: str, label: str, rows: Sequence[Sequence[str]], problems: Problems) -> Sheet:
    header = [text.strip().lower() for text in rows[0]] if rows else []
    _check_header(name, label, header, problems)
    found: list[Row] = []
    for number, cells in enumerate(rows[1:], 2):
        row = _row(label, number, header, cells, problems)
        if row.cells:
            found.append(row)
    return Sheet(name, label, frozenset(header), tuple(found))


def _check_header(name: str, label: str, header: Sequence[str], problems: Problems) -> None:
    names = [column.name for column in COLUMNS[name]]
    if not any(header):
        problems.row(label, 1, "is empty; expected the names of the columns.")
        return
    for column in dict.fromkeys(filter(None, header)):
        if column not in names:
            problems.row(label, 1, f'"{column}" is no column of this table{suggestion(column, names)}')
        elif header.count(column) > 1:
            problems.row(label, 1, f'"{column}" stands there twice; expected each column once.')
    needed = [column for column in COLUMNS[name] if column.required]
    for field in dict.fromkeys(column.field for column in needed):
        columns = [column.name for column in needed if column.field == field]
        if not set(columns) & set(header):
            problems.row(label, 1, f"the column {' or '.join(columns)} is missing.")


def _row(label: str, number: int, header: Sequence[str], cells: Sequence[str], problems: Problems) -> Row:
    found: dict[str, str] = {}
    for place, text in enumerate(cells):
        column = header[place] if place < len(header) else ""
        try:
            value = unguarded(clean(text))
        except CellError as error:
            problems.cell(label, number, column or str(place + 1), "", str(error))
            continue
        if value and not column:
            problems.cell(
                label, number, str(place + 1), value, "stands under no column name; is a quotation mark missing?"
            )
        elif value:
            found[column] = value
    return Row(number, found)
