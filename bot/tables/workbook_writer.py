"""A network to a workbook that is pleasant to fill: headers that stay, wrapped texts, choices to pick from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.network.spreadsheets import escaped
from bot.tables.columns import COLUMNS, Column
from bot.tables.network import Network
from bot.tables.writing import rows_of

_TEXT_FORMAT = "@"
"""Keeps a spreadsheet from turning codes, phones and days into something else, such as a month that comes first."""
_WIDTHS = {
    "content": 36, "text": 28, "file": 36, "link": 28, "email": 28, "states": 24, "moment": 18, "zone": 20, "word": 28,
}  # fmt: skip
_LONG_FIELDS = frozenset({"description", "programme", "body", "done", "planned", "proposed"})
_LONG, _USUAL = 60, 16
"""Widths in characters."""
_CHOICE_ROWS = 2000
"""How far down the choices are offered."""
_TOP = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
_HEADER = PatternFill("solid", fgColor="E3ECF3")


def write_workbook(network: Network, path: Path) -> None:
    """Write nine sheets to the file ``path``, complete or not at all."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, columns in COLUMNS.items():
        sheet = book.create_sheet(table)
        _write_header(sheet, columns)
        for number, row in enumerate(rows_of(network, table), 2):
            for place, text in enumerate(row, 1):
                _write(sheet.cell(number, place), text, columns[place - 1])
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    book.save(temporary)
    temporary.replace(path)


def _write_header(sheet: Any, columns: tuple[Column, ...]) -> None:
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        cell = sheet.cell(1, number, column.name)
        cell.font, cell.fill, cell.alignment = _BOLD, _HEADER, _TOP
        sheet.column_dimensions[letter].width = _width(column)
        sheet.column_dimensions[letter].number_format = _TEXT_FORMAT
        if column.choices and not column.many:
            sheet.add_data_validation(_choices(column, letter))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"


def _width(column: Column) -> int:
    return _LONG if column.field in _LONG_FIELDS else _WIDTHS.get(column.kind, _USUAL)


def _choices(column: Column, letter: str) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=column.name,
        error=f"One of: {', '.join(column.choices)}"[:255],
        sqref=f"{letter}2:{letter}{_CHOICE_ROWS}",
    )


def _write(cell: Any, text: str, column: Column) -> None:
    cell.alignment = _TOP
    if column.kind == "number" and text.isdecimal():
        cell.value = int(text)
    elif text:
        cell.value, cell.number_format = escaped(text), _TEXT_FORMAT
