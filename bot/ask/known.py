"""What is known of the network when a question is read: built from its tables, and again when they have changed."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from bot.ask.intents import INTENTS, IntentReader
from bot.ask.places import Gazetteer, Place
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
        self._understanding: tuple[str, Understanding] | None = None
        """With the version of the tables when their names were read last; so below."""
        self._titles: tuple[str, Titles] | None = None
        self._plan: tuple[str, Titles] | None = None

    async def understanding(self, read: Transaction) -> Understanding:
        """Return what understands questions about the network as this transaction sees it."""
        present = await version(read)
        if self._understanding is None or self._understanding[0] != present:
            key = (self._intents, await named(read))
            if key not in _BUILT:
                built = await self._build(read)
                if len(_BUILT) >= _MOST:
                    del _BUILT[next(iter(_BUILT))]
                _BUILT[key] = built
            self._understanding = (present, _BUILT[key])
        return self._understanding[1]

    async def titles(self, read: Transaction) -> Titles:
        """Return the titles of the network as this transaction sees it, without the places in them."""
        understanding, present = await self.understanding(read), await version(read)
        if self._titles is None or self._titles[0] != present:
            self._titles = (present, _index(understanding, await titled(read)))
        return self._titles[1]

    async def plan(self, read: Transaction) -> Titles:
        """Return the titles of the lines of the action plan, as this transaction sees it."""
        understanding, present = await self.understanding(read), await version(read)
        if self._plan is None or self._plan[0] != present:
            self._plan = (present, _index(understanding, await lines_of_plan(read)))
        return self._plan[1]

    def organisation_in(self, text: str, language: Language | None) -> str | None:
        """Return the code of the organisation that a text names and that is no place; of the network last read."""
        return self._understanding[1].places(text, language).organisation if self._understanding else None

    def countries_in(self, text: str, language: Language | None) -> tuple[str, ...]:
        """Return the countries of the places that a text names; of the network last read."""
        return tuple(place.country for place in self._found(text, language))

    def cities_in(self, text: str, language: Language | None) -> tuple[str, ...]:
        """Return the codes of the cities that a text names; of the network last read."""
        return tuple(place.city for place in self._found(text, language) if place.city)

    def _found(self, text: str, language: Language | None) -> tuple[Place, ...]:
        return self._understanding[1].places(text, language).found if self._understanding else ()

    async def _build(self, read: Transaction) -> Understanding:
        words = await taught.all_taught(read)
        intents = {
            one.word: intent for one in words if one.meaning == "intent" for intent in INTENTS if intent == one.code
        }
        places = [_called(row, words, "city") for row in await ORGANISATIONS.all(read)]
        themes = [_called(row, words, "theme") for row in await THEMES.all(read)]
        reader = self._intents.teach(intents) if intents else self._intents
        return Understanding(reader, Gazetteer.of(places), Themes.of(themes))


_MOST = 2
"""States of networks whose understanding the process keeps: what was built of the same names is shared."""
_BUILT: dict[tuple[IntentReader, Named], Understanding] = {}


@lru_cache(maxsize=2 * _MOST)
def _index(understanding: Understanding, rows: tuple[Row, ...]) -> Titles:
    """Return the titles of these rows, without the places in them; those of the same rows are built once."""
    return Titles(map(_entry, rows), understanding.without_places)


def _entry(row: Row) -> Entry:
    noun, number, code, title, audience, event, kind, first, last, city = row
    named = next(one for one in NOUNS if one == noun)
    return Entry(named, number, code, Content.model_validate_json(title), audience, event, first, last, kind, city)


def _called(row: R, words: list[Taught], meaning: str) -> R:
    """Return the row with the words that were taught for it among its spellings."""
    own: list[str] = [one.word for one in words if one.meaning == meaning and one.code == row.code]
    return row.model_copy(update={"spellings": (*row.spellings, *own)}) if own else row
