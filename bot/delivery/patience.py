"""How long to wait between two tries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog

_log = structlog.get_logger()
T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
LONGEST_WAIT = 60.0
"""Seconds between two tries at most."""


def waits() -> Iterator[float]:
    """Yield growing waits in seconds: 1, 2, 4 … 60, and 60 ever after."""
    seconds = 1.0
    while True:
        yield seconds
        seconds = min(seconds * 2, LONGEST_WAIT)


async def insist(do: Callable[[], Awaitable[T]], sleep: Sleep, what: str) -> T:
    """Do it until it raises nothing any more: the database may be out of reach for a while, or its disk full.

    ``what`` (``outbox``) names it in the log.
    """
    growing = waits()
    while True:
        try:
            return await do()
        except Exception:
            seconds = next(growing)
            _log.exception("tried again later", what=what, next_try_in=seconds)
            await sleep(seconds)
