from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage.database import open_database
from storage.migrate import migrate
from storage.network import set_fact
from storage.sqlite import SqliteDatabase
from tests.conftest import POSTGRES, Opener

ROOT = Path(__file__).parents[2]
_OTHER_PROCESS = """
import asyncio, sys
from storage.database import open_database

async def main() -> None:
    database = await open_database(sys.argv[1])
    print(await database.hold(sys.argv[2]))
    await database.close()

asyncio.run(main())
"""


def held_elsewhere(url: str, name: str) -> bool:
    """Try to take the lock in a process of its own; return whether it is refused there."""
    ran = subprocess.run(
        [sys.executable, "-c", _OTHER_PROCESS, url, name],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=ROOT,
        check=True,
    )
    return {"True": False, "False": True}[ran.stdout.strip()]


async def test_lock_is_refused_to_another_process_until_it_is_closed(
    opener: Opener, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = POSTGRES if "postgres" in request.node.name else f"sqlite:///{tmp_path / 'relais.db'}"
    name = f"sender-{uuid.uuid4().hex}"
    database = await open_database(url)
    assert await database.hold(name)
    assert held_elsewhere(url, name)
    await database.close()
    assert not held_elsewhere(url, name)


async def test_lock_may_be_taken_twice_by_its_holder(opener: Opener) -> None:
    name = f"sender-{uuid.uuid4().hex}"
    first, second = await opener(), await opener()
    assert [await first.hold(name), await first.hold(name), await second.hold(name)] == [True, True, False]
    assert await second.hold(f"{name}-of-another-bot")


async def test_sqlite_is_written_ahead_synced_in_full_with_foreign_keys(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'relais.db'}")
    async with database.transaction() as write:
        settings = [
            (await write.fetch_all(f"PRAGMA {name}"))[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["wal", 2, 1]
    await database.close()


async def test_file_that_is_no_database_is_refused_and_left_closed(tmp_path: Path) -> None:
    path = tmp_path / "relais.db"
    path.write_text("Dear all,\n" * 500)
    before = set(threading.enumerate())
    with pytest.raises(StorageError) as refused:
        await open_database(f"sqlite:///{path}")
    assert str(refused.value) == (
        f"The database file {path} cannot be opened: file is not a database. See RELAIS_HOME."
    )
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    assert set(threading.enumerate()) <= before


async def test_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refused:
        await open_database(f"sqlite:///{tmp_path}")
    assert str(refused.value) == (
        f"The database file {tmp_path} cannot be opened: unable to open database file. See RELAIS_HOME."
    )


async def test_backup_holds_what_was_committed_while_somebody_writes(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'relais.db'}")
    assert isinstance(database, SqliteDatabase)
    await migrate(database)
    async with database.transaction() as write:
        await set_fact(write, "a", "1")
    async with database.transaction() as write:
        await set_fact(write, "a", "2")
        await database.backup(tmp_path / "copy.db")
    await database.close()
    copy = sqlite3.connect(tmp_path / "copy.db")
    try:
        assert copy.execute("SELECT value FROM facts").fetchall() == [("1",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        copy.close()
