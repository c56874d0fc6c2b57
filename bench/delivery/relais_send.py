"""Sends a campaign of N messages from its rows to "sent" committed, and prints what it took.

``python -m bench.delivery.relais_send COUNT RATE HOME``; a rate of 0 knows no limit.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import uvloop

from bench.delivery.campaign import everybody, filled
from bench.delivery.harness import API, TOKEN
from bench.delivery.people import network
from bot.clock import SystemClock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.http import HttpRequest
from bot.delivery.pace import UNLIMITED, Limits, Pace
from bot.delivery.telegram import TelegramApi
from bot.running import settle_memory
from storage import campaigns
from storage.database import Database

WARM = 500


async def ended(database: Database, campaign: int, every: int) -> None:
    """Return once the campaign is over; every one of its messages must have been sent."""
    while True:
        async with database.snapshot() as read:
            found = await campaigns.get(read, campaign)
        assert found is not None
        if found.state == "ended":
            async with database.snapshot() as read:
                assert await campaigns.progress(read, campaign) == {"sent": every}
            return
        assert found.state == "running", found
        await asyncio.sleep(0.25)


async def main(count: int, rate: float, home: Path) -> None:
    """Send."""
    database = await network(home, count)
    people = await everybody(database)
    async with HttpRequest() as request, asyncio.TaskGroup() as group:
        api = TelegramApi(request, API, TOKEN)
        pace = Pace(Limits(rate, 1.0) if rate else UNLIMITED)
        dispatcher = Dispatcher(database, {"telegram": api}, SystemClock(), paces={"telegram": pace})
        warm = await filled(database, "warm", people[:WARM])
        work = await filled(database, "work", people, paused=True)
        people.clear()
        settle_memory()
        group.create_task(dispatcher.run())
        await ended(database, warm, WARM)
        async with database.transaction() as tx:
            await campaigns.turn(tx, work, ("paused",), "running")
        cpu, began = time.process_time(), time.perf_counter()
        dispatcher.wake()
        await ended(database, work, count)
        used = time.process_time() - cpu
        print(json.dumps({"messages": count, "seconds": time.perf_counter() - began, "cpu": used}))
        dispatcher.stop()
    await database.close()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])))
