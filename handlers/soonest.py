"""Which of a list of deadlines ends first, where it is asked until when there is time for them."""

from __future__ import annotations

from bot.answers.deadlines import deadline
from bot.ask.aspects import Aspect
from bot.ask.titles import Titles
from bot.texts.deadlines import until_when
from bot.texts.layout import lines
from bot.texts.reply import Reply
from handlers.meant import rows_of
from handlers.turn import Turn
from locales import Html

_UNTIL: tuple[Aspect, ...] = ("until", "left", "still", "when")


async def ends_first(turn: Turn, aspect: Aspect, reply: Reply, titles: Titles) -> Html | None:
    """Return the title and the last day of the deadline that ends first; None for another list or another question."""
    rows, now = rows_of(titles, reply.listing) if aspect in _UNTIL else [], turn.now.timestamp()
    ahead = [one for one in rows if one.last > now]
    if not ahead or any(one.noun != "deadline" for one in rows):
        return None
    card = await deadline(turn.tx, turn.reader, turn.now, min(ahead, key=lambda one: one.last).number)
    if card is None:
        return None
    title = turn.voice.noted(card.deadline.title)
    return lines(turn.voice.say("ask.ends_first", title=title), until_when(turn.voice, card))
