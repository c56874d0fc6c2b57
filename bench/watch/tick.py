"""A minute in which nothing is due: ``python -m bench.watch.tick PEOPLE DEADLINES HOME``; milliseconds."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from datetime import UTC, timedelta
from pathlib import Path

import uvloop

from bench.watch.measuring import Stretch, Watched, spread
from bench.watch.network import living, with_deadlines
from bot.clock import SimulatedClock
from bot.delivery.broadcast import Broadcast
from bot.delivery.personal import Personal
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.members.identify import Identify
from bot.pushes.reminding import Reminding
from bot.pushes.rounds import Rounds
from bot.pushes.watching import Watching
from bot.watch.composing import Composing
from bot.watch.sharing import Sharing
from handlers.again import Again
from handlers.form_news import FormNews
from locales import Catalogues
from storage import reminders
from tests.support.sample import NOW, ZONE

SERVED = ("telegram",)
FIRST = NOW.replace(hour=15) + timedelta(days=3)
"""A Saturday afternoon, everybody awake: nine strikes everywhere within a day, and nothing is due before Monday."""
MINUTE = timedelta(minutes=1)


async def measured(people: int, deadlines: int, home: Path) -> dict[str, float]:
    """Make a round a minute through a day on which nobody works, and sort the minutes by what strikes in them."""
    database = await living(home, people)
    await with_deadlines(database, deadlines, 365)
    async with database.transaction() as tx:  # as after a restart: the rounds have been there a minute ago
        there = {"until": int(FIRST.timestamp()) - 120, "print": await reminders.print_of_tables(tx), "again": None}
        await reminders.set_place(tx, {**there, "run": None})
    catalogues, clock, watched = Catalogues.load(), SimulatedClock(FIRST - MINUTE), Watched(database)
    identify = Identify(ZONE, "en")
    reminding = Reminding(Personal(SERVED, ZONE, "en"), catalogues, 3)
    news = FormNews(Filling(Library()), identify, Again(identify, catalogues))
    rounds = Rounds(watched, clock, {"forms": news.round, "reminders": reminding.round}, lambda: None)
    watching = Watching(
        watched, clock, Composing(ZONE, "en"), Sharing(ZONE, "en", SERVED), Broadcast(watched, SERVED), catalogues,
        lambda month, language: None,
    )  # fmt: skip
    with Stretch() as start:
        await rounds.go()
    first = watched.longest()
    with Stretch() as look:
        await watching.go()
    found = {"start_cpu": start.figures["cpu"], "start_seconds": start.figures["seconds"], **_named("start", first)}
    async with database.snapshot() as read:
        before = await read.fetch_one("SELECT count(*) FROM outbox")
    found |= {"look_cpu": look.figures["cpu"], **_named("look", watched.longest())}
    cpu, wall = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for _ in range(24 * 60):
        clock.advance(MINUTE)
        now = clock.now()
        kind = "hour" if now.minute == 0 else "quarter" if now.minute % 15 == 0 else "minute"
        kind = "midnight" if (now.astimezone(UTC).hour, now.minute) == (0, 0) else kind
        began, used = time.perf_counter(), time.process_time()
        await rounds.go()
        await watching.go()
        cpu[kind].append((time.process_time() - used) * 1e3)
        wall[kind].append((time.perf_counter() - began) * 1e3)
    async with database.snapshot() as read:
        assert tuple(before or ()) == tuple(await read.fetch_one("SELECT count(*) FROM outbox") or ())
    found["day_tx_ms"] = max(watched.wall)
    for kind in cpu:
        found |= spread(f"{kind}_cpu", cpu[kind]) | spread(f"{kind}_wall", wall[kind])
    await database.close()
    return found


def _named(name: str, figures: dict[str, float]) -> dict[str, float]:
    return {f"{name}_{key}": value for key, value in figures.items()}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(measured(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))))
