"""What is spoken of once something was shown: a row, somebody, the list that a command or a key has opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answers.asked import Asked, codes_of
from bot.answers.subjects import in_period
from bot.ask.intents import INTENTS
from bot.ask.known import Known
from bot.ask.leaning import LISTED
from bot.ask.normalise import normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import Entry, Noun
from bot.ask.turns import spans
from bot.texts.reply import Listing
from handlers.listed import asked_by
from handlers.meant import CARDS, OF_CARDS, about_row, entry_of, rows_of
from handlers.turn import Turn
from storage.network import DEADLINES, DOCUMENTS, EVENTS, NEWS, ORGANISATIONS
from storage.table import Table

_TABLES: Mapping[Noun, Table[Any]] = {"event": EVENTS, "deadline": DEADLINES, "document": DOCUMENTS, "news": NEWS}
"""The tables whose rows have themes."""


class Spoken:
    """Tells the question that the next one may lean on."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def of_tap(self, turn: Turn, wanted: Asked) -> Question | None:
        """Return the question that a button carries, by codes again; None for an intent that is none (any more)."""
        intent = next((one for one in INTENTS if one == wanted.intent), None)
        if intent is None:
            return None
        codes = await codes_of(turn.tx, wanted)
        days = (wanted.first, wanted.last)
        stated = Stated(codes.city, wanted.country, codes.theme, *days, wanted.kind, wanted.past, only=wanted.only)
        noun, _, number = (wanted.about or "").partition("-")
        entry = (await self._known.titles(turn.tx)).numbered(noun, int(number)) if number.isdigit() else None
        return about_row(Question(intent, stated), entry)

    async def of_list(self, turn: Turn, listing: Listing) -> Question | None:
        """Return the question that a list answers which a command or a key has shown; about its row, if that is one."""
        wanted = asked_by(listing.tap)
        question = await self.of_tap(turn, wanted) if wanted else None
        only = (await self._known.titles(turn.tx)).numbered(*listing.rows[0]) if len(listing.rows) == 1 else None
        return about_row(question, only) if question else None

    async def of_card(self, turn: Turn, screen: str, number: int) -> Question | None:
        """Return what is spoken of once a row's card or an organisation's contacts (``co``) are opened."""
        if screen == "co":
            organisation = await ORGANISATIONS.numbered(turn.tx, number)
            return Question("focal_point", there=organisation.code) if organisation else None
        titles = await self._known.titles(turn.tx)
        entry = titles.numbered(CARDS[screen], number) if screen in CARDS else None
        return await self.of_row(turn, entry) if entry else None

    async def of_row(self, turn: Turn, entry: Entry) -> Question:
        """Return what is spoken of once a row is shown."""
        return await self.there(turn, about_row(Question(OF_CARDS[entry.noun]), entry))

    async def there(self, turn: Turn, question: Question) -> Question:
        """Return the question with the city of the event that it is about."""
        noun, _, code = (question.about or "").partition(":")
        event = await EVENTS.get(turn.tx, code) if noun == "event" else None
        return replace(question, there=event.city) if event else question

    async def on_its_topic(self, turn: Turn, found: Understood, last: Question | None) -> Understood:
        """Return "il y a une réunion là-dessus ?" as a question about the theme of the row that was shown."""
        own, language = found.question.stated, found.language or turn.reader.language
        entry = entry_of(await self._known.titles(turn.tx), last.about) if last else None
        table = _TABLES.get(entry.noun) if entry else None
        bare = found.question.about is None and found.aspect is None and not (own.names_place or own.theme)
        if entry is None or table is None or not bare or found.question.intent not in LISTED:
            return found
        row = await table.get(turn.tx, entry.code) if spans("about_it", normalise(found.text), language) else None
        if row is None or not row.themes:
            return found
        question = replace(found.question, stated=replace(own, theme=row.themes[0]))
        return replace(found.completed_by(question, frozenset({"theme"})), matter=None)

    async def is_on(self, turn: Turn, listing: Listing, day: date) -> bool:
        """Whether a row of a list is on that day: "le 3" means the day then, and no number."""
        titles = await self._known.titles(turn.tx)
        return any(in_period(one, day, day) for one in rows_of(titles, listing) if one.first)
