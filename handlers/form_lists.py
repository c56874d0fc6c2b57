"""The lists of forms: those that are for the reader, and what the reader has sent."""

from __future__ import annotations

from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.forms.standing import submission_owner
from bot.network.forms import is_for
from bot.texts import form_cards as cards
from bot.texts.reply import Reply
from handlers.turn import Turn
from storage import submissions
from storage.submissions import Submission


async def to_answer(turn: Turn, filling: Filling) -> Reply:
    """Show the forms that are for the reader."""
    found = await filling.mine(turn.tx, turn.reader, turn.now)
    return cards.forms_list(turn.voice, found, turn.now, coordinates=turn.reader.is_coordinator)


async def sent_before(turn: Turn, library: Library) -> Reply:
    """Show what the reader, or the reader's city, has sent."""
    reader = turn.reader
    found = await submissions.of_reader(turn.tx, reader.account, reader.person, reader.organisation)
    if reader.organisation is not None:
        found += [one for one in await submissions.of_city(turn.tx, reader.organisation) if one not in found]
    pairs = [(await library.get(turn.tx, one.form), one) for one in found]
    shown = [(form, one) for form, one in pairs if form and (is_theirs(form, one, turn) or is_open_to(form, one, turn))]
    return cards.sent_list(turn.voice, shown)


def is_theirs(definition: Definition, one: Submission, turn: Turn) -> bool:
    """Whether the reader may change it: whoever sent it, or a colleague where the city answers once."""
    if not is_for(definition.form, turn.reader, turn.now):
        return False
    owner = submission_owner(definition.form, turn.reader)
    return one.owner == owner if owner else one.account == turn.reader.account


def is_open_to(definition: Definition, one: Submission, turn: Turn) -> bool:
    """Whether the reader may see what a colleague of the same organisation has sent."""
    form, reader = definition.form, turn.reader
    seen = form.seen_by in ("city", "members") and is_for(form, reader, turn.now)
    return seen and one.organisation is not None and one.organisation == reader.organisation
