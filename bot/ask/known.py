"""What is known of the network when a question is read: built from its tables, and again when they have changed."""

from __future__ import annotations

from typing import TypeVar

from bot.ask.intents import INTENTS, IntentReader
from bot.ask.places import Gazetteer
from bot.ask.themes import Themes
from bot.ask.understand import Understanding
from bot.network.records import Organisation, Theme
from storage import taught
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES
from storage.taught import Taught
from storage.vocabulary import Named, named

R = TypeVar("R", Organisation, Theme)


class Known:
    """Gives the understanding of the network as it stands now."""

    def __init__(self, intents: IntentReader) -> None:
        self._intents = intents
        self._built: tuple[Named, Understanding] | None = None

    async def understanding(self, read: Transaction) -> Understanding:
        """Return what understands questions about the network as this transaction sees it."""
        present = await named(read)
        if self._built is None or self._built[0] != present:
            self._built = (present, await self._build(read))
        return self._built[1]

    async def _build(self, read: Transaction) -> Understanding:
        words = await taught.all_taught(read)
        intents = {
            one.word: intent for one in words if one.meaning == "intent" for intent in INTENTS if intent == one.code
        }
        places = [_called(row, words, "city") for row in await ORGANISATIONS.all(read)]
        themes = [_called(row, words, "theme") for row in await THEMES.all(read)]
        reader = self._intents.teach(intents) if intents else self._intents
        return Understanding(reader, Gazetteer.of(places), Themes.of(themes))


def _called(row: R, words: list[Taught], meaning: str) -> R:
    """Return the row with the words that were taught for it among its spellings."""
    own: list[str] = [one.word for one in words if one.meaning == meaning and one.code == row.code]
    return row.model_copy(update={"spellings": (*row.spellings, *own)}) if own else row
