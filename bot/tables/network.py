"""A whole network as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.network.forms import Form, Question
from bot.network.records import Action, Deadline, Document, Event, NewsItem, Organisation, Person, Record, Theme
from bot.tables.columns import ALL_TABLES
from bot.tables.words import Word, stored_words
from storage.database import Transaction


@dataclass(frozen=True)
class Network:
    """The tables, each as a tuple of its records in the order of the file, or by code where stored."""

    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    themes: tuple[Theme, ...] = ()
    events: tuple[Event, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    news: tuple[NewsItem, ...] = ()
    documents: tuple[Document, ...] = ()
    actions: tuple[Action, ...] = ()
    forms: tuple[Form, ...] = ()
    questions: tuple[Question, ...] = ()
    words: tuple[Word, ...] | None = None
    """The words taught for requests; None where the tables leave them out, and so leave them alone."""
    absent: frozenset[str] = frozenset()
    """The tables that the file leaves out: what is stored of them stays."""
    stated: frozenset[tuple[str, str, str]] = frozenset()
    """The table, code and column of each translation whose state the file itself says."""

    @property
    def rows(self) -> frozenset[tuple[str, str]]:
        """The table and code of every row."""
        return frozenset((table.name, one.code) for table in ALL_TABLES for one in self.table(table.name))

    def table(self, name: str) -> tuple[Record, ...]:
        """Return the records of the table ``name``."""
        records: tuple[Record, ...] = getattr(self, name)
        return records


def network_of(
    tables: dict[str, tuple[Any, ...]],
    words: tuple[Word, ...] | None,
    stated: frozenset[tuple[str, str, str]] = frozenset(),
) -> Network:
    """Build a network from the records by table, and the taught words."""
    absent = frozenset(table.name for table in ALL_TABLES) - tables.keys()
    return Network(**tables, words=words, stated=stated, absent=absent)


async def stored_network(read: Transaction) -> Network:
    """Return the network that the database holds."""
    tables = {table.name: tuple(await table.all(read)) for table in ALL_TABLES}
    return network_of(tables, await stored_words(read))
