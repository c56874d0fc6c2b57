from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.clock import SimulatedClock
from bot.pushes.rounds import Rounds
from storage.database import Database, Transaction
from storage.network import fact, set_fact

NOW = datetime(2027, 3, 10, 2, 0, tzinfo=UTC)


async def test_round_that_fails_stops_no_other_and_leaves_nothing_half_done(database: Database) -> None:
    woken: list[bool] = []

    async def failing(tx: Transaction, now: datetime) -> None:
        await set_fact(tx, "half", "done")
        raise ValueError

    async def good(tx: Transaction, now: datetime) -> None:
        await set_fact(tx, "made", now.strftime("%Y-%m-%d %H:%M"))

    rounds = Rounds(database, SimulatedClock(NOW), {"failing": failing, "good": good}, lambda: woken.append(True))
    await rounds.go()
    async with database.snapshot() as read:
        assert (await fact(read, "half"), await fact(read, "made")) == (None, "2027-03-10 02:00")
    assert woken == [True]


async def test_rounds_begin_at_once_and_end_when_they_are_stopped(database: Database) -> None:
    made = asyncio.Event()

    async def due(tx: Transaction, now: datetime) -> None:
        made.set()

    rounds = Rounds(database, SimulatedClock(NOW), {"due": due}, lambda: None)
    async with asyncio.TaskGroup() as group:
        group.create_task(rounds.run())
        await made.wait()
        rounds.stop()
