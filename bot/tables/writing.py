"""A record to the cells of its row, in words that ``docs/tables.md`` explains; the inverse of ``rows.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.network.content import Content
from bot.network.forms import Form
from bot.network.languages import Language
from bot.network.records import Deadline, Event, Record
from bot.network.spreadsheets import guarded
from bot.tables.cells import joined
from bot.tables.columns import COLUMNS, WORDS, content_fields
from bot.tables.contents import DEFAULT_SOURCE, written_content, written_states
from bot.tables.dates import written, written_closing, written_day, written_last_day, written_opening
from bot.tables.network import Network


def cells_of(table: str, record: Record) -> dict[str, str]:
    """Return the row's text by column, in the table's order; empty where the record has nothing."""
    found = dict.fromkeys((column.name for column in COLUMNS[table]), "")
    for column in COLUMNS[table]:
        if column.kind not in ("content", "source", "states", "moment"):
            found[column.name] = _text(getattr(record, column.field))
    found.update(_moments(record))
    found.update(_contents(table, record))
    return found


def header_of(table: str) -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    return tuple(column.name for column in COLUMNS[table])


def rows_of(network: Network, table: str) -> Iterator[tuple[str, ...]]:
    """Give the cells of each row of a table, in order, guarded against being run by a spreadsheet."""
    if table == WORDS:
        yield from (_guarded(word.cells) for word in network.words or ())
    else:
        yield from (_guarded(cells_of(table, record).values()) for record in network.table(table))


def _guarded(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(guarded(text) for text in cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return joined(tuple(map(str, value)))
    return value.isoformat() if isinstance(value, date) else str(value)


def _moments(record: Record) -> dict[str, str]:
    if isinstance(record, Event):
        return _event(record, ZoneInfo(record.time_zone))
    if isinstance(record, Deadline):
        return _deadline(record, ZoneInfo(record.time_zone))
    if isinstance(record, Form):
        return _form(record, ZoneInfo(record.time_zone))
    return {}


def _event(event: Event, zone: ZoneInfo) -> dict[str, str]:
    start, end = (written_day, written_last_day) if event.all_day else (written, written)
    return {
        "start": start(event.begins, zone),
        "end": end(event.ends, zone),
        "registration_opens": _optional(event.registration_opens, written_opening, zone),
        "registration_closes": _optional(event.registration_closes, written_closing, zone),
    }


def _deadline(deadline: Deadline, zone: ZoneInfo) -> dict[str, str]:
    due = written_last_day if deadline.all_day else written
    return {"opens": _optional(deadline.opens, written_opening, zone), "due": due(deadline.due, zone)}


def _form(form: Form, zone: ZoneInfo) -> dict[str, str]:
    return {
        "opens": _optional(form.opens, written_opening, zone),
        "closes": _optional(form.closes, written_closing, zone),
        "change_until": _optional(form.change_until, written_closing, zone),
    }


def _optional(at: datetime | None, write: Callable[[datetime, ZoneInfo], str], zone: ZoneInfo) -> str:
    return "" if at is None else write(at, zone)


def _contents(table: str, record: Record) -> dict[str, str]:
    """Write the texts, the language of the first one as the row's source, and what differs from it as states."""
    contents = {field: getattr(record, field) for field in content_fields(table)}
    present: dict[str, Content] = {field: content for field, content in contents.items() if content is not None}
    source: Language = next((content.source for content in present.values()), DEFAULT_SOURCE)
    found: dict[str, str] = {"source": source}
    said: list[str] = []
    for field, content in present.items():
        texts, items = written_content(field, content, source)
        found.update(texts)
        said.extend(items)
    found["states"] = written_states(tuple(said))
    return found
