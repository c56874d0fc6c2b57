"""What follows from how a message's call ended: pure, so that every case is a line of a table in a test.

Telegram has no idempotency key: what may have arrived is sent again, or held for a person to decide, as the message's
kind says (``if_unknown``).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.delivery.outcome import Outcome
from bot.delivery.patience import LONGEST_WAIT
from bot.network.recipients import woken
from storage.outbox import IfUnknown

GIVEN_UP = timedelta(days=7)
"""How long after it was queued a message is still tried; its files are kept as long (``bot.delivery.made``)."""
_LONGEST_UNKNOWN = 3600.0
"""Seconds between two tries of what may have arrived: each may be one too many to somebody."""
State = Literal["queued", "sent", "failed", "unreachable", "unknown", "skipped"]
USELESS = "it is of no use any more"


class Attempt(NamedTuple):
    """A message that was tried."""

    attempts: int
    """This one included."""
    if_unknown: IfUnknown
    queued: datetime
    useless_after: datetime | None = None
    """From when on it is of no use; None: it always is of use."""


class Next(NamedTuple):
    """What becomes of the message."""

    state: State
    at: datetime
    """When it is tried again, if it is queued."""
    failure: str | None = None
    address: int | None = None
    """Where the chat has moved to."""
    stop: bool = False
    """Whether the channel is of no use until somebody mends the settings."""


def before(quiet: str | None, useless_after: datetime | None, now: datetime) -> Next | None:
    """Return what becomes of a message instead of being sent ``now``: it waits for its reader's quiet hours to end.

    Where it is of no use any more by then, it is skipped.  None: it is sent.
    """
    then = woken(quiet, now)
    if useless_after is not None and then >= useless_after:
        return Next("skipped", now, USELESS)
    return Next("queued", then) if then > now else None


def after(attempt: Attempt, outcome: Outcome, now: datetime, luck: float) -> Next:
    """Return what becomes of a message; ``luck`` (0 to 1) spreads the tries of many over time.

    What would be tried when it is of no use any more is skipped; what may have arrived stays unknown.
    """
    then = _after(attempt, outcome, now, luck)
    if then.state != "queued" or attempt.useless_after is None or then.at < attempt.useless_after:
        return then
    if outcome.kind == "unknown":
        return Next("unknown", now, then.failure)
    return then._replace(state="skipped", failure=USELESS)


def _after(attempt: Attempt, outcome: Outcome, now: datetime, luck: float) -> Next:
    reason = outcome.reason or outcome.kind
    then = {
        "sent": Next("sent", now),
        "moved": Next("queued", now, reason, address=outcome.result if outcome.kind == "moved" else None),
        "unauthorised": Next("queued", now, reason, stop=True),
        "unreachable": Next("unreachable", now, reason),
        "refused": Next("failed", now, reason),
    }.get(outcome.kind)
    if then is not None:
        return then
    if outcome.kind == "wait":
        return Next("queued", now + timedelta(seconds=outcome.seconds), reason)
    given_up = now - attempt.queued > GIVEN_UP
    if outcome.kind == "unknown" and (attempt.if_unknown == "held" or given_up):
        return Next("unknown", now, reason)
    if given_up:
        return Next("failed", now, reason)
    longest = _LONGEST_UNKNOWN if outcome.kind == "unknown" else LONGEST_WAIT
    seconds = min(2.0 ** min(attempt.attempts - 1, 20), longest)
    return Next("queued", now + timedelta(seconds=seconds * (0.75 + luck / 2)), reason)
