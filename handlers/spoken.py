"""What is spoken of once something was shown: a row, somebody, the list that a command or a key has opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.asked import Asked, codes_of
from bot.answers.subjects import in_period
from bot.ask.intents import INTENTS
from bot.ask.known import Known
from bot.ask.question import Question, Stated
from bot.ask.titles import Entry
from bot.texts.reply import Listing
from handlers.listed import asked_by
from handlers.meant import CARDS, OF_CARDS, about_row, rows_of
from handlers.turn import Turn
from storage.network import EVENTS, ORGANISATIONS


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

    async def is_on(self, turn: Turn, listing: Listing, day: date) -> bool:
        """Whether a row of a list is on that day: "le 3" means the day then, and no number."""
        titles = await self._known.titles(turn.tx)
        return any(in_period(one, day, day) for one in rows_of(titles, listing) if one.first)
