"""Looks for something to do again and again, until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

_log = structlog.get_logger()


class Looks:
    """One look every few seconds; what fails is logged, and tried again at the next one."""

    def __init__(self, name: str, go: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Take what is done, and the seconds between two looks; the name stands in the log."""
        self._name, self._go, self._seconds = name, go, seconds
        self._stopping = asyncio.Event()
        self._looking = asyncio.Lock()

    def stop(self) -> None:
        """Begin no further look."""
        self._stopping.set()

    async def run(self) -> None:
        """Look until ``stop`` or a cancellation."""
        while not self._stopping.is_set():
            await self.look()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await self._stopping.wait()

    async def look(self) -> None:
        """Look once, now; two looks never overlap."""
        async with self._looking:
            try:
                await self._go()
            except Exception:  # the database may be out of reach for a while
                _log.exception("a look failed", name=self._name)
