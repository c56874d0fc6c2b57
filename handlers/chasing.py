"""An announcement to those who have not answered a form, or whose dues are not paid: begun by one key, or by words."""

from __future__ import annotations

from bot.announcements.audience import Audience, Term
from bot.announcements.content import Content
from bot.texts.announcement_chase import SCREEN, everybody_has, whom_it_chases
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts
from handlers.turn import Conversation, Turn
from storage.network import FORMS

_UNPAID = Term(kind="dues", value="unpaid")


def chasing(drafts: Drafts) -> Conversation:
    """Return the conversation that begins such announcements.

    Its tap carries a form's number, or none for the dues, and the country that they are narrowed to.
    """

    async def begin(turn: Turn) -> Reply:
        number = turn.tap.number(0)
        form = await FORMS.numbered(turn.tx, number) if number else None
        country = turn.tap.text(1)
        there = (Term(kind="country", value=country),) if country else ()
        terms = (Term(kind="unanswered", value=form.code) if form else _UNPAID, *there)
        content = Content(source=turn.reader.language, audience=Audience(only=terms), form=form.code if form else None)
        found = await drafts.composing.reach(turn.tx, content, turn.now)
        if not (found.people or found.unreached):
            return everybody_has(turn.voice, form)
        one = await drafts.composing.begin(turn.tx, turn.reader.account, content, turn.now)
        await drafts.await_words(turn, {"id": one.id, "what": "text", "language": content.source})
        return whom_it_chases(turn.voice, one, form, len(found.people))

    return Conversation(name="chasing", taps={(SCREEN, 1): begin}, stale=begin, roles=frozenset({"coordinator"}))
