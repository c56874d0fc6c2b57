"""The ten tables of a network, and the few facts about it that are not in a table."""

from __future__ import annotations

from bot.network.forms import Form, Question
from bot.network.records import Action, Deadline, Document, Event, NewsItem, Organisation, Person, Theme
from storage.database import Transaction
from storage.table import Table

THEMES = Table("themes", Theme)
ORGANISATIONS = Table("organisations", Organisation)
PEOPLE = Table("people", Person)
EVENTS = Table("events", Event)
DEADLINES = Table("deadlines", Deadline)
NEWS = Table("news", NewsItem)
DOCUMENTS = Table("documents", Document)
ACTIONS = Table("actions", Action)
FORMS = Table("forms", Form)
QUESTIONS = Table("questions", Question, order="form, number, name")

TABLES = (ORGANISATIONS, PEOPLE, THEMES, EVENTS, DEADLINES, NEWS, DOCUMENTS, ACTIONS, FORMS, QUESTIONS)
"""In the order of ``docs/tables.md``."""


_JOINED = "joined:"


async def fact(read: Transaction, name: str) -> str | None:
    """Return a fact about the network as a whole, such as the day of its first import."""
    row = await read.fetch_one("SELECT value FROM facts WHERE name = $1", name)
    return str(row["value"]) if row else None


async def set_fact(write: Transaction, name: str, value: str) -> None:
    """Keep a fact."""
    await write.execute(
        "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value,
    )  # fmt: skip


async def joined(read: Transaction) -> frozenset[tuple[str, str]]:
    """Return the table and code of what came in through the chat and what no file of tables has named since."""
    rows = await read.fetch_all("SELECT name FROM facts WHERE name LIKE $1", f"{_JOINED}%")
    found = (str(row["name"]).removeprefix(_JOINED).rpartition(":") for row in rows)
    return frozenset((table or PEOPLE.name, code) for table, _, code in found)


async def note_joined(write: Transaction, code: str, table: str = PEOPLE.name) -> None:
    """Note that a row came in through the chat, so that an import of older tables does not put it out."""
    await set_fact(write, _joined(table, code), "")


async def forget_joined(write: Transaction, code: str, table: str = PEOPLE.name) -> None:
    """Note that the tables know this row now, or that it is gone."""
    await write.execute("DELETE FROM facts WHERE name = $1", _joined(table, code))


def _joined(table: str, code: str) -> str:
    return f"{_JOINED}{code}" if table == PEOPLE.name else f"{_JOINED}{table}:{code}"
