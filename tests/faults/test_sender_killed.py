"""Senders in processes of their own: killed, stopped past their leases, started twice, their power cut."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import sqlite3
from collections import Counter
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.app import ready_database
from bot.clock import SystemClock
from bot.errors import StorageError
from bot.settings import Settings
from storage.database import Database, open_database
from tests.botapi.check_calls import assert_calls
from tests.support.process import in_process
from tests.support.sender import PLACES, all_settled, fates, queue_many, sender
from tests.support.strict import StrictServer

AHEAD = 600.0
"""Seconds by which the clock of every sender is ahead of the last one's: its leases have run out."""


def running(
    server: StrictServer, path: Path, ahead: float = 0.0, lease: float = 0.0
) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """A sender in a process of its own."""
    return in_process(
        "tests.support.sender", server.root, f"sqlite:///{path}", "--ahead", str(ahead), "--lease", str(lease)
    )


async def ends(process: asyncio.subprocess.Process) -> None:
    """Wait until it has nothing left to send."""
    assert await asyncio.wait_for(process.wait(), 60) == 0


def promised(server: StrictServer, found: dict[int, str], again: range, held: range, most: int) -> tuple[int, int]:
    """Check what the kinds promise; return how many were repeated, and how many may not have arrived.

    `most` is how many may have been under way when something happened.
    """
    counts = Counter(server.counts)
    lost = [chat for chat in again if counts[chat] == 0]
    repeated = [chat for chat in held if counts[chat] > 1]
    unknown = [chat for chat in held if found[chat] == "unknown"]
    silent = [chat for chat in held if counts[chat] == 0 and found[chat] != "unknown"]
    extra = sum(counts[chat] - 1 for chat in again)
    assert (lost, repeated, silent) == ([], [], [])
    assert {found[chat] for chat in again} == {"sent"}
    assert {found[chat] for chat in held} <= {"sent", "unknown"}
    assert len(unknown) + extra <= most, (len(unknown), extra, most)
    return extra, len(unknown)


@pytest.mark.parametrize(
    ("rows", "kills"), [(400, 2), pytest.param(5_000, 50, marks=pytest.mark.long)], ids=["two", "fifty"]
)
async def test_kills_lose_nothing_and_repeat_only_what_may_be_repeated(
    file: Database, tmp_path: Path, rows: int, kills: int
) -> None:
    again, held = range(1, rows // 2 + 1), range(rows + 1, rows + rows // 2 + 1)
    mixed = [chat for pair in zip(again, held, strict=True) for chat in pair]
    for name, chats in (("a", mixed[: rows // 2]), ("b", mixed[rows // 2 :])):
        await queue_many(file, [chat for chat in chats if chat in again], "again", f"{name}-again")
        await queue_many(file, [chat for chat in chats if chat in held], "held", f"{name}-held")
    chance = random.Random(5)
    async with StrictServer.strict(pause=0.005) as server:
        for kill in range(kills):
            async with running(server, tmp_path / "relais.db", kill * AHEAD) as process:
                before = len(server.calls)
                enough = before + chance.randint(1, max(2, rows // kills))
                await server.until(lambda enough=enough: len(server.calls) >= enough, 60)  # type: ignore[misc]
                process.send_signal(signal.SIGKILL)
        async with running(server, tmp_path / "relais.db", kills * AHEAD) as process:
            await ends(process)
    extra, unknown = promised(server, await fates(file), again, held, kills * PLACES)
    print(
        f"{kills} kills during {rows} rows: {extra} sent twice, {unknown} held as unknown, 0 lost, 0 held ones repeated"
    )
    assert_calls([call.for_check for call in server.calls])


async def test_a_sender_stopped_past_its_leases_repeats_only_what_was_under_way(file: Database, tmp_path: Path) -> None:
    again, held = range(1, 151), range(201, 351)
    await queue_many(file, again, "again", "again")
    await queue_many(file, held, "held", "held")
    async with StrictServer.strict(pause=0.02) as server, running(server, tmp_path / "relais.db", lease=2.0) as first:
        await server.until(lambda: len(server.calls) > 50, 30)
        first.send_signal(signal.SIGSTOP)
        async with running(server, tmp_path / "relais.db", lease=2.0) as second:
            await server.until(lambda: sum(server.counts.values()) > 150, 30)
            first.send_signal(signal.SIGCONT)
            await ends(second)
        await ends(first)
    promised(server, await fates(file), again, held, 2 * PLACES)


async def test_two_senders_by_mistake_send_nothing_twice(file: Database, tmp_path: Path) -> None:
    again, held = range(1, 101), range(201, 301)
    await queue_many(file, again, "again", "again")
    await queue_many(file, held, "held", "held")
    path = tmp_path / "relais.db"
    async with (
        StrictServer.strict(pause=0.002) as server,
        running(server, path) as first,
        running(server, path) as second,
    ):
        await ends(first)
        await ends(second)
    assert promised(server, await fates(file), again, held, 0) == (0, 0)
    assert server.counts == dict.fromkeys([*again, *held], 1)


async def test_two_senders_on_one_database_claim_apart(database: Database) -> None:
    await queue_many(database, range(1, 201), "held")
    async with (
        StrictServer.strict(pause=0.002) as server,
        sender(server.root, database) as one,
        sender(server.root, database) as other,
        asyncio.timeout(30),
        asyncio.TaskGroup() as group,
    ):
        for each in (one, other):
            group.create_task(each.until(lambda: all_settled(database)))
    assert server.counts == dict.fromkeys(range(1, 201), 1)


async def test_a_second_relais_is_refused_on_the_same_database(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    async with ready_database(settings, SystemClock()):
        with pytest.raises(StorageError) as refused:
            async with ready_database(settings, SystemClock()):
                pass
    assert str(refused.value).startswith("Relais is running on this database already")


@pytest.mark.parametrize("tail", [pytest.param("whole", marks=pytest.mark.long), "torn", "dropped"])
async def test_a_power_cut_loses_nothing_that_was_promised(file: Database, tmp_path: Path, tail: str) -> None:
    """What is on the disk when a message reaches Telegram: its claim was synced before.

    Torn: an unfinished transaction follows.  Dropped: somebody removed the WAL, which is an older backup restored:
    nothing is lost, what is held may be repeated.
    """
    again, held = range(1, 101), range(201, 301)
    await queue_many(file, again, "again", "again")
    await queue_many(file, held, "held", "held")
    source, copy = tmp_path / "relais.db", tmp_path / "copy" / "relais.db"
    copy.parent.mkdir()
    if tail == "dropped":
        checkpoint(source)
    async with StrictServer.strict(pause=0.005) as server:
        async with running(server, source) as process:
            await server.until(lambda: sum(server.counts.values()) >= 70, 30)
            process.send_signal(signal.SIGSTOP)
            shutil.copy(source, copy)
            wal = source.with_name("relais.db-wal").read_bytes()
            process.kill()
        if tail != "dropped":
            unfinished = wal[-3_000:] if tail == "torn" else b""
            copy.with_name("relais.db-wal").write_bytes(wal + unfinished)
        before = server.counts
        restored = await open_database(f"sqlite:///{copy}")
        try:
            async with running(server, copy, AHEAD) as process:
                await ends(process)
            found = await fates(restored)
        finally:
            await restored.close()
    if tail == "dropped":
        assert set(found.values()) == {"sent"}
        assert all(server.counts[chat] >= 1 for chat in (*again, *held))
        assert all(server.counts[chat] <= 1 + (chat in before) for chat in (*again, *held))
    else:
        promised(server, found, again, held, PLACES)


def checkpoint(path: Path) -> None:
    """Have the rows in the file itself, and the WAL empty."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
