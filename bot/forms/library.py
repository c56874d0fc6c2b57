"""The forms as the tables have them now; a definition is built again only when one of its rows has changed."""

from __future__ import annotations

from typing import Any

from bot.forms.definition import Definition, build
from storage.database import Transaction
from storage.network import FORMS, QUESTIONS

_Rows = tuple[tuple[Any, ...], ...]


class Library:
    """Gives forms, ready to be asked."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[_Rows, Definition]] = {}

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
        return [await self._definition(read, row) for row in await read.fetch_all(f"{FORMS.select} ORDER BY code")]

    async def _definition(self, read: Transaction, row: Any) -> Definition:
        questions = await read.fetch_all(f"{QUESTIONS.select} WHERE form = $1 ORDER BY number, name", row["code"])
        rows: _Rows = tuple(map(tuple, (row, *questions)))
        built = self._built.get(row["code"])
        if built is None or built[0] != rows:
            built = (rows, build(FORMS.read(row), [QUESTIONS.read(one) for one in questions]))
            self._built[row["code"]] = built
        return built[1]
