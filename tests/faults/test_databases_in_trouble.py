"""The database is full, locked, restarted, restored: nothing is lost, nothing that is held is repeated."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from structlog.testing import capture_logs

from bot.delivery import dispatcher as module
from storage import sqlite as driver
from storage.database import Database, open_database
from storage.migrate import migrate
from tests.conftest import POSTGRES
from tests.support.relay import Relay
from tests.support.sender import Ahead, Sender, all_settled, ended, fates, queue_many, sender
from tests.support.strict import StrictServer

FAST = 20.0
CHATS = range(1, 201)


async def through(
    one: Sender, server: StrictServer, database: Database, trouble: Callable[[], Awaitable[object]]
) -> None:
    """Send everything; after sixty messages trouble comes."""

    async def come() -> None:
        await server.until(lambda: sum(server.counts.values()) >= 60)
        await trouble()

    async def over() -> bool:
        try:
            return await all_settled(database)
        except (sqlite3.Error, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    async with asyncio.timeout(60):
        await asyncio.gather(one.until(over), come())


async def test_a_full_disk_is_waited_out_and_nothing_is_lost_or_repeated(file: Database, tmp_path: Path) -> None:
    """No file may grow for a while, as on a disk that is full."""
    await queue_many(file, CHATS[:100], "held", "a")
    await queue_many(file, CHATS[100:], "again", "b")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    stuck: list[int] = []

    async def fill() -> None:
        size = (tmp_path / "relais.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (min(size, 8_192), hard))
        try:
            for _ in range(2):  # what is under way ends, and then nothing more is begun
                stuck.append(len(server.calls))
                await asyncio.sleep(0.5)
        finally:
            stuck.append(len(server.calls))
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    async with StrictServer.strict(pause=0.01) as server, sender(server.root, file, times=FAST) as one:
        with capture_logs() as logs:  # pytest keeps what is printed in a file, which may not grow either
            await through(one, server, file, fill)
    assert {log["event"] for log in logs} == {"tried again later"}
    assert stuck[2] == stuck[1] <= stuck[0] + 2 * 32 < len(server.calls)
    assert server.counts == dict.fromkeys(CHATS, 1)
    assert await ended(file) == {"sent": len(CHATS)}


@pytest.mark.parametrize(
    ("seconds", "patience"),
    [
        (1.0, 15_000),
        (1.0, 100),
        pytest.param(10.0, 15_000, marks=pytest.mark.long),
        pytest.param(10.0, 100, marks=pytest.mark.long),
    ],
)
async def test_a_locked_database_is_waited_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, patience: int
) -> None:
    monkeypatch.setattr(driver, "_BUSY_MS", patience)
    path = tmp_path / "relais.db"
    file = await open_database(f"sqlite:///{path}")
    await migrate(file)
    await queue_many(file, CHATS, "held")

    async def lock() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(seconds)
        other.execute("COMMIT")
        other.close()

    try:
        async with StrictServer.strict(pause=0.01) as server, sender(server.root, file, times=FAST) as one:
            await through(one, server, file, lock)
        assert server.counts == dict.fromkeys(CHATS, 1)
        assert await ended(file) == {"sent": len(CHATS)}
    finally:
        await file.close()


def behind(port: int) -> str:
    """The tests' PostgreSQL by another port."""
    parts = urlsplit(POSTGRES)
    user = f"{parts.username}{f':{parts.password}' if parts.password else ''}"
    return parts._replace(netloc=f"{user}@127.0.0.1:{port}").geturl()


@pytest.mark.parametrize("opener", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    "commit", [3, -3, pytest.param(2, marks=pytest.mark.long), pytest.param(-4, marks=pytest.mark.long)]
)
async def test_postgresql_restarted_in_the_middle_of_a_claim(
    database: Database, monkeypatch: pytest.MonkeyPatch, commit: int
) -> None:
    """Cut before a claim is committed, or (negative) after it was and before that is known; then nobody answers."""
    monkeypatch.setattr(module, "_SWEEP", 1.0)
    async with database.snapshot() as read:
        (schema,) = await read.fetch_all("SELECT current_schema()")
    again, held, clock, parts = CHATS[:100], CHATS[100:], Ahead(), urlsplit(POSTGRES)
    await queue_many(database, again, "again", "a")
    await queue_many(database, held, "held", "b")

    async def restart() -> None:
        relay.mark = (b"COMMIT;", commit)
        await relay.was_cut.wait()
        relay.down = True
        await asyncio.sleep(0.5)
        relay.down = False
        clock.ahead += module.LEASE + timedelta(seconds=1)  # what was claimed and forgotten has run out

    async with (
        Relay.started(parts.hostname or "", parts.port or 5432) as relay,
        StrictServer.strict(pause=0.01) as server,
    ):
        mine = await open_database(f"{behind(relay.port)}?search_path={schema[0]}&sslmode=disable")
        try:
            assert await mine.hold(f"sender-{schema[0]}")
            async with sender(server.root, mine, clock, times=FAST) as one:
                await through(one, server, database, restart)
            assert not await database.hold(f"sender-{schema[0]}")  # the lock was taken again
        finally:
            await mine.close()
    counts, found = Counter(server.counts), await fates(database)
    assert [chat for chat in again if counts[chat] != 1] == []
    assert [chat for chat in held if counts[chat] + (found[chat] == "unknown") != 1] == []
