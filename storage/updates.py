"""The inbox: every update is a row before Telegram is told that it arrived.

States: ``received``; ``handled`` (what it changes is committed, and the calls that answer it are kept with it);
``answered`` (the calls were made, or cannot be).  What somebody wrote is taken out of the row once it is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from storage.database import Transaction

_MANY = 100
"""Updates in one statement."""


class Received(NamedTuple):
    """An update as it came."""

    channel: str
    update_id: int
    chat: int
    payload: str
    """The update's JSON."""


class Pending(NamedTuple):
    """An update that is not yet answered."""

    id: int
    channel: str
    update_id: int
    chat: int


class Stored(NamedTuple):
    """An update's row."""

    state: str
    payload: str
    """The update's JSON."""
    calls: str | None
    """JSON of the calls that answer it; None until it is handled."""


async def add(write: Transaction, some: Sequence[Received], now: datetime) -> list[int | None]:
    """Keep updates; return the number of each one's row, None for those whose ``update_id`` was there already."""
    found: dict[tuple[str, int], int] = {}
    for first in range(0, len(some), _MANY):
        part = some[first : first + _MANY]
        values = [value for one in part for value in one]
        rows = await write.fetch_all(_adding(len(part)), int(now.timestamp()), *values)
        found |= {(row["channel"], row["update_id"]): int(row["id"]) for row in rows}
    return [found.pop((one.channel, one.update_id), None) for one in some]


@lru_cache
def _adding(count: int) -> str:
    """Return the statement that keeps so many updates."""
    rows = ", ".join(
        f"(${number}, ${number + 1}, ${number + 2}, ${number + 3}, $1, 'received')" for number in range(2, 4 * count, 4)
    )
    return (
        f"INSERT INTO updates (channel, update_id, chat, payload, received, state) VALUES {rows}"
        " ON CONFLICT (channel, update_id) DO NOTHING RETURNING id, channel, update_id"
    )


async def pending(read: Transaction) -> list[Pending]:
    """Return what is not yet answered, in the order in which it came."""
    rows = await read.fetch_all(
        "SELECT id, channel, update_id, chat FROM updates WHERE state IN ('received', 'handled') ORDER BY id"
    )
    return [Pending(*row) for row in rows]


async def get(read: Transaction, number: int) -> Stored | None:
    """Return the row of that number."""
    row = await read.fetch_one("SELECT state, payload, calls FROM updates WHERE id = $1", number)
    return Stored(*row) if row else None


async def handled(write: Transaction, number: int, calls: str, failure: str | None = None) -> bool:
    """Note that the update took effect, and how it is answered; ``failure`` is the id of an error in the log.

    False if that was noted before: then this transaction must be rolled back.
    """
    return bool(
        await write.execute(
            "UPDATE updates SET state = 'handled', calls = $2, failure = $3 WHERE id = $1 AND state = 'received'",
            number, calls, failure,
        )
    )  # fmt: skip


async def answered(write: Transaction, numbers: Sequence[int]) -> None:
    """Note that these answers are out, and forget what was written."""
    places = ", ".join(f"${number}" for number in range(1, 1 + len(numbers)))
    await write.execute(
        f"UPDATE updates SET state = 'answered', payload = '', calls = NULL WHERE id IN ({places})", *numbers
    )


async def forget_before(write: Transaction, before: datetime) -> int:
    """Remove answered rows received before that instant; return how many."""
    return await write.execute_long(
        "DELETE FROM updates WHERE state = 'answered' AND received < $1", int(before.timestamp())
    )


async def last_update_id(read: Transaction, channel: str) -> int | None:
    """Return the highest ``update_id`` kept of that channel."""
    row = await read.fetch_one("SELECT max(update_id) FROM updates WHERE channel = $1", channel)
    return int(row[0]) if row and row[0] is not None else None
