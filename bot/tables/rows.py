"""One row of a sheet to the record that it stands for."""

from __future__ import annotations

import contextlib
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.network.languages import Language
from bot.network.records import Record
from bot.tables.columns import COLUMNS, Column, content_fields
from bot.tables.contents import DEFAULT_SOURCE, States, content_of, read_states
from bot.tables.context import Context
from bot.tables.dates import read_day
from bot.tables.moments import settle_deadline, settle_event, settle_form
from bot.tables.problems import CellError, Problems
from bot.tables.sheets import Row, Sheet
from bot.tables.values import READERS, expected, read_value

_SETTLE = {"events": settle_event, "deadlines": settle_deadline, "forms": settle_form}
"""Table → what turns the days and hours of its rows into instants."""


class RowReader:
    """Reads one row; every problem is added with its cell."""

    def __init__(self, sheet: Sheet, row: Row, context: Context, problems: Problems) -> None:
        self._sheet, self._row, self._context, self._problems = sheet, row, context, problems
        self._columns = COLUMNS[sheet.table]
        self._sound = True

    def read(self, record: type[Record]) -> tuple[Record, frozenset[str]] | None:
        """Return the record and the columns whose state the row says; None if a cell is wrong."""
        self._check_required()
        values = self._simple_values()
        states = self._contents(values)
        self._settle(values)
        if self._sheet.table == "questions":
            values["code"] = f"{values.get('form')}.{values.get('name')}"
            self._settle_limits(values)
        self._check_whole(values)
        if not self._sound:
            return None
        try:
            return record.model_validate(values), frozenset(states)
        except ValidationError as error:
            for detail in error.errors():
                self._problem_of_row(f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}")
            return None

    def values(self) -> dict[str, Any] | None:
        """Return the values by field of a row without texts in several languages; None if a cell is wrong."""
        self._check_required()
        values = self._simple_values()
        return values if self._sound else None

    def _problem(self, column: str, text: str) -> None:
        self._sound = False
        value = self._row.cells.get(column, "")
        self._problems.cell(self._sheet.label, self._row.number, column, value, text)

    def _problem_of_row(self, text: str) -> None:
        self._sound = False
        self._problems.row(self._sheet.label, self._row.number, text)

    def _check_required(self) -> None:
        """Check the cells that must not be empty; a column that is missing altogether was reported with the header."""
        needed = [column for column in self._columns if column.required]
        for field in dict.fromkeys(column.field for column in needed):
            columns = [column for column in needed if column.field == field]
            if any(self._row.cells.get(column.name) for column in columns):
                continue
            self._sound = False
            present = [column for column in columns if column.name in self._sheet.header]
            if present:
                self._problem(present[0].name, f"is empty; {expected(present[0])}")

    def _simple_values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in self._columns:
            text = self._row.cells.get(column.name)
            if text is not None and column.kind in READERS and column.kind != "source":
                self._put(values, column, text)
        return values

    def _put(self, values: dict[str, Any], column: Column, text: str) -> None:
        try:
            values[column.field] = read_value(text, column, self._context)
        except CellError as error:
            self._problem(column.name, str(error))

    def _contents(self, values: dict[str, Any]) -> States:
        names = {column.name for column in self._columns if column.kind == "content"}
        texts = {name: text for name, text in self._row.cells.items() if name in names}
        states = self._states(texts)
        source = self._source()
        for field in content_fields(self._sheet.table):
            content = content_of(field, texts, source, states, lambda text: self._problem("states", text))
            if content is not None:
                values[field] = content
        return {column: state for column, state in states.items() if state != "source"}

    def _states(self, texts: dict[str, str]) -> States:
        try:
            return read_states(self._row.cells.get("states", ""), texts)
        except CellError as error:
            self._problem("states", str(error))
            return {}

    def _source(self) -> Language:
        column = next(column for column in self._columns if column.kind == "source")
        values: dict[str, Any] = {}
        self._put(values, column, self._row.cells.get("source", DEFAULT_SOURCE))
        return cast("Language", values.get("source", DEFAULT_SOURCE))

    def _settle(self, values: dict[str, Any]) -> None:
        settle = _SETTLE.get(self._sheet.table)
        if settle is None:
            return
        place = self._context.city_zones.get(values.get("city", ""), self._context.network_zone)
        values.setdefault("time_zone", place)
        settle(values, ZoneInfo(values["time_zone"]), self._problem)

    def _settle_limits(self, values: dict[str, Any]) -> None:
        """Turn the first and last day that a question takes into days of the calendar; what is none is told later."""
        for limit in ("at_least", "at_most"):
            if values.get("kind") in ("date", "date_range") and limit in values:
                with contextlib.suppress(CellError):
                    values[limit] = read_day(values[limit], self._context.first_start).isoformat()

    def _check_whole(self, values: dict[str, Any]) -> None:
        """Check what only several cells together can get wrong."""
        if self._sheet.table == "documents" and self._sound and not {"file", "link"} & values.keys():
            self._problem_of_row("has neither a file nor a link; expected one of them")
