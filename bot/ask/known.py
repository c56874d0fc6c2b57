"""What is known of the network when a question is read: built from its tables, and again when they have changed."""

from __future__ import annotations

from bot.ask.intents import IntentReader
from bot.ask.places import Gazetteer
from bot.ask.themes import Themes
from bot.ask.understand import Understanding
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES
from storage.vocabulary import Named, named


class Known:
    """Gives the understanding of the network as it stands now."""

    def __init__(self, intents: IntentReader) -> None:
        self._intents = intents
        self._built: tuple[Named, Understanding] | None = None

    async def understanding(self, read: Transaction) -> Understanding:
        """Return what understands questions about the network as this transaction sees it."""
        present = await named(read)
        if self._built is None or self._built[0] != present:
            places = Gazetteer.of(await ORGANISATIONS.all(read))
            self._built = (present, Understanding(self._intents, places, Themes.of(await THEMES.all(read))))
        return self._built[1]
