"""The web's tables, on both databases."""

from __future__ import annotations

from storage import updates, web
from storage.database import Database
from storage.updates import Received
from tests.web.stand import START


async def test_bubbles_are_kept_changed_and_removed(database: Database) -> None:
    async with database.transaction() as tx:
        for number in (1, 2, 3):
            await web.put(tx, 5, number, f"body {number}")
        await web.put(tx, 5, 2, "changed")
        await web.put(tx, 6, 1, "another chat")
        await web.remove(tx, 5, 3)
        await web.set_state(tx, 5, "state")
    async with database.snapshot() as read:
        assert await web.recent(read, 5, 10) == ["body 1", "changed"]
        assert await web.recent(read, 5, 1) == ["changed"]
        assert (await web.get(read, 5, 2), await web.get(read, 5, 3), await web.get(read, 7, 1)) == (
            "changed",
            None,
            None,
        )
        assert (await web.last_message(read, 5), await web.last_message(read, 7)) == (3, 0)
        assert (await web.state(read, 5), await web.state(read, 6)) == ("state", None)


async def test_update_numbers_go_on_from_what_is_stored(database: Database) -> None:
    async with database.transaction() as tx:
        await updates.add(tx, [Received("web", 41, 1, "{}")], START)
        assert [await web.next_update_id(tx) for _ in range(3)] == [42, 43, 44]


async def test_files_are_rows(database: Database) -> None:
    async with database.transaction() as tx:
        number = await web.add_file(tx, "a.pdf", "application/pdf", 4, "5/x")
        assert await web.file(tx, number) == web.StoredFile(number, "a.pdf", "application/pdf", 4, "5/x")
        assert await web.file(tx, number + 1) is None
