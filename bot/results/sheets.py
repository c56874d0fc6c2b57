"""A workbook, written row by row: a hundred thousand rows in seconds, and never more than a few of them in memory.

Written by hand (ECMA-376) because the libraries take several times as long; ``tests/results`` reads it with openpyxl.
A text that a spreadsheet would run starts with an apostrophe, as everywhere in Relais (``docs/tables.md``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.network.spreadsheets import escaped, guarded


class Percent(NamedTuple):
    """A share from 0 to 1, shown in per cent."""

    share: float


Cell = str | int | float | Percent | date | datetime | time | None
"""A ``datetime`` is written as its own clock shows it, whatever its zone."""


class Sheet(NamedTuple):
    """A sheet: its name (at most 31 letters), its columns with their widths in letters, its rows below the header."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and the carriage return."""
_SPECIAL = re.compile("[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]|^ | $")
"""What a text may not hold as it is."""
_NEEDS_CARE = re.compile("^[-=+@']|[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]|^ | $").search
"""Whether a text is written otherwise than as it is: guarded, or with what XML gives a meaning."""
_FIRST_DAY = date(1899, 12, 30).toordinal()
_DAY = 86_400
_SECTION = 2000
"""Rows that are written at once."""
_MOST_KEPT = 20_000
"""Cells that are kept, because most answers are alike."""
_PLAIN, _HEADER, _DATE, _MOMENT, _TIME, _PERCENT = range(6)
_FORMATS = ("General", "General", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm", "hh:mm", "0%")


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook to the file ``path``, complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        with ZipFile(temporary, "w", ZIP_DEFLATED, compresslevel=1) as book:
            for name, text in _parts(sheets):
                book.writestr(_entry(name), _XML + text)
            for number, sheet in enumerate(sheets, 1):
                with book.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                    _write(file, sheet)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _write(file: IO[bytes], sheet: Sheet) -> None:
    letters = [_letter(at) for at in range(len(sheet.columns))]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, (_, width) in enumerate(sheet.columns, 1)
    )
    head = (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData><row r="1">'
    )
    titles = "".join(f'<c r="{letters[at]}1"{_text(title, _HEADER)}' for at, (title, _) in enumerate(sheet.columns))
    file.write(f"{head}{titles}</row>".encode())
    number = 1
    waiting: list[str] = []
    for number, row in enumerate(_rows(sheet.rows, letters), 2):  # noqa: B007  the last one is used
        waiting.append(row)
        if len(waiting) == _SECTION:
            file.write("".join(waiting).encode())
            waiting.clear()
    filtered = f'<autoFilter ref="A1:{letters[-1]}{number}"/>'
    file.write(f"{''.join(waiting)}</sheetData>{filtered}</worksheet>".encode())


def _rows(rows: Iterable[Sequence[Cell]], letters: Sequence[str]) -> Iterator[str]:
    kept: dict[Cell, str] = {}
    known = kept.get
    opening = [f'<c r="{letter}' for letter in letters]
    for number, row in enumerate(rows, 2):
        at = f'{number}"'
        cells = [
            f"{begins}{at}{known(value) or _cell(value, kept)}"
            for begins, value in zip(opening, row, strict=False)
            if value is not None
        ]
        yield f'<row r="{at}>{"".join(cells)}</row>'


def _cell(value: Cell, kept: dict[Cell, str]) -> str:
    """Return what follows a cell's place, and keep it for the next that is alike."""
    if value == "":
        return "/>"
    if isinstance(value, str) and not _NEEDS_CARE(value):
        made = f' t="inlineStr"><is><t>{value}</t></is></c>'
    else:
        made = _text(guarded(value)) if isinstance(value, str) else _WRITERS[type(value)](value)
    if len(kept) < _MOST_KEPT:
        kept[value] = made
    return made


def _text(text: str, style: int = _PLAIN) -> str:
    attribute = f' s="{style}"' if style else ""
    if _SPECIAL.search(text):
        text = escape(escaped(_FORBIDDEN.sub("", text)), quote=False)
        return f'{attribute} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'{attribute} t="inlineStr"><is><t>{text}</t></is></c>'


def _moment(value: datetime) -> str:
    serial = value.toordinal() - _FIRST_DAY + (value.hour * 3600 + value.minute * 60 + value.second) / _DAY
    return f' s="{_MOMENT}"><v>{serial!r}</v></c>'


_WRITERS: dict[type, Callable[[Any], str]] = {
    int: lambda value: f"><v>{value}</v></c>",
    float: lambda value: f"><v>{value!r}</v></c>",
    Percent: lambda value: f' s="{_PERCENT}"><v>{value.share!r}</v></c>',
    date: lambda value: f' s="{_DATE}"><v>{value.toordinal() - _FIRST_DAY}</v></c>',
    datetime: _moment,
    time: lambda value: f' s="{_TIME}"><v>{(value.hour * 3600 + value.minute * 60) / _DAY!r}</v></c>',
}


def _letter(at: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Give the parts around the sheets: name and XML."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{one}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for one in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    targets = [("worksheet", f"worksheets/sheet{one}.xml") for one in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    named = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{one}" r:id="rId{one}"/>'
        for one, sheet in zip(numbers, sheets, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{named}</sheets></workbook>'
    yield "xl/styles.xml", _styles()


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(_FORMATS))
    cells = "".join(
        f'<xf numFmtId="{164 + at}" fontId="{int(at == _HEADER)}" fillId="{2 * int(at == _HEADER)}" borderId="0"'
        ' xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf>'
        for at in range(len(_FORMATS))
    )
    font = '<sz val="11"/><name val="Calibri"/>'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_FORMATS)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3ECF3"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
