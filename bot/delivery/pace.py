"""How fast a channel may be used: overall, in one chat, in one group.  Times are seconds of a clock that only advances.

Calls are spread evenly rather than let through in bursts, and counted over the last second besides: a server that
counts over any second sees no more than the limit.  Answers to people are counted, but never wait.
"""

from __future__ import annotations

import math
from collections import deque
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
_MARGIN = 0.9905
_WINDOW = 1.009
"""Both a little more than the limits ask for: what leaves evenly arrives with some jitter."""

_ROOM, _ENOUGH, _LATELY = 0.15, 50, 60.0
"""The part of the limit, and how many calls at most, that are left to answers once somebody was answered within so many
seconds: a window that bulk has filled would have the next answer refused."""
_BURST = 0.01
"""Seconds whose calls begin together where there are several: waking for each of a thousand a second costs more CPU
than making it."""


class Pace:
    """Gives every call the moment at which it may begin."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._burst = _BURST if limits.overall * _BURST >= 2 else 0.0
        self._step = (1.0 + self._burst) / (limits.overall * _MARGIN)
        self._next = 0.0
        self._closed = 0.0
        self._told: tuple[int, float] = (0, 0.0)
        self._chats: dict[int, float] = {}
        most = max(1, int(min(limits.overall, _MANY)))
        self._window = most / limits.overall * _WINDOW
        self._begun: deque[float] = deque(maxlen=most)
        self._bulk = max(1, most - min(math.ceil(most * _ROOM), _ENOUGH))
        self._spoken = float("-inf")

    def slots(self, now: float, until: float) -> int:
        """Return how many calls may still begin before ``until``."""
        begins = max(now, self._next, self._closed)
        if begins >= until:
            return 0
        return min(_MANY, math.ceil((until - begins) / self._step)) if self._step else _MANY

    def free(self, address: int) -> float:
        """Return the moment at which that chat may be written to again."""
        return max(self._chats.get(address, 0.0), self._closed)

    def reserve(self, address: int, now: float) -> float:
        """Return the moment for which a call to that chat, which is free, is planned; it is kept for this call."""
        begins = max(now, self._next)
        slower = self._begun.maxlen / self._bulk if self._talks(now) and self._begun.maxlen else 1.0
        self._next = begins + self._step * slower
        self._note(address, begins, now)
        return max(now, begins - begins % self._burst) if self._burst else begins

    def begin(self, now: float) -> float:
        """Count a call that begins now, and return 0; or return for how long it may not begin.

        Plans are not enough: calls that were all held up, by a slow disk say, would then begin at once.
        """
        wait = self._closed - now
        most = self._bulk if self._talks(now) else self._begun.maxlen or 1
        if len(self._begun) >= most:
            wait = max(wait, self._begun[-most] + self._window - now)
        if wait > 0.0:
            return wait
        self._begun.append(now)
        return 0.0

    def spend(self, address: int, now: float) -> None:
        """Count a call that did not wait: an answer to somebody."""
        self._next = max(now, self._next) + self._step
        self._begun.append(now)
        self._spoken = now
        self._note(address, now, now)

    def _talks(self, now: float) -> bool:
        """Whether people have written lately, so that there must be room for the next answer."""
        return now - self._spoken < _LATELY

    def refused(self, address: int, until: float, now: float) -> None:
        """Note that a call to that chat was told to wait until then: so does the chat.

        It is not said whose limit that was.  Groups have limits of their own; if two people are refused at a time,
        then it is the channel that is used too fast.
        """
        self._chats[address] = max(self._chats.get(address, 0.0), until)
        if address < 0:
            return
        other, waits = self._told
        if other not in (0, address) and waits > now:
            self._closed = max(self._closed, until)
        self._told = (address, until)

    def _note(self, address: int, begins: float, now: float) -> None:
        if len(self._chats) >= _MANY:
            self._chats = {one: until for one, until in self._chats.items() if until > now}
        free = begins + 1.0 / (self.limits.group if address < 0 else self.limits.chat)
        self._chats[address] = max(free, self._chats.get(address, 0.0))


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
