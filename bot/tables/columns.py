"""Which columns each table has in a spreadsheet, derived from the fields of its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.ask.teaching import TEACHABLE
from bot.network.content import Content
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Record
from storage.network import TABLES
from storage.table import Table

Kind = Literal[
    "code", "group", "text", "content", "choice", "reference", "day", "moment", "number", "account",
    "link", "email", "phone", "zone", "country", "audience", "file", "flag", "name", "source", "states", "word",
]  # fmt: skip
"""What a cell holds; ``values.py`` has a reader for each."""

ALL_TABLES: tuple[Table[Any], ...] = TABLES

WORDS = "words"
"""The table of taught words; its rows have no code (``words.py``)."""

REFERS = {
    "organisation": "organisations", "organisations": "organisations", "city": "organisations",
    "organiser": "organisations", "themes": "themes", "event": "events", "part_of": "events", "form": "forms",
}  # fmt: skip
"""Field → the table whose codes it holds."""

_RENAMED = {("events", "begins"): "start", ("events", "ends"): "end"}
_DERIVED = frozenset({"id", "all_day"})
"""Fields without a column: ``all_day`` follows from whether the days have an hour."""
_DERIVED_IN = frozenset({("questions", "code")})
"""The same in one table: a question's code is its form's and its name."""
OPTIONAL = frozenset({"forms", "questions", WORDS})
"""Tables that may be missing: then what is stored of them stays."""
_LEFT_OUT = frozenset({("events", "ends"), ("events", "time_zone"), ("deadlines", "time_zone"), ("forms", "time_zone")})
"""Fields that the record needs and the row may leave empty."""
_KINDS: dict[str, Kind] = {
    "code": "code", "groups": "group", "time_zone": "zone", "country": "country", "audience": "audience",
    "email": "email", "phone": "phone", "file": "file", "link": "link", "website": "link",
    "registration_link": "link", "telegram_id": "account", "options": "code",
}  # fmt: skip
_KINDS_IN: dict[tuple[str, str], Kind] = {("questions", "name"): "name"}
"""Field of one table → what its cells hold."""


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    field: str
    """The record's field; for ``source`` and ``states`` the column's own name."""
    kind: Kind
    many: bool = False
    """Whether the cell holds a list, separated by semicolons."""
    required: bool = False
    """Whether the cell must not be empty; for a content: whether one of its languages must not be."""
    language: Language | None = None
    choices: tuple[str, ...] = ()
    refers: str | None = None
    """The table whose codes the cell holds."""


def _columns(table: Table[Any]) -> tuple[Column, ...]:
    hints = get_type_hints(table.record, include_extras=True)
    found: list[Column] = []
    for field, info in table.record.model_fields.items():
        if field not in _DERIVED and (table.name, field) not in _DERIVED_IN:
            found.extend(_of_field(table.name, field, hints[field], required=info.is_required()))
    found.append(Column("source", "source", "source", choices=LANGUAGES))
    found.append(Column("states", "states", "states"))
    return tuple(found)


def _of_field(table: str, field: str, hint: Any, *, required: bool) -> tuple[Column, ...]:
    base, many = _unwrapped(hint)
    required = required and (table, field) not in _LEFT_OUT
    if base is Content:
        return tuple(Column(f"{field}_{code}", field, "content", False, required, code) for code in LANGUAGES)
    name = _RENAMED.get((table, field), field)
    choices = get_args(base) if get_origin(base) is Literal else ()
    kind = _KINDS_IN.get((table, field)) or _kind(field, base)
    return (Column(name, field, kind, many, required, None, choices, REFERS.get(field)),)


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    """Return what stands inside ``| None``, ``tuple[…, …]`` and ``Annotated``, and whether it was a tuple."""
    many = False
    while (origin := get_origin(hint)) in (Union, UnionType, tuple, Annotated):
        many = many or origin is tuple
        hint = next(part for part in get_args(hint) if part is not NoneType)
    return hint, many


def _kind(field: str, base: Any) -> Kind:
    if field in REFERS:
        return "reference"
    if get_origin(base) is Literal:
        return "choice"
    if field in _KINDS:
        return _KINDS[field]
    kinds: dict[Any, Kind] = {date: "day", datetime: "moment", int: "number", bool: "flag", str: "text"}
    return kinds[base]


_OF_WORDS = (
    Column("language", "language", "choice", required=True, choices=LANGUAGES),
    Column("word", "word", "word", required=True),
    Column("meaning", "meaning", "choice", required=True, choices=TEACHABLE),
)

COLUMNS: dict[str, tuple[Column, ...]] = {table.name: _columns(table) for table in ALL_TABLES} | {WORDS: _OF_WORDS}
"""Table → its columns, in the order of ``docs/tables.md``; the taught words come last."""


def content_fields(table: str) -> tuple[str, ...]:
    """Return the fields of a table that hold a text in several languages, in order."""
    return tuple(dict.fromkeys(column.field for column in COLUMNS[table] if column.kind == "content"))


def name_of(record: Record) -> str:
    """Return what a person calls the row: its name, title or question, in the language it was written in first."""
    value = next((found for field in ("label", "name", "title") if (found := getattr(record, field, None))), None)
    if isinstance(value, Content):
        return value.root[value.source].text
    return str(value)
