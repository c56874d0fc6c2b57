"""Questions that were not understood: their words after names and numbers were taken out, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.network.languages import Language
from storage.database import Row, Transaction

_SELECT = "SELECT id, language, words, outcome, times, last_asked FROM misses"


@dataclass(frozen=True)
class Miss:
    """One of them."""

    id: int
    language: Language
    words: str
    outcome: str
    """What was done instead: ``asked_back`` or ``out_of_scope``."""
    times: int
    last_asked: date


async def count(write: Transaction, language: Language, words: str, outcome: str, day: date) -> None:
    """Count a question once more."""
    await write.execute(
        "INSERT INTO misses (language, words, outcome, times, last_asked) VALUES ($1, $2, $3, 1, $4)"
        " ON CONFLICT (language, words) DO UPDATE SET times = misses.times + 1, outcome = excluded.outcome,"
        " last_asked = excluded.last_asked",
        language, words, outcome, day.isoformat(),
    )  # fmt: skip


async def newest(read: Transaction, limit: int) -> list[Miss]:
    """Return those asked last."""
    rows = await read.fetch_all(f"{_SELECT} ORDER BY last_asked DESC, id DESC LIMIT {limit:d}")
    return [_miss(row) for row in rows]


async def forget(write: Transaction, number: int) -> None:
    """Forget the one of that number."""
    await write.execute("DELETE FROM misses WHERE id = $1", number)


async def forget_before(write: Transaction, day: date) -> None:
    """Forget those that nobody has asked since that day."""
    await write.execute("DELETE FROM misses WHERE last_asked < $1", day.isoformat())


def _miss(row: Row) -> Miss:
    return Miss(
        row["id"], row["language"], row["words"], row["outcome"], row["times"], date.fromisoformat(row["last_asked"])
    )
