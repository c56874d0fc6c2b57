"""The lists of forms: those that are for the reader, and what the reader has sent."""

from __future__ import annotations

from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.texts import form_cards as cards
from bot.texts.reply import Reply
from handlers.turn import Turn
from storage import submissions


async def to_answer(turn: Turn, filling: Filling) -> Reply:
    """Show the forms that are for the reader."""
    found = await filling.mine(turn.tx, turn.reader, turn.now)
    return cards.forms_list(turn.voice, found, turn.now, coordinates=turn.reader.is_coordinator)


async def sent_before(turn: Turn, library: Library) -> Reply:
    """Show what the reader, or the reader's city, has sent."""
    reader = turn.reader
    found = await submissions.of_reader(turn.tx, reader.account, reader.person, reader.organisation)
    pairs = [(await library.get(turn.tx, one.form), one) for one in found]
    return cards.sent_list(turn.voice, [(definition, one) for definition, one in pairs if definition is not None])
