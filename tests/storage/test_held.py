from __future__ import annotations

from storage import campaigns, held, updates
from storage.database import Database
from storage.updates import Received
from tests.storage.queued import NOW, begun, chain, leased, queued, row, states


async def test_hold_is_kept_until_released(database: Database) -> None:
    async with database.transaction() as tx:
        assert await held.is_held(tx) is False
        await held.hold(tx)
        await held.hold(tx)
        assert await held.is_held(tx) is True
        await held.release(tx)
        assert await held.is_held(tx) is False


async def test_hold_answers_nobody_who_wrote_before(database: Database) -> None:
    async with database.transaction() as tx:
        [number] = await updates.add(tx, [Received("telegram", 1, 7, "{}")], NOW)
        assert number is not None
        await held.hold(tx)
        assert await updates.pending(tx) == []
        assert await updates.add(tx, [Received("telegram", 1, 7, "{}")], NOW) == [None]


async def test_drop_cancels_all_that_waits_and_stops_its_campaigns(database: Database) -> None:
    running = await begun(database, *chain("a"), row("b"))
    filling = await begun(database, row("c"), name="c", state="filling")
    over = await begun(database, name="d", state="ended")
    await queued(database, row("e"), row("f"))
    await leased(database, places=1)
    async with database.transaction() as tx:
        await held.hold(tx)
        assert await held.waiting(tx) == (7, 2)
        await held.drop(tx, NOW)
        assert await held.waiting(tx) == (0, 0)
        assert await held.is_held(tx) is False
        found = [await campaigns.get(tx, number) for number in (running, filling, over)]
    assert set((await states(database)).values()) == {"cancelled"}
    assert [one and one.state for one in found] == ["stopped", "stopped", "ended"]
