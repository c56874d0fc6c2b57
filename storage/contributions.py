"""What members give to the watch: one row each, its content as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from storage.database import Transaction

_COLUMNS = "id, account, organisation, content, state, version, sent, later, decided_by, reason, merged"
_SELECT = f"SELECT {_COLUMNS} FROM contributions"


class Kept(NamedTuple):
    """A contribution's row."""

    id: int
    account: int
    organisation: str | None
    content: str
    """JSON."""
    state: str
    version: int
    """Counts the changes."""
    sent: int | None
    """Epoch second, as ``later``."""
    later: int | None
    decided_by: str | None
    reason: str | None
    merged: str | None


async def add(write: Transaction, account: int, organisation: str | None, content: str, now: datetime) -> Kept:
    """Keep a new draft of that account; an older one of it is dropped."""
    await write.execute("UPDATE contributions SET state = 'dropped' WHERE account = $1 AND state = 'draft'", account)
    row = await write.fetch_one(
        "INSERT INTO contributions (account, organisation, content, state, version, changed)"
        f" VALUES ($1, $2, $3, 'draft', 1, $4) RETURNING {_COLUMNS}",
        account, organisation, content, int(now.timestamp()),
    )  # fmt: skip
    return Kept(*_sure(row))


async def get(read: Transaction, number: int) -> Kept | None:
    """Return the contribution of that number."""
    row = await read.fetch_one(f"{_SELECT} WHERE id = $1", number)
    return Kept(*row) if row else None


async def draft_of(read: Transaction, account: int) -> Kept | None:
    """Return what the account has begun and not sent."""
    row = await read.fetch_one(f"{_SELECT} WHERE account = $1 AND state = 'draft' ORDER BY id DESC LIMIT 1", account)
    return Kept(*row) if row else None


async def in_states(read: Transaction, states: Sequence[str]) -> list[Kept]:
    """Return the contributions in these states, the oldest first."""
    names = ", ".join(f"'{state}'" for state in states)
    return [Kept(*row) for row in await read.fetch_all(f"{_SELECT} WHERE state IN ({names}) ORDER BY id")]


async def write_content(write: Transaction, number: int, content: str, now: datetime) -> None:
    """Keep the content as it is now."""
    await write.execute(
        "UPDATE contributions SET content = $2, version = version + 1, changed = $3 WHERE id = $1",
        number, content, int(now.timestamp()),
    )  # fmt: skip


async def turn(
    write: Transaction, number: int, old: str, new: str, now: datetime, *, by: str | None = None,
    reason: str | None = None, merged: str | None = None,
) -> bool:  # fmt: skip
    """Bring it from the old state to the new one; False if it is not in the old one: somebody was faster."""
    sent = "sent = $3, " if new == "waiting" else ""
    return bool(
        await write.execute(
            f"UPDATE contributions SET state = $2, {sent}changed = $3, version = version + 1, decided_by = $4,"
            f" reason = $5, merged = $6 WHERE id = $1 AND state = '{old}'",
            number, new, int(now.timestamp()), by, reason, merged,
        )
    )  # fmt: skip


async def put_off(write: Transaction, number: int, now: datetime) -> None:
    """Note that a coordinator decides later."""
    await write.execute(
        "UPDATE contributions SET later = $2 WHERE id = $1 AND state = 'waiting'", number, int(now.timestamp())
    )


def _sure(row: Any) -> Any:
    assert row is not None
    return row
