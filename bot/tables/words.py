"""The words that coordinators taught for requests: a table that may be left out, and whose rows have no code.

A row is named by its language and its word.  Words for cities and themes are not here: they stand among the spellings
of their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.ask.intents import Intent
from bot.ask.teaching import TEACHABLE
from bot.network.languages import Language
from bot.tables.columns import WORDS
from bot.tables.context import Context
from bot.tables.problems import Problems
from bot.tables.rows import RowReader
from bot.tables.sheets import Sheet
from storage import taught
from storage.database import Transaction


@dataclass(frozen=True, order=True)
class Word:
    """A word, and the request that it stands for."""

    language: Language
    word: str
    meaning: Intent

    @property
    def key(self) -> tuple[Language, str]:
        """What names the row."""
        return self.language, self.word

    @property
    def cells(self) -> tuple[str, str, str]:
        """The cells of its row, in the table's order."""
        return self.language, self.word, self.meaning


@dataclass(frozen=True)
class WordChanges:
    """What changes among the words."""

    added: tuple[Word, ...] = ()
    changed: tuple[Word, ...] = ()
    """The words that get another meaning, with that meaning."""
    removed: tuple[Word, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.changed or self.removed)

    def lines(self) -> Iterator[str]:
        """Tell the changes, a line each."""
        for word in self.removed:
            yield f"{WORDS}: remove {word.language} {word.word} ({word.meaning})"
        for word in self.changed:
            yield f"{WORDS}: change {word.language} {word.word} ({word.meaning}): meaning"
        for word in self.added:
            yield f"{WORDS}: add {word.language} {word.word} ({word.meaning})"


def read_words(sheet: Sheet, context: Context, problems: Problems) -> tuple[Word, ...]:
    """Return the words of a sheet, in its order; what is wrong with a row is added to ``problems``."""
    rows = [RowReader(sheet, row, context, problems).values() for row in sheet.rows]
    return tuple(Word(**values) for values in rows if values is not None)


async def stored_words(read: Transaction) -> tuple[Word, ...]:
    """Return the words that are taught for requests, by language and word."""
    meanings = {str(intent): intent for intent in TEACHABLE}
    return tuple(
        sorted(
            Word(one.language, one.word, meanings[one.code])
            for one in await taught.all_taught(read)
            if one.meaning == "intent" and one.code in meanings
        )
    )


def compared_words(stored: Sequence[Word], new: Sequence[Word] | None) -> WordChanges:
    """Return what differs between the stored words and the new ones; nothing where the tables leave them out."""
    if new is None:
        return WordChanges()
    before, after = {word.key: word for word in stored}, {word.key: word for word in new}
    return WordChanges(
        added=tuple(word for key, word in after.items() if key not in before),
        changed=tuple(word for key, word in after.items() if key in before and before[key] != word),
        removed=tuple(word for key, word in before.items() if key not in after),
    )


async def apply_words(write: Transaction, changes: WordChanges) -> None:
    """Make the changes; a word that was taught for a city or a theme stands for the request from now on."""
    gone = {word.key for word in changes.removed}
    for one in await taught.all_taught(write) if gone else ():
        if (one.language, one.word) in gone:
            await taught.forget(write, one.id)
    for word in (*changes.changed, *changes.added):
        await taught.teach(write, word.language, word.word, "intent", word.meaning)
