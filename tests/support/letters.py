"""People with mailboxes, and the channel that writes to them through a `PostOffice`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import Clock
from bot.delivery.calls import CALLS
from bot.delivery.email import EMAIL, EmailApi
from bot.delivery.letters import letter
from bot.delivery.mime import Sender
from bot.network.content import Content
from bot.network.languages import Language
from bot.network.records import Organisation, Person
from bot.texts.reply import Reply
from locales import Catalogues
from storage import outbox
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from storage.outbox import IfUnknown, Message
from tests.support.mail import PostOffice

CATALOGUES = Catalogues.load()
SECRET = "a secret of this test"
SENDER = Sender("Réseau des villes", "secretariat@relais.test")
_NAME = Content.of("fr", fr="Huế")


async def person(tx: Transaction, code: str, email: str | None, *, name: str = "", language: Language = "fr") -> int:
    """Put somebody into the network; return the number of the row."""
    await ORGANISATIONS.put(
        tx, Organisation(code="hue", name=_NAME, kind="city", country="VN", time_zone="Asia/Ho_Chi_Minh",
                         membership="member")
    )  # fmt: skip
    found = Person(
        code=code, name=name or code, organisation="hue", function=_NAME, role="member", languages=(language,),
        email=email,
    )  # fmt: skip
    await PEOPLE.put(tx, found)
    stored = await PEOPLE.get(tx, code)
    assert stored is not None
    return stored.id


async def queue(
    tx: Transaction, key: str, number: int, reply: Reply, clock: Clock, *, language: Language = "fr",
    if_unknown: IfUnknown = "again", **more: Any,
) -> None:  # fmt: skip
    """Queue the reply as a letter to the person of that row."""
    calls = CALLS.dump_json((letter(reply, language),)).decode()
    at = int(clock.now().timestamp())
    message = Message(f"{key}:{EMAIL}", EMAIL, number, at, calls, if_unknown=if_unknown, **more)
    await outbox.add(tx, message, clock.now())


@asynccontextmanager
async def email_api(database: Database, office: PostOffice, clock: Clock, **server: Any) -> AsyncIterator[EmailApi]:
    """The channel, with links that name the person."""
    async with office.client(office.server(**server)) as client:
        yield EmailApi(
            database, client, SENDER, CATALOGUES, clock, secret=SECRET, bounces="bounces@relais.test",
            page=lambda person, language: f"https://relais.test/?key={person}",
            unsubscribe=lambda person, language: f"https://relais.test/letters?key={person}&language={language}",
        )  # fmt: skip
