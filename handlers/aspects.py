"""What a short question asks of the row or the list that was shown: "le lien ?", "combien ?", "c'est où ?"."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.ask.aspects import BESIDE, Aspect
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import Question, Understood
from bot.ask.titles import Titles
from bot.ask.turns import points_to_it
from bot.texts import dates
from bot.texts.ask import with_line
from bot.texts.reply import Listing
from handlers.listed import lists, shown_again
from handlers.meant import Answered, about_row, entry_of, to_choose_from
from handlers.naming import Naming
from handlers.shown import Shown
from handlers.soonest import ends_first
from handlers.spoken import Spoken
from handlers.told import of_the_list
from handlers.turn import Turn

OF_ROWS: tuple[Intent, ...] = ("meetings", "register", "deadlines", "documents", "news", "survey")
"""The intents that are answered with a list of rows."""
_OF_EACH_PAPER: tuple[Aspect, ...] = ("dated", "format")
"""What is asked of the papers of a meeting that were shown, and not of the meeting."""


class Aspects:
    """Answers such questions."""

    def __init__(
        self,
        known: Known,
        shown: Shown,
        naming: Naming,
        spoken: Spoken,
        of: Callable[[Turn, Question], Awaitable[Answered]],
        to: Callable[[Turn, Understood], Awaitable[Answered]],
    ) -> None:
        """Take what answers: ``of`` a question, ``to`` a message."""
        self._known, self._shown, self._naming, self._spoken = known, shown, naming, spoken
        self._of, self._to = of, to

    async def answer(self, turn: Turn, found: Understood, titles: Titles, listing: Listing | None) -> Answered | None:
        """Answer what is asked of the row or the list that was shown before."""
        aspect = found.aspect
        if aspect is None:
            return None
        entry = entry_of(titles, found.question.about)
        papers = aspect in _OF_EACH_PAPER and listing is not None and lists(listing) == "documents"
        if entry is not None and (entry.noun == "document" or not papers):
            reply = await self._shown.answer(turn, aspect, entry)
            return Answered(reply, found.question) if reply else None
        found = replace(found, question=replace(found.question, about=None))
        same = listing is not None and len(listing.rows) > 1 and lists(listing) == found.question.intent
        again = await shown_again(turn, listing) if listing is not None and same else None
        answered = Answered(again, found.question) if again else await self._of(turn, found.question)
        only = entry_of(titles, answered.question.about)
        if only is not None:
            told = await self._shown.answer(turn, aspect, only) if aspect in BESIDE else None
            return Answered(told, answered.question) if told else answered
        entry = await self._naming.one_of(turn, found, answered.reply, titles)
        reply = await self._shown.answer(turn, aspect, entry) if entry else None
        if reply is not None:
            return Answered(reply, await self._spoken.there(turn, about_row(found.question, entry)))
        if not to_choose_from(answered.reply) or found.question.intent == "dues":
            return await self._anew(turn, found) or answered
        first = await ends_first(turn, aspect, answered.reply, titles)
        reply = with_line(first, answered.reply) if first else of_the_list(turn, aspect, answered.reply)
        pointed = points_to_it(normalise(found.text), turn.reader.language)
        itself = aspect == "papers" and found.question.intent == "documents" and not pointed  # "all the minutes"
        return answered if itself else Answered(reply, found.question)

    async def _anew(self, turn: Turn, found: Understood) -> Answered | None:
        """Answer what surely asks for something else than the list before, which is empty."""
        understanding = await self._known.understanding(turn.tx)
        fresh = understanding.understand(found.text, turn.reader.language, turn.reader.today(turn.now))
        other = fresh.sure and fresh.question.intent in OF_ROWS and fresh.question.intent != found.question.intent
        return await self._to(turn, fresh) if other else None

    async def count(self, turn: Turn, found: Understood, _titles: Titles) -> Answered | None:
        """Say above the list that was shown how many there are in it."""
        if found.aspect != "count":
            return None
        answered = await self._of(turn, found.question)
        total = answered.reply.listing.total if answered.reply.listing else None
        if total is None:
            return answered
        told = turn.voice.say("ask.count", count=dates.number(turn.voice, total))
        return replace(answered, reply=with_line(told, answered.reply))
