"""Runs a story: the rounds of reminders and the watch over a database, with a clock of its own and the real outbox.

    python -m tests.pushes.year_run STORY DATABASE LEDGER [with]

does so in a process that may be killed at any moment, and goes on where the last one ended; ``with`` others, step by
step, as its standard input says.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import orjson
import structlog

from bot.delivery.broadcast import Broadcast
from bot.delivery.calls import Call
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outcome import Outcome
from bot.delivery.personal import Personal
from bot.pushes.reminding import Reminding
from bot.pushes.watching import Watching
from locales import Catalogues
from storage.database import Database, open_database
from storage.network import fact, set_fact
from tests.pushes.year_network import Network
from tests.pushes.year_reminders import A_WEEK
from tests.pushes.year_story import Act, Step, Story
from tests.pushes.year_tables import COMPOSING, SHARING, ZONE, enact

TOKEN = re.compile(r"\[([mn]\d+[a-z]?) (\w\w)\]")
MOVED = ("La date a changé", "The date has changed", "Ngày đã thay đổi", "កាលបរិច្ឆេទបានផ្លាស់ប្តូរ", "ວັນທີມີການປ່ຽນແປງ")
SERVED = ("telegram",)
CATALOGUES = Catalogues.load()
LATER = timedelta(minutes=6)
"""So much later than the one that was killed does the next process begin: leases have run out."""
_PLACES, _FEW = 1_000, 8
"""Messages under way at once; where a process may be killed, as few as Telegram's pace would have."""
_AT, _LATE = "year", "year late"


class Arrived(NamedTuple):
    """A message that arrived, put together from its bubbles."""

    chat: int
    at: datetime
    text: str

    @property
    def is_watch(self) -> bool:
        return self.text.startswith("🗞")

    @property
    def reminds_of(self) -> frozenset[tuple[str, str, bool]]:
        """Codes, languages, and whether the row says that its date has moved."""
        found = list(TOKEN.finditer(self.text))
        ends = [*(one.start() for one in found[1:]), len(self.text)]
        rows = ((one, self.text[one.end() : end]) for one, end in zip(found, ends, strict=True))
        return frozenset((one[1], one[2], any(words in row for words in MOVED)) for one, row in rows)

    @property
    def tells(self) -> frozenset[tuple[str, str]]:
        return frozenset(TOKEN.findall(self.text))


class Hands:
    """A clock that stands where it is set."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


class Ledger:
    """A channel that keeps what arrives: in memory, and in a file where a kill loses nothing."""

    def __init__(self, clock: Hands, path: Path | None = None) -> None:
        self._clock, self.lines = clock, list[tuple[int, float, str, bool]]()
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if path else None
        self.is_kept = path is not None

    async def make(self, call: Call) -> Outcome:
        known = call.parameters
        line = (known["chat_id"], self._clock.now().timestamp(), known.get("text", ""), "reply_markup" in known)
        self.lines.append(line)
        if self._file is not None:
            os.write(self._file, orjson.dumps(line) + b"\n")
        return Outcome("sent", {"message_id": len(self.lines)})


def read(path: Path) -> list[tuple[int, float, str, bool]]:
    """What a ledger's file holds."""
    return [tuple(orjson.loads(line)) for line in path.read_bytes().splitlines()] if path.exists() else []


def arrived(lines: Sequence[tuple[int, float, str, bool]]) -> list[Arrived]:
    """Put the bubbles of messages together: the last one of each has the buttons."""
    found, parts = [], dict[int, list[str]]()
    for chat, at, text, last in lines:
        parts.setdefault(chat, []).append(text)
        if last:
            found.append(Arrived(chat, datetime.fromtimestamp(at, UTC), "\n".join(parts.pop(chat))))
    return found


class Runner:
    """The assistant's clockwork, as after a start."""

    def __init__(self, database: Database, clock: Hands, ledger: Ledger) -> None:
        self.database, self.clock, self.ledger = database, clock, ledger
        self.reminding = Reminding(Personal(SERVED, ZONE, "en"), CATALOGUES, A_WEEK)
        broadcast = Broadcast(database, SERVED)
        self.watching = Watching(
            database, clock, COMPOSING, SHARING, broadcast, CATALOGUES, lambda month, language: None
        )  # fmt: skip
        places = _FEW if ledger.is_kept else _PLACES
        self.dispatcher = Dispatcher(
            database, {"telegram": ledger}, clock, places=places, seconds=lambda: clock.now().timestamp()
        )

    async def rounds(self) -> None:
        """Make every round once, as the minute's tick and the look do."""
        more = True
        while more:
            async with self.database.transaction() as tx:
                more = await self.reminding.round(tx, self.clock.now())
        await self.watching.go()

    async def send(self) -> None:
        """Send all that is due."""
        before = -1
        while before != len(self.ledger.lines):
            before = len(self.ledger.lines)
            await self.dispatcher.once()
            if not self.ledger.is_kept:
                break  # there are places for all

    async def acts(self, network: Network, step: Step) -> None:
        """Let people do what they do before a round, unless it is done."""
        async with self.database.transaction() as tx:
            done = int(await fact(tx, _AT) or 0)
            for when, act in step.acts:
                self.clock.set(when)
                if done < step.now.timestamp():
                    await enact(tx, network, act, when)
                else:
                    again(network, act)
            await set_fact(tx, _AT, str(int(step.now.timestamp())))

    async def step(self, network: Network, step: Step, *, late: timedelta = timedelta()) -> None:
        """Let people do what they do, and make the rounds."""
        if step.acts or self.ledger.is_kept:
            await self.acts(network, step)
        self.clock.set(step.now + late)
        await self.rounds()
        await self.send()


def again(network: Network, act: Act) -> None:
    """Know what was done before a kill."""
    if act[0] == "change":
        network.matters |= {one.key: one for one in act[1:]}


async def live(database: Database, story: Story, ledger: Path | None = None) -> list[Arrived]:
    """Live through a story from where it was left; return what has arrived meanwhile."""
    at, behind = await _left(database)
    clock = Hands(datetime.fromtimestamp(at, UTC) + behind if at else story.steps[0].now)
    kept = Ledger(clock, ledger)
    runner = Runner(database, clock, kept)
    for step in story.steps:
        if step.now.timestamp() < at:
            for _, act in step.acts:
                again(story.network, act)
            continue
        await runner.step(story.network, step, late=behind if step.now.timestamp() == at else timedelta())
    return arrived(kept.lines)


async def _left(database: Database) -> tuple[int, timedelta]:
    """Return at which step the process before was killed, and how long after its hour it is now.

    Each process that is killed there makes it later: what it had claimed is given back.
    """
    async with database.transaction() as tx:
        at = int(await fact(tx, _AT) or 0)
        before, times = map(int, (await fact(tx, _LATE) or "0 0").split())
        times = times + 1 if before == at else 1
        await set_fact(tx, _LATE, f"{at} {times}")
    return at, times * LATER


async def follow(database: Database, story: Story, ledger: Path) -> None:
    """Do as one of several processes what the standard input says of each step: ``acts``, ``rounds``, ``send``."""
    clock = Hands(story.steps[0].now)
    runner = Runner(database, clock, Ledger(clock, ledger))
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        what, number = line.split()
        step = story.steps[int(number)]
        clock.set(step.now)
        if what == "acts":
            await runner.acts(story.network, step)
        elif what == "rounds":
            await runner.rounds()
        else:
            await runner.send()
        print("done", flush=True)


async def main(story: Story, url: str, ledger: Path, *, together: bool) -> None:
    database = await open_database(url)
    try:
        await (follow if together else live)(database, story, ledger)
    finally:
        await database.close()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(
        main(pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2], Path(sys.argv[3]), together="with" in sys.argv)
    )
