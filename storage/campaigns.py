"""Campaigns: what goes to many at once, what it says, and how far it has come.

States: ``filling`` (its messages are being queued), ``running``, ``paused``, ``stopped``, ``ended``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from storage.database import Transaction

State = Literal["filling", "running", "paused", "stopped", "ended"]
_CAMPAIGN = "SELECT id, name, state, reason, begun, ended FROM campaigns"


class Campaign(NamedTuple):
    """A campaign's row."""

    id: int
    name: str
    """What and which occurrence: ``announcement:7``."""
    state: State
    reason: str | None
    """Why it is paused, if Relais paused it by itself."""
    begun: int
    """Epoch second."""
    ended: int | None
    """Epoch second."""


class Fate(NamedTuple):
    """What became of one message of a campaign."""

    id: int
    person: str | None
    channel: str
    address: int
    language: str | None
    state: str
    failure: str | None
    sent_as: str | None
    body: int | None = None


class Ahead(NamedTuple):
    """Something of a campaign that waits for its hour."""

    name: str
    """The campaign's."""
    person: str
    body: int
    at: int
    """Epoch second."""


async def begin(write: Transaction, name: str, now: datetime) -> int:
    """Return the number of the campaign of that name, begun now if it is new."""
    await write.execute(
        "INSERT INTO campaigns (name, state, begun) VALUES ($1, 'filling', $2) ON CONFLICT (name) DO NOTHING",
        name, int(now.timestamp()),
    )  # fmt: skip
    row = await write.fetch_one("SELECT id FROM campaigns WHERE name = $1", name)
    assert row is not None
    return int(row["id"])


async def get(read: Transaction, campaign: int) -> Campaign | None:
    """Return the campaign of that number."""
    row = await read.fetch_one(f"{_CAMPAIGN} WHERE id = $1", campaign)
    return Campaign(*row) if row else None


async def has_begun(read: Transaction, name: str) -> bool:
    """Whether there is a campaign of that name."""
    return await read.fetch_one("SELECT 1 FROM campaigns WHERE name = $1", name) is not None


async def ahead(read: Transaction, now: datetime) -> list[Ahead]:
    """Return what campaigns have queued for a later moment, once a person."""
    rows = await read.fetch_all(
        "SELECT c.name, o.person, min(o.body) AS body, min(o.next_try) AS at FROM outbox AS o"
        " JOIN campaigns AS c ON c.id = o.campaign WHERE c.state IN ('filling', 'running', 'paused')"
        " AND o.state = 'queued' AND o.next_try > $1 AND o.person IS NOT NULL AND o.body IS NOT NULL"
        " AND coalesce(o.useless_after, o.next_try + 1) > o.next_try"
        " GROUP BY c.name, o.person ORDER BY c.name, o.person",
        int(now.timestamp()),
    )
    return [Ahead(*row) for row in rows]


async def is_filled(read: Transaction, name: str) -> bool:
    """Whether the campaign of that name has been begun, and all its messages are queued."""
    row = await read.fetch_one("SELECT 1 FROM campaigns WHERE name = $1 AND state <> 'filling'", name)
    return row is not None


async def running(read: Transaction) -> list[int]:
    """Return the campaigns whose messages are sent, the oldest first."""
    rows = await read.fetch_all("SELECT id FROM campaigns WHERE state = 'running' ORDER BY id")
    return [int(row["id"]) for row in rows]


async def named(read: Transaction, like: str) -> list[Campaign]:
    """Return the campaigns whose names are LIKE that, the oldest first."""
    return [Campaign(*row) for row in await read.fetch_all(f"{_CAMPAIGN} WHERE name LIKE $1 ORDER BY id", like)]


async def filling(read: Transaction, like: str, before: datetime) -> list[tuple[int, str]]:
    """Return the campaigns that are being filled, begun by then, whose names are LIKE that: numbers and names."""
    rows = await read.fetch_all(
        "SELECT id, name FROM campaigns WHERE state = 'filling' AND name LIKE $1 AND begun <= $2",
        like, int(before.timestamp()),
    )  # fmt: skip
    return [(int(row["id"]), row["name"]) for row in rows]


async def turn(
    write: Transaction, campaign: int, old: tuple[State, ...], new: State, reason: str | None = None
) -> bool:
    """Bring the campaign from one of the old states to the new one; False if it is in none of them."""
    states = ", ".join(f"'{state}'" for state in old)
    return bool(
        await write.execute(
            f"UPDATE campaigns SET state = $2, reason = $3 WHERE id = $1 AND state IN ({states})",
            campaign, new, reason,
        )
    )  # fmt: skip


async def finish(write: Transaction, campaign: int, now: datetime) -> bool:
    """End the campaign if nothing of it is to be sent any more; False if there is."""
    return bool(
        await write.execute(
            "UPDATE campaigns SET state = 'ended', ended = $2 WHERE id = $1 AND state = 'running' AND NOT EXISTS"
            " (SELECT 1 FROM outbox WHERE campaign = $1 AND state IN ('queued', 'leased'))",
            campaign, int(now.timestamp()),
        )
    )  # fmt: skip


async def stop(write: Transaction, campaign: int, now: datetime) -> int | None:
    """Cancel all of the campaign that is not under way; return how many messages, None if it was over already."""
    if not await turn(write, campaign, ("filling", "running", "paused"), "stopped"):
        return None
    await write.execute("UPDATE campaigns SET ended = $2 WHERE id = $1", campaign, int(now.timestamp()))
    return await write.execute_long(
        "UPDATE outbox SET state = 'cancelled', calls = '[]' WHERE campaign = $1 AND state IN ('queued', 'waiting')",
        campaign,
    )


async def again(write: Transaction, campaign: int, states: tuple[str, ...], now: datetime) -> int:
    """Queue what ended in these states once more; return how many messages.  A campaign that is paused stays so."""
    names = ", ".join(f"'{state}'" for state in states)
    found = await write.execute_long(
        "UPDATE outbox SET state = 'queued', next_try = $2, failure = NULL, queued = $2,"
        " calls = CASE calls WHEN '[]' THEN '' ELSE calls END"
        f" WHERE campaign = $1 AND state IN ({names})",
        campaign, int(now.timestamp()),
    )  # fmt: skip
    if found:
        await write.execute(
            "UPDATE campaigns SET state = 'running', reason = NULL, ended = NULL"
            " WHERE id = $1 AND state IN ('ended', 'stopped')",
            campaign,
        )
    return found


async def add_body(write: Transaction, campaign: int, calls: str, holds: str | None = None) -> int:
    """Keep what messages of the campaign say, and what its caller notes that they hold; return its number."""
    row = await write.fetch_one(
        "INSERT INTO bodies (campaign, calls, holds) VALUES ($1, $2, $3) RETURNING id", campaign, calls, holds
    )
    assert row is not None
    return int(row["id"])


async def body(read: Transaction, number: int) -> str | None:
    """Return the JSON of that body's calls."""
    row = await read.fetch_one("SELECT calls FROM bodies WHERE id = $1", number)
    return str(row["calls"]) if row else None


async def bodies_of_version(read: Transaction, campaign: int, version: int) -> set[int]:
    """Return the numbers of the campaign's bodies that say what that version does."""
    rows = await read.fetch_all("SELECT id FROM bodies WHERE campaign = $1 AND version = $2", campaign, version)
    return {int(row["id"]) for row in rows}


async def say_instead(write: Transaction, campaign: int, old: int, calls: str, version: int) -> None:
    """Have the campaign's messages with that body say what a new version does, unless they are sent or on their way."""
    row = await write.fetch_one(
        "INSERT INTO bodies (campaign, calls, version) VALUES ($1, $2, $3) RETURNING id", campaign, calls, version
    )
    assert row is not None
    await write.execute_long(
        "UPDATE outbox SET body = $3 WHERE campaign = $1 AND body = $2 AND state NOT IN ('sent', 'leased')",
        campaign, old, int(row["id"]),
    )  # fmt: skip


async def later(read: Transaction, campaign: int, after: datetime) -> tuple[int, int | None]:
    """Return how many messages wait for a moment after that one, and the last such moment (epoch second)."""
    row = await read.fetch_one(
        "SELECT count(*), max(next_try) FROM outbox WHERE campaign = $1 AND state = 'queued' AND next_try > $2",
        campaign, int(after.timestamp()),
    )  # fmt: skip
    return (int(row[0]), row[1]) if row else (0, None)


async def progress(read: Transaction, campaign: int) -> dict[str, int]:
    """Return how many messages are in each state; from indexes alone, so that it may be asked often.

    Those that were skipped because they were of no use any more are ``useless``.
    """
    rows = await read.fetch_all("SELECT state, count(*) FROM outbox WHERE campaign = $1 GROUP BY state", campaign)
    found = {row[0]: int(row[1]) for row in rows}
    row = await read.fetch_one(
        "SELECT count(*) FROM outbox WHERE campaign = $1 AND state = 'skipped' AND failure IS NOT NULL", campaign
    )
    if row and row[0]:
        found |= {"skipped": found["skipped"] - row[0], "useless": int(row[0])}
    return found


async def fates(read: Transaction, campaign: int) -> list[Fate]:
    """Return what became of every message of the campaign."""
    rows = await read.fetch_all(
        "SELECT id, person, channel, address, language, state, failure, sent_as, body FROM outbox WHERE campaign = $1"
        " ORDER BY id",
        campaign,
    )
    return [Fate(*row) for row in rows]
