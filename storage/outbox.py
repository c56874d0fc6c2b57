"""What the assistant starts by itself: a row a message, written with the fact that it announces."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from storage.database import Transaction


class Queued(NamedTuple):
    """A message that is due."""

    id: int
    channel: str
    address: int
    calls: str
    attempts: int


async def add(write: Transaction, key: str, channel: str, address: int, calls: str, now: datetime) -> bool:
    """Queue a message; ``key`` is what, occurrence, recipient and channel.  False if that key was queued before."""
    stamp = int(now.timestamp())
    return bool(
        await write.execute(
            "INSERT INTO outbox (message_key, channel, address, calls, state, queued, next_try, attempts)"
            " VALUES ($1, $2, $3, $4, 'queued', $5, $5, 0) ON CONFLICT (message_key) DO NOTHING",
            key, channel, address, calls, stamp,
        )
    )  # fmt: skip


async def lease(write: Transaction, now: datetime, places: int, lease: timedelta) -> list[Queued]:
    """Claim at most ``places`` messages that are due, for ``lease``; a lease that ran out is claimed again."""
    rows = await write.fetch_all(
        "UPDATE outbox SET state = 'leased', next_try = $2, attempts = attempts + 1 WHERE id IN"
        " (SELECT id FROM outbox WHERE state IN ('queued', 'leased') AND next_try <= $1 ORDER BY id LIMIT $3)"
        " RETURNING id, channel, address, calls, attempts",
        int(now.timestamp()), int((now + lease).timestamp()), places,
    )  # fmt: skip
    return [Queued(*row) for row in sorted(rows, key=lambda row: row["id"])]


async def settle(write: Transaction, number: int, state: str, failure: str | None = None) -> None:
    """Note how it ended: ``sent``, ``failed``, ``unreachable``; what it said is taken out."""
    await write.execute(
        "UPDATE outbox SET state = $2, failure = $3, calls = '[]' WHERE id = $1", number, state, failure
    )


async def again(write: Transaction, number: int, at: datetime, failure: str) -> None:
    """Queue it again for that instant."""
    await write.execute(
        "UPDATE outbox SET state = 'queued', next_try = $2, failure = $3 WHERE id = $1",
        number, int(at.timestamp()), failure,
    )  # fmt: skip


async def next_due(read: Transaction) -> int | None:
    """Return the epoch second at which the next message is due; None if there is none."""
    row = await read.fetch_one("SELECT min(next_try) FROM outbox WHERE state IN ('queued', 'leased')")
    return int(row[0]) if row and row[0] is not None else None
