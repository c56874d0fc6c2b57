"""What people have begun to answer, kept at every answer; nobody overwrites what somebody else has just kept."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from storage.database import Row, Transaction

_SELECT = "SELECT form, owner, session, version, account, changed, reminded FROM drafts"


class Draft(NamedTuple):
    """One person's answers so far."""

    form: str
    owner: str
    """``p:CODE`` of a person, or ``a:NUMBER`` of an account that the network does not know."""
    session: str
    """JSON."""
    version: int
    """Counts how often it was kept."""
    account: int
    """The account that answered last."""
    changed: int
    """Epoch second."""
    reminded: int | None
    """Epoch second of the reminder, once it was sent."""


async def of(read: Transaction, form: str, owner: str) -> Draft | None:
    """Return what the owner has answered so far."""
    row = await read.fetch_one(f"{_SELECT} WHERE form = $1 AND owner = $2", form, owner)
    return _draft(row) if row else None


async def all_of(read: Transaction, owner: str) -> list[Draft]:
    """Return everything that the owner has begun, the last touched first."""
    rows = await read.fetch_all(f"{_SELECT} WHERE owner = $1 ORDER BY changed DESC, form", owner)
    return [_draft(row) for row in rows]


async def abandoned(read: Transaction, before: datetime) -> list[Draft]:
    """Return the drafts that nobody has touched since ``before`` and of which nobody was reminded."""
    rows = await read.fetch_all(
        f"{_SELECT} WHERE reminded IS NULL AND changed <= $1 ORDER BY changed, form, owner", int(before.timestamp())
    )
    return [_draft(row) for row in rows]


async def keep(
    write: Transaction, form: str, owner: str, session: str, account: int, now: datetime, *, seen: int | None
) -> bool:
    """Keep a draft; ``seen`` is the version that it was made from, None for a new one.

    False, and nothing is changed, if it was changed meanwhile.
    """
    at = int(now.timestamp())
    if seen is None:
        return bool(
            await write.execute(
                "INSERT INTO drafts (form, owner, session, version, account, changed) VALUES ($1, $2, $3, 1, $4, $5)"
                " ON CONFLICT (form, owner) DO NOTHING",
                form, owner, session, account, at,
            )
        )  # fmt: skip
    return bool(
        await write.execute(
            "UPDATE drafts SET session = $3, version = version + 1, account = $4, changed = $5"
            " WHERE form = $1 AND owner = $2 AND version = $6",
            form, owner, session, account, at, seen,
        )
    )  # fmt: skip


async def remind(write: Transaction, draft: Draft, now: datetime) -> bool:
    """Note that the owner was reminded; False if somebody else has noted it."""
    return bool(
        await write.execute(
            "UPDATE drafts SET reminded = $3 WHERE form = $1 AND owner = $2 AND reminded IS NULL",
            draft.form, draft.owner, int(now.timestamp()),
        )
    )  # fmt: skip


async def forget(write: Transaction, form: str, owner: str) -> bool:
    """Delete a draft; False if there was none."""
    return bool(await write.execute("DELETE FROM drafts WHERE form = $1 AND owner = $2", form, owner))


def _draft(row: Row) -> Draft:
    return Draft(*row)
