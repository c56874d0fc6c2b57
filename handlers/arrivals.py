"""At the door: a phone scans a badge, whose code opens the chat with ``/start in-NUMBER``, or ``in-NUMBER-PERSON``."""

from __future__ import annotations

import re

from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.identities import is_delegation, name_in, numbers_of
from bot.texts import form_arrivals as texts
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn
from storage import arrivals, submissions
from storage.network import PEOPLE
from storage.submissions import Submission

_CODE = re.compile(r"in-([0-9]{1,15})(?:-([0-9]{1,3}))?")
_EXPECTED = ("confirmed", "pending")


def arrival_code(one: Submission, person: int) -> str:
    """Return what follows ``/start`` when a badge is scanned; ``person`` is 0 where there is no delegation."""
    return f"in-{one.id}-{person}" if person else f"in-{one.id}"


class Arrivals:
    """Notes arrivals, person by person."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling

    def conversation(self) -> Conversation:
        """Return the conversation at the door."""
        return Conversation(
            name="arrivals", taps={(texts.SCREEN, 1): self.tapped}, stale=self.tapped, roles=frozenset({"coordinator"})
        )

    async def scanned(self, turn: Turn) -> Reply | None:
        """Note the arrival of whoever wears the badge; None if this is no badge, or the reader no coordinator."""
        found = _CODE.fullmatch(turn.incoming.text)
        if found is None or not turn.reader.is_coordinator:
            return None
        return await self._reached(turn, int(found[1]), int(found[2] or 0), texts.NOTE)

    async def tapped(self, turn: Turn) -> Reply:
        """Note an arrival, take one back, or show the whole delegation."""
        number, person = turn.tap.number(0) or 0, turn.tap.number(1) or 0
        return await self._reached(turn, number, person, turn.tap.text(2) or texts.EVERYBODY)

    async def _reached(self, turn: Turn, number: int, person: int, action: str) -> Reply:
        one = await submissions.numbered(turn.tx, number)
        definition = await self._filling.library.get(turn.tx, one.form) if one else None
        if one is None or definition is None or one.state not in _EXPECTED or definition.form.anonymous:
            return Reply(turn.voice.say("forms.badge_unknown"))
        if person not in numbers_of(definition, one.answers):
            action = texts.EVERYBODY  # a badge from before badges were a person's, or of somebody who left
        if action == texts.EVERYBODY and is_delegation(definition):
            return texts.everybody(turn.voice, definition, one, await arrivals.of_submission(turn.tx, one.id))
        name = await self._name(turn, definition, one, person)
        if action == texts.UNDO:
            await arrivals.take_back(turn.tx, one.id, person)
            return texts.undone(turn.voice, definition, one, name)
        new = await arrivals.note(turn.tx, one.id, person, turn.now)
        came = await arrivals.of_submission(turn.tx, one.id)
        return texts.noted(turn.voice, definition, one, person, came, name=name, before=not new)

    async def _name(self, turn: Turn, definition: Definition, one: Submission, person: int) -> str:
        said = name_in(definition, one.answers, person)
        sender = await PEOPLE.get(turn.tx, one.person) if one.person and person < 2 and not said else None
        return said or (sender.name if sender else one.reference)
