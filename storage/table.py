"""Reads and writes the rows of a table as the frozen records of the domain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Generic, TypeVar, get_args

import orjson

from bot.network.content import Content
from bot.network.records import Record
from storage.database import Row, Transaction
from storage.version import change_version

R = TypeVar("R", bound=Record)
_REMEMBERED = 5_000
"""Records of a table kept in memory by what their rows hold: frozen, so that they may be shared."""


class Table(Generic[R]):
    """A table whose columns are the fields of a record."""

    def __init__(self, name: str, record: type[R], order: str = "code") -> None:
        self.name = name
        self._order = order
        self.record = record
        self.columns = tuple(field for field in record.model_fields if field != "id")
        self._json = frozenset(field for field in self.columns if _is_json(record.model_fields[field].annotation))
        self._built: dict[tuple[Any, ...], R] = {}
        self.select = f"SELECT id, {', '.join(self.columns)} FROM {name}"
        marks = ", ".join(f"${number}" for number in range(1, len(self.columns) + 1))
        updates = ", ".join(f"{column} = excluded.{column}" for column in self.columns if column != "code")
        self._put = (
            f"INSERT INTO {name} ({', '.join(self.columns)}) VALUES ({marks})"
            f" ON CONFLICT (code) DO UPDATE SET {updates}"
        )
        self._remove = f"DELETE FROM {name} WHERE code = $1"

    def read(self, row: Row) -> R:
        """Return the record of a row of ``select``: the one built before, if a row held the same before."""
        held = tuple(row)
        record = self._built.get(held)
        if record is None:
            if len(self._built) >= _REMEMBERED:
                self._built.clear()
            record = self._built[held] = self._build(held)
        return record

    def _build(self, held: tuple[Any, ...]) -> R:
        values = dict(zip(("id", *self.columns), held, strict=True))
        for column in self._json:
            if values[column] is not None:
                values[column] = orjson.loads(values[column])
        return self.record.model_validate(values)

    async def all(self, read: Transaction) -> list[R]:
        """Return every record, in the table's order."""
        return [self.read(row) for row in await read.fetch_all(f"{self.select} ORDER BY {self._order}")]

    async def is_empty(self, read: Transaction) -> bool:
        """Whether the table has no row."""
        return await read.fetch_one(f"SELECT id FROM {self.name} LIMIT 1") is None

    async def get(self, read: Transaction, code: str) -> R | None:
        """Return the record of that code."""
        row = await read.fetch_one(f"{self.select} WHERE code = $1", code)
        return self.read(row) if row else None

    async def several(self, read: Transaction, codes: Collection[str]) -> dict[str, R]:
        """Return the records of these codes, by code."""
        conditions = Conditions()
        conditions.among("code", codes)
        rows = await read.fetch_all(f"{self.select}{conditions.where}", *conditions.values) if codes else []
        return {row["code"]: self.read(row) for row in rows}

    async def numbered(self, read: Transaction, number: int) -> R | None:
        """Return the record of that number in this database."""
        row = await read.fetch_one(f"{self.select} WHERE id = $1", number)
        return self.read(row) if row else None

    async def put(self, write: Transaction, record: R) -> None:
        """Add the record, or change the one of the same code."""
        await change_version(write)
        await write.execute(self._put, *(_encode(getattr(record, column)) for column in self.columns))

    async def remove(self, write: Transaction, code: str) -> None:
        """Remove the record of that code, if there is one."""
        await change_version(write)
        await write.execute(self._remove, code)


class Conditions:
    """Collects the conditions of a query and the values of their placeholders."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> None:
        """Add a condition; each ``?`` in it stands for one of ``values``."""
        for value in values:
            self.values.append(value)
            text = text.replace("?", f"${len(self.values)}", 1)
        self._texts.append(text)

    def among(self, column: str, allowed: Iterable[str] | None) -> None:
        """Add that ``column`` is one of ``allowed``; None allows everything."""
        if allowed is not None:
            values = tuple(allowed)
            self.add(f"{column} IN ({', '.join('?' * len(values)) or 'NULL'})", *values)

    def listed(self, column: str, code: str) -> None:
        """Add that the JSON list in ``column`` holds ``code``."""
        self.add(f"{column} LIKE ? ESCAPE '!'", f'%"{code.replace("_", "!_")}"%')  # a bare _ stands for any letter

    @property
    def where(self) -> str:
        """The clause, with its leading space; empty without conditions."""
        return f" WHERE {' AND '.join(f'({text})' for text in self._texts)}" if self._texts else ""


def _is_json(annotation: Any) -> bool:
    kinds = (annotation, *get_args(annotation))
    return any(kind is Content or getattr(kind, "__origin__", None) is tuple for kind in kinds)


def _encode(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Content):
        return value.model_dump_json()
    if isinstance(value, tuple):
        return orjson.dumps(value).decode()
    return value
