"""How the end-to-end tests start the assistant: as ``relais run`` does, with the sample network in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import serve
from bot.clock import Clock, SimulatedClock
from bot.settings import Settings
from storage.database import Database, open_database
from storage.migrate import migrate
from tests.support.sample import NOW, sample


def settings(home: Path, **more: object) -> Settings:
    """Settings that read neither the environment nor ``.env``; no reminder comes in between."""
    return Settings(_env_file=None, home=home, **{"reminders_a_week": 0, **more})  # type: ignore[call-arg,arg-type]  # the first is pydantic's own


async def prepared(home: Path, prepare: Callable[[Database], Awaitable[object]]) -> None:
    """Put the sample network into an empty home, and what ``prepare`` adds to it."""
    database = await open_database(settings(home).database)
    try:
        await migrate(database)
        await sample(database, home / "files")
        await prepare(database)
    finally:
        await database.close()


@asynccontextmanager
async def running(chosen: Settings, clock: Clock | None = None) -> AsyncIterator[list[str]]:
    """The assistant until the end of the block; gives what it told whoever started it."""
    told: list[str] = []
    started = asyncio.Event()

    def say(line: str) -> None:
        told.append(line)
        started.set()

    async with asyncio.TaskGroup() as group:
        serving = group.create_task(serve(chosen, clock or SimulatedClock(NOW), say))
        waiting = group.create_task(started.wait())
        await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            yield told
        finally:
            serving.cancel()
