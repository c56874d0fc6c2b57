"""What time it is: the only module that may ask the machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

monotonic = time.monotonic
"""Seconds of a clock that only advances: for the pace of calls, never for what is kept."""


class Clock(Protocol):
    """Gives the present instant; rules never ask it themselves, they take ``now`` as an argument."""

    def now(self) -> datetime:
        """Return the present instant, time zone aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant in UTC."""
        return datetime.now(UTC)


class SimulatedClock:
    """A clock that starts where it is told, runs on at the usual pace, and can be moved forward."""

    def __init__(self, start: datetime) -> None:
        """Start at ``start`` (time zone aware)."""
        self._start = start.astimezone(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the simulated present instant in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def advance(self, by: timedelta) -> None:
        """Move forward by ``by``; raises ValueError if that would be backward."""
        if by < timedelta(0):
            raise ValueError("a clock is moved forward only")
        self._start += by
