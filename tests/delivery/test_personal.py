from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from bot.delivery.personal import Personal
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName
from bot.texts.reply import Button, Reply, Tap
from locales import Html
from storage.database import Database
from storage.network import PEOPLE
from storage.outbox import is_busy
from tests.pushes.reminding import join
from tests.support.sample import NOW, ZONE

EVERY = ("telegram", "web", "email")


def render(to: Reader, channel: ChannelName) -> Reply:
    button = Button("Fait", Tap.to("duty", "d1", "done"))
    return Reply(Html(f"{to.name}, {to.language}, {channel}"), ((button,),))


async def queued(database: Database) -> list[tuple[str, str, str]]:
    async with database.snapshot() as read:
        rows = await read.fetch_all("SELECT message_key, state, calls FROM outbox ORDER BY id")
    return [(row[0], row[1], orjson.loads(row[2])[0]["method"]) for row in rows]


@pytest.mark.parametrize("known", [True, False])
async def test_one_person_is_written_to_by_the_chain_of_their_channels(sample_network: Database, known: bool) -> None:
    if known:
        await join(sample_network, {"tran-thi-mai": 102}, NOW)
    personal = Personal(EVERY, ZONE, "en")
    async with sample_network.transaction() as tx:
        person = await PEOPLE.get(tx, "tran-thi-mai")
        assert person is not None
        recipient = await personal.find(tx, person.id)
        assert recipient is not None
        assert await personal.queue(tx, "test:1", recipient, render, NOW, NOW)
        assert not await personal.queue(tx, "test:1", recipient, render, NOW, NOW)  # a restart repeats nothing
    later = "waiting" if known else "queued"
    expected = [
        (f"test:1:{recipient.number}:web", later, "sendMessage"),
        (f"test:1:{recipient.number}:email", later, "letter"),
    ]
    first = [(f"test:1:{recipient.number}:telegram", "queued", "sendMessage")] if known else []
    assert await queued(sample_network) == [*first, *expected]
    async with sample_network.snapshot() as read:
        assert await is_busy(read, "web", NOW) == (not known)
        assert not await is_busy(read, "web", NOW - timedelta(hours=1))


async def test_nobody_is_found_for_a_number_that_is_nobody_s(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        assert await Personal(EVERY, ZONE, "en").find(read, 10**9) is None
