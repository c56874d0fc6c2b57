"""Invitations, and what strangers ask when they want in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from bot.network.content import Frozen
from storage import accounts
from storage.database import Row, Transaction

_TOPIC = "join"
_REQUEST = "SELECT id, account, name, organisation, function, asked, state, decided_by FROM join_requests"
Step = Literal["name", "organisation", "function", "review"]


class Invitation(NamedTuple):
    """What an invitation gives, and until when."""

    role: str
    organisation: str
    """Code."""
    person: str | None
    """Code of the row that waits for its holder; None: a new row is made."""
    expires: int
    """Epoch second."""
    used_by: int | None
    """Account."""


class JoinRequest(NamedTuple):
    """What a stranger has asked."""

    id: int
    account: int
    name: str
    organisation: str
    """The code of one of the network's organisations, or what the stranger wrote."""
    function: str
    asked: int
    """Epoch second."""
    state: str
    """``pending``, ``accepted``, ``refused``, or ``settled``: an invitation was used meanwhile."""
    decided_by: int | None
    """Account."""


class JoinDraft(Frozen):
    """What a stranger has answered so far; a row of theirs until it is sent or stopped."""

    step: Step = "name"
    name: str | None = None
    organisation: str | None = None
    """The code of one of the network's organisations."""
    organisation_text: str | None = None
    """What was written for the organisation."""
    function: str | None = None
    asked: int = 0
    """Epoch second of the last question."""


async def add_invitation(
    write: Transaction, digest: str, role: str, organisation: str, person: str | None, expires: datetime
) -> None:
    """Keep an invitation by the digest of its code."""
    await write.execute(
        "INSERT INTO invitations (digest, role, organisation, person, expires) VALUES ($1, $2, $3, $4, $5)",
        digest, role, organisation, person, int(expires.timestamp()),
    )  # fmt: skip


async def invitation(read: Transaction, digest: str) -> Invitation | None:
    """Return the invitation whose code has that digest."""
    row = await read.fetch_one(
        "SELECT role, organisation, person, expires, used_by FROM invitations WHERE digest = $1", digest
    )
    return Invitation(*row) if row else None


async def use_invitation(write: Transaction, digest: str, account: int, now: datetime) -> bool:
    """Mark the invitation as used by that account; False if it was used before or has expired."""
    stamp = int(now.timestamp())
    changed = await write.execute(
        "UPDATE invitations SET used_by = $2, used = $3 WHERE digest = $1 AND used_by IS NULL AND expires > $3",
        digest, account, stamp,
    )  # fmt: skip
    return changed == 1


async def draft(read: Transaction, account: int) -> JoinDraft | None:
    """Return what the account has answered so far; None if it is not asking to join."""
    kept = await accounts.awaited(read, account, _TOPIC)
    return JoinDraft.model_validate(kept) if kept is not None else None


async def keep_draft(write: Transaction, account: int, kept: JoinDraft | None) -> None:
    """Keep what the account has answered so far; None: nothing is asked any more."""
    await accounts.set_awaited(write, account, _TOPIC, kept.model_dump(exclude_none=True) if kept else None)


async def add_request(
    write: Transaction, account: int, name: str, organisation: str, function: str, now: datetime
) -> JoinRequest | None:
    """Keep a request; None if one of that account is still pending."""
    row = await write.fetch_one(
        "INSERT INTO join_requests (account, name, organisation, function, asked, state)"
        " SELECT $1, $2, $3, $4, $5, 'pending' WHERE NOT EXISTS"
        " (SELECT 1 FROM join_requests WHERE account = $1 AND state = 'pending')"
        " RETURNING id, account, name, organisation, function, asked, state, decided_by",
        account, name, organisation, function, int(now.timestamp()),
    )  # fmt: skip
    return _request(row)


async def request(read: Transaction, number: int) -> JoinRequest | None:
    """Return the request of that number."""
    return _request(await read.fetch_one(f"{_REQUEST} WHERE id = $1", number))


async def pending(read: Transaction) -> list[JoinRequest]:
    """Return the requests that nobody has decided, oldest first."""
    return [JoinRequest(*row) for row in await read.fetch_all(f"{_REQUEST} WHERE state = 'pending' ORDER BY id")]


async def pending_of(read: Transaction, account: int) -> JoinRequest | None:
    """Return the request of that account that nobody has decided."""
    return _request(await read.fetch_one(f"{_REQUEST} WHERE state = 'pending' AND account = $1", account))


async def decide(write: Transaction, number: int, state: str, account: int, now: datetime) -> bool:
    """Note the decision of that account; False if the request was decided before."""
    changed = await write.execute(
        "UPDATE join_requests SET state = $2, decided_by = $3, decided = $4 WHERE id = $1 AND state = 'pending'",
        number, state, account, int(now.timestamp()),
    )  # fmt: skip
    return changed == 1


def _request(row: Row | None) -> JoinRequest | None:
    return JoinRequest(*row) if row else None
