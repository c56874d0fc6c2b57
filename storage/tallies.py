"""How many submissions a form has, counted by the database: of no use to read them all for that."""

from __future__ import annotations

from typing import NamedTuple

from storage.database import Transaction
from storage.submissions import State


class Tally(NamedTuple):
    """What came from one organisation in one state."""

    organisation: str | None
    state: State
    answers: int
    people: int


async def of_form(read: Transaction, form: str) -> list[Tally]:
    """Return what was sent to a form, by organisation and state."""
    rows = await read.fetch_all(
        "SELECT organisation, state, COUNT(*) AS answers, SUM(people) AS people FROM submissions WHERE form = $1"
        " GROUP BY organisation, state",
        form,
    )
    return [Tally(row["organisation"], row["state"], int(row["answers"]), int(row["people"])) for row in rows]


async def to_decide(read: Transaction, form: str) -> int:
    """Return how many answers and changes wait for a coordinator."""
    row = await read.fetch_one(
        "SELECT COUNT(*) AS n FROM submissions WHERE form = $1 AND (state = 'pending' OR proposed IS NOT NULL)", form
    )
    return int(row["n"]) if row else 0
