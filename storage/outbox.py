"""What the assistant starts by itself: a row a message, written with the fact that it announces.

States: ``queued``; ``leased`` (a sender has it, until ``next_try``); ``sent``; ``failed``; ``unreachable``.  A lease is
known by its number of attempts: who settles after the lease was claimed by another settles nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from storage.database import Transaction

Ended = Literal["sent", "failed", "unreachable"]


class Queued(NamedTuple):
    """A message that is due."""

    id: int
    channel: str
    address: int
    calls: str
    """JSON of the calls that are still to be made."""
    attempts: int
    """How often it was leased, this time included."""


async def add(write: Transaction, key: str, channel: str, address: int, calls: str, now: datetime) -> bool:
    """Queue a message; ``key`` is what, occurrence, recipient and channel.  False if that key was queued before."""
    return bool(
        await write.execute(
            "INSERT INTO outbox (message_key, channel, address, calls, state, queued, next_try, attempts)"
            " VALUES ($1, $2, $3, $4, 'queued', $5, $5, 0) ON CONFLICT (message_key) DO NOTHING",
            key, channel, address, calls, int(now.timestamp()),
        )
    )  # fmt: skip


async def lease(
    write: Transaction, channels: Collection[str], now: datetime, places: int, until: datetime
) -> list[Queued]:
    """Claim at most ``places`` messages of these channels that are due; a lease that ran out is claimed again."""
    names = ", ".join(f"${number}" for number in range(4, 4 + len(channels))) or "NULL"
    rows = await write.fetch_all(
        "UPDATE outbox SET state = 'leased', next_try = $2, attempts = attempts + 1 WHERE id IN"
        " (SELECT id FROM outbox WHERE state IN ('queued', 'leased') AND next_try <= $1"
        f" AND channel IN ({names}) ORDER BY id LIMIT $3)"
        " AND state IN ('queued', 'leased') AND next_try <= $1"  # PostgreSQL asks this again after waiting for a row
        " RETURNING id, channel, address, calls, attempts",
        int(now.timestamp()), int(until.timestamp()), places, *channels,
    )  # fmt: skip
    return [Queued(*row) for row in sorted(rows, key=lambda row: row["id"])]


async def settle(write: Transaction, message: Queued, state: Ended, failure: str | None = None) -> bool:
    """Note how it ended; what it said is taken out.  False if the lease was lost."""
    return bool(
        await write.execute(
            "UPDATE outbox SET state = $3, failure = $4, calls = '[]'"
            " WHERE id = $1 AND state = 'leased' AND attempts = $2",
            message.id, message.attempts, state, failure,
        )
    )  # fmt: skip


async def again(write: Transaction, message: Queued, at: datetime, calls: str, failure: str | None) -> bool:
    """Queue what is left of it again for that instant.  False if the lease was lost."""
    return bool(
        await write.execute(
            "UPDATE outbox SET state = 'queued', next_try = $3, calls = $4, failure = $5"
            " WHERE id = $1 AND state = 'leased' AND attempts = $2",
            message.id, message.attempts, math.ceil(at.timestamp()), calls, failure,
        )
    )  # fmt: skip


async def next_due(read: Transaction, channels: Collection[str]) -> int | None:
    """Return the epoch second at which the next message of these channels is due; None if there is none."""
    names = ", ".join(f"${number}" for number in range(1, 1 + len(channels))) or "NULL"
    row = await read.fetch_one(
        f"SELECT min(next_try) FROM outbox WHERE state IN ('queued', 'leased') AND channel IN ({names})",
        *channels,
    )
    return int(row[0]) if row and row[0] is not None else None
