"""The forms as the tables have them now, and whom they name; built again only when one of their rows has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Generic

from bot.forms.definition import Definition, build, counts_from_event
from bot.network.records import Organisation, Person
from bot.network.schedule import days_of
from storage.database import Transaction
from storage.network import EVENTS, FORMS, ORGANISATIONS, PEOPLE, QUESTIONS
from storage.table import R, Table

_Rows = tuple[tuple[Any, ...], ...]


class _Kept(Generic[R]):
    """A table's records, made again only when one of its rows has changed."""

    def __init__(self, table: Table[R]) -> None:
        self._table = table
        self._rows: _Rows = ()
        self._records: tuple[R, ...] = ()

    async def all(self, read: Transaction) -> tuple[R, ...]:
        rows = await read.fetch_all(f"{self._table.select} ORDER BY code")
        present: _Rows = tuple(map(tuple, rows))
        if present != self._rows:
            self._rows, self._records = present, tuple(map(self._table.read, rows))
        return self._records


class Library:
    """Gives forms, ready to be asked."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[_Rows, Definition]] = {}
        self._organisations, self._people = _Kept(ORGANISATIONS), _Kept(PEOPLE)

    async def get(self, read: Transaction, code: str) -> Definition | None:
        """Return the form of that code."""
        row = await read.fetch_one(f"{FORMS.select} WHERE code = $1", code)
        return await self._definition(read, row) if row else None

    async def numbered(self, read: Transaction, number: int) -> Definition | None:
        """Return the form of that number in this database."""
        row = await read.fetch_one(f"{FORMS.select} WHERE id = $1", number)
        return await self._definition(read, row) if row else None

    async def every(self, read: Transaction) -> list[Definition]:
        """Return all forms, by code."""
        questions: defaultdict[str, list[Any]] = defaultdict(list)
        for one in await read.fetch_all(f"{QUESTIONS.select} ORDER BY form, number, name"):
            questions[one["form"]].append(one)
        rows = await read.fetch_all(f"{FORMS.select} ORDER BY code")
        return [await self._defined(read, row, questions[row["code"]]) for row in rows]

    async def organisations(self, read: Transaction) -> tuple[Organisation, ...]:
        """Return the network's organisations, by code."""
        return await self._organisations.all(read)

    async def people(self, read: Transaction) -> tuple[Person, ...]:
        """Return the network's people, by code."""
        return await self._people.all(read)

    async def _definition(self, read: Transaction, row: Any) -> Definition:
        questions = await read.fetch_all(f"{QUESTIONS.select} WHERE form = $1 ORDER BY number, name", row["code"])
        return await self._defined(read, row, questions)

    async def _defined(self, read: Transaction, row: Any, questions: list[Any]) -> Definition:
        counts = counts_from_event(limit for one in questions for limit in (one["at_least"], one["at_most"]))
        event = await read.fetch_one(f"{EVENTS.select} WHERE code = $1", row["event"]) if counts else None
        rows: _Rows = tuple(map(tuple, (row, *questions, *([event] if event else []))))
        built = self._built.get(row["code"])
        if built is None or built[0] != rows:
            days = days_of(EVENTS.read(event)) if event else None
            built = (rows, build(FORMS.read(row), [QUESTIONS.read(one) for one in questions], days))
            self._built[row["code"]] = built
        return built[1]
