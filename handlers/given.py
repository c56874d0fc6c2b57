"""Whom a piece of news or an event is from, where members gave it."""

from __future__ import annotations

from bot.texts.given import Credit
from bot.watch import contributing
from bot.watch.publishing import Row
from handlers.turn import Turn
from storage.network import ORGANISATIONS


async def credit(turn: Turn, row: Row) -> Credit | None:
    """Return who gave it; None if members did not give it here."""
    one = await contributing.behind(turn.tx, row)
    if one is None:
        return None
    places = await ORGANISATIONS.several(turn.tx, one.content.credited)
    names = [places[code].name for code in one.content.credited if code in places]
    return Credit(one.id, names, one.content.file is not None)
