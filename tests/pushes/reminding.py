"""The rounds of reminders on the sample network, for tests: three people in three countries, hour by hour."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson

from bot.delivery.personal import Personal
from bot.pushes.reminding import Reminding
from locales import Catalogues
from storage import accounts
from storage.database import Database
from storage.network import PEOPLE
from tests.support.sample import ZONE

PEOPLE_OF = {"sok-dara": 101, "tran-thi-mai": 102, "yann-delaunoy": 103}
"""A focal point in Cambodia, one in Viet Nam, one in France; and their chats."""
HOUR = timedelta(hours=1)
CATALOGUES = Catalogues.load()


class Sent(NamedTuple):
    """A bubble that went out."""

    key: str
    chat: int
    at: datetime
    """In UTC."""
    text: str


async def join(database: Database, people: dict[str, int], now: datetime) -> None:
    """Give these people a chat on Telegram."""
    async with database.transaction() as tx:
        for code, chat in people.items():
            person = await PEOPLE.get(tx, code)
            assert person is not None
            await accounts.add(tx, "telegram", chat, person.name, person.languages[0], now)
            account = await accounts.find(tx, "telegram", chat, ZONE)
            assert account is not None
            await accounts.link(tx, account.account, code)


def fresh(served: Collection[str] = ("telegram",), a_week: int = 3) -> Reminding:
    """The rounds, as after a start of the assistant."""
    return Reminding(Personal(served, ZONE, "en"), CATALOGUES, a_week)


async def once(database: Database, reminding: Reminding, now: datetime) -> None:
    """One round."""
    more = True
    while more:
        async with database.transaction() as tx:
            more = await reminding.round(tx, now)


async def hourly(database: Database, first: datetime, last: datetime, reminding: Reminding | None = None) -> None:
    """A round an hour."""
    reminding, now = reminding or fresh(), first
    while now <= last:
        await once(database, reminding, now)
        now += HOUR


async def sent(database: Database, what: str = "reminder:") -> list[Sent]:
    """Every bubble that was queued, in order."""
    async with database.snapshot() as read:
        rows = await read.fetch_all(
            "SELECT message_key, address, next_try, calls FROM outbox WHERE message_key LIKE $1 ORDER BY next_try, id",
            f"{what}%",
        )
    return [
        Sent(
            row[0],
            row[1],
            datetime.fromtimestamp(row[2], ZoneInfo("UTC")),
            orjson.loads(row[3])[0]["parameters"]["text"],
        )
        for row in rows
    ]
