"""What stands at the edges of the delivery: a channel that ends as it is told, a sleep that takes no time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome

SENT = Outcome("sent")


class FakeApi:
    """Keeps calls; ends them as `outcomes` says, each once, and then well."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.calls: list[Call] = []
        self.outcomes = list(outcomes)
        self.at_call: Callable[[Call], Any] = lambda call: None
        """Called before a call is made; may raise, or return something to await."""

    async def make(self, call: Call) -> Outcome:
        self.calls.append(call)
        waiting = self.at_call(call)
        if waiting is not None:
            await waiting
        return self.outcomes.pop(0) if self.outcomes else SENT

    @property
    def texts(self) -> list[str]:
        """The texts of the calls, without those that have none."""
        return [call.parameters["text"] for call in self.calls if "text" in call.parameters]


class Naps:
    """A sleep that only notes its seconds."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


async def eventually(reached: Callable[[], bool | Awaitable[bool]], seconds: float = 10.0) -> None:
    """Return once `reached` says so; fails after `seconds`."""
    async with asyncio.timeout(seconds):
        while True:
            found = reached()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.002)
