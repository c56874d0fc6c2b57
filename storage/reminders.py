"""What people were reminded of, and what was left out: a row an occasion, unique, so that nothing is said twice.

States: ``sent`` (queued in the outbox in the same transaction), ``late`` (its time was over for longer than a day),
``full`` (the person had had enough that week).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from storage.database import Transaction
from storage.network import fact, set_fact
from storage.table import Conditions

_PLACE = "reminders"


class Noted(NamedTuple):
    """An occasion that was dealt with."""

    person: str
    duty: str
    occasion: str
    due: str
    """ISO day that the person was told, or would have been."""
    state: str
    noted: int
    """Epoch second."""
    bubble: str | None
    """The key in the outbox."""


async def note(write: Transaction, some: Sequence[Noted]) -> None:
    """Keep what was dealt with; what is there already stays as it is."""
    await write.execute_many(
        "INSERT INTO reminders (person, duty, occasion, due, state, noted, bubble) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (person, duty, occasion, due) DO NOTHING",
        list(some),
    )


async def of_people(
    read: Transaction, people: Collection[str], duties: Collection[str], since: datetime
) -> list[Noted]:
    """Return what these people were told about these duties, ever, and about anything since an instant; in order."""
    if not people:
        return []
    conditions = Conditions()
    conditions.among("person", people)
    marks = ", ".join("?" * len(duties)) or "NULL"
    conditions.add(f"noted >= ? OR duty IN ({marks})", int(since.timestamp()), *duties)
    rows = await read.fetch_all(
        "SELECT person, duty, occasion, due, state, noted, bubble FROM reminders"
        f"{conditions.where} ORDER BY noted, duty, occasion, due",
        *conditions.values,
    )
    return [Noted(*row) for row in rows]


async def place(read: Transaction) -> dict[str, Any]:
    """Return how far the rounds of reminders have come."""
    kept = await fact(read, _PLACE)
    found: dict[str, Any] = orjson.loads(kept) if kept else {}
    return found


async def set_place(write: Transaction, there: dict[str, Any]) -> None:
    """Keep how far the rounds of reminders have come."""
    await set_fact(write, _PLACE, orjson.dumps(there).decode())


async def zones(read: Transaction) -> list[str]:
    """Return the time zones (IANA) by which somebody may live."""
    rows = await read.fetch_all(
        "SELECT time_zone FROM organisations UNION SELECT time_zone FROM accounts WHERE time_zone IS NOT NULL"
        " ORDER BY 1"
    )
    return [str(row["time_zone"]) for row in rows]


async def print_of_tables(read: Transaction) -> str:
    """Return a short text that changes when a day in the tables does."""
    found = []
    for table, day in (("deadlines", "due"), ("forms", "closes"), ("events", "begins")):
        row = await read.fetch_one(f"SELECT count(*) AS n, sum({day}) AS days FROM {table}")
        found.append(f"{row['n']}.{row['days']}" if row else "")
    return " ".join(found)


async def attending(read: Transaction, form: str) -> set[str]:
    """Return the codes of the people who have a place by that registration."""
    rows = await read.fetch_all(
        "SELECT person FROM submissions WHERE form = $1 AND state = 'confirmed' AND person IS NOT NULL", form
    )
    return {str(row["person"]) for row in rows}


async def with_focal_points(read: Transaction) -> set[str]:
    """Return the codes of the organisations that have a focal point."""
    rows = await read.fetch_all("SELECT DISTINCT organisation FROM people WHERE role = 'focal_point'")
    return {str(row["organisation"]) for row in rows}


def day_of(noted: Noted) -> date:
    """Return the day that was told."""
    return date.fromisoformat(noted.due)
