"""Announcements: one row each, its content as JSON; and what readers answered with a button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storage.database import Row, Transaction

_COLUMNS = "id, author, content, state, version, changed, approved_by, starts, campaign, shown_in"
_SELECT = f"SELECT {_COLUMNS} FROM announcements"


class Kept(NamedTuple):
    """An announcement's row."""

    id: int
    author: int | None
    """Account."""
    content: str
    """JSON."""
    state: str
    version: int
    """Counts the changes."""
    changed: int
    """Epoch second, as ``starts``."""
    approved_by: int | None
    starts: int | None
    campaign: int | None
    shown_in: str | None


async def add(write: Transaction, author: int | None, content: str, state: str, now: datetime) -> int:
    """Keep a new announcement; return its number."""
    row = await write.fetch_one(
        "INSERT INTO announcements (author, content, state, version, changed) VALUES ($1, $2, $3, 1, $4) RETURNING id",
        author, content, state, int(now.timestamp()),
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def get(read: Transaction, number: int) -> Kept | None:
    """Return the announcement of that number."""
    return _kept(await read.fetch_one(f"{_SELECT} WHERE id = $1", number))


async def draft_of(read: Transaction, author: int) -> Kept | None:
    """Return the newest draft of that account."""
    return _kept(
        await read.fetch_one(f"{_SELECT} WHERE author = $1 AND state = 'draft' ORDER BY id DESC LIMIT 1", author)
    )


async def in_states(read: Transaction, states: Sequence[str]) -> list[Kept]:
    """Return the announcements in these states, the oldest first."""
    names = ", ".join(f"'{state}'" for state in states)
    return [Kept(*row) for row in await read.fetch_all(f"{_SELECT} WHERE state IN ({names}) ORDER BY id")]


async def write_content(write: Transaction, number: int, content: str, now: datetime) -> None:
    """Keep the content as it is now."""
    await write.execute(
        "UPDATE announcements SET content = $2, version = version + 1, changed = $3 WHERE id = $1",
        number, content, int(now.timestamp()),
    )  # fmt: skip


async def turn(write: Transaction, number: int, old: Sequence[str], new: str, now: datetime) -> bool:
    """Bring it from one of the old states to the new one; False if it is in none of them: somebody was faster."""
    names = ", ".join(f"'{state}'" for state in old)
    return bool(
        await write.execute(
            f"UPDATE announcements SET state = $2, changed = $3 WHERE id = $1 AND state IN ({names})",
            number, new, int(now.timestamp()),
        )
    )  # fmt: skip


async def send_off(write: Transaction, number: int, starts: datetime, shown_in: str | None) -> None:
    """Note from when on it is sent, and where its progress is shown."""
    await write.execute(
        "UPDATE announcements SET starts = $2, shown_in = $3 WHERE id = $1", number, int(starts.timestamp()), shown_in
    )


async def approve(write: Transaction, number: int, account: int) -> None:
    """Note who has approved it."""
    await write.execute("UPDATE announcements SET approved_by = $2 WHERE id = $1", number, account)


async def shown(read: Transaction) -> list[Kept]:
    """Return the announcements whose progress is shown somewhere: on their way, or over since the last look."""
    rows = await read.fetch_all(f"{_SELECT} WHERE state IN ('sending', 'sent') AND shown_in IS NOT NULL ORDER BY id")
    return [Kept(*row) for row in rows]


async def show_in(write: Transaction, number: int, shown_in: str | None) -> None:
    """Note the bubble in which its progress is shown; None: in none any more."""
    await write.execute("UPDATE announcements SET shown_in = $2 WHERE id = $1", number, shown_in)


async def belongs_to(write: Transaction, number: int, campaign: int) -> None:
    """Note the campaign that carries it."""
    await write.execute("UPDATE announcements SET campaign = $2 WHERE id = $1", number, campaign)


async def respond(write: Transaction, number: int, person: str, kind: str, now: datetime) -> bool:
    """Note a reader's answer; False if it was given before."""
    return bool(
        await write.execute(
            "INSERT INTO responses (announcement, person, kind, given) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (announcement, person, kind) DO NOTHING",
            number, person, kind, int(now.timestamp()),
        )
    )  # fmt: skip


async def responses(read: Transaction, number: int) -> list[tuple[str, str]]:
    """Return who has answered what: codes of people, and kinds."""
    rows = await read.fetch_all("SELECT person, kind FROM responses WHERE announcement = $1 ORDER BY given", number)
    return [(row["person"], row["kind"]) for row in rows]


def _kept(row: Row | None) -> Kept | None:
    return Kept(*row) if row else None
