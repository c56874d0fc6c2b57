from __future__ import annotations

from storage import updates
from storage.database import Database
from storage.updates import Received
from tests.storage.queued import NOW


async def test_each_update_is_kept_once_however_many_come_together(database: Database) -> None:
    some = [Received("telegram", number, number % 7, f'{{"update_id": {number}}}') for number in range(250)]
    async with database.transaction() as tx:
        numbers = await updates.add(tx, [*some[:3], some[1], Received("web", 1, 7, "{}")], NOW)
        assert [number is None for number in numbers] == [False, False, False, True, False]
    async with database.transaction() as tx:
        more = await updates.add(tx, some, NOW)
        assert more[:3] == [None] * 3
        kept = [number for number in more if number is not None]
        assert len(kept) == 247
        assert [one.id for one in await updates.pending(tx)] == [*(one for one in numbers if one), *sorted(kept)]
        for one, number in zip(some, more, strict=True):
            row = await updates.get(tx, number or 0)
            assert row is None or (row.state, row.payload) == ("received", one.payload)
        assert await updates.add(tx, [], NOW) == []
