"""A simulated year in processes that are killed at random moments, and in four processes at once."""

from __future__ import annotations

import asyncio
import pickle
import random
import signal
from collections import Counter
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.conftest import POSTGRES, Opener
from tests.pushes.year_agreed import expected, to_the_half_hour
from tests.pushes.year_run import Arrived, arrived, read
from tests.pushes.year_story import START, Story, story
from tests.pushes.year_tables import fill
from tests.support.fakes import eventually
from tests.support.process import in_process

_BYTES = 500
"""Of a reminder in the ledger, at least."""


def started(folder: Path, url: str, *more: str) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """The assistant's clockwork in a process of its own."""
    words = (str(folder / "story"), url, str(folder / "ledger"), *more)
    return in_process("tests.pushes.year_run", *words, talks=bool(more))


def size(ledger: Path) -> int:
    return ledger.stat().st_size if ledger.exists() else 0


async def told(database: Database, folder: Path, one: Story) -> None:
    await fill(database, one.network, START - timedelta(hours=1))
    (folder / "story").write_bytes(pickle.dumps(one))


async def unknown(database: Database) -> Counter[int]:
    """How many messages may have arrived or not, by chat."""
    async with database.snapshot() as tx:
        rows = await tx.fetch_all("SELECT address, count(*) AS n FROM outbox WHERE state = 'unknown' GROUP BY address")
    return Counter({row["address"]: row["n"] for row in rows})


@pytest.mark.parametrize(
    ("people", "cities", "days", "kills"),
    [(20, 6, 40, 5), pytest.param(60, 12, 365, 60, marks=pytest.mark.long)],
    ids=["five", "sixty"],
)
async def test_kills_lose_nothing_and_repeat_only_what_was_under_way(
    file: Database, tmp_path: Path, people: int, cities: int, days: int, kills: int
) -> None:
    one, luck = story(9, people=people, cities=cities, days=days), random.Random(9)
    await told(file, tmp_path, one)
    ledger, most = tmp_path / "ledger", _BYTES * len(one.reminders) // kills
    url = f"sqlite:///{tmp_path / 'relais.db'}"
    for _ in range(kills):
        enough, moment = size(ledger) + luck.randint(1, most), luck.random() / 10
        async with started(tmp_path, url) as process:
            await eventually(lambda enough=enough: size(ledger) >= enough, 300)  # type: ignore[misc]
            await asyncio.sleep(moment)
            assert process.returncode is None, "it came to its end before it was killed often enough"
            process.send_signal(signal.SIGKILL)
    async with started(tmp_path, url) as process:
        assert await process.wait() == 0
    found, maybe = arrived(read(ledger)), await unknown(file)
    lost, repeated, more = compared(one, found, maybe)
    print(
        f"{kills} kills in {days} days of {people} people: {len(found)} messages, {len(lost)} lost, {repeated} repeated"
        f" that were under way, {sum(maybe.values())} of the watch held as unknown"
    )
    assert (lost, more) == ([], [])
    assert repeated <= 8 * kills


def compared(one: Story, found: list[Arrived], maybe: Counter[int]) -> tuple[list[object], int, list[object]]:
    """What is lost, how many reminders were repeated, and what should not have come.

    A message of the watch that may not have arrived is not sent again: what it told stands in that reader's next one.
    """
    chats = {each.chat: each.code for each in one.people.values()}
    unsure = {chats[chat] for chat in maybe}
    must: Counter[tuple[str, object, object]] = Counter()
    for (person, at, what), times in expected(one).items():
        is_watch = bool(what) and len(next(iter(what))) == 2
        must[person, to_the_half_hour(at), None if is_watch and person in unsure else what] += times
    has = Counter(
        (
            chats[each.chat],
            to_the_half_hour(each.at),
            None if each.is_watch and chats[each.chat] in unsure else each.tells if each.is_watch else each.reminds_of,
        )
        for each in found
    )
    repeated = sum(times - 1 for (_, _, what), times in has.items() if what is not None and times > 1)
    lost = [each for each in must if each not in has]
    spared = Counter(each[0] for each in lost if each[2] is None)
    assert all(spared[code] <= maybe[chat] for chat, code in chats.items())
    more = [each for each in has if each not in must and each[2] is not None]
    return [each for each in lost if each[2] is not None], repeated, more


@pytest.mark.parametrize(
    ("people", "cities", "days"),
    [(20, 6, 8), pytest.param(40, 8, 12, marks=pytest.mark.long)],
    ids=["twenty people", "forty people"],
)
async def test_four_processes_say_everything_once(
    opener: Opener, tmp_path: Path, people: int, cities: int, days: int
) -> None:
    database = await opener()
    await migrate(database)
    one = story(3, people=people, cities=cities, days=days)
    await told(database, tmp_path, one)
    async with database.snapshot() as tx:
        schema = await tx.fetch_one("SELECT current_schema()") if not (tmp_path / "relais.db").exists() else None
    url = f"{POSTGRES}?search_path={schema[0]}" if schema else f"sqlite:///{tmp_path / 'relais.db'}"
    async with AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(started(tmp_path, url, "with")) for _ in range(4)]

        async def do(what: str, number: int, *those: asyncio.subprocess.Process) -> None:
            for process in those:
                assert process.stdin is not None
                process.stdin.write(f"{what} {number}\n".encode())
            for process in those:
                assert process.stdout is not None
                assert await asyncio.wait_for(process.stdout.readline(), 300) == b"done\n"

        for number in range(len(one.steps)):
            await do("acts", number, processes[0])
            await do("rounds", number, *processes)
            await do("send", number, processes[0])
        lost, repeated, more = compared(one, arrived(read(tmp_path / "ledger")), Counter())
    assert (lost, repeated, more) == ([], 0, [])
