"""What coordinators see of a form's answers: how many, from where, who is missing; pictures and files are owed."""

from __future__ import annotations

from dataclasses import replace

from bot.delivery.errands import Owed
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.standing import opening
from bot.results.responses import Responses, responses
from bot.texts import form_results as texts
from bot.texts.form_button import RESULTS
from bot.texts.reply import Reply
from handlers.form_lists import to_answer
from handlers.form_products import PRODUCT, answered_organisations, may_read
from handlers.form_twice import to_decide
from handlers.turn import Conversation, Turn
from storage import arrivals, submissions, tallies
from storage.network import ORGANISATIONS


def form_results(filling: Filling, owed: Owed) -> Conversation:
    """Return the conversation in which coordinators, and members where the form says so, read what forms brought."""
    reading = _Reading(filling, owed)
    return Conversation(name="form results", taps={(RESULTS, 1): reading.tapped}, stale=reading.tapped)


class _Reading:
    def __init__(self, filling: Filling, owed: Owed) -> None:
        self._filling, self._owed = filling, owed

    async def tapped(self, turn: Turn) -> Reply:
        number = turn.tap.number(0)
        definition = await self._filling.library.numbered(turn.tx, number) if number else None
        if definition is None or not may_read(definition, turn.reader, turn.now):
            return await (self._every(turn) if turn.reader.is_coordinator else to_answer(turn, self._filling))
        action = turn.tap.text(1)
        if not turn.reader.is_coordinator and action not in texts.OPEN_TO_MEMBERS:
            action = None
        if action == "decide":
            return await self._next(turn, definition)
        found = await self._responses(turn, definition)
        if action not in texts.PRODUCTS:
            return await self._card(turn, definition, found)
        if found.secret:
            return texts.secret(turn.voice, definition)
        if not found.answers:
            return texts.nothing_yet(turn.voice, definition)
        details = {"form": definition.form.id, "name": action}
        new = await self._owed.owe(turn.tx, PRODUCT, turn.reader.account, details, turn.now)
        return texts.under_way(turn.voice, definition, action, before=not new)

    async def _every(self, turn: Turn) -> Reply:
        counts = await submissions.counts(turn.tx)
        every = await self._filling.library.every(turn.tx)
        return texts.every_form(turn.voice, [(one, counts.get(one.form.code, 0)) for one in every])

    async def _next(self, turn: Turn, definition: Definition) -> Reply:
        """Show the oldest answer that waits for a decision."""
        one = await submissions.first_to_decide(turn.tx, definition.form.code)
        if one is None:
            return await self._card(turn, definition, await self._responses(turn, definition))
        told = await to_decide(turn.tx, self._filling, turn.reader, turn.voice, definition, one, turn.now)
        return replace(told, place="new")

    async def _responses(self, turn: Turn, definition: Definition) -> Responses:
        form = definition.form
        places = {one.code: one for one in await ORGANISATIONS.all(turn.tx)}
        answered = await answered_organisations(turn.tx, form)
        return responses(form, await tallies.of_form(turn.tx, form.code), places, turn.now, answered)

    async def _card(self, turn: Turn, definition: Definition, found: Responses) -> Reply:
        code = definition.form.code
        asked, quorum = [one for one in found.cities if one.asked], found.quorum
        brought = texts.Brought(
            definition=definition,
            answers=found.answers,
            waiting=found.waiting,
            to_decide=await tallies.to_decide(turn.tx, code),
            arrived=await arrivals.count(turn.tx, code),
            asked=found.asked,
            responded=tuple(one.organisation for one in asked if one.answers),
            missing=tuple(one.organisation for one in asked if not one.answers),
            open_one_by_one=bool(found.answers + found.waiting) and not found.secret and not definition.form.anonymous,
            known=bool(asked) and not found.secret,
            takes_answers=opening(definition.form, turn.now) == "open",
            quorum=(quorum.needed, round(quorum.share * 100), quorum.reached) if quorum else None,
        )
        return texts.brought_card(turn.voice, brought, coordinates=turn.reader.is_coordinator)
