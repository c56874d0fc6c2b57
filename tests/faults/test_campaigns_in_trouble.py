"""Thousands of messages with every trouble at once; campaigns that are steered; people who come and go meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

import pytest

from bot.delivery import dispatcher as module
from bot.delivery.broadcast import Broadcast
from bot.delivery.pace import Limits
from bot.network.audiences import Reader
from bot.tables.changes import Changes, TableChanges, apply
from bot.texts.reply import Reply
from locales import Html
from storage import accounts, campaigns, outbox, recipients
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.botapi.check_calls import assert_calls
from tests.storage.rows import HUE, MAI
from tests.support import strict
from tests.support.sender import Ahead, all_settled, ended, fates, queue_many, sender
from tests.support.strict import StrictServer, Trouble

FAST = 20.0
"""How many times faster than usual the senders wait."""
NOT_TAKEN: dict[str, Trouble] = {
    "429": strict.says(429, "Too Many Requests: retry after 2", retry_after=2),
    "429 page": strict.page(429, Retry_After="2"),
    "500": strict.BUSY,
}
NEVER: dict[str, Trouble] = {"403": strict.BLOCKED, "400": strict.POISON, "not found": strict.NOT_FOUND}
PERHAPS: dict[str, Trouble] = {
    "502 page": strict.page(502), "200 page": strict.page(200), "403 page": strict.page(403), "reset": strict.reset,
    "lost": strict.lost, "hidden": strict.hidden, "slow": strict.slow(3.0),
}  # fmt: skip
ARRIVES = {"lost", "hidden", "slow"}


@pytest.mark.parametrize("rows", [1_000, pytest.param(5_000, marks=pytest.mark.long)], ids=["short", "whole"])
async def test_with_every_trouble_everybody_gets_what_the_kind_promises(
    file: Database, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr("bot.delivery.troubles.MOST", 10**9)  # here nobody looks after the campaign
    chance, again, held = random.Random(7), range(1, rows // 2 + 1), range(100_001, 100_001 + rows // 2)
    every = {**NOT_TAKEN, **NEVER, **PERHAPS}
    kinds = cycle(every)
    meets = {chat: next(kinds) for chat in (*again, *held) if chance.random() < 0.2}
    await queue_many(file, again, "again", "again")
    await queue_many(file, held, "held", "held")
    clock = Ahead()
    async with StrictServer.strict() as server:
        server.troubles = {chat: [every[name]] for chat, name in meets.items()}

        async def over() -> bool:
            clock.ahead += timedelta(seconds=1)
            return await all_settled(file)

        async with sender(server.root, file, clock, times=FAST, read_timeout=2.0) as one, asyncio.timeout(120):
            await one.until(over)
    found, counts = await fates(file), Counter(server.counts)
    for chat in (*again, *held):
        name = meets.get(chat, "")
        assert (name, found[chat], counts[chat]) == (name, *expected(name, chat in held))
    assert_calls([call.for_check for call in server.calls])


def expected(name: str, held: bool) -> tuple[str, int]:
    """State and count of somebody who meets that trouble once."""
    if name in NEVER:
        return ("unreachable" if name == "403" else "failed"), 0
    if name in PERHAPS:
        return ("unknown", int(name in ARRIVES)) if held else ("sent", 1 + (name in ARRIVES))
    return "sent", 1


@pytest.mark.parametrize(
    ("limits", "rows"),
    [
        pytest.param(Limits(), 100, id="thirty"),
        pytest.param(Limits(overall=1_000), 3_000, id="thousand", marks=pytest.mark.long),
        pytest.param(Limits(), 1_800, id="a minute of thirty", marks=pytest.mark.long),
    ],
)
async def test_a_server_that_enforces_the_limits_refuses_nothing(file: Database, limits: Limits, rows: int) -> None:
    group = [-5] * 2
    await queue_many(file, range(1, rows + 1), "held")
    for number, chat in enumerate(group):
        await queue_many(file, [chat], "held", f"group {number}")
    async with StrictServer.strict(limits) as server, sender(server.root, file, limits=limits) as one:
        async with asyncio.timeout(300):
            await one.until(lambda: all_settled(file))
    assert server.counts == {**dict.fromkeys(range(1, rows + 1), 1), -5: 2}
    assert server.refused <= max(3, rows // 100), server.refused  # none where nothing else keeps the machine busy
    moments = [at for at, chat in server.moments if chat > 0]
    rate = (len(moments) - 1) / (moments[-1] - moments[0])
    print(f"{rate:.2f} a second of {limits.overall:g}, {server.refused} of {rows} refused")
    assert rate >= limits.overall * (0.97 if limits.overall < 100 else 0.3)


async def steered(
    file: Database, server: StrictServer, then: Callable[[], object], until: Callable[[], object], clock: Ahead
) -> None:
    """Send; after sixty messages do something; go on until something is reached."""

    async def steer() -> None:
        await server.until(lambda: sum(server.counts.values()) >= 60)
        done = then()
        if asyncio.iscoroutine(done):
            await done

    async with sender(server.root, file, clock, times=FAST) as one, asyncio.timeout(60):
        await asyncio.gather(one.until(until), steer())


async def test_a_pause_holds_what_is_not_under_way_and_going_on_sends_each_once(file: Database) -> None:
    chats, clock = range(1, 301), Ahead()
    campaign = await queue_many(file, chats, "held")
    turned = asyncio.Event()

    async def turn(old: campaigns.State, new: campaigns.State) -> None:
        async with file.transaction() as tx:
            assert await campaigns.turn(tx, campaign, (old,), new)
        turned.set()

    async def quiet() -> bool:
        return turned.is_set() and not (await ended(file))["leased"]

    async with StrictServer.strict(pause=0.01) as server:
        await steered(file, server, lambda: turn("running", "paused"), quiet, clock)
        paused = await ended(file)
        assert set(paused) == {"sent", "queued"}
        assert sum(server.counts.values()) == paused["sent"] <= 60 + 2 * 32
        async with sender(server.root, file, clock) as one:
            await one.once()
        assert await ended(file) == paused
        await turn("paused", "running")
        async with sender(server.root, file, clock) as one, asyncio.timeout(60):
            await one.until(lambda: all_settled(file))
    assert server.counts == dict.fromkeys(chats, 1)


async def test_a_stop_cancels_what_is_not_under_way_and_nothing_comes_after(file: Database) -> None:
    chats, clock = range(1, 301), Ahead()
    campaign = await queue_many(file, chats, "held")

    async def stop() -> None:
        async with file.transaction() as tx:
            await campaigns.stop(tx, campaign, clock.now())
        server.for_all = strict.BUSY  # what is under way meets trouble: it is not tried again

    async with StrictServer.strict(pause=0.01) as server:
        await steered(file, server, stop, lambda: all_settled(file), clock)
        found = await ended(file)
        clock.ahead += timedelta(hours=1)
        server.for_all = None
        async with sender(server.root, file, clock) as one:
            await one.once()
    assert set(found) == {"sent", "cancelled"}
    assert await ended(file) == found
    assert (sum(server.counts.values()), set(server.counts.values())) == (found["sent"], {1})


async def test_people_who_come_and_go_meanwhile_get_what_they_should(file: Database) -> None:
    """p1 … p200 are written to; p200 is erased, p199 moves to another account, and somebody joins."""
    clock, number = Ahead(), 200
    people = [
        MAI.model_copy(update={"code": f"p{one}", "telegram_id": one, "email": None}) for one in range(1, number + 1)
    ]
    async with file.transaction() as tx:
        await ORGANISATIONS.put(tx, HUE)
        for one in people:
            await PEOPLE.put(tx, one)
            await accounts.add(tx, "telegram", one.telegram_id or 0, "x", "vi", clock.now())
        campaign = await campaigns.begin(tx, "a", clock.now())
    async with file.snapshot() as read:
        every = await recipients.everybody(read, "UTC", "en")

    def say(reader: Reader, channel: str) -> Reply:
        return Reply(Html("hello"))

    broadcast = Broadcast(file, ["telegram"])  # urgent: the clock is the machine's, it may be night there
    await broadcast.fill(campaign, "a", every, say, lambda one: clock.now(), clock.now(), urgent=True)

    async def change() -> None:
        joined = MAI.model_copy(update={"telegram_id": 999})
        async with file.transaction() as tx:
            await apply(tx, Changes((TableChanges("people", added=(joined,), removed=(people[-1],)),)))
            await accounts.add(tx, "telegram", 999, "x", "vi", clock.now())

    async with StrictServer.strict(pause=0.01) as server:
        await steered(file, server, change, lambda: all_settled(file), clock)
    assert server.counts == dict.fromkeys(range(1, number), 1)
    assert await ended(file) == {"sent": number - 1, "cancelled": 1}


async def test_a_clock_that_is_set_an_hour_to_and_fro_repeats_and_delays_nothing(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SWEEP", 0.0)
    chats, clock = range(1, 401), Ahead()
    await queue_many(file, chats[:200], "held", "a")
    await queue_many(file, chats[200:], "again", "b")

    async def set_clock() -> None:
        for hours in (1, 0, -1, 0, -1):
            before = sum(server.counts.values())
            clock.ahead = timedelta(hours=hours)
            await server.until(lambda before=before: sum(server.counts.values()) > before + 40)  # type: ignore[misc]

    async with StrictServer.strict(pause=0.02) as server:
        await steered(file, server, set_clock, lambda: all_settled(file), clock)
    assert server.counts == dict.fromkeys(chats, 1)
    assert await ended(file) == {"sent": 400}
    async with file.snapshot() as read:
        assert await outbox.next_due(read, ["telegram"], [0, 1, 2]) is None
