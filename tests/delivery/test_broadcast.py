from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery.broadcast import Broadcast, Render
from bot.delivery.calls import CALLS
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName, Recipient
from bot.texts.reply import Reply
from locales import Html
from storage import accounts, campaigns, recipients
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from tests.storage.queued import NOW, column, states
from tests.storage.rows import HUE, MAI

EVERY = ("telegram", "web", "email")
PEOPLE_OF = 2_500


def say(reader: Reader, channel: ChannelName) -> Reply:
    return Reply(Html(f"hello in {reader.language}"))


class Office:
    """A network, and campaigns that are filled for it."""

    def __init__(self, database: Database, served: Sequence[str] = EVERY) -> None:
        self.database, self.broadcast = database, Broadcast(database, served)

    async def people(self, number: int) -> list[Recipient]:
        """So many people, every second on Telegram, in three languages."""
        async with self.database.transaction() as tx:
            await ORGANISATIONS.put(tx, HUE)
            for one in range(1, number + 1):
                person = MAI.model_copy(
                    update={
                        "code": f"p{one}", "telegram_id": 10_000 + one, "email": None,
                        "languages": (("vi", "fr", "km")[one % 3],),
                    }
                )  # fmt: skip
                await PEOPLE.put(tx, person)
                if one % 2:
                    await accounts.add(tx, "telegram", 10_000 + one, "x", "en", NOW)
        return await self.everybody()

    async def everybody(self) -> list[Recipient]:
        async with self.database.snapshot() as read:
            return await recipients.everybody(read, "UTC", "en")

    async def begin(self, name: str = "announcement:1") -> int:
        async with self.database.transaction() as tx:
            return await campaigns.begin(tx, name, NOW)

    async def fill(self, campaign: int, people: Sequence[Recipient], render: Render = say, name: str = "a") -> None:
        await self.broadcast.fill(campaign, name, people, render, lambda one: NOW, NOW)

    async def state(self, campaign: int) -> str:
        async with self.database.snapshot() as read:
            found = await campaigns.get(read, campaign)
        assert found is not None
        return found.state


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


async def test_everybody_gets_a_row_a_channel_and_the_campaign_runs(office: Office) -> None:
    people = await office.people(2)
    campaign = await office.begin()
    await office.fill(campaign, people)
    assert await states(office.database) == {"a:1:telegram": "queued", "a:1:web": "waiting", "a:2:web": "queued"}
    assert await column(office.database, "address") == [10_001, 1, 2]
    assert await column(office.database, "person") == ["p1", "p1", "p2"]
    assert await column(office.database, "language") == ["fr", "fr", "km"]
    assert await column(office.database, "if_unknown") == ["held"] * 3
    assert await office.state(campaign) == "running"
    async with office.database.snapshot() as read:
        assert [(await accounts.find(read, "web", number, "UTC")) is not None for number in (1, 2, 3)] == [
            True, True, False,
        ]  # fmt: skip


async def test_each_language_is_rendered_once_and_its_body_shared(office: Office) -> None:
    people, rendered = await office.people(30), []

    def render(reader: Reader, channel: ChannelName) -> Reply:
        rendered.append(reader.language)
        return say(reader, channel)

    await office.fill(await office.begin(), people, render)
    assert sorted(rendered) == ["fr", "km", "vi"]
    async with office.database.snapshot() as read:
        bodies = [CALLS.validate_json(await campaigns.body(read, number) or "") for number in (1, 2, 3)]
    assert sorted(body[0].parameters["text"] for body in bodies) == ["hello in fr", "hello in km", "hello in vi"]


async def test_what_is_told_to_some_only_has_a_body_of_its_own(office: Office) -> None:
    people, rendered = await office.people(12), []

    def render(reader: Reader, channel: ChannelName) -> Reply:
        rendered.append(reader.person)
        return say(reader, channel)

    def holds(reader: Reader) -> str:
        return '["a"]' if reader.person in ("p1", "p4", "p7") else "[]"

    def at(recipient: Recipient) -> datetime:
        return NOW

    await office.broadcast.fill(await office.begin(), "a", people, render, at, NOW, holds=holds)
    async with office.database.snapshot() as read:
        held = [row["holds"] for row in await read.fetch_all("SELECT holds FROM bodies")]
    assert (len(rendered), Counter(held)) == (len(held), Counter({"[]": len(held) - 1, '["a"]': 1}))


async def test_nobody_is_disturbed_before_the_moment_given(office: Office) -> None:
    people = await office.people(2)

    def at(one: Recipient) -> datetime:
        return NOW + timedelta(hours=one.number)

    await office.broadcast.fill(await office.begin(), "a", people, say, at, NOW)
    assert [(due - int(NOW.timestamp())) // 3600 for due in await column(office.database, "next_try")] == [1, 1, 2]


async def test_fill_resumed_after_a_kill_queues_only_what_is_missing(office: Office) -> None:
    people = await office.people(PEOPLE_OF)
    campaign = await office.begin()

    class KilledError(BaseException):
        pass

    def killed(one: Recipient) -> datetime:
        if one.number > 2_100:
            raise KilledError
        return NOW

    with pytest.raises(KilledError):
        await office.broadcast.fill(campaign, "a", people, say, killed, NOW)
    assert (await office.state(campaign), len(await states(office.database))) == ("filling", 3_000)
    before = await column(office.database, "id")
    async with office.database.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'sent' WHERE id <= 10")
    await office.fill(campaign, await office.everybody())
    after = await states(office.database)
    assert (len(after), list(after.values())[:10]) == (PEOPLE_OF * 3 // 2, ["sent"] * 10)
    assert (await column(office.database, "id"))[:3_000] == before
    assert await office.state(campaign) == "running"


async def test_campaign_stopped_before_it_is_filled_stays_empty(office: Office) -> None:
    people = await office.people(PEOPLE_OF)
    campaign = await office.begin()
    async with office.database.transaction() as tx:
        await campaigns.stop(tx, campaign, NOW)
    await office.fill(campaign, people)
    assert (await office.state(campaign), await states(office.database)) == ("stopped", {})


class Between:
    """A database that calls something once, after so many transactions."""

    def __init__(self, database: Database, number: int, then: Callable[[], Awaitable[object]]) -> None:
        self._database, self._left, self._then = database, number, then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._database.transaction() as tx:
            yield tx
        self._left -= 1
        if self._left == 0:
            await self._then()


async def test_fill_stopped_midway_queues_no_more(office: Office) -> None:
    people = await office.people(PEOPLE_OF)
    campaign = await office.begin()

    async def stop() -> None:
        async with office.database.transaction() as tx:
            await campaigns.stop(tx, campaign, NOW)

    office.broadcast = Broadcast(Between(office.database, 4, stop), EVERY)
    await office.fill(campaign, people)
    assert Counter((await states(office.database)).values()) == {"cancelled": 3_000}
    assert await office.state(campaign) == "stopped"


async def test_somebody_taken_out_while_it_fills_gets_nothing_and_stops_nobody(office: Office) -> None:
    people = await office.people(4)
    async with office.database.transaction() as tx:
        await PEOPLE.remove(tx, "p1")
    campaign = await office.begin()
    await office.fill(campaign, people)
    assert {key.split(":")[1] for key in await states(office.database)} == {"2", "3", "4"}
    assert await office.state(campaign) == "running"


async def test_somebody_who_joins_while_it_fills_is_for_the_next_one(office: Office) -> None:
    people = await office.people(3)
    campaign = await office.begin()
    async with office.database.transaction() as tx:
        await PEOPLE.put(tx, MAI)
    await office.fill(campaign, people)
    assert {key.split(":")[1] for key in await states(office.database)} == {"1", "2", "3"}


async def test_nobody_on_the_page_is_given_a_page_where_it_is_not_served(database: Database) -> None:
    office = Office(database, ("telegram",))
    await office.fill(await office.begin(), await office.people(2))
    assert await states(database) == {"a:1:telegram": "queued"}
    async with database.snapshot() as read:
        assert await accounts.find(read, "web", 1, "UTC") is None
