"""The clock of a sample network: anybody may move it, and every open page shows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.clock import SimulatedClock
from web.channel import WebChannel

_log = structlog.get_logger()
AfterAdvance = Callable[[], Awaitable[object]]


class Demonstration:
    """Moves the simulated clock."""

    def __init__(self, channel: WebChannel, clock: SimulatedClock, after_advance: AfterAdvance | None) -> None:
        """Take what is to be done after each hour, such as sending what is due by then."""
        self._channel, self._clock, self._after_advance = channel, clock, after_advance

    async def advance(self, days: int) -> None:
        """Move forward by whole days, hour by hour so that all is done in its hour; show it on every open page."""
        for _ in range(24 * days):
            self._clock.advance(timedelta(hours=1))
            await self._do_what_is_due()
        for chat in self._channel.hub.chats():
            self._channel.hub.tell(chat, {"type": "clock", **await self._channel.clock_of(chat)})

    async def _do_what_is_due(self) -> None:
        if self._after_advance is None:
            return
        try:
            await self._after_advance()
        except Exception as error:  # a page that moved the clock must not lose its line over it
            _log.error("what follows a move of the clock failed", error=type(error).__name__, exc_info=True)
