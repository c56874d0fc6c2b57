"""What a claimed row says, and whether it is sent now."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ValidationError

from bot.delivery import policy
from bot.delivery.calls import CALLS, Call
from storage.outbox import Leased

Calls = tuple[Call, ...] | None
"""What a message says; None if that cannot be read."""


def calls_in(text: str) -> Calls:
    """Return the calls of a row or a body; None if they cannot be read."""
    try:
        return CALLS.validate_json(text)
    except ValidationError:
        return None


def useless_after(message: Leased) -> datetime | None:
    """Return from when on the message is of no use; None: it always is of use."""
    return None if message.useless_after is None else datetime.fromtimestamp(message.useless_after, UTC)


def instead(message: Leased, now: datetime) -> policy.Next | None:
    """Return what becomes of a message instead of being sent ``now``; None: it is sent."""
    useless = useless_after(message)
    then = policy.before(message.quiet, useless, now)
    return then if then is None or _disturbs(message) else policy.before(None, useless, now)


def _disturbs(message: Leased) -> bool:
    calls = calls_in(message.calls) if message.calls else None
    return calls is None or any(call.disturbs for call in calls)
