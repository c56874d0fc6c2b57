"""Who did what that concerns others: announcements sent, approved, paused, stopped, corrected."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction


async def note(
    write: Transaction, account: int, name: str, action: str, subject: str, now: datetime, detail: str | None = None
) -> None:
    """Keep that this account did something; ``account`` is 0 for the command line."""
    await write.execute(
        "INSERT INTO audit (at, account, name, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        int(now.timestamp()), account, name, action, subject, detail,
    )  # fmt: skip
