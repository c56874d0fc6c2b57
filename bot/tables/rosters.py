"""A list of people as a workbook to be filled: one row a person, choices to pick from; and such a workbook read."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from bot.errors import TablesError
from bot.network.spreadsheets import escaped, guarded, unguarded
from bot.tables.workbook_reader import UNREADABLE, cell_text

_LARGEST_INSIDE = 60 * 1024 * 1024
"""Bytes of what it holds once it is unpacked."""
_MOST_ROWS, _MOST_COLUMNS = 1100, 100
"""Rows and columns that are read."""
_TITLE_ROW, _HEADER_ROW = 1, 2
_TEXT_FORMAT = "@"
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD, _QUIET = Font(bold=True), Font(italic=True, color="555555")
_HEADER, _NEEDED = PatternFill("solid", fgColor="E3ECF3"), PatternFill("solid", fgColor="CFE0EC")
_LINE = Side(style="thin", color="C8D2DA")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CHOICES = "choices"
_LONGEST_PROMPT, _LONGEST_PROMPT_TITLE = 255, 32
"""What a spreadsheet shows of a hint at most."""


class Column(NamedTuple):
    """A question that each row answers."""

    title: str
    hint: str
    """Shown where a cell of the column is chosen."""
    width: int
    """In letters."""
    choices: tuple[str, ...] = ()
    """To pick one from."""
    needed: bool = True


def write_roster(name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], places: int) -> bytes:
    """Return a workbook with the sheet ``name``: a line that says what to do, a header, room for ``places`` people."""
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = name
    sheet.cell(_TITLE_ROW, 1, escaped(title)).font = _QUIET
    sheet.cell(_TITLE_ROW, 1).alignment = _WRAPPED
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(2, min(len(columns), 5)))
    sheet.row_dimensions[_TITLE_ROW].height = 48
    lists: Any = book.create_sheet(_CHOICES)
    lists.sheet_state = "hidden"
    for at, column in enumerate(columns, 1):
        _write_column(sheet, lists, at, column, _HEADER_ROW + places)
    for number, row in enumerate(rows, _HEADER_ROW + 1):
        for at, text in enumerate(row, 1):
            if text:
                sheet.cell(number, at).value = escaped(guarded(text))
    sheet.freeze_panes = sheet.cell(_HEADER_ROW + 1, 2)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_column(sheet: Any, lists: Any, at: int, column: Column, last: int) -> None:
    letter = get_column_letter(at)
    head = sheet.cell(_HEADER_ROW, at, escaped(column.title))
    head.font, head.alignment, head.border = _BOLD, _WRAPPED, _GRID
    head.fill = _NEEDED if column.needed else _HEADER
    sheet.column_dimensions[letter].width = column.width
    for number in range(_HEADER_ROW + 1, last + 1):
        cell = sheet.cell(number, at)
        cell.number_format, cell.alignment, cell.border = _TEXT_FORMAT, _WRAPPED, _GRID
    for number, choice in enumerate(column.choices, 1):
        lists.cell(number, at, escaped(guarded(choice)))
    sheet.add_data_validation(_hinted(column, letter, last))


def _hinted(column: Column, letter: str, last: int) -> DataValidation:
    """Return what shows the hint, and offers the choices; what is typed otherwise is read when the list comes back."""
    offered = f"{quote_sheetname(_CHOICES)}!${letter}$1:${letter}${len(column.choices)}" if column.choices else None
    return DataValidation(
        type="list" if offered else None,
        formula1=offered,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle=column.title[:_LONGEST_PROMPT_TITLE],
        prompt=column.hint[:_LONGEST_PROMPT] or None,
        sqref=f"{letter}{_HEADER_ROW + 1}:{letter}{last}",
    )


def read_rows(content: bytes) -> list[list[str]]:
    """Return the cells of the first visible sheet as text, from its first row on; raises TablesError if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST_INSIDE:
                raise TablesError(("the workbook is too large",))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what a workbook has beside its cells
            return _read(content)
    except UNREADABLE as error:
        raise TablesError((f"this cannot be read as a workbook ({error})",)) from error


def _read(content: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        shown = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
        sheet: Any = shown[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = islice(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), _MOST_ROWS)
        return [[unguarded(cell_text(value)) for value in cells] for cells in rows]
    finally:
        book.close()
