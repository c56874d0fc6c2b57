"""The words that coordinators have taught: what a word stands for, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.network.languages import Language
from storage.database import Row, Transaction
from storage.version import change_version

Meaning = Literal["city", "theme", "intent"]

_SELECT = "SELECT id, language, word, meaning, code FROM taught"


@dataclass(frozen=True)
class Taught:
    """A word, and what it stands for."""

    id: int
    language: Language
    word: str
    meaning: Meaning
    code: str
    """Of the organisation or theme, or the intent."""


async def teach(write: Transaction, language: Language, word: str, meaning: Meaning, code: str) -> Taught:
    """Keep a word; what it stood for before in that language is replaced."""
    await change_version(write)
    await write.execute(
        "INSERT INTO taught (language, word, meaning, code) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (language, word) DO UPDATE SET meaning = excluded.meaning, code = excluded.code",
        language, word, meaning, code,
    )  # fmt: skip
    row = await write.fetch_one(f"{_SELECT} WHERE language = $1 AND word = $2", language, word)
    assert row is not None
    return _taught(row)


async def numbered(read: Transaction, number: int) -> Taught | None:
    """Return the word of that number."""
    row = await read.fetch_one(f"{_SELECT} WHERE id = $1", number)
    return _taught(row) if row else None


async def all_taught(read: Transaction) -> list[Taught]:
    """Return every word, newest first."""
    return [_taught(row) for row in await read.fetch_all(f"{_SELECT} ORDER BY id DESC")]


async def forget(write: Transaction, number: int) -> None:
    """Forget the word of that number."""
    await change_version(write)
    await write.execute("DELETE FROM taught WHERE id = $1", number)


def _taught(row: Row) -> Taught:
    return Taught(row["id"], row["language"], row["word"], row["meaning"], row["code"])
