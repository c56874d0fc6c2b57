"""What goes wrong around the dispatcher: clocks, databases, tokens, campaigns."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery import dispatcher as module
from bot.delivery.calls import CALLS, Call
from bot.delivery.dispatcher import LEASE, Dispatcher
from bot.delivery.outcome import Outcome
from bot.delivery.pace import Limits, Pace
from bot.errors import SettingsError
from storage import campaigns, outbox
from storage.database import Database
from tests.storage.queued import NOW, begun, queued, row, states
from tests.support.fakes import FakeApi, eventually

REFUSED = Outcome("refused", reason="Bad Request: chat not found")


def said(text: str) -> str:
    return CALLS.dump_json((Call(method="sendMessage", parameters={"chat_id": 0, "text": text}),)).decode()


class Wound:
    """A clock that is set by hand; its seconds only advance, as those of a machine."""

    def __init__(self) -> None:
        self.at, self.elapsed = NOW, 0.0

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.elapsed += seconds
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class Post:
    """A dispatcher on a clock that is set by hand."""

    def __init__(self, database: Database, limits: Limits | None = None, places: int = 8) -> None:
        self.database, self.api, self.clock = database, FakeApi(), Wound()
        self.paces = {"telegram": Pace(limits)} if limits else {}
        self.dispatcher = Dispatcher(
            database, {"telegram": self.api}, self.clock, paces=self.paces, places=places, sleep=self.clock.sleep,
            seconds=self.clock.seconds, luck=lambda: 0.5,
        )  # fmt: skip

    async def send(self, seconds: float = 0.0) -> None:
        await self.clock.sleep(seconds)
        await self.dispatcher.once()


@pytest.fixture
def post(file: Database) -> Post:
    return Post(file)


async def body(database: Database, campaign: int, text: str) -> int:
    async with database.transaction() as tx:
        return await campaigns.add_body(tx, campaign, said(text))


async def test_campaign_of_many_bodies_loses_none(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BODIES", 3)
    campaign = await begun(post.database)
    bodies = [await body(post.database, campaign, str(number)) for number in range(7)]
    rows = [row(f"m{n}", n + 1, calls="", body=bodies[n % 7], campaign=campaign) for n in range(40)]
    await queued(post.database, *rows)
    for _ in range(5):
        await post.send()
    assert Counter((await states(post.database)).values()) == {"sent": 40}
    assert Counter(post.api.texts) == {str(n): 6 if n < 5 else 5 for n in range(7)}


async def test_a_wrong_token_lets_what_is_under_way_end(post: Post) -> None:
    begun_calls, leave = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun_calls.set()
        await leave.wait()

    post.api.at_call = lambda call: hang() if call.parameters["chat_id"] == 1 else None
    post.api.outcomes = [Outcome("unauthorised", reason="Unauthorized")]
    await queued(post.database, row("a", 1, calls=said("a")), row("b", 2, calls=said("b")))

    async def end() -> None:
        await begun_calls.wait()
        await eventually(lambda: len(post.api.calls) == 2)
        leave.set()

    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.gather(post.dispatcher.run(), end())
    assert caught.group_contains(SettingsError)
    assert await states(post.database) == {"a": "sent", "b": "queued"}


async def test_what_waits_behind_a_message_is_given_back_at_a_stop(post: Post) -> None:
    reached, leave = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        reached.set()
        await leave.wait()

    post.api.at_call = lambda call: hang()
    await queued(post.database, *(row(f"m{n}", 7, calls=said(str(n))) for n in range(4)))
    async with asyncio.TaskGroup() as group:
        group.create_task(post.dispatcher.run())
        await reached.wait()
        post.dispatcher.stop()
        leave.set()
    assert list((await states(post.database)).values()) == ["sent", "queued", "queued", "queued"]


async def test_a_slow_channel_is_used_at_all(file: Database) -> None:
    post = Post(file, Limits(overall=0.5))
    await queued(file, *(row(f"m{n}", n + 1, calls=said("a")) for n in range(3)))
    for _ in range(100):
        await post.send(0.05)
    assert Counter((await states(file)).values()) == {"sent": 3}


async def test_a_busy_group_takes_no_place_from_others(file: Database) -> None:
    post = Post(file, Limits(overall=1_000))
    await queued(file, *(row(f"g{n}", -5, calls=said("g")) for n in range(20)))
    await queued(file, *(row(f"p{n}", n + 1, calls=said("p")) for n in range(20)))
    for _ in range(6):
        await post.send(0.05)
    assert Counter(post.api.texts) == {"g": 1, "p": 20}
    for _ in range(80):
        await post.send(1.0)
    assert Counter(post.api.texts) == {"g": 20, "p": 20}


async def test_messages_of_a_group_keep_their_order(file: Database) -> None:
    post = Post(file, Limits())
    await queued(file, *(row(f"g{n}", -5, calls=said(str(n))) for n in range(12)))
    for _ in range(60):
        await post.send(1.0)
    assert post.api.texts == [str(n) for n in range(12)]


async def test_a_clock_set_forward_repeats_nothing_that_is_under_way(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SWEEP", -1.0)
    leave = asyncio.Event()

    async def hang() -> None:
        await leave.wait()

    post.api.at_call = lambda call: hang()
    await queued(post.database, row("a", 1, calls=said("a")), row("b", 2, calls=said("b"), if_unknown="held"))
    async with asyncio.TaskGroup() as group:
        group.create_task(post.dispatcher.run())
        await eventually(lambda: len(post.api.calls) == 2)
        post.clock.at += timedelta(hours=1)
        await queued(post.database, row("c", 3, calls=said("c")))
        await eventually(lambda: len(post.api.calls) == 3)
        leave.set()
        post.dispatcher.stop()
    assert Counter(post.api.texts) == {"a": 1, "b": 1, "c": 1}
    assert await states(post.database) == {"a": "sent", "b": "sent", "c": "sent"}


async def test_a_clock_set_back_delays_nothing_that_was_due(post: Post) -> None:
    await queued(post.database, *(row(f"m{n}", n + 1, calls=said("a")) for n in range(20)))
    await queued(post.database, row("dated", 99, calls=said("b"), at=int((NOW + timedelta(minutes=1)).timestamp())))
    await post.send()
    post.clock.at -= timedelta(hours=1)
    for _ in range(3):
        await post.send(0.1)
    assert Counter((await states(post.database)).values()) == {"sent": 20, "queued": 1}
    await post.send(3_661)
    assert (await states(post.database))["dated"] == "sent"
    assert len(post.api.texts) == 21


async def test_a_campaign_that_goes_wrong_is_paused_and_can_go_on(post: Post) -> None:
    campaign = await begun(post.database, *(row(f"m{n}", n + 1, calls=said("a")) for n in range(40)))
    post.api.outcomes = [REFUSED] * 11

    async def state() -> tuple[str, str | None]:
        async with post.database.snapshot() as read:
            found = await campaigns.get(read, campaign)
        assert found is not None
        return found.state, found.reason

    await post.send()
    assert await state() == ("running", None)
    for _ in range(5):
        await post.send()
    assert await state() == ("paused", REFUSED.reason)
    assert Counter((await states(post.database)).values()) == {"failed": 11, "sent": 5, "queued": 24}
    async with post.database.transaction() as tx:
        await campaigns.turn(tx, campaign, ("paused",), "running")
    for _ in range(6):
        await post.send()
    assert (Counter((await states(post.database)).values()), (await state())[0]) == (
        {"failed": 11, "sent": 29},
        "ended",
    )


async def test_a_database_out_of_reach_pauses_no_campaign(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    troubles, real = list(range(12)), outbox.settle

    async def settle(*values: Any) -> None:
        if troubles:
            troubles.pop()
            raise sqlite3.OperationalError("database is locked")
        await real(*values)

    monkeypatch.setattr(outbox, "settle", settle)
    post.api.outcomes = [REFUSED, REFUSED]
    await begun(post.database, *(row(f"m{n}", n + 1, calls=said("a")) for n in range(20)))
    for _ in range(4):
        await post.send(LEASE.seconds)
    assert Counter((await states(post.database)).values()) == {"failed": 2, "sent": 18}


async def test_a_claim_that_was_long_in_coming_is_whole(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease is counted from the transaction that succeeds, not from the first that failed."""
    troubles, real = list(range(12)), outbox.lease

    async def lease(*values: Any) -> Any:
        if troubles:
            troubles.pop()
            raise sqlite3.OperationalError("database or disk is full")
        return await real(*values)

    monkeypatch.setattr(outbox, "lease", lease)
    await queued(post.database, row("a", 1, calls=said("a")))
    await post.send()
    assert await states(post.database) == {"a": "sent"}


async def test_what_ended_while_the_database_was_away_for_long_is_not_sent_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave, real, away = asyncio.Event(), outbox.settle, [True]

    async def settle(*values: Any) -> None:
        if away[0] and values[1]:
            leave.set()  # the second message ends while the first cannot be noted
            away[0] = post.clock.at < NOW + LEASE * 2
            raise sqlite3.OperationalError("database is locked")
        await real(*values)

    async def hang() -> None:
        await leave.wait()

    monkeypatch.setattr(outbox, "settle", settle)
    post.api.at_call = lambda call: hang() if call.parameters["chat_id"] == 2 else None
    await queued(post.database, row("a", 1, calls=said("a")), row("b", 2, calls=said("b")))

    async def noted() -> bool:
        return await states(post.database) == {"a": "sent", "b": "sent"}

    async with asyncio.TaskGroup() as group:
        group.create_task(post.dispatcher.run())
        await eventually(lambda: not away[0])
        await eventually(noted)
        post.dispatcher.stop()
    assert sorted(post.api.texts) == ["a", "b"]
