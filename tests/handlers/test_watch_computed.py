"""The watch is computed outside of the transaction that writes it, and at once only when there is something new."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.broadcast import Broadcast
from bot.watch.issue import Entry
from bot.watch.sharing import Pace, Shares, Sharing
from storage import followed
from storage.database import Transaction
from storage.network import DEADLINES
from tests.handlers.test_issue import APRIL, CAMILLE, IN_FRANCE, publish
from tests.handlers.watching import SERVED, WatchRoom, watch_room, watching
from tests.support.people import LINH, SOKHA
from tests.support.sample import ZONE

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class KilledError(Exception):
    """Stands for the end of the process."""


class Dying(Broadcast):
    """Everything was read and computed, nothing is written yet."""

    async def fill(self, *_: Any, **__: Any) -> None:
        raise KilledError


class Counted(Sharing):
    """Counts how often it is found out who gets what."""

    def __init__(self) -> None:
        super().__init__(ZONE, "en", SERVED)
        self.times = 0

    async def shares(
        self, read: Transaction, entries: Iterable[Entry], pinned: tuple[str, ...], now: datetime,
        frequency: Pace = "monthly",
    ) -> Shares:  # fmt: skip
        self.times += 1
        return await super().shares(read, entries, pinned, now, frequency)


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[WatchRoom]:
    async with watch_room(tmp_path, sample_file) as room:
        yield room


async def at_once(room: WatchRoom) -> None:
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("ngay khi có", LINH)
    await room.send()


async def test_a_kill_after_the_issue_was_computed_repeats_and_loses_nothing(room: WatchRoom) -> None:
    await room.approve()
    room.bot.clock.advance(APRIL - room.bot.clock.now())
    for _ in range(2):
        with pytest.raises(KilledError):
            await watching(room.room, Dying(room.bot.database, SERVED)).go()
    room.watching = watching(room.room)
    await room.until(IN_FRANCE)
    assert [len(room.issues(who)) for who in (LINH, SOKHA, CAMILLE)] == [1, 1, 1]


async def test_a_kill_after_the_news_was_computed_repeats_and_loses_nothing(room: WatchRoom) -> None:
    await at_once(room)
    before = len(room.issues(LINH))
    await publish(room.bot.database, "fresh", day=date(2027, 3, 10))
    with pytest.raises(KilledError):
        await watching(room.room, Dying(room.bot.database, SERVED)).go()
    await publish(room.bot.database, "later", day=date(2027, 3, 10))  # another campaign than the one that was begun
    room.watching = watching(room.room)
    for _ in range(3):
        room.bot.clock.advance(HOUR)
        await room.send()
    told = room.issues(LINH)[before:]
    assert [sum(f"Tin {name}" in text for text in told) for name in ("fresh", "later")] == [1, 1]


async def test_who_gets_what_at_once_is_found_out_only_if_there_may_be_something_new(room: WatchRoom) -> None:
    await at_once(room)
    sharing = Counted()
    room.watching = watching(room.room, sharing=sharing)

    async def looks(minutes: int) -> int:
        before = sharing.times
        for _ in range(minutes):
            room.bot.clock.advance(MINUTE)
            await room.watching.go()
        return sharing.times - before

    assert await looks(20) == 1  # the first after a start
    await publish(room.bot.database, "fresh", day=date(2027, 3, 10))
    assert await looks(20) == 1
    opens = room.bot.clock.now() + 30 * MINUTE
    async with room.bot.database.transaction() as tx:
        like = next(one for one in await DEADLINES.all(tx) if one.audience == "members" and one.organisations == ())
        due = room.bot.clock.now() + timedelta(days=20)
        await DEADLINES.put(tx, like.model_copy(update={"code": "opening", "opens": opens, "due": due}))
    assert await looks(20) == 1
    assert await looks(8) == 0
    assert await looks(4) == 1  # it has opened, though no word has changed
    assert await looks(20) == 0
    async with room.bot.database.transaction() as tx:
        [person] = await followed.everybody(tx, "once")
        await followed.choose(tx, person, "once", None, room.bot.clock.now() + 30 * MINUTE)
    assert await looks(20) == 1
    assert await looks(8) == 0
    assert await looks(4) == 1  # the pause is over
