"""Whether what the assistant starts by itself is held: after a backup was restored, until somebody has decided.

What a backup still had to send was sent after it was made, and it does not know that.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from storage import campaigns
from storage.database import Transaction
from storage.network import fact, set_fact

_FACT = "held"
_NEVER = 1
"""Epoch second that stands for no moment known."""


class Waiting(NamedTuple):
    """What waits while it is held."""

    messages: int
    campaigns: int


async def hold(write: Transaction) -> None:
    """Hold it; and let go of what people wrote before the backup was made: they were answered then, or ask again."""
    row = await write.fetch_one(
        "SELECT max(moment) FROM (SELECT max(received) AS moment FROM updates UNION ALL SELECT max(queued) FROM outbox"
        " UNION ALL SELECT max(settled) FROM outbox) AS known"
    )
    await set_fact(write, _FACT, str(row[0] or _NEVER) if row else str(_NEVER))
    await write.execute("UPDATE updates SET state = 'answered', payload = '', calls = NULL WHERE state <> 'answered'")


async def is_held(read: Transaction) -> bool:
    """Return whether it is held."""
    return await fact(read, _FACT) is not None


async def since(read: Transaction) -> datetime | None:
    """Return the last moment that the restored copy knows of, in UTC; None if it knows of none."""
    known = int(await fact(read, _FACT) or _NEVER)
    return datetime.fromtimestamp(known, UTC) if known != _NEVER else None


async def waiting(read: Transaction) -> Waiting:
    """Return how much waits to be sent."""
    messages = await read.fetch_one("SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased', 'waiting')")
    return Waiting(int(messages[0]) if messages else 0, len(await _campaigns(read)))


async def release(write: Transaction) -> None:
    """Let it be sent."""
    await write.execute("DELETE FROM facts WHERE name = $1", _FACT)


async def drop(write: Transaction, now: datetime) -> None:
    """Cancel what waits, campaigns with all of theirs, and let what comes be sent."""
    for campaign in await _campaigns(write):
        await campaigns.stop(write, campaign, now)
    await write.execute(
        "UPDATE outbox SET state = 'cancelled', calls = '[]' WHERE state IN ('queued', 'leased', 'waiting')"
    )
    await release(write)


async def _campaigns(read: Transaction) -> list[int]:
    rows = await read.fetch_all("SELECT id FROM campaigns WHERE state IN ('filling', 'running', 'paused') ORDER BY id")
    return [int(row["id"]) for row in rows]
