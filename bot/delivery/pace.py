"""How fast a channel may be used: overall, in one chat, in one group.  Times are seconds of a clock that only advances.

Calls are spread evenly rather than let through in bursts: a server that counts over any second sees no more than the
limit.  Answers to people are counted, but never wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.clock import monotonic
from bot.delivery.calls import Call
from bot.delivery.outcome import Api, Outcome

_MANY = 4_096
"""Chats remembered until those whose time has come are forgotten."""


class Limits(NamedTuple):
    """What a channel allows.  Telegram's: core.telegram.org/bots/faq, "My bot is hitting limits"."""

    overall: float = 30.0
    """Calls a second."""
    chat: float = 1.0
    """Calls a second to one person."""
    group: float = 20.0 / 60.0
    """Calls a second to one group."""


UNLIMITED = Limits(float("inf"), float("inf"), float("inf"))
_MARGIN = 0.995
"""Evenly spread calls arrive with a little jitter: without it some second would hold one too many."""


class Pace:
    """Gives every call the moment at which it may begin."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._step = 1.0 / (limits.overall * _MARGIN)
        self._next = 0.0
        self._chats: dict[int, float] = {}

    def slots(self, now: float, until: float) -> int:
        """Return how many calls may still begin before ``until``."""
        if self._step == 0.0:  # no limit
            return _MANY
        return max(0, int((until - max(now, self._next)) / self._step))

    def free(self, address: int) -> float:
        """Return the moment at which that chat may be written to again."""
        return self._chats.get(address, 0.0)

    def reserve(self, address: int, now: float) -> float:
        """Return the moment at which a call to that chat, which is free, may begin; it is kept for this call."""
        begins = max(now, self._next)
        self._next = begins + self._step
        self._note(address, begins, now)
        return begins

    def spend(self, address: int, now: float) -> None:
        """Count a call that did not wait: an answer to somebody."""
        self._next = max(now, self._next) + self._step
        self._note(address, now, now)

    def close(self, until: float, address: int | None = None) -> None:
        """Let nothing begin before ``until``: in that chat, or anywhere."""
        if address is None:
            self._next = max(self._next, until)
        else:
            self._chats[address] = max(self._chats.get(address, 0.0), until)

    def _note(self, address: int, begins: float, now: float) -> None:
        if len(self._chats) >= _MANY:
            self._chats = {one: until for one, until in self._chats.items() if until > now}
        self._chats[address] = begins + 1.0 / (self.limits.group if address < 0 else self.limits.chat)


class Counted:
    """A channel whose calls are counted, but never wait: for answers to people."""

    def __init__(self, api: Api, pace: Pace, seconds: Callable[[], float] = monotonic) -> None:
        self._api, self._pace, self._seconds = api, pace, seconds

    async def make(self, call: Call) -> Outcome:
        """Make the call."""
        address = call.parameters.get("chat_id")
        if isinstance(address, int):
            self._pace.spend(address, self._seconds())
        return await self._api.make(call)
