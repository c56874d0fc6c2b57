"""The cells of a workbook as text."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import TablesError
from bot.network.spreadsheets import unescaped
from bot.tables.columns import COLUMNS

UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError,
    SyntaxError, RuntimeError, OSError, EOFError,
)  # fmt: skip
"""What openpyxl lets through where a file is not what its name says."""


def workbook_rows(path: Path) -> dict[str, list[list[str]] | None]:
    """Return the rows of each table's sheet as text, or None for a sheet that is missing.

    The name of a sheet counts without regard to capitals; other sheets are left alone.  Raises TablesError if the
    file is no workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what a workbook has beside its cells, such as charts
            return _rows(path)
    except UNREADABLE as error:
        raise TablesError((f"{path.name} cannot be read as a workbook ({error}); save it again as .xlsx.",)) from error


def _rows(path: Path) -> dict[str, list[list[str]] | None]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
        return {table: list(_texts(sheets.get(table))) or None for table in COLUMNS}
    finally:
        book.close()


def _texts(sheet: Any) -> Iterator[list[str]]:
    """Give the rows of a sheet; nothing if there is no sheet, one empty row if it is blank."""
    if sheet is None:
        return
    sheet.reset_dimensions()  # what the file says of its size may be wrong, or a million rows
    empty = 0
    yielded = False
    for cells in sheet.iter_rows(values_only=True):
        texts = [cell_text(value) for value in cells]
        if not any(texts):
            empty += 1
            continue
        yield from ([] for _ in range(empty))
        yield texts
        empty, yielded = 0, True
    if not yielded:
        yield []


def cell_text(value: Any) -> str:
    """Return what a person reads in a cell; a date in the form of ``docs/tables.md``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        rounded = value + timedelta(seconds=30)  # a spreadsheet counts days in fractions: 07:59:59.99 is 08:00
        return f"{rounded:%Y-%m-%d}" if (rounded.hour, rounded.minute) == (0, 0) else f"{rounded:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescaped(str(value)) if isinstance(value, str) else str(value)
