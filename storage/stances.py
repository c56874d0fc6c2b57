"""What people say about what is due: done, not for me, later, a colleague; one row a person and duty."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from bot.network.duties import Stance
from storage.database import Transaction
from storage.submissions import OPEN
from storage.table import Conditions

_MANY = 100
"""Keys in one statement, beside a few hundred people."""

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


async def about(
    read: Transaction, duties: Collection[str], people: Collection[str] | None, organisations: Collection[str] | None
) -> list[Stance]:
    """Return what these people, and everybody of these organisations, have said about these duties; None: anybody."""
    found: list[Stance] = []
    for some in _parts(duties):
        conditions = Conditions()
        conditions.among("s.duty", some)
        if people is not None and organisations is not None:
            ours, theirs = _marks(people), _marks(organisations)
            conditions.add(f"s.person IN ({ours}) OR p.organisation IN ({theirs})", *people, *organisations)
        rows = await read.fetch_all(f"{_SELECT}{conditions.where} ORDER BY s.duty, s.person", *conditions.values)
        found += [
            Stance(
                row["person"], row["organisation"] or "", row["duty"], row["stance"],
                date.fromisoformat(row["day"]) if row["day"] else None, row["colleague"],
            )
            for row in rows
        ]  # fmt: skip
    return found


async def answered(
    read: Transaction, forms: Collection[str], people: Collection[str] | None, organisations: Collection[str] | None
) -> dict[str, set[str]]:
    """Return who of them has answered which form and not taken it back: ``p:PERSON``, ``o:ORGANISATION``, by form.

    None: anybody.
    """
    found: dict[str, set[str]] = {}
    owners = None
    if people is not None and organisations is not None:
        owners = [*(f"p:{one}" for one in people), *(f"o:{one}" for one in organisations)]
    states = ", ".join(f"'{state}'" for state in OPEN)
    for some in _parts(forms):
        conditions = Conditions()
        conditions.among("form", some)
        conditions.among("owner", owners)
        themselves = Conditions()
        themselves.values = conditions.values
        themselves.among("form", some)
        themselves.among("person", people)
        themselves.add("person IS NOT NULL")
        rows = await read.fetch_all(
            f"SELECT form, owner FROM submissions{conditions.where} AND state IN ({states})"
            f" UNION SELECT form, owner FROM answered{conditions.where}"
            f" UNION SELECT form, 'p:' || person FROM submissions{themselves.where} AND state IN ({states})",
            *conditions.values,
        )
        for row in rows:
            found.setdefault(row["form"], set()).add(row["owner"])
    return found


async def asked_by(read: Transaction, people: Collection[str]) -> set[str]:
    """Return the duties of which one of these people wants to be reminded on a day."""
    conditions = Conditions()
    conditions.among("person", people)
    conditions.add("day IS NOT NULL")
    rows = await read.fetch_all(f"SELECT DISTINCT duty FROM stances{conditions.where}", *conditions.values)
    return {str(row["duty"]) for row in rows}


async def handed_to(read: Transaction, people: Collection[str]) -> list[tuple[str, str]]:
    """Return to whom of these people something was passed on, and which duty."""
    conditions = Conditions()
    conditions.among("colleague", people)
    conditions.add("stance = 'passed'")
    rows = await read.fetch_all(f"SELECT DISTINCT colleague, duty FROM stances{conditions.where}", *conditions.values)
    return [(str(row["colleague"]), str(row["duty"])) for row in rows]


def _parts(keys: Collection[str]) -> list[list[str]]:
    """Return them in parts, few enough for one statement."""
    every = sorted(keys)
    return [every[first : first + _MANY] for first in range(0, len(every), _MANY)]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values)) or "NULL"
