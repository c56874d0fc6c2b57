from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.errors import TablesError
from bot.tables.network import Network
from bot.tables.reading import read_tables
from tests.tables.samples import FIRST_START, ZONE, problems_of, read, sample, write

Alter = Callable[[Workbook], object]


def workbook(folder: Path, alter: Alter = lambda book: None) -> Path:
    """Write the sample as a workbook, beside its document."""
    write(folder, sample())
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in sample():
        sheet = book.create_sheet(table)
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for line in csv.reader(file):
                sheet.append(line)
    alter(book)
    book.save(folder / "network.xlsx")
    return folder / "network.xlsx"


def in_event(column: str, value: Any) -> Alter:
    """Return what puts a value into the event's row."""

    def alter(book: Workbook) -> None:
        sheet = book["events"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, headers.get(column, len(headers) + 1), value)
        sheet.cell(1, headers.get(column, len(headers) + 1), column)

    return alter


def read_book(path: Path) -> Network:
    return read_tables(path, FIRST_START, ZONE)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_folder_is_read_with_either_separator(tmp_path: Path, delimiter: str) -> None:
    write(tmp_path / "other", sample(), delimiter)
    assert read(tmp_path / "other") == read(tmp_path / "usual", sample())


def test_folder_is_read_with_a_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    expected = read(tmp_path, sample())
    for file in tmp_path.glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read(tmp_path) == expected


def test_file_in_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    write(tmp_path, sample())
    (tmp_path / "themes.csv").write_bytes("code,name_fr,axis\nwater,Égouts,main\n".encode("cp1252"))
    assert problems_of(tmp_path)[0] == (
        'themes.csv is not in UTF-8; save it again as "CSV UTF-8", or choose UTF-8 where it asks.'
    )


def test_quotation_mark_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    write(tmp_path, sample())
    (tmp_path / "themes.csv").write_text('code,name_fr,axis\nwater,"Eau,main\nwaste,Déchets,main\n', encoding="utf-8")
    assert problems_of(tmp_path) == (
        "themes.csv cannot be read near line 3: unexpected end of data; is a quotation mark not closed?",
    )


def test_cell_under_no_name_and_name_that_stands_twice_are_refused(tmp_path: Path) -> None:
    write(tmp_path, sample())
    (tmp_path / "themes.csv").write_text("Code,name_fr,axis,axis\nwater,Eau,main,main,more\n", encoding="utf-8")
    assert problems_of(tmp_path) == (
        'themes.csv, row 1: "axis" stands there twice; expected each column once.',
        'themes.csv, row 2, column 5: "more" stands under no column name; is a quotation mark missing?',
    )


def test_empty_file_lacks_its_header(tmp_path: Path) -> None:
    write(tmp_path, sample())
    (tmp_path / "actions.csv").write_text("", encoding="utf-8")
    assert problems_of(tmp_path) == ("actions.csv, row 1: is empty; expected the names of the columns.",)


def test_table_of_a_header_alone_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path, sample() | {"actions": []}).actions == ()


def test_workbook_says_what_the_folder_says(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    assert read_book(path) == read(tmp_path)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2027, 5, 18), "2027-05-18"),
        (datetime(2027, 5, 18), "2027-05-18"),  # noqa: DTZ001  a cell has no zone
        (datetime(2027, 5, 18, 7, 59, 59, 999_000), "2027-05-18 08:00"),  # noqa: DTZ001
    ],
)
def test_workbook_s_own_dates_are_read(tmp_path: Path, value: object, written: str) -> None:
    events = sample()["events"]
    expected = read(tmp_path / "folder", sample() | {"events": [events[0] | {"start": written}]})
    assert read_book(workbook(tmp_path / "book", in_event("start", value))).events == expected.events


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12"), (12.0, "12"), (1.5, "1.5"), (True, "True"), (time(8, 30), "08:30"), ("_x0041_", "A")],
)
def test_workbook_s_numbers_and_hours_are_texts_in_a_text(tmp_path: Path, value: object, text: str) -> None:
    assert read_book(workbook(tmp_path, in_event("place_fr", value))).events[0].place.read("fr").text == text  # type: ignore[union-attr]  # it is there


def test_workbook_s_number_is_an_account(tmp_path: Path) -> None:
    def alter(book: Workbook) -> None:
        headers = {cell.value: cell.column for cell in book["people"][1]}
        book["people"].cell(2, headers["telegram_id"], 5550123.0)

    assert read_book(workbook(tmp_path, alter)).people[0].telegram_id == 5550123


def test_workbook_s_rows_are_numbered_as_it_shows_them(tmp_path: Path) -> None:
    def alter(book: Workbook) -> None:
        book["themes"].cell(40, 1, "waste")
        book["themes"].cell(900, 1, "  ")

    with pytest.raises(TablesError) as refused:
        read_book(workbook(tmp_path, alter))
    assert refused.value.problems == (
        "sheet themes, row 40, column name_fr: is empty; expected a text in at least one language",
        "sheet themes, row 40, column axis: is empty; expected main, cross_cutting or wish",
    )


def test_workbook_may_have_other_sheets_and_capitals(tmp_path: Path) -> None:
    def alter(book: Workbook) -> None:
        book.create_sheet("my notes").append(["anything"])
        book["events"].title = " Events"

    assert read_book(workbook(tmp_path, alter)) == read(tmp_path)


def test_workbook_without_a_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TablesError) as refused:
        read_book(workbook(tmp_path, lambda book: book.remove(book["actions"])))
    assert refused.value.problems == ("sheet actions is missing; a table without rows still needs its header.",)


def test_workbook_with_a_formula_s_error_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TablesError) as refused:
        read_book(workbook(tmp_path, in_event("place_fr", "#REF!")))
    assert refused.value.problems == (
        "sheet events, row 2, column place_fr: holds #REF!, the error of a formula; expected a text",
    )


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x05\x06" + b"\0" * 18])
def test_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "network.xlsx").write_bytes(content)
    with pytest.raises(TablesError) as refused:
        read_book(tmp_path / "network.xlsx")
    (problem,) = refused.value.problems
    assert problem.startswith("network.xlsx cannot be read as a workbook (")
    assert problem.endswith("); save it again as .xlsx.")


@pytest.mark.parametrize("part", range(1, 10))
def test_damaged_workbook_is_refused(tmp_path: Path, part: int) -> None:
    path = workbook(tmp_path)
    content = bytearray(path.read_bytes())
    place = len(content) * part // 10
    content[place : place + 40] = bytes(range(40))
    path.write_bytes(content)
    with pytest.raises(TablesError):
        read_book(path)
