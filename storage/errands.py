"""Work that is owed to somebody: a row an errand, written by the update that asks for it, gone once it is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from storage.database import Transaction


class Errand(NamedTuple):
    """What is owed."""

    id: int
    kind: str
    account: int
    """To whom."""
    details: Mapping[str, Any]
    attempts: int
    """How often it was taken up, this time included."""


async def add(write: Transaction, kind: str, account: int, details: Mapping[str, Any], now: datetime) -> bool:
    """Owe something; False if the very same is owed already."""
    text = orjson.dumps(details, option=orjson.OPT_SORT_KEYS).decode()
    return bool(
        await write.execute(
            "INSERT INTO errands (errand_key, kind, account, details, next_try, attempts)"
            " VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (errand_key) DO NOTHING",
            f"{kind}:{account}:{text}", kind, account, text, int(now.timestamp()),
        )
    )  # fmt: skip


async def is_due(read: Transaction, now: datetime, busy: Collection[int]) -> bool:
    """Whether there is something to take up."""
    held = ", ".join(str(int(one)) for one in busy) or "0"
    row = await read.fetch_one(
        f"SELECT id FROM errands WHERE next_try <= $1 AND id NOT IN ({held}) LIMIT 1", int(now.timestamp())
    )
    return row is not None


async def take(write: Transaction, now: datetime, busy: Collection[int]) -> Errand | None:
    """Take up the oldest errand that is due and not among the ``busy`` ones; each time is counted."""
    held = ", ".join(str(int(one)) for one in busy) or "0"
    row = await write.fetch_one(
        "UPDATE errands SET attempts = attempts + 1 WHERE id ="
        f" (SELECT id FROM errands WHERE next_try <= $1 AND id NOT IN ({held}) ORDER BY id LIMIT 1)"
        " RETURNING id, kind, account, details, attempts",
        int(now.timestamp()),
    )
    if row is None:
        return None
    return Errand(row["id"], row["kind"], row["account"], orjson.loads(row["details"]), row["attempts"])


async def later(write: Transaction, errand: Errand, at: datetime) -> None:
    """Take it up again at that moment at the earliest."""
    await write.execute("UPDATE errands SET next_try = $2 WHERE id = $1", errand.id, int(at.timestamp()))


async def settle(write: Transaction, errand: Errand) -> bool:
    """Owe it no longer; False if it was settled before."""
    return bool(await write.execute("DELETE FROM errands WHERE id = $1", errand.id))
