"""What became of a call: every channel answers in these terms, so that no rule depends on a channel's exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.delivery.calls import Call

Kind = Literal[
    "sent", "wait", "moved", "refused", "unreachable", "offline", "busy", "unknown", "unauthorised", "conflict"
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended.

    ``sent``: done, and ``result`` is what the channel answered.  ``wait``: too fast, try again after ``seconds``.
    ``moved``: a group became a supergroup, and ``result`` is its new id.  ``refused``: it will never be accepted
    (``reason``).  ``unreachable``: this person blocked the assistant or is gone.  ``offline``: no connection was made,
    nothing was sent.  ``busy``: the other side says that it could not do it now (its own 5xx).  ``unknown``: it may
    have arrived or not.  ``unauthorised``: the token is wrong.  ``conflict``: another process, or a webhook, takes this
    bot's updates.
    """

    kind: Kind
    result: Any = None
    seconds: float = 0.0
    reason: str = ""


class Api(Protocol):
    """A channel that carries Bot API calls."""

    async def make(self, call: Call) -> Outcome:
        """Make the call; never raises for what the other side does."""
        ...
