from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from bot.delivery.personal import Bubble, Personal
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName
from bot.texts.reply import Button, Reply, Tap
from locales import Html
from storage.database import Database
from storage.network import PEOPLE
from storage.outbox import is_busy
from tests.pushes.reminding import PEOPLE_OF, join
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


async def test_what_many_are_told_is_rendered_once_for_those_who_read_the_same(sample_network: Database) -> None:
    await join(sample_network, PEOPLE_OF, NOW)
    personal, rendered = Personal(("telegram",), ZONE, "en"), list[str]()

    def counted(to: Reader, channel: ChannelName) -> Reply:
        rendered.append(f"{to.language} {channel}")
        return Reply(Html(f"{to.language}, {to.time_zone}"))

    async with sample_network.transaction() as tx:
        every = {one.reader.person or "": one for one in (await personal.some(tx, 0, 1_000))[0]}
        dara, mai = every["sok-dara"], every["tran-thi-mai"]
        twin = mai._replace(number=10**6, reader=mai.reader.model_copy(update={"person": "twin", "name": "Twin"}))
        elsewhere = mai._replace(
            number=10**6 + 1, reader=mai.reader.model_copy(update={"person": "far", "time_zone": "Europe/Paris"})
        )
        told = [Bubble("test:1", one, counted, "same", NOW) for one in (dara, mai, twin, elsewhere)]
        kept: dict[object, str] = {}
        await personal.queue_many(tx, [*told, Bubble("test:2", mai, counted, "other", NOW)], kept, NOW)
        await personal.queue_many(tx, told, kept, NOW)  # a second round
    assert rendered == ["km telegram", "vi telegram", "vi telegram", "vi telegram"]
    async with sample_network.snapshot() as read:
        rows = await read.fetch_all("SELECT message_key, person, calls FROM outbox ORDER BY id")
    numbers = (dara.number, mai.number, twin.number, elsewhere.number)
    keys = [f"test:1:{number}:telegram" for number in numbers]
    assert [row[0] for row in rows] == [*keys, f"test:2:{mai.number}:telegram"]
    assert [row[1] for row in rows] == ["sok-dara", "tran-thi-mai", "twin", "far", "tran-thi-mai"]
    texts = [orjson.loads(row[2])[0]["parameters"]["text"] for row in rows]
    vietnamese = f"vi, {mai.reader.time_zone}"
    assert texts == [f"km, {dara.reader.time_zone}", vietnamese, vietnamese, "vi, Europe/Paris", vietnamese]
