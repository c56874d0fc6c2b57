"""Issues of the watch: a row a month, its content as JSON; and what of the watch has reached whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from storage.database import Transaction

_SELECT = "SELECT id, month, content, state, version, approved_by, starts, campaign FROM issues"


class Kept(NamedTuple):
    """An issue's row."""

    id: int
    month: str
    """``2027-04``."""
    content: str
    """JSON."""
    state: str
    version: int
    """Counts the changes."""
    approved_by: str | None
    starts: int | None
    """Epoch second."""
    campaign: int | None


async def of_month(read: Transaction, month: str) -> Kept | None:
    """Return the issue of that month (``2027-04``)."""
    row = await read.fetch_one(f"{_SELECT} WHERE month = $1", month)
    return Kept(*row) if row else None


async def get(read: Transaction, number: int) -> Kept | None:
    """Return the issue of that number."""
    row = await read.fetch_one(f"{_SELECT} WHERE id = $1", number)
    return Kept(*row) if row else None


async def open_month(write: Transaction, month: str, content: str, now: datetime) -> Kept:
    """Return the issue of that month, begun now if it is new."""
    await write.execute(
        "INSERT INTO issues (month, content, state, version, changed) VALUES ($1, $2, 'open', 1, $3)"
        " ON CONFLICT (month) DO NOTHING",
        month, content, int(now.timestamp()),
    )  # fmt: skip
    found = await of_month(write, month)
    assert found is not None
    return found


async def in_states(read: Transaction, states: Sequence[str]) -> list[Kept]:
    """Return the issues in these states, the oldest month first."""
    names = ", ".join(f"'{state}'" for state in states)
    return [Kept(*row) for row in await read.fetch_all(f"{_SELECT} WHERE state IN ({names}) ORDER BY month")]


async def write_content(write: Transaction, number: int, content: str, now: datetime) -> None:
    """Keep what a coordinator has changed."""
    await write.execute(
        "UPDATE issues SET content = $2, state = 'edited', version = version + 1, changed = $3 WHERE id = $1",
        number, content, int(now.timestamp()),
    )  # fmt: skip


async def approve(
    write: Transaction, number: int, version: int, content: str, by: str, starts: datetime, now: datetime
) -> bool:
    """Approve the version that was shown, with what it holds; False if it was changed or approved meanwhile."""
    return bool(
        await write.execute(
            "UPDATE issues SET state = 'approved', content = $3, approved_by = $4, starts = $5, changed = $6,"
            " version = version + 1 WHERE id = $1 AND version = $2 AND state IN ('open', 'edited')",
            number, version, content, by, int(starts.timestamp()), int(now.timestamp()),
        )
    )  # fmt: skip


async def turn(write: Transaction, number: int, old: Sequence[str], new: str, now: datetime) -> bool:
    """Bring it from one of the old states to the new one; False if it is in none of them."""
    names = ", ".join(f"'{state}'" for state in old)
    return bool(
        await write.execute(
            f"UPDATE issues SET state = $2, changed = $3, version = version + 1 WHERE id = $1 AND state IN ({names})",
            number, new, int(now.timestamp()),
        )
    )  # fmt: skip


async def belongs_to(write: Transaction, number: int, campaign: int) -> None:
    """Note the campaign that carries it."""
    await write.execute("UPDATE issues SET campaign = $2 WHERE id = $1", number, campaign)


async def version(read: Transaction) -> str:
    """Return a short text that changes with every issue and with everything that is accepted for one."""
    row = await read.fetch_one(
        "SELECT (SELECT sum(version) FROM issues), count(*), sum(version) FROM contributions WHERE state = 'accepted'"
    )
    return ".".join(str(one) for one in row) if row else ""


async def next_entry(read: Transaction, now: datetime, ahead: timedelta) -> datetime | None:
    """Return the next moment at which the tables have something new to tell, though nobody changes them.

    Something opens then, or comes as near as ``ahead``.
    """
    row = await read.fetch_one(
        "SELECT min(moment) FROM (SELECT min(opens) AS moment FROM deadlines WHERE opens > $1"
        " UNION ALL SELECT min(opens) FROM forms WHERE opens > $1"
        " UNION ALL SELECT min(due) - $3 FROM deadlines WHERE due > $2"
        " UNION ALL SELECT min(begins) - $3 + 1 FROM events WHERE begins >= $2) AS moments",
        int(now.timestamp()), int((now + ahead).timestamp()), int(ahead.total_seconds()),
    )  # fmt: skip
    return datetime.fromtimestamp(row[0], UTC) if row and row[0] is not None else None


async def reached(
    read: Transaction, since: datetime, now: datetime, person: str | None = None, frequency: str | None = None
) -> list[tuple[str, str]]:
    """Return to whom went what of the watch since then: people's codes, and the JSON lists that bodies hold.

    Of one person, or of those who chose that frequency, or of everybody.

    What is still on its way counts; what failed, was held or was stopped does not, nor what is of no use ``now``.
    """
    one, values = (" AND o.person = $3", (person,)) if person is not None else ("", ())
    if frequency is not None:
        one, values = " AND o.person IN (SELECT person FROM followed WHERE frequency = $3)", (frequency,)
    bodies = await read.fetch_all(
        "SELECT b.id, b.holds FROM bodies AS b JOIN campaigns AS c ON c.id = b.campaign"
        " WHERE b.holds IS NOT NULL AND c.begun >= $1",
        int(since.timestamp()),
    )
    held = {row[0]: row[1] for row in bodies}
    rows = await read.fetch_all(
        "SELECT o.person, o.body FROM outbox AS o WHERE o.campaign IN (SELECT id FROM campaigns WHERE begun >= $1)"
        " AND (o.state IN ('sent', 'leased') OR (o.state = 'queued' AND coalesce(o.useless_after, $2 + 1) > $2))"
        f" AND o.person IS NOT NULL{one} ORDER BY o.id",
        int(since.timestamp()), int(now.timestamp()), *values,
    )  # fmt: skip
    return [(row[0], held[row[1]]) for row in rows if row[1] in held]


async def take_back(write: Transaction, number: int, content: str) -> None:
    """Forget that the issue was approved, and what it held then."""
    await write.execute(
        "UPDATE issues SET content = $2, approved_by = NULL, starts = NULL WHERE id = $1", number, content
    )
