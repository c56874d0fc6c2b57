from __future__ import annotations

import pytest

from storage.database import Database
from storage.network import THEMES
from storage.version import version
from tests.conftest import Opener
from tests.storage.rows import WATER


async def seen(database: Database) -> str:
    async with database.snapshot() as read:
        return await version(read)


async def test_every_write_of_a_table_changes_it_and_reading_does_not(database: Database) -> None:
    found = [await seen(database)]
    async with database.transaction() as write:
        await THEMES.put(write, WATER)
        found.append(await version(write))
    async with database.transaction() as write:
        await THEMES.all(write)
    assert await seen(database) == found[-1]
    async with database.transaction() as write:
        await THEMES.remove(write, "water")
    found.append(await seen(database))
    assert len(set(found)) == 3


async def test_what_another_process_writes_changes_it(database: Database, opener: Opener) -> None:
    before = await seen(database)
    async with (await opener()).transaction() as write:
        await THEMES.put(write, WATER)
    assert await seen(database) != before


async def test_a_version_that_was_taken_back_never_comes_again(database: Database) -> None:
    found = []

    async def fails() -> None:
        async with database.transaction() as write:
            await THEMES.put(write, WATER)
            found.append(await version(write))
            raise LookupError

    for _ in range(3):
        with pytest.raises(LookupError):
            await fails()
    assert len({*found, await seen(database)}) == 4
