"""Reads a network's tables, or says everything that is wrong in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.network.records import Record
from bot.tables.checks import check_together
from bot.tables.columns import ALL_TABLES, WORDS
from bot.tables.context import Context, context_of
from bot.tables.definitions import check_definitions
from bot.tables.network import Network, network_of
from bot.tables.problems import Problems
from bot.tables.rows import RowReader
from bot.tables.sheets import Sheet, read_sheets
from bot.tables.words import Word, read_words

_RECORDS: dict[str, type[Record]] = {table.name: table.record for table in ALL_TABLES}


def read_tables(path: Path, first_start: date, network_zone: str) -> Network:
    """Read the tables in the folder or workbook at ``path``.

    Relative days count from ``first_start``; ``network_zone`` is the IANA name of the zone of rows that say none.
    Raises TablesError with every problem at once, each with its file, row, column and value.
    """
    problems = Problems()
    sheets = read_sheets(path, problems)
    context = context_of(sheets, path, first_start, network_zone)
    tables: dict[str, tuple[Any, ...]] = {}
    stated: set[tuple[str, str, str]] = set()
    words: tuple[Word, ...] | None = None
    for sheet in sheets:
        if sheet.table == WORDS:
            words = read_words(sheet, context, problems)
            continue
        tables[sheet.table], said = _records(sheet, context, problems)
        stated |= said
    check_together(sheets, problems)
    check_definitions(sheets, tables, problems)
    problems.raise_any()
    return network_of(tables, words, frozenset(stated))


def _records(
    sheet: Sheet, context: Context, problems: Problems
) -> tuple[tuple[Record, ...], set[tuple[str, str, str]]]:
    records: list[Record] = []
    stated: set[tuple[str, str, str]] = set()
    for row in sheet.rows:
        found = RowReader(sheet, row, context, problems).read(_RECORDS[sheet.table])
        if found is not None:
            record, columns = found
            records.append(record)
            stated |= {(sheet.table, record.code, column) for column in columns}
    return tuple(records), stated
