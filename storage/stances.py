"""What people say about what is due: done, not for me, later, a colleague; one row a person and duty."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from bot.network.duties import Stance
from storage.database import Transaction
from storage.table import Conditions

_SELECT = (
    "SELECT s.person, p.organisation, s.duty, s.stance, s.day, c.code AS colleague FROM stances AS s"
    " JOIN people AS p ON p.code = s.person"
    " LEFT JOIN people AS c ON c.code = s.colleague AND c.organisation = p.organisation"
)


async def take(
    write: Transaction, person: str, duty: str, stance: str, now: datetime, *, day: date | None = None,
    colleague: str | None = None,
) -> None:  # fmt: skip
    """Keep what somebody says about a duty, in place of what was said before."""
    await write.execute(
        "INSERT INTO stances (person, duty, stance, day, colleague, given) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (person, duty) DO UPDATE SET stance = excluded.stance, day = excluded.day,"
        " colleague = excluded.colleague, given = excluded.given",
        person, duty, stance, day.isoformat() if day else None, colleague, int(now.timestamp()),
    )  # fmt: skip


async def take_back(write: Transaction, person: str, duty: str, *, but_done: bool = False) -> None:
    """Forget what somebody said about a duty; ``but_done``: unless that was that it is done."""
    unless = " AND stance <> 'done'" if but_done else ""
    await write.execute(f"DELETE FROM stances WHERE person = $1 AND duty = $2{unless}", person, duty)


async def about(read: Transaction, duties: Collection[str], organisation: str | None = None) -> list[Stance]:
    """Return what everybody, or everybody of an organisation, has said about these duties."""
    if not duties:
        return []
    conditions = Conditions()
    conditions.among("s.duty", duties)
    if organisation is not None:
        conditions.add("p.organisation = ?", organisation)
    rows = await read.fetch_all(f"{_SELECT}{conditions.where} ORDER BY s.duty, s.person", *conditions.values)
    return [
        Stance(
            row["person"], row["organisation"], row["duty"], row["stance"],
            date.fromisoformat(row["day"]) if row["day"] else None, row["colleague"],
        )
        for row in rows
    ]  # fmt: skip


async def asked_between(read: Transaction, first: date, last: date) -> set[str]:
    """Return the duties of which somebody wants to be reminded on one of these days."""
    rows = await read.fetch_all(
        "SELECT DISTINCT duty FROM stances WHERE day >= $1 AND day <= $2", first.isoformat(), last.isoformat()
    )
    return {str(row["duty"]) for row in rows}
