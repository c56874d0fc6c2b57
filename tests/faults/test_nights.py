"""What is late lands at night, and wakes nobody: a sender that is killed in the evening, a campaign that was paused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.delivery import dispatcher as module
from storage import campaigns
from storage.database import Database, open_database
from storage.migrate import migrate
from tests.faults.test_sender_killed import running
from tests.support.sender import PLACES, Ahead, Sender, all_settled, ended, queue_many, sender
from tests.support.strict import StrictServer

CHATS = range(1, 401)
URGENT = range(1_001, 1_011)
QUIET = "21-7@UTC"
EVENING = datetime.combine(SystemClock().now().date() + timedelta(days=1), time(20), UTC)
NIGHT, MORNING = EVENING + timedelta(hours=3), EVENING + timedelta(hours=11)


def ahead(moment: datetime) -> float:
    """By how many seconds a clock is ahead that shows that moment now."""
    return (moment - SystemClock().now()).total_seconds()


@asynccontextmanager
async def sending(
    server: StrictServer, database: Database, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Sender]:
    """A sender in this process that begins at that moment."""
    monkeypatch.setattr(module, "_LOOK", 0.02)
    async with sender(server.root, database, Ahead(ahead(moment))) as one, asyncio.timeout(60):
        yield one


async def test_what_a_kill_in_the_evening_left_wakes_nobody_at_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "relais.db"
    database = await open_database(f"sqlite:///{path}")
    try:
        await migrate(database)
        await queue_many(database, CHATS, "again", "a", EVENING, quiet=QUIET)
        async with StrictServer.strict() as server:
            async with running(server, path, ahead(EVENING)) as process:
                await server.until(lambda: len(server.counts) >= 20, 30)
                process.kill()
                await process.wait()
            arrived = dict(server.counts)
            assert len(arrived) < len(CHATS)
            await queue_many(database, URGENT, "again", "urgent", EVENING)
            async with sending(server, database, NIGHT, monkeypatch) as one:
                await one.until(waits(database, NIGHT))
            assert {chat: server.counts[chat] for chat in server.counts if chat in CHATS} == arrived
            assert {chat: server.counts[chat] for chat in URGENT} == dict.fromkeys(URGENT, 1)
            async with sending(server, database, MORNING, monkeypatch) as one:
                await one.until(lambda: all_settled(database))
            assert set(server.counts) == {*CHATS, *URGENT}
            assert sum(server.counts.values()) <= len(CHATS) + len(URGENT) + PLACES
    finally:
        await database.close()


async def test_campaign_that_goes_on_at_night_goes_on_in_the_morning(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await queue_many(file, CHATS, "held", "a", EVENING, quiet=QUIET)
    async with StrictServer.strict() as server:
        async with sending(server, file, EVENING, monkeypatch) as one:
            await one.until(lambda: len(server.counts) >= 20)
        async with file.transaction() as tx:
            assert await campaigns.turn(tx, number, ("running",), "paused")
            assert await campaigns.turn(tx, number, ("paused",), "running")
        arrived = dict(server.counts)
        assert len(arrived) < len(CHATS)
        async with sending(server, file, NIGHT, monkeypatch) as one:
            await one.until(waits(file, NIGHT))
        assert server.counts == arrived
        async with sending(server, file, MORNING, monkeypatch) as one:
            await one.until(lambda: all_settled(file))
        assert (server.counts, await ended(file)) == (dict.fromkeys(CHATS, 1), {"sent": len(CHATS)})


def waits(database: Database, now: datetime) -> Callable[[], Awaitable[bool]]:
    """Whether nothing is due any more, nor under way."""

    async def over() -> bool:
        async with database.snapshot() as read:
            found = await read.fetch_all(
                "SELECT id FROM outbox WHERE state = 'leased' OR (state = 'queued' AND next_try <= $1) LIMIT 1",
                int((now + timedelta(minutes=10)).timestamp()),
            )
        return not found

    return over
