"""The sample network of ``examples/rvase``, in any database, as its first import on 10 March 2027 leaves it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from bot.network.audiences import Reader, Role
from bot.network.languages import Language
from bot.network.records import Organisation, Person
from bot.tables.importing import import_tables
from storage.database import Database, Transaction, open_database
from storage.migrate import migrate
from storage.network import ORGANISATIONS, PEOPLE
from tests.support.people import Somebody

TABLES = Path(__file__).parents[2] / "examples" / "rvase"
FIRST_START = date(2027, 3, 10)
ZONE = "Asia/Phnom_Penh"
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=ZoneInfo(ZONE))
"""A Wednesday morning in Phnom Penh, the day of the first start."""
ROLES: tuple[Role, ...] = get_args(Role)


async def sample(database: Database, files: Path | None = None) -> None:
    """Import the sample network; its documents are copied into ``files``, or looked for where the tables are."""
    await import_tables(
        database, TABLES, files=files or TABLES, today=FIRST_START, network_zone=ZONE, confirm=lambda changes: True
    )


async def sample_database(folder: Path) -> Database:
    """Open a SQLite file of its own in ``folder``, with the sample network in it."""
    database = await open_database(f"sqlite:///{folder / 'relais.db'}")
    await migrate(database)
    await sample(database)
    return database


def stranger(language: Language = "en", *, zone: str = ZONE) -> Reader:
    """Somebody of whom the network knows nothing."""
    return Reader(
        account=1, channel="telegram", address=1, person=None, name="Somebody", role="stranger", organisation=None,
        country=None, groups=(), themes=(), dues_paid_until=None, language=language, language_chosen=True,
        time_zone=zone, digits="latin",
    )  # fmt: skip


async def reader(read: Transaction, code: str, *, language: Language | None = None) -> Reader:
    """The person of that code as a reader, with their organisation's zone and dues."""
    person = await PEOPLE.get(read, code)
    assert person is not None, code
    organisation = await ORGANISATIONS.get(read, person.organisation)
    assert organisation is not None
    return reader_of(person, organisation, language=language)


def reader_of(person: Person, organisation: Organisation, *, language: Language | None = None) -> Reader:
    """That person of that organisation as a reader."""
    return stranger(language or person.languages[0], zone=organisation.time_zone).model_copy(
        update={
            "person": person.code,
            "name": person.name,
            "role": person.role,
            "organisation": organisation.code,
            "country": organisation.country,
            "groups": organisation.groups,
            "themes": person.themes,
            "dues_paid_until": organisation.dues_paid_until,
        }
    )


async def linked(database: Database, code: str, who: Somebody) -> None:
    """Say that the person of that code writes from that Telegram account."""
    async with database.transaction() as write:
        person = await PEOPLE.get(write, code)
        assert person is not None, code
        await PEOPLE.put(write, person.model_copy(update={"telegram_id": who.id}))
