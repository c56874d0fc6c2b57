"""Runs what the assistant is made of together, until it is told to stop or a part of it fails."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable

from bot.errors import RelaisError

Job = Callable[[], Awaitable[object]]
PATIENCE = 10.0
"""Seconds that what is under way gets when Relais is stopped."""


async def run(jobs: list[Job], endless: list[Job], stops: list[Callable[[], object]]) -> None:
    """Run the jobs until a signal comes or one of them fails; then let what is under way end.

    ``endless`` are those that may be cancelled at any moment.
    """
    settle_memory()
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_job(job)) for job in jobs]
            cancelled = [group.create_task(_job(job)) for job in endless]
            await stopped.wait()
            for stop in (*stops, *(task.cancel for task in cancelled)):
                stop()
            await asyncio.wait(tasks, timeout=PATIENCE)
            for task in tasks:
                task.cancel()
    except* RelaisError as errors:
        raise _first(errors) from None
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _first(errors: BaseExceptionGroup[RelaisError]) -> RelaisError:
    found = errors.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


async def _job(job: Job) -> None:
    await job()


def settle_memory() -> None:
    """Keep Python from looking for garbage in what is there for good, and from looking often: a sixth of the CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
