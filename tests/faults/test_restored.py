"""A backup of yesterday is restored: it does not know what was sent since."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.backup import back_up, restore
from bot.clock import SystemClock
from storage import held
from storage.database import open_database
from storage.migrate import migrate
from tests.support.sender import all_settled, ended, queue_many, sender
from tests.support.strict import StrictServer

CHATS = range(1, 41)


@pytest.mark.parametrize("drop", [False, True], ids=["sent", "dropped"])
async def test_a_restored_backup_sends_nothing_again_without_being_asked(tmp_path: Path, drop: bool) -> None:
    async with StrictServer.strict() as server:
        await before(server, tmp_path)
        restored = await open_database(f"sqlite:///{tmp_path / 'new' / 'relais.db'}")
        try:
            await queue_many(restored, range(101, 111), "again", "found again by a round")
            async with sender(server.root, restored) as one, asyncio.timeout(30):
                await one.once()
                assert server.counts == dict.fromkeys(CHATS, 1)
                async with restored.transaction() as tx:
                    await (held.drop(tx, SystemClock().now()) if drop else held.release(tx))
                await one.until(lambda: all_settled(restored))
            states = await ended(restored)
        finally:
            await restored.close()
    if drop:
        assert (server.counts, states) == (dict.fromkeys(CHATS, 1), {"sent": 10, "cancelled": 40})
    else:
        assert (sum(server.counts.values()), states) == (40 + 40, {"sent": 50})


async def before(server: StrictServer, folder: Path) -> None:
    """Ten messages are sent, a backup is made, the others are sent; then the backup is laid out elsewhere."""
    url = f"sqlite:///{folder / 'relais.db'}"
    database = await open_database(url)
    try:
        await migrate(database)
        await queue_many(database, CHATS[:10], "held", "a")
        async with sender(server.root, database) as one, asyncio.timeout(30):
            await one.until(lambda: all_settled(database))
            await queue_many(database, CHATS[10:], "held", "b")
            await asyncio.to_thread(back_up, url, folder, folder / "backup.tar.gz")
            await one.until(lambda: all_settled(database))
        assert server.counts == dict.fromkeys(CHATS, 1)
    finally:
        await database.close()
    new = folder / "new"
    await asyncio.to_thread(restore, f"sqlite:///{new / 'relais.db'}", new, folder / "backup.tar.gz")
