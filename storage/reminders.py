"""What people were reminded of, and what was left out: a row an occasion, unique, so that nothing is said twice.

States: ``sent`` (queued in the outbox in the same transaction), ``nudged`` (the same, of what counts in no week),
``late`` (a later one was told in its place, or it was of no use any more); and what waits to be told: ``full`` (the
person had had enough that week), ``held`` (it was a day off), ``quiet`` (its time came in quiet hours, to be told after
them).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from bot.network.records import Deadline
from storage.database import Transaction
from storage.network import DEADLINES, fact, set_fact
from storage.table import Conditions

WAITING = ("full", "held", "quiet")
_WAITS = "state IN ('full', 'held', 'quiet')"
_PLACE = "reminders"
_CHOSEN = """
SELECT DISTINCT zone, country, first_zone, last_zone, first_quiet, last_quiet FROM (
    SELECT o.time_zone AS zone, o.country AS country, min(a.time_zone) AS first_zone, max(a.time_zone) AS last_zone,
        min(a.quiet) AS first_quiet, max(a.quiet) AS last_quiet
    FROM accounts AS a
    JOIN people AS p ON p.code = a.person OR (a.person IS NULL AND a.channel = 'telegram' AND p.telegram_id = a.address)
    LEFT JOIN organisations AS o ON o.code = p.organisation
    WHERE a.time_zone IS NOT NULL OR a.quiet IS NOT NULL
    GROUP BY p.id, o.time_zone, o.country
) AS chosen
"""
_ZONE = "coalesce(a.time_zone, o.time_zone) AS zone"
_LIVES = (
    "JOIN people AS p ON p.code = s.person LEFT JOIN organisations AS o ON o.code = p.organisation LEFT JOIN accounts"
    " AS a ON a.person = p.code OR (a.person IS NULL AND a.channel = 'telegram' AND a.address = p.telegram_id)"
)
_MANY = 400
"""Keys in one statement."""


_SELECT = "SELECT person, duty, occasion, due, state, noted, bubble FROM reminders"


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
    """Keep what was dealt with; what is there already stays as it is, unless it waits."""
    await write.execute_many(
        "INSERT INTO reminders (person, duty, occasion, due, state, noted, bubble) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (person, duty, occasion, due) DO UPDATE SET state = excluded.state, noted = excluded.noted,"
        f" bubble = excluded.bubble WHERE reminders.{_WAITS}",
        list(some),
    )


async def of_people(
    read: Transaction, people: Collection[str], duties: Collection[str], since: datetime
) -> list[Noted]:
    """Return what these people were told about these duties, ever, and about anything since an instant; in order."""
    if not people:
        return []
    keys, found = list(duties), set[Noted]()
    for first in range(0, len(keys) or 1, _MANY):
        some = keys[first : first + _MANY]
        conditions = Conditions()
        conditions.among("person", people)
        marks = ", ".join("?" * len(some)) or "NULL"
        conditions.add(f"noted >= ? OR duty IN ({marks})", int(since.timestamp()), *some)
        found.update(Noted(*row) for row in await read.fetch_all(f"{_SELECT}{conditions.where}", *conditions.values))
    return sorted(found, key=lambda one: (one.noted, one.duty, one.occasion, one.due))


async def waiting(read: Transaction, people: Collection[str]) -> list[tuple[str, str]]:
    """Return who of these people is still to be told about which duty, by its key."""
    conditions = Conditions()
    conditions.among("person", people)
    conditions.add(_WAITS)
    rows = await read.fetch_all(f"SELECT DISTINCT person, duty FROM reminders{conditions.where}", *conditions.values)
    return [(str(row["person"]), str(row["duty"])) for row in rows]


async def print_of_habits(read: Transaction) -> str:
    """Return a short text that changes when people choose another time zone or other quiet hours."""
    rows = await read.fetch_all(
        "SELECT time_zone, quiet, count(*) FROM accounts WHERE time_zone IS NOT NULL OR quiet IS NOT NULL"
        " GROUP BY time_zone, quiet ORDER BY time_zone, quiet"
    )
    return " ".join(f"{row[0]}.{row[1]}.{row[2]}" for row in rows)


async def zones_waiting(read: Transaction, network_zone: str) -> set[str]:
    """Return the time zones (IANA) in which somebody may live for whom something waits."""
    rows = await read.fetch_all(
        f"SELECT DISTINCT {_ZONE} FROM (SELECT DISTINCT person FROM reminders WHERE {_WAITS}) AS s {_LIVES}"
    )
    return {str(row["zone"] or network_zone) for row in rows}


async def zones_asked(read: Transaction, first: date, last: date, network_zone: str) -> set[tuple[str, date]]:
    """Return on which of these days somebody wants to be reminded, with the zones (IANA) in which they may live."""
    rows = await read.fetch_all(
        f"SELECT DISTINCT s.day, {_ZONE} FROM stances AS s {_LIVES} WHERE s.day >= $1 AND s.day <= $2",
        first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return {(str(row["zone"] or network_zone), date.fromisoformat(row["day"])) for row in rows}


async def told_before(
    read: Transaction, occasions: Collection[tuple[str, str]], since: datetime, first: date
) -> dict[str, list[Noted]]:
    """Return by person, without the person, what was told since an instant, and what waits to be told.

    Also what was ever told of these occasions (duty and name) of days from ``first`` on; all in order.
    """
    wanted = [f"{duty} {name}" for duty, name in occasions]
    marks = ", ".join(f"${place}" for place in range(3, len(wanted) + 3)) or "NULL"
    rows = await read.fetch_all(
        "SELECT person, duty, occasion, due, state, noted, bubble FROM reminders WHERE noted >= $1"
        f" OR (due >= $2 AND ({_WAITS} OR duty || ' ' || occasion IN ({marks})))"
        " ORDER BY noted, duty, occasion, due",
        int(since.timestamp()), first.isoformat(), *wanted,
    )  # fmt: skip
    found, same = dict[str, list[Noted]](), dict[tuple[Any, ...], Noted]()
    for row in rows:
        person, *said = row
        noted = same.get(key := tuple(said))
        if noted is None:  # many were told the same
            noted = same[key] = Noted("", *said)
        found.setdefault(person, []).append(noted)
    return found


async def place(read: Transaction) -> dict[str, Any]:
    """Return how far the rounds of reminders have come."""
    kept = await fact(read, _PLACE)
    found: dict[str, Any] = orjson.loads(kept) if kept else {}
    return found


async def set_place(write: Transaction, there: dict[str, Any]) -> None:
    """Keep how far the rounds of reminders have come."""
    await set_fact(write, _PLACE, orjson.dumps(there).decode())


async def habits(read: Transaction, network_zone: str) -> set[tuple[str, str | None, str | None]]:
    """Return how people may live: time zone (IANA), country, quiet hours; None where they are the usual ones."""
    usual = await read.fetch_all("SELECT DISTINCT time_zone, country FROM organisations")
    found: set[tuple[str, str | None, str | None]] = {(network_zone, None, None)}
    found |= {(row["time_zone"] or network_zone, row["country"], None) for row in usual}
    chosen = await read.fetch_all(_CHOSEN)
    for row in chosen:
        for zone in {row["first_zone"], row["last_zone"]}:
            for quiet in {row["first_quiet"], row["last_quiet"]}:
                found.add((zone or row["zone"] or network_zone, row["country"], quiet))
    return found


async def deadlines(read: Transaction, after: datetime, by: datetime) -> list[Deadline]:
    """Return what is due after an instant and by another; what has days of its own to remind on, whenever it is due."""
    rows = await read.fetch_all(
        f"{DEADLINES.select} WHERE due > $1 AND (due <= $2 OR reminders <> '[]') ORDER BY due, id",
        int(after.timestamp()), int(by.timestamp()),
    )  # fmt: skip
    return [DEADLINES.read(row) for row in rows]


async def registrations(read: Transaction, by: datetime) -> list[Deadline]:
    """Return the registrations of events that were due by an instant, the oldest first."""
    rows = await read.fetch_all(
        f"{DEADLINES.select} WHERE due <= $1 AND kind = 'registration' AND event IS NOT NULL ORDER BY due, id",
        int(by.timestamp()),
    )
    return [DEADLINES.read(row) for row in rows]


async def print_of_tables(read: Transaction) -> str:
    """Return a short text that changes when a day in the tables does."""
    found = hashlib.sha256()
    for table, day in (("deadlines", "due"), ("forms", "closes"), ("events", "begins")):
        rows = await read.fetch_all(f"SELECT id, {day} FROM {table} ORDER BY id")
        found.update(orjson.dumps([tuple(row) for row in rows]))
    return found.hexdigest()[:16]


async def attending(read: Transaction, forms: Collection[str], people: Collection[str] | None) -> dict[str, set[str]]:
    """Return the codes of those of these people, None: of all, who have a place by these registrations, by form."""
    found: dict[str, set[str]] = {}
    conditions = Conditions()
    conditions.among("person", people)
    conditions.among("form", forms)
    conditions.add("state = 'confirmed' AND person IS NOT NULL")
    rows = await read.fetch_all(f"SELECT form, person FROM submissions{conditions.where}", *conditions.values)
    for row in rows:
        found.setdefault(row["form"], set()).add(row["person"])
    return found


async def with_focal_points(read: Transaction, organisations: Collection[str] | None) -> set[str]:
    """Return which of these organisations, None: of all, have a focal point."""
    conditions = Conditions()
    conditions.among("organisation", organisations)
    conditions.add("role = 'focal_point'")
    rows = await read.fetch_all(f"SELECT DISTINCT organisation FROM people{conditions.where}", *conditions.values)
    return {str(row["organisation"]) for row in rows}


def day_of(noted: Noted) -> date:
    """Return the day that was told."""
    return date.fromisoformat(noted.due)
