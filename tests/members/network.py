"""A small network, and the conversations that meet people, as the assistant has them."""

from __future__ import annotations

from typing import Any

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.telegram import TelegramApi
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.members.admission import Admission
from bot.members.identify import Identify
from bot.members.invitations import Invitations
from bot.members.joining import Joining
from bot.members.requests import Requests
from bot.members.suggestions import Suggestions
from bot.members.zones import Zones
from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.records import Organisation, Person
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.arrivals import Arrivals
from handlers.contacts import CONTACTS
from handlers.deadlines import DEADLINES
from handlers.help import HELP
from handlers.join import join
from handlers.keyboard import keyboard
from handlers.language import language
from handlers.meetings import MEETINGS
from handlers.menu import every_command
from handlers.requests import requests
from handlers.settings import settings
from handlers.start import start
from handlers.turn import Conversation, Turn
from handlers.unknown import unknown
from locales import Catalogues
from storage import accounts
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.support.bot import TestBot
from tests.support.people import Somebody

HELENE = Somebody(200_001, "Hélène", "fr")
SOKUNTHEA = Somebody(200_002, "Sokunthea", "km")
MAI = Somebody(200_003, "Mai", "vi")
"""Two coordinators and a focal point, whose rows carry their Telegram ids."""
ZONE = "Asia/Phnom_Penh"
CATALOGUES = Catalogues.load()


def organisation(code: str, country: str, zone: str, spellings: tuple[str, ...] = (), **more: Any) -> Organisation:
    values = {"name": Content.of("fr", fr=code.title()), "kind": "city", "membership": "member", **more}
    return Organisation(code=code, country=country, time_zone=zone, spellings=spellings, **values)


NETWORK = (
    organisation("secretariat", "KH", ZONE, membership="partner", kind="association"),
    organisation("hue", "VN", "Asia/Ho_Chi_Minh", ("Hue", "TP Huế"), name=Content.of("fr", fr="Huế", km="ហ្វេ")),
    organisation("siem-reap", "KH", ZONE, ("Siemreap",), name=Content.of("fr", fr="Siem Reap", km="ក្រុងសៀមរាប")),
    organisation("phnom-penh", "KH", ZONE, ("ភ្នំពេញ",), name=Content.of("fr", fr="Phnom Penh", km="រាជធានីភ្នំពេញ")),
    organisation("vientiane", "LA", "Asia/Vientiane", ("ວຽງຈັນ",)),
    organisation("le-havre", "FR", "Europe/Paris", name=Content.of("fr", fr="Le Havre")),
    organisation("lorient", "FR", "Europe/Paris", membership="guest"),
)


def person(code: str, place: str, role: str, who: Somebody | None = None, **more: Any) -> Person:
    values = {"name": code.title(), "function": Content.of("fr", fr="Fonction"), "languages": ("fr",), **more}
    return Person(code=code, organisation=place, role=role, telegram_id=who.id if who else None, **values)


PEOPLE_THERE = (
    person("helene", "secretariat", "coordinator", HELENE, email="helene@example.org", phone="+855 23 555 001"),
    person("sokunthea", "secretariat", "coordinator", SOKUNTHEA, languages=("km",)),
    person("mai", "hue", "focal_point", MAI, languages=("vi",)),
    person("dara", "phnom-penh", "member", languages=("km",)),
)


async def fill(database: Database) -> None:
    """Put the small network into the database, if it is not there yet."""
    async with database.transaction() as tx:
        for place in NETWORK:
            await ORGANISATIONS.put(tx, place)
        for one in PEOPLE_THERE:
            await PEOPLE.put(tx, one)


def meeting_people() -> tuple[Conversation, ...]:
    """Return the conversations in the assistant's order."""
    identify, admission = Identify(ZONE, "en"), Admission(CATALOGUES)
    again, asking = Again(identify, CATALOGUES), Requests(admission, identify)
    by_command = (
        start(Invitations(admission), asking, again, Arrivals(Filling(Library())).scanned),
        MEETINGS, DEADLINES, CONTACTS, HELP,
        language(again),
        settings(again, Zones(), lambda reader: "https://relais.example.org/me" if reader.is_known else None),
        join(Joining(), asking, again),
    )  # fmt: skip
    commands = {
        name: handler for one in by_command for name, handler in one.commands.items() if name in every_command()
    }
    return (
        keyboard(CATALOGUES, commands, _leaning),
        *by_command,
        requests(asking, again),
        unknown(Suggestions(CATALOGUES, every_command())),
    )


async def _leaning(_turn: Turn) -> Reply | None:
    return None


async def send_out(bot: TestBot) -> None:
    """Send what the assistant has queued for others."""
    api = TelegramApi(bot.request, "https://api.telegram.org", "1:token")
    dispatcher = Dispatcher(bot.database, {"telegram": api}, bot.clock)
    await dispatcher.once()


async def reader_of(bot: TestBot, who: Somebody) -> Reader:
    """Return what the assistant knows of somebody who has written before."""
    async with bot.database.snapshot() as read:
        found = await accounts.find(read, "telegram", who.id, ZONE)
    assert found is not None
    return found


async def count(bot: TestBot, table: str) -> int:
    """Return how many rows a table has."""
    async with bot.database.snapshot() as read:
        row = await read.fetch_one(f"SELECT count(*) FROM {table}")
    assert row is not None
    return int(row[0])
