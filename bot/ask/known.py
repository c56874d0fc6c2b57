"""What is known of the network when a question is read: built from its tables, and again when they have changed."""

from __future__ import annotations

from typing import TypeVar

from bot.ask.intents import INTENTS, IntentReader
from bot.ask.places import Gazetteer
from bot.ask.themes import Themes
from bot.ask.titles import NOUNS, Entry, Titles
from bot.ask.understand import Understanding
from bot.network.content import Content
from bot.network.languages import Language
from bot.network.records import Organisation, Theme
from storage import taught
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES
from storage.taught import Taught
from storage.titles import Row, lines_of_plan, titled
from storage.version import version
from storage.vocabulary import Named, named

R = TypeVar("R", Organisation, Theme)


class Known:
    """Gives the understanding of the network as it stands now."""

    def __init__(self, intents: IntentReader) -> None:
        self._intents = intents
        self._version: str | None = None
        """That of the tables when their names were read last."""
        self._built: tuple[Named, Understanding] | None = None
        self._indexed: str | None = None
        """The version of the tables when their titles were read last."""
        self._titles: tuple[Understanding, tuple[Row, ...], Titles] | None = None
        self._plan: tuple[str | None, Titles] | None = None
        """The lines of the plan, with the version of the tables when they were read last."""

    async def understanding(self, read: Transaction) -> Understanding:
        """Return what understands questions about the network as this transaction sees it."""
        present = await version(read)
        if self._built is None or self._version != present:
            names = await named(read)
            if self._built is None or self._built[0] != names:
                self._built = (names, await self._build(read))
            self._version = present
        return self._built[1]

    async def titles(self, read: Transaction) -> Titles:
        """Return the titles of the network as this transaction sees it, without the places in them."""
        understanding = await self.understanding(read)
        present = self._version
        if self._titles is None or self._indexed != present:
            rows = await titled(read)
            if self._titles is None or self._titles[:2] != (understanding, rows):
                self._titles = (understanding, rows, Titles(map(_entry, rows), understanding.without_places))
            self._indexed = present
        return self._titles[2]

    async def plan(self, read: Transaction) -> Titles:
        """Return the titles of the lines of the action plan, as this transaction sees it."""
        understanding = await self.understanding(read)
        if self._plan is None or self._plan[0] != self._version:
            rows = await lines_of_plan(read)
            self._plan = (self._version, Titles(map(_entry, rows), understanding.without_places))
        return self._plan[1]

    def organisation_in(self, text: str, language: Language | None) -> str | None:
        """Return the code of the organisation that a text names and that is no place; of the network last read."""
        return self._built[1].places(text, language).organisation if self._built else None

    def countries_in(self, text: str, language: Language | None) -> tuple[str, ...]:
        """Return the countries of the places that a text names; of the network last read."""
        return tuple(place.country for place in self._built[1].places(text, language).found) if self._built else ()

    def cities_in(self, text: str, language: Language | None) -> tuple[str, ...]:
        """Return the codes of the cities that a text names; of the network last read."""
        found = self._built[1].places(text, language).found if self._built else ()
        return tuple(place.city for place in found if place.city)

    async def _build(self, read: Transaction) -> Understanding:
        words = await taught.all_taught(read)
        intents = {
            one.word: intent for one in words if one.meaning == "intent" for intent in INTENTS if intent == one.code
        }
        places = [_called(row, words, "city") for row in await ORGANISATIONS.all(read)]
        themes = [_called(row, words, "theme") for row in await THEMES.all(read)]
        reader = self._intents.teach(intents) if intents else self._intents
        return Understanding(reader, Gazetteer.of(places), Themes.of(themes))


def _entry(row: Row) -> Entry:
    noun, number, code, title, audience, event, kind, first, last, city = row
    named = next(one for one in NOUNS if one == noun)
    return Entry(named, number, code, Content.model_validate_json(title), audience, event, first, last, kind, city)


def _called(row: R, words: list[Taught], meaning: str) -> R:
    """Return the row with the words that were taught for it among its spellings."""
    own: list[str] = [one.word for one in words if one.meaning == meaning and one.code == row.code]
    return row.model_copy(update={"spellings": (*row.spellings, *own)}) if own else row
