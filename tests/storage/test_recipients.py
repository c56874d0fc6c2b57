from __future__ import annotations

from datetime import timedelta

import pytest

from bot.network.recipients import Chat, Recipient
from storage import accounts, mailboxes, recipients
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.storage.queued import NOW
from tests.storage.rows import HUE, MAI

ZONE = "Asia/Vientiane"
LINH = MAI.model_copy(update={"code": "linh", "name": "Linh", "telegram_id": None, "email": None})
SOKHA = MAI.model_copy(update={"code": "sokha", "name": "Sokha", "telegram_id": 43, "languages": ("km",)})


@pytest.fixture
async def network(database: Database) -> Database:
    """A city with three people; nobody has written yet."""
    async with database.transaction() as tx:
        await ORGANISATIONS.put(tx, HUE)
        for person in (MAI, LINH, SOKHA):
            await PEOPLE.put(tx, person)
    return database


async def everybody(database: Database) -> dict[str, Recipient]:
    async with database.snapshot() as read:
        found = await recipients.everybody(read, ZONE, "en")
    return {str(one.reader.person): one for one in found}


async def test_people_who_never_wrote_are_recipients_without_chats(network: Database) -> None:
    found = await everybody(network)
    assert list(found) == ["mai", "linh", "sokha"]
    mai = found["mai"]
    assert mai.chats == ()
    assert (mai.email, found["linh"].email) == (True, False)
    assert (mai.unsubscribed, mai.bounced, mai.quiet) == (False, False, None)
    reader = mai.reader
    assert (reader.account, reader.channel, reader.address) == (0, "web", mai.number)
    assert (reader.language, reader.language_chosen, reader.time_zone) == ("vi", False, "Asia/Ho_Chi_Minh")
    assert (reader.organisation, reader.country, reader.groups, reader.digits) == ("hue", "VN", ("viet-nam",), "latin")


async def test_chats_are_those_of_the_person_or_of_the_telegram_account_in_the_tables(network: Database) -> None:
    async with network.transaction() as tx:
        for channel, address in (("web", 900), ("telegram", 42), ("telegram", 43), ("telegram", 44)):
            await accounts.add(tx, channel, address, "x", "fr", NOW)
        await accounts.link(tx, 1, "mai")
        await accounts.link(tx, 3, "linh")  # somebody else's by the tables, but linked: the link counts
        await accounts.lost(tx, "telegram", 42, NOW)
    found = await everybody(network)
    assert {person: one.chats for person, one in found.items()} == {
        "mai": (Chat("telegram", 42, True), Chat("web", 900, False)),
        "linh": (Chat("telegram", 43, False),),
        "sokha": (),
    }


async def test_recipient_is_spoken_to_as_in_the_chat(network: Database) -> None:
    async with network.transaction() as tx:
        for channel, address in (("telegram", 42), ("web", 900)):
            await accounts.add(tx, channel, address, "x", "en", NOW)
        await accounts.link(tx, 2, "mai")
        await accounts.choose_language(tx, 2, "fr")
        await accounts.choose_zone(tx, 2, "Europe/Paris")
        await accounts.choose_digits(tx, 1, "native")
        await accounts.choose_quiet(tx, 2, "20-8")
    mai = (await everybody(network))["mai"]
    reader = mai.reader
    assert (reader.language, reader.language_chosen, reader.time_zone, reader.digits) == (
        "fr", True, "Europe/Paris", "native",
    )  # fmt: skip
    assert (reader.account, reader.channel, reader.address, mai.quiet) == (1, "telegram", 42, "20-8")


async def test_letters_that_came_back_or_are_unwanted_are_known(network: Database) -> None:
    async with network.transaction() as tx:
        await mailboxes.bounced(tx, 1, "550 no such user", NOW)
        await mailboxes.bounced(tx, 1, "550 no such user", NOW + timedelta(days=1))
        await mailboxes.unsubscribe(tx, "sokha", NOW)
    found = await everybody(network)
    assert {person: (one.bounced, one.unsubscribed) for person, one in found.items()} == {
        "mai": (True, False), "linh": (False, False), "sokha": (False, True),
    }  # fmt: skip


async def test_many_people_are_read_in_parts(network: Database) -> None:
    places: int | None = 0
    seen: list[list[str | None]] = []
    async with network.snapshot() as read:
        while places is not None:
            some, places = await recipients.after(read, places, 2, ZONE, "en")
            seen.append([one.reader.person for one in some])
    assert seen == [["mai", "linh"], ["sokha"]]


async def test_those_who_were_taken_out_are_not_present_any_more(network: Database) -> None:
    every = list((await everybody(network)).values())
    async with network.transaction() as tx:
        await PEOPLE.remove(tx, "linh")
        assert [one.reader.person for one in await recipients.present(tx, every[::-1])] == ["sokha", "mai"]
        assert await recipients.present(tx, []) == []
