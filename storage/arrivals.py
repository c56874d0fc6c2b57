"""Who has arrived at the door; ``person`` counts from 1 in a delegation, and is 0 where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from storage.database import Transaction

Arrivals = Mapping[tuple[int, int], int]
"""Submission and person → epoch second of the arrival."""


async def note(write: Transaction, submission: int, person: int, now: datetime) -> bool:
    """Note an arrival; False if it was noted before."""
    return bool(
        await write.execute(
            "INSERT INTO arrivals (submission, person, arrived) VALUES ($1, $2, $3)"
            " ON CONFLICT (submission, person) DO NOTHING",
            submission, person, int(now.timestamp()),
        )
    )  # fmt: skip


async def take_back(write: Transaction, submission: int, person: int) -> bool:
    """Forget an arrival that was noted by mistake; False if there was none."""
    return bool(await write.execute("DELETE FROM arrivals WHERE submission = $1 AND person = $2", submission, person))


async def of_submission(read: Transaction, submission: int) -> dict[int, int]:
    """Return who of a submission has arrived, and when."""
    rows = await read.fetch_all("SELECT person, arrived FROM arrivals WHERE submission = $1", submission)
    return {int(row["person"]): int(row["arrived"]) for row in rows}


async def of_form(read: Transaction, form: str) -> Arrivals:
    """Return every arrival of a form."""
    rows = await read.fetch_all(
        "SELECT a.submission, a.person, a.arrived FROM arrivals AS a"
        " JOIN submissions AS s ON s.id = a.submission WHERE s.form = $1",
        form,
    )
    return {(int(row["submission"]), int(row["person"])): int(row["arrived"]) for row in rows}


async def count(read: Transaction, form: str) -> int:
    """Return how many people of a form have arrived."""
    row = await read.fetch_one(
        "SELECT COUNT(*) AS n FROM arrivals AS a JOIN submissions AS s ON s.id = a.submission WHERE s.form = $1", form
    )
    return int(row["n"]) if row else 0
