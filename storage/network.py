"""The eight tables of a network, and the few facts about it that are not in a table."""

from __future__ import annotations

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

TABLES = (ORGANISATIONS, PEOPLE, THEMES, EVENTS, DEADLINES, NEWS, DOCUMENTS, ACTIONS)
"""In the order of ``docs/tables.md``."""


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
