"""An hour of reminders at which something is due for everybody: ``python -m bench.watch.reminders PEOPLE HOME``."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

import uvloop

from bench.watch.measuring import Stretch, Watched
from bench.watch.network import living, with_deadlines
from bot.clock import SimulatedClock
from bot.delivery.personal import Personal
from bot.pushes.reminding import Reminding
from bot.pushes.rounds import Rounds
from locales import Catalogues
from tests.support.sample import NOW, ZONE

SERVED = ("telegram",)
FIRST = NOW.replace(hour=0)
"""A Wednesday, before nine everywhere."""


async def measured(people: int, home: Path) -> dict[str, float]:
    """Make a round an hour from midnight to midnight, with a hundred deadlines in the month, for members by theme."""
    database = await living(home, people)
    await with_deadlines(database, 100, 40)
    watched, clock = Watched(database), SimulatedClock(FIRST)
    rounds = Rounds(
        watched, clock, {"reminders": Reminding(Personal(SERVED, ZONE, "en"), Catalogues.load(), 3).round}, lambda: None
    )  # fmt: skip
    await rounds.go()
    found: dict[str, float] = {}
    before = 0
    for _ in range(24):
        clock.advance(timedelta(hours=1))
        watched.longest()
        with Stretch() as stretch:
            await rounds.go()
        async with database.snapshot() as read:
            counted = await read.fetch_one("SELECT count(*) FROM outbox")
        new = (int(counted[0]) if counted else 0) - before
        before += new
        if new > found.get("rows", 0):
            found = {**stretch.figures, "rows": new, "rows_per_cpu_second": new / stretch.figures["cpu"]}
            found |= watched.longest()
    await database.close()
    return {**found, "rows_of_the_day": before}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(measured(int(sys.argv[1]), Path(sys.argv[2])))))
