"""What is measured of a stretch of work: CPU, wall, memory, and how long each transaction kept others out."""

from __future__ import annotations

import contextlib
import resource
import statistics
import time
from collections.abc import AsyncIterator

from storage.database import Database, Transaction


def peak() -> float:
    """Most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Watched:
    """A database that remembers how long its transactions were open, in milliseconds of CPU and by the clock."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.cpu: list[float] = []
        self.wall: list[float] = []

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open one that may write."""
        async with self._database.transaction() as tx:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                yield tx
            finally:
                self.cpu.append((time.process_time() - cpu) * 1e3)
                self.wall.append((time.perf_counter() - wall) * 1e3)

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)

    def longest(self) -> dict[str, float]:
        """Return the longest transaction, and forget them all."""
        found = {
            "transactions": len(self.cpu),
            "tx_cpu_ms": max(self.cpu, default=0),
            "tx_ms": max(self.wall, default=0),
        }
        self.cpu.clear()
        self.wall.clear()
        return found


class Stretch:
    """CPU, wall and memory of a ``with`` block."""

    def __enter__(self) -> Stretch:
        self._wall, self._cpu, self._peak = time.perf_counter(), time.process_time(), peak()
        self.figures: dict[str, float] = {}
        return self

    def __exit__(self, *_: object) -> None:
        self.figures = {
            "cpu": time.process_time() - self._cpu,
            "seconds": time.perf_counter() - self._wall,
            "mb": peak() - self._peak,
            "peak_mb": peak(),
        }


def spread(name: str, found: list[float]) -> dict[str, float]:
    """Return the median and the longest."""
    return {f"{name}_median": statistics.median(found), f"{name}_max": max(found)}
