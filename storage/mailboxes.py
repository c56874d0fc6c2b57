"""What became of people's e-mail addresses: letters that came back, and those who want none."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from storage.database import Transaction


class Mailbox(NamedTuple):
    """Whom a letter goes to."""

    person: str
    """Code."""
    name: str
    address: str
    unsubscribed: bool


async def of(read: Transaction, number: int) -> Mailbox | None:
    """Return the address of the person of that row; None if there is none."""
    row = await read.fetch_one(
        "SELECT p.code, p.name, p.email, m.unsubscribed FROM people AS p LEFT JOIN mailboxes AS m ON m.person = p.code"
        " WHERE p.id = $1 AND p.email IS NOT NULL",
        number,
    )
    return Mailbox(row["code"], row["name"], row["email"], row["unsubscribed"] is not None) if row else None


async def bounced(write: Transaction, number: int, reason: str, now: datetime) -> None:
    """Note that letters to the person of that row come back."""
    await write.execute(
        "INSERT INTO mailboxes (person, bounced, reason) SELECT code, $2, $3 FROM people WHERE id = $1"
        " ON CONFLICT (person) DO UPDATE SET bounced = excluded.bounced, reason = excluded.reason",
        number, int(now.timestamp()), reason,
    )  # fmt: skip


async def unsubscribe(write: Transaction, person: str, now: datetime) -> None:
    """Note that the person of that code wants no letters."""
    await write.execute(
        "INSERT INTO mailboxes (person, unsubscribed) VALUES ($1, $2)"
        " ON CONFLICT (person) DO UPDATE SET unsubscribed = excluded.unsubscribed",
        person, int(now.timestamp()),
    )  # fmt: skip


async def restore(write: Transaction, person: str) -> None:
    """Write to the person of that code again."""
    await write.execute("DELETE FROM mailboxes WHERE person = $1", person)
