"""What a server can do to a message, one trouble a test, and what the kind of message promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import NamedTuple

import pytest

from bot.delivery import dispatcher as module
from bot.errors import SettingsError
from storage import accounts, campaigns
from storage.database import Database
from storage.outbox import IfUnknown
from tests.botapi.check_calls import assert_calls
from tests.support import strict
from tests.support.sender import Ahead, Sender, all_settled, ended, fates, queue_many, sender
from tests.support.strict import StrictServer, Trouble

CHATS = range(1, 13)
ME = 7
"""The one who meets the trouble."""
KINDS: tuple[IfUnknown, IfUnknown] = ("again", "held")


FAST = 100.0
"""How many times faster than usual the senders wait."""


class Rig(NamedTuple):
    server: StrictServer
    database: Database
    sender: Sender
    clock: Ahead

    async def all(self) -> dict[int, str]:
        """Send until nothing is left; what is to be tried later is tried now."""

        async def over() -> bool:
            self.clock.ahead += timedelta(seconds=1)
            return await all_settled(self.database)

        async with asyncio.timeout(20):
            await self.sender.until(over)
        return await fates(self.database)


@pytest.fixture
async def rig(file: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rig]:
    monkeypatch.setattr(module, "_LOOK", 0.02)
    clock = Ahead()
    async with (
        StrictServer.strict() as server,
        sender(server.root, file, clock, times=FAST, read_timeout=1.5) as one,
    ):
        yield Rig(server, file, one, clock)
    assert_calls([call.for_check for call in server.calls])


@pytest.mark.parametrize("if_unknown", KINDS)
@pytest.mark.parametrize(
    ("trouble", "state", "reason"),
    [
        pytest.param(strict.BLOCKED, "unreachable", "Forbidden: bot was blocked by the user", id="exact 403"),
        pytest.param(strict.TRANSIENT, "failed", "Forbidden: temporarily not allowed", id="transient 403"),
        pytest.param(
            strict.POISON,
            "failed",
            "Can't parse entities: unexpected end tag at byte offset 5",
            id="poison",
        ),
        pytest.param(strict.NOT_FOUND, "failed", "Chat not found", id="chat not found"),
    ],
)
async def test_what_is_refused_for_good_ends_alone_and_says_why(
    rig: Rig, trouble: Trouble, state: str, reason: str, if_unknown: IfUnknown
) -> None:
    async with rig.database.transaction() as tx:
        await accounts.add(tx, "telegram", ME, "x", "fr", rig.clock.now())
    rig.server.troubles[ME] = [trouble]
    await queue_many(rig.database, CHATS, if_unknown)
    assert await rig.all() == {chat: state if chat == ME else "sent" for chat in CHATS}
    assert rig.server.counts == {chat: 1 for chat in CHATS if chat != ME}
    async with rig.database.snapshot() as read:
        found = await accounts.find(read, "telegram", ME, "UTC")
        (why,) = await read.fetch_all("SELECT failure FROM outbox WHERE address = $1", ME)
    assert found is not None
    assert (found.unreachable, why[0]) == (state == "unreachable", reason)


@pytest.mark.parametrize("if_unknown", KINDS)
@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(strict.says(429, "Too Many Requests: retry after 3", retry_after=3), id="429"),
        pytest.param(strict.page(429, Retry_After="3"), id="429 without JSON"),
        pytest.param(strict.page(429), id="429 without a word"),
        pytest.param(strict.BUSY, id="500"),
        pytest.param(strict.says(502, "Bad Gateway"), id="502 of Telegram"),
    ],
)
async def test_what_was_not_taken_is_sent_again_and_arrives_once(
    rig: Rig, trouble: Trouble, if_unknown: IfUnknown
) -> None:
    rig.server.troubles[ME] = [trouble, trouble]
    await queue_many(rig.database, CHATS, if_unknown)
    assert await rig.all() == dict.fromkeys(CHATS, "sent")
    assert rig.server.counts == dict.fromkeys(CHATS, 1)


@pytest.mark.parametrize(
    ("trouble", "arrived"),
    [
        pytest.param(strict.page(502), 0, id="502 HTML"),
        pytest.param(strict.page(200), 0, id="200 HTML"),
        pytest.param(strict.page(403), 0, id="403 of a proxy"),
        pytest.param(strict.reset, 0, id="reset before it was taken"),
        pytest.param(strict.lost, 1, id="reset after it was taken"),
        pytest.param(strict.hidden, 1, id="page after it was taken"),
        pytest.param(strict.slow(2.0), 1, id="timeout after it was taken"),
    ],
)
async def test_what_may_have_arrived_is_sent_again_or_held_as_its_kind_says(
    rig: Rig, trouble: Trouble, arrived: int
) -> None:
    held, again = range(1, 13), range(101, 113)
    rig.server.troubles = {ME: [trouble], 100 + ME: [trouble]}
    await queue_many(rig.database, held, "held", "held")
    await queue_many(rig.database, again, "again", "again")
    found = await rig.all()
    assert found == {**{chat: "unknown" if chat == ME else "sent" for chat in held}, **dict.fromkeys(again, "sent")}
    counts = rig.server.counts
    assert counts.pop(ME, 0) == arrived
    assert counts.pop(100 + ME) == 1 + arrived
    assert set(counts.values()) == {1}
    async with rig.database.transaction() as tx:
        assert await campaigns.again(tx, 1, ("unknown",), rig.clock.now()) == 1
    assert set((await rig.all()).values()) == {"sent"}
    assert rig.server.counts[ME] == 1 + arrived


@pytest.mark.parametrize("if_unknown", KINDS)
async def test_nobody_listening_is_waited_out(
    file: Database, monkeypatch: pytest.MonkeyPatch, if_unknown: IfUnknown
) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.02)
    server, clock = StrictServer(), Ahead()
    async with server.listening() as port:
        pass  # the port is known, and nobody listens there
    await queue_many(file, CHATS, if_unknown)

    async def tried() -> bool:
        async with file.snapshot() as read:
            return bool(await read.fetch_all("SELECT id FROM outbox WHERE attempts > 0 AND state = 'queued'"))

    async with sender(server.root, file, clock, times=FAST) as one:
        async with asyncio.timeout(20):
            await one.until(tried)
    assert set(await ended(file)) == {"queued"}
    async with server.listening(port), sender(server.root, file, clock, times=FAST) as one:
        assert await Rig(server, file, one, clock).all() == dict.fromkeys(CHATS, "sent")
    assert server.counts == dict.fromkeys(CHATS, 1)


async def test_a_429_of_one_group_delays_that_group_alone(rig: Rig) -> None:
    group, others = -1_001, range(1, 41)
    rig.server.troubles[group] = [strict.says(429, "Too Many Requests: retry after 600", retry_after=600)]
    await queue_many(rig.database, [group, *others], "held")
    await rig.sender.until(lambda: len(rig.server.counts) == len(others))
    assert rig.server.counts == dict.fromkeys(others, 1)
    assert (await fates(rig.database))[group] == "queued"


async def test_a_group_that_moved_is_followed(rig: Rig) -> None:
    old, new = -5, -1_005
    async with rig.database.transaction() as tx:
        await accounts.add(tx, "telegram", old, "x", "fr", rig.clock.now())
    rig.server.troubles[old] = [
        strict.says(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
    ]
    await queue_many(rig.database, [old, 1], "held", "a")
    await queue_many(rig.database, [old], "held", "b")
    assert await rig.all() == {new: "sent", 1: "sent"}
    assert rig.server.accepted == {(new, f"a {old}"): 1, (new, f"b {old}"): 1, (1, "a 1"): 1}
    async with rig.database.snapshot() as read:
        assert [await accounts.find(read, "telegram", one, "UTC") is not None for one in (old, new)] == [False, True]


async def test_a_proxy_that_forbids_everything_pauses_the_campaign(rig: Rig) -> None:
    chats = range(1, 401)
    campaign = await queue_many(rig.database, chats, "held")
    rig.server.for_all = strict.page(403)

    async def paused() -> bool:
        async with rig.database.snapshot() as read:
            found = await campaigns.get(read, campaign)
        return found is not None and found.state == "paused"

    async with asyncio.timeout(20):
        await rig.sender.until(paused)
    found = await ended(rig.database)
    assert (rig.server.counts, set(found)) == ({}, {"unknown", "queued"})
    assert found["unknown"] <= 11 + 2 * 32
    rig.server.for_all = None
    async with rig.database.transaction() as tx:
        await campaigns.turn(tx, campaign, ("paused",), "running")
        await campaigns.again(tx, campaign, ("unknown",), rig.clock.now())
    async with sender(rig.server.root, rig.database, rig.clock, times=FAST) as one:
        assert set((await rig._replace(sender=one).all()).values()) == {"sent"}
    assert rig.server.counts == dict.fromkeys(chats, 1)


async def test_a_token_that_is_refused_in_the_middle_stops_the_sender_and_loses_nothing(rig: Rig) -> None:
    chats = range(1, 201)
    await queue_many(rig.database, chats, "held")

    async def refuse() -> None:
        await rig.server.until(lambda: len(rig.server.calls) > 60)
        rig.server.for_all = strict.says(401, "Unauthorized")

    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.gather(rig.sender.run(), refuse())
    assert caught.group_contains(SettingsError)
    found = await ended(rig.database)
    assert set(found) == {"sent", "queued"}
    rig.server.for_all = None
    async with sender(rig.server.root, rig.database, rig.clock, times=FAST) as one:
        assert set((await rig._replace(sender=one).all()).values()) == {"sent"}
    assert rig.server.counts == dict.fromkeys(chats, 1)


async def test_what_is_queued_twice_arrives_once(rig: Rig) -> None:
    for _ in range(2):
        await queue_many(rig.database, CHATS, "held")
    await rig.all()
    await queue_many(rig.database, CHATS, "held")
    await rig.all()
    assert rig.server.counts == dict.fromkeys(CHATS, 1)
