"""What an import would change: found, told, and done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.network.records import Person, Record
from bot.tables.columns import ALL_TABLES, name_of
from bot.tables.network import Network
from bot.tables.states import settled
from bot.tables.words import WordChanges, apply_words, compared_words, stored_words
from bot.tables.writing import cells_of
from storage.database import Transaction
from storage.network import PEOPLE, joined
from storage.outbox import withdraw


@dataclass(frozen=True)
class Change:
    """A row that says something else than before."""

    old: Record
    new: Record
    columns: tuple[str, ...]
    """The columns that differ, as the spreadsheet names them."""


@dataclass(frozen=True)
class TableChanges:
    """What changes in one table."""

    table: str
    added: tuple[Record, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Record, ...] = ()
    """Every stored row whose code is not in the file, unless it came in through the chat and no file has named it."""


@dataclass(frozen=True)
class Changes:
    """What changes in the network."""

    tables: tuple[TableChanges, ...]
    files: tuple[str, ...] = ()
    """The documents' files that are new or different."""
    words: WordChanges = field(default_factory=WordChanges)

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        same = not any(table.added or table.changed or table.removed for table in self.tables)
        return same and self.words.empty and not self.files

    def lines(self) -> tuple[str, ...]:
        """Tell the changes, a line each, with the code and the name of the row."""
        return (
            *(line for table in self.tables for line in _lines(table)),
            *self.words.lines(),
            *(f"files: copy {file}" for file in self.files),
        )


def _lines(table: TableChanges) -> Iterator[str]:
    for record in table.removed:
        yield f"{table.table}: remove {record.code} ({name_of(record)})"
    for change in table.changed:
        yield f"{table.table}: change {change.new.code} ({name_of(change.new)}): {', '.join(change.columns)}"
    for record in table.added:
        yield f"{table.table}: add {record.code} ({name_of(record)})"


async def compare(read: Transaction, network: Network) -> Changes:
    """Return what differs between what is stored and ``network``, whose states of translations are settled here."""
    kept = await joined(read)
    tables = [_compared(table.name, await table.all(read), network, kept) for table in ALL_TABLES]
    return Changes(tuple(tables), words=compared_words(await stored_words(read), network.words))


def _compared(
    table: str, stored: list[Any], network: Network, kept: frozenset[tuple[str, str]]
) -> TableChanges:  # fmt: skip
    if table in network.absent:
        return TableChanges(table)
    old: dict[str, Record] = {record.code: record for record in stored}
    new = {record.code: record for record in network.table(table)}
    stated = {(code, column) for name, code, column in network.stated if name == table}
    changed = []
    for code, before in old.items():
        if code in new:
            columns = {column for owner, column in stated if owner == code}
            after = settled(table, before, new[code], columns)
            if not before.says_the_same(after):
                changed.append(Change(before, after, _differing(table, before, after)))
    return TableChanges(
        table,
        added=tuple(record for code, record in new.items() if code not in old),
        changed=tuple(changed),
        removed=tuple(
            record
            for code, record in old.items()
            if code not in new and not ((table, code) in kept and _stays(record, network))
        ),
    )


def _stays(record: Record, network: Network) -> bool:
    """Whether what came in through the chat stays: unless an organisation that it names goes."""
    named = {getattr(record, field, None) for field in ("organisation", "city", "organiser")}
    return named <= {None, *(place.code for place in network.organisations)}


def _differing(table: str, old: Record, new: Record) -> tuple[str, ...]:
    before, after = cells_of(table, old), cells_of(table, new)
    return tuple(column for column in before if before[column] != after[column])


async def apply(write: Transaction, changes: Changes) -> None:
    """Make the changes, in the caller's transaction; what refers to what is checked when it ends."""
    tables = {table.name: table for table in ALL_TABLES}
    for change in changes.tables:
        for record in change.removed:
            await tables[change.table].remove(write, record.code)
            if isinstance(record, Person):
                await withdraw(write, record.code)
    await _free_accounts(write, changes)
    for change in changes.tables:
        for record in (*(each.new for each in change.changed), *change.added):
            await tables[change.table].put(write, record)
    await apply_words(write, changes.words)


async def _free_accounts(write: Transaction, changes: Changes) -> None:
    """Take the Telegram accounts off those who change theirs: two may swap them, and each is unique throughout."""
    for table in changes.tables:
        for change in table.changed:
            if isinstance(change.old, Person) and "telegram_id" in change.columns:
                await PEOPLE.put(write, change.old.model_copy(update={"telegram_id": None}))
