"""What the assistant starts by itself: a row a message, written with the fact that it announces.

States: ``queued``; ``waiting`` (for an earlier channel of the same message to fail); ``leased`` (a sender has it, until
``next_try``); and how it ended: ``sent``, ``failed``, ``unreachable``, ``unknown`` (it may have arrived or not; later
channels go on waiting), ``skipped`` (an earlier channel carried it; with a ``failure``: it was of no use any more),
``cancelled``.  A lease is known by its number of attempts: who settles after the lease was claimed by another settles
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from storage.database import Transaction

IfUnknown = Literal["again", "held"]
State = Literal["queued", "waiting", "leased", "sent", "failed", "unreachable", "unknown", "skipped", "cancelled"]
CHANNELS = ("telegram", "web", "email")
"""In the order in which a person is tried by them."""
NOTICES = 0
"""The campaign of messages to one person, which belong to none."""
_OPEN = "campaign IN (SELECT id FROM campaigns UNION SELECT 0)"
"""Of any campaign, or of none: so the index finds rows by their state, not one look at every message ever sent."""
_PUT_OFF = 1_000
"""Messages that wait for the end of quiet hours from one statement on."""


class Message(NamedTuple):
    """A message to queue."""

    key: str
    """What, which occurrence, to whom, and last, after a colon, by which channel."""
    channel: str
    address: int
    at: int
    """Epoch second before which it is not sent."""
    calls: str = ""
    """JSON of the calls; empty if ``body`` holds them."""
    body: int | None = None
    campaign: int = NOTICES
    person: str | None = None
    language: str | None = None
    if_unknown: IfUnknown = "again"
    state: Literal["queued", "waiting"] = "queued"
    quiet: str | None = None
    """The hours in which its reader is not disturbed (``21-7@Asia/Phnom_Penh``); None: it may be sent at any hour."""
    useless_after: int | None = None
    """Epoch second from which on it is of no use: then it is skipped; None: it always is of use."""


class Leased(NamedTuple):
    """A message that somebody is about to send."""

    id: int
    key: str
    channel: str
    address: int
    calls: str
    """JSON of the calls that are still to be made; empty if they are the body's."""
    body: int | None
    campaign: int
    attempts: int
    """How often it was leased, this time included."""
    if_unknown: IfUnknown
    queued: int
    """Epoch second."""
    sent_as: str | None
    """JSON of the channel's numbers of what has arrived so far."""
    quiet: str | None = None
    """As a ``Message``'s."""
    useless_after: int | None = None
    """As a ``Message``'s."""


class Claim(NamedTuple):
    """By what a claim of one's own is told from another's."""

    id: int
    attempts: int
    until: int
    """Epoch second."""


class Settled(NamedTuple):
    """How an attempt ended."""

    leased: Leased
    state: State
    next_try: int
    """Epoch second."""
    failure: str | None = None
    calls: str = ""
    """What is left of it."""
    sent_as: str | None = None
    """JSON of the channel's numbers of what has arrived."""
    moved_to: int | None = None
    """The address that the chat has now."""
    tried: bool = True
    """Whether a call was made."""


_ADD = (
    "INSERT INTO outbox (message_key, channel, address, next_try, calls, body, campaign, person, language, if_unknown,"
    " state, quiet, useless_after, queued, attempts)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)"
    " ON CONFLICT (message_key) DO NOTHING"
)


async def add(write: Transaction, message: Message, now: datetime) -> bool:
    """Queue a message; False if its key was queued before."""
    return bool(await write.execute(_ADD, *message, int(now.timestamp())))


async def add_many(write: Transaction, messages: Sequence[Message], now: datetime) -> None:
    """Queue messages; those whose key was queued before are left as they are."""
    await write.execute_many(_ADD, [(*message, int(now.timestamp())) for message in messages])


async def lease(
    write: Transaction, channel: str, campaign: int, now: datetime, places: int, until: datetime
) -> list[Leased]:
    """Claim at most ``places`` messages that are due in this channel and campaign, the longest due first."""
    rows = await write.fetch_all(
        "UPDATE outbox SET state = 'leased', next_try = $5, attempts = attempts + 1 WHERE id IN"
        " (SELECT id FROM outbox WHERE campaign = $1 AND state = 'queued' AND channel = $2 AND next_try <= $3"
        " ORDER BY next_try, id LIMIT $4)"
        " AND state = 'queued'"  # PostgreSQL asks this again after waiting for a row
        " RETURNING id, message_key, channel, address, calls, body, campaign, attempts, if_unknown, queued, sent_as,"
        " quiet, useless_after",
        campaign, channel, int(now.timestamp()), places, int(until.timestamp()),
    )  # fmt: skip
    return [Leased(*row) for row in sorted(rows, key=lambda row: row["id"])]


async def put_off(write: Transaction, alike: Leased, now: datetime, until: datetime, places: int = _PUT_OFF) -> None:
    """Let what is due and says the same to many, as that message does, wait until then.

    That is what is of its campaign and channel and has its quiet hours; at most ``places`` messages: the next look
    finds the others.
    """
    await write.execute(
        "UPDATE outbox SET next_try = $6 WHERE id IN"
        " (SELECT id FROM outbox WHERE campaign = $1 AND state = 'queued' AND channel = $2 AND next_try <= $3"
        " AND quiet = $4 AND body IS NOT NULL ORDER BY next_try, id LIMIT $5) AND state = 'queued'",
        alike.campaign, alike.channel, int(now.timestamp()), alike.quiet, places, int(until.timestamp()),
    )  # fmt: skip


async def settle(write: Transaction, ended: Sequence[Settled], now: datetime) -> None:
    """Note how attempts ended; those whose lease another sender has taken are left as they are.

    What a message said is taken out once it ended.  Where it ended well, or is of no use any more, later channels of it
    are skipped; where it ended badly, they are tried.  What is to be tried again is cancelled if its campaign was
    stopped meanwhile.
    """
    await write.execute_many(
        "UPDATE outbox SET state = CASE WHEN $3 = 'queued' AND EXISTS"
        " (SELECT 1 FROM campaigns WHERE id = outbox.campaign AND state = 'stopped') THEN 'cancelled' ELSE $3 END,"
        " next_try = $4, failure = $5, calls = $6, sent_as = $7, settled = $8, attempts = attempts - $9"
        " WHERE id = $1 AND attempts = $2 AND state IN ('leased', 'unknown')",  # unknown: the news came late
        [
            (one.leased.id, one.leased.attempts, one.state, one.next_try, one.failure, _kept(one), one.sent_as,
             int(now.timestamp()), 0 if one.tried else 1)
            for one in ended
        ],
    )  # fmt: skip
    for campaign in {one.leased.campaign for one in ended}:
        if await write.fetch_one("SELECT 1 FROM outbox WHERE campaign = $1 AND state = 'waiting' LIMIT 1", campaign):
            await _go_on(write, [one for one in ended if one.leased.campaign == campaign])


async def _go_on(write: Transaction, ended: Sequence[Settled]) -> None:
    """Skip the later channels of what arrived or is of no use, and try those of what did not arrive."""
    names = ", ".join(f"$1 || ':{name}'" for name in CHANNELS)
    for state, then in (("sent", "skipped"), ("skipped", "skipped"), ("failed", "queued"), ("unreachable", "queued")):
        await write.execute_many(
            f"UPDATE outbox SET state = '{then}', failure = $2 WHERE message_key IN ({names}) AND state = 'waiting'",
            [
                (chain, one.failure if state == "skipped" else None)
                for one in ended
                if one.state == state and (chain := _chain(one.leased)) is not None
            ],
        )


async def move(write: Transaction, channel: str, old: int, new: int) -> None:
    """Send what is queued for a chat to the address that it has now."""
    await write.execute(
        f"UPDATE outbox SET address = $3 WHERE {_OPEN} AND state IN ('queued', 'leased', 'waiting')"
        " AND channel = $1 AND address = $2",
        channel, old, new,
    )  # fmt: skip


async def withdraw(write: Transaction, person: str) -> int:
    """Cancel what campaigns have not yet sent to the person of that code; return how many messages."""
    return await write.execute(
        f"UPDATE outbox SET state = 'cancelled', calls = '[]' WHERE {_OPEN} AND state IN ('queued', 'waiting')"
        " AND person = $1",
        person,
    )


async def give_back(write: Transaction, claims: Sequence[Claim], now: datetime) -> None:
    """Queue what was claimed by a transaction of which nobody knows whether it was committed, and was not sent."""
    await write.execute_many(
        "UPDATE outbox SET state = 'queued', attempts = attempts - 1, next_try = $4"
        " WHERE id = $1 AND attempts = $2 AND next_try = $3 AND state = 'leased'",
        [(*claim, int(now.timestamp())) for claim in claims],
    )


async def run_out(write: Transaction, now: datetime, under_way: Collection[int] = ()) -> int:
    """Give back leases that ran out: to be sent again, held as unknown, or cancelled with their campaign.

    ``under_way`` are the rows that the caller is sending: it knows better than the clock, which may have been set.
    Returns how many.
    """
    others = ", ".join(map(str, under_way)) or "0"
    return await write.execute(
        "UPDATE outbox SET state = CASE WHEN if_unknown = 'held' THEN 'unknown' WHEN EXISTS"
        " (SELECT 1 FROM campaigns WHERE id = outbox.campaign AND state = 'stopped') THEN 'cancelled'"
        " ELSE 'queued' END, failure = 'the sender was stopped', settled = $1 WHERE id IN"
        f" (SELECT id FROM outbox WHERE {_OPEN}"
        f" AND state = 'leased' AND next_try <= $1 AND id NOT IN ({others})) AND state = 'leased' AND next_try <= $1",
        int(now.timestamp()),
    )


async def set_back(write: Transaction, now: datetime, before: datetime, until: datetime) -> None:
    """Follow a clock that was set back from ``before`` to ``now``: what was due stays due.

    No lease that is given now ends after ``until``.
    """
    await write.execute(
        f"UPDATE outbox SET next_try = $1 WHERE {_OPEN}"
        " AND state = 'queued' AND next_try > $1 AND (next_try <= $2 OR attempts > 0)",
        int(now.timestamp()), int(before.timestamp()),
    )  # fmt: skip
    await write.execute(
        f"UPDATE outbox SET next_try = $1 WHERE {_OPEN} AND state = 'leased' AND next_try > $1",
        int(until.timestamp()),
    )


async def next_due(read: Transaction, channels: Collection[str], campaigns: Collection[int]) -> int | None:
    """Return the epoch second at which the next message of these is due; None if there is none."""
    found = []
    for campaign in campaigns:
        for channel in channels:
            row = await read.fetch_one(
                "SELECT next_try FROM outbox WHERE campaign = $1 AND state = 'queued' AND channel = $2"
                " ORDER BY next_try LIMIT 1",
                campaign, channel,
            )  # fmt: skip
            if row is not None:
                found.append(int(row["next_try"]))
    return min(found, default=None)


async def is_busy(read: Transaction, channel: str, now: datetime) -> bool:
    """Whether something is on its way in that channel, or is due there and will be."""
    row = await read.fetch_one(
        "SELECT id FROM outbox WHERE campaign IN (SELECT id FROM campaigns WHERE state = 'running' UNION SELECT 0)"
        " AND channel = $1 AND (state = 'leased' OR (state = 'queued' AND next_try <= $2)) LIMIT 1",
        channel, int(now.timestamp()),
    )  # fmt: skip
    return row is not None


def _kept(one: Settled) -> str:
    """Return what is kept of what a message said: what it may still have to say."""
    return one.calls if one.state in ("queued", "unknown") or (one.state != "sent" and one.sent_as) else "[]"


def _chain(leased: Leased) -> str | None:
    chain, _, channel = leased.key.rpartition(":")
    return chain if channel == leased.channel else None
