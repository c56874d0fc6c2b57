"""The monthly issue, from the tables to the outbox: ``python -m bench.watch.issue READERS HOME``."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import uvloop

from bench.watch.measuring import Stretch, Watched
from bench.watch.network import START, living, with_news
from bot.clock import SimulatedClock
from bot.delivery.broadcast import Broadcast
from bot.pushes.watching import Watching
from bot.watch.composing import Composing, entries_of
from bot.watch.sharing import Sharing
from locales import Catalogues
from storage import issues
from tests.support.sample import ZONE

MONTH, ENTRIES = date(2027, 4, 1), 40
STARTS = START + timedelta(days=22)
SERVED = ("telegram",)


async def measured(count: int, home: Path) -> dict[str, float]:
    """Approve an issue of forty entries, and send it off."""
    database = await living(home, count)
    await with_news(database, ENTRIES)
    composing, sharing = Composing(ZONE, "en"), Sharing(ZONE, "en", SERVED)
    async with database.transaction() as tx:
        kept = await composing.current(tx, STARTS)
        names = tuple(one.name for one in (await entries_of(tx, kept, STARTS))[-ENTRIES:])
        frozen = kept.content.model_copy(update={"entries": names}).model_dump_json()
        assert await issues.approve(tx, kept.id, kept.version, frozen, "Bench", STARTS, START)
        assert (kept.month, len(names)) == (MONTH, ENTRIES)
    watched = Watched(database)
    watching = Watching(
        watched, SimulatedClock(STARTS), composing, sharing, Broadcast(watched, SERVED), Catalogues.load(),
        lambda month, language: f"https://example.org/{month}/{language}",
    )  # fmt: skip
    with Stretch() as stretch:
        await watching.go()
    async with database.snapshot() as read:
        rows = await read.fetch_one("SELECT count(*), count(DISTINCT body) FROM outbox")
        languages = await read.fetch_one("SELECT count(DISTINCT language) FROM outbox")
    await database.close()
    assert rows is not None
    assert languages is not None
    assert (rows[0] > count * 0.9, languages[0]) == (True, 5)
    return {**stretch.figures, "rows": rows[0], "bodies": rows[1], **watched.longest()}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(measured(int(sys.argv[1]), Path(sys.argv[2])))))
