"""At the door: a coordinator's phone scans a badge, whose code opens the chat with ``/start in-NUMBER``."""

from __future__ import annotations

import re

from bot.forms.filling import Filling
from bot.texts import form_results as texts
from bot.texts.reply import Reply
from handlers.turn import Turn
from storage import submissions
from storage.network import PEOPLE
from storage.submissions import Submission

_CODE = re.compile(r"in-([0-9]{1,15})")


def arrival_code(one: Submission, _person: int) -> str:
    """Return what follows ``/start`` when a badge is scanned."""
    return f"in-{one.id}"


class Arrivals:
    """Marks arrivals."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling

    async def scanned(self, turn: Turn) -> Reply | None:
        """Mark the arrival of whoever wears the badge; None if this is no badge, or the reader no coordinator."""
        found = _CODE.fullmatch(turn.incoming.text)
        if found is None or not turn.reader.is_coordinator:
            return None
        one = await submissions.numbered(turn.tx, int(found[1]))
        definition = await self._filling.library.get(turn.tx, one.form) if one else None
        if one is None or definition is None or one.state not in ("confirmed", "pending"):
            return Reply(turn.voice.say("forms.badge_unknown"))
        person = await PEOPLE.get(turn.tx, one.person) if one.person else None
        name = str(one.answers.get("name") or (person.name if person else one.reference))
        before = one.arrived is not None
        if not before:
            await submissions.change(turn.tx, one, one._replace(arrived=int(turn.now.timestamp())))
        return texts.arrived(turn.voice, definition, name, before=before)
