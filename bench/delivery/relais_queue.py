"""Queues a broadcast, and measures what a row costs from the table to "sent", without a network in between.

``python -m bench.delivery.relais_queue people COUNT HOME`` queues to COUNT people: seconds, and MB more than before.
``… rows COUNT HOME`` leases and settles some of COUNT rows: seconds of CPU a row.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import timedelta
from pathlib import Path

import uvloop

from bench.delivery.campaign import everybody, filled
from bench.delivery.people import network
from bot.clock import SystemClock
from storage import outbox
from storage.outbox import Settled

TURN = 250


def peak() -> float:
    """Most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def queued(count: int, home: Path) -> dict[str, float]:
    """From the people's rows to the outbox."""
    database = await network(home, count)
    before, began, cpu = peak(), time.perf_counter(), time.process_time()
    await filled(database, "bench", await everybody(database))
    found = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "mb": peak() - before}
    await database.close()
    return found


async def settled(count: int, home: Path) -> dict[str, float]:
    """From rows to sent, in turns as the dispatcher takes them."""
    database = await network(home, TURN)
    campaign = await filled(database, "bench", await everybody(database))
    columns = (
        "message_key, channel, address, next_try, calls, body, campaign, person, language, if_unknown, state, queued"
    )
    changed = columns.replace("message_key", "n.i || ':telegram'").replace("address", "n.i")
    async with database.transaction() as tx:
        await tx.execute_long(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)"
            f" INSERT INTO outbox ({columns}, attempts) SELECT {changed}, 0 FROM n JOIN outbox ON id = 1",
            count - TURN,
        )  # fmt: skip
    now, cpu = SystemClock().now(), time.process_time()
    turns = min(20, count // TURN)
    for _ in range(turns):
        async with database.transaction() as tx:
            leased = await outbox.lease(tx, "telegram", campaign, now, TURN, now + timedelta(minutes=5))
        assert len(leased) == TURN
        async with database.transaction() as tx:
            await outbox.settle(tx, [Settled(one, "sent", 0, sent_as="[7]") for one in leased], now)
    cpu = time.process_time() - cpu
    await database.close()
    return {"row": cpu / turns / TURN}


if __name__ == "__main__":
    measure = queued if sys.argv[1] == "people" else settled
    print(json.dumps(uvloop.run(measure(int(sys.argv[2]), Path(sys.argv[3])))))
