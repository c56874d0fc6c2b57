"""What comes while the text of an announcement is awaited: a question is answered, a list ends it, the draft stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.ask.aspects import aspect_of
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.turns import begins_with_and, is_question, spans
from bot.texts.announcements import kept, not_taken
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts
from handlers.turn import Conversation, Turn

_LONGEST = 90
"""Characters of a question; a text is longer, or has a line for its title."""
_SHORT = 48
"""Characters of "et Kampot, elle a payé ?", or of what surely asks and is no sentence: "réunions de mai"."""
_ENDS = (".", "!", "…", "។", "៕")
_CLEARLY = 0.8
_ASKING = frozenset({"when", "where", "who", "how", "how_much", "how_long", "which", "is_there"})
"""The concepts of a question; what only says "please" may be the text."""

Answering = Callable[..., Awaitable[Reply | None]]


def announce_asides(drafts: Drafts, known: Known, if_asked: Answering) -> Conversation:
    """Return the conversation that answers such questions; it stands before the one that takes the text."""

    async def words(turn: Turn) -> Reply | None:
        asked = await drafts.awaited(turn) if turn.incoming.kind == "text" else None
        if asked is None or asked["what"] != "text" or not (_goes_on(turn, asked) or await _is_question(turn)):
            return None
        one = await drafts.composing.get(turn.tx, int(asked["id"]))
        if one is None or one.state != "draft":
            return None
        answer = await if_asked(turn, aside=True)
        if answer is None:
            return None
        await drafts.await_words(turn, {**asked, "said": turn.incoming.text})
        return not_taken(turn.voice, one, answer)

    async def _is_question(turn: Turn) -> bool:
        text, reader = turn.incoming.text.strip(), turn.reader
        if len(text) > _LONGEST or "\n" in text or text.startswith("/") or turn.incoming.attachment is not None:
            return False
        found = (await known.understanding(turn.tx)).understand(text, reader.language, reader.today(turn.now))
        asks = text.endswith("?") or not _ASKING.isdisjoint(found.ranked.said)
        asks = asks or is_question(normalise(text), found.language or reader.language)
        short = (
            len(text) <= _SHORT
            and not text.endswith(_ENDS)
            and found.sure
            and not spans("thanks", normalise(text), reader.language)
        )
        return (asks or short) and found.ranked.confidence >= _CLEARLY and found.matter not in ("announcing", "chasing")

    async def afterwards(turn: Turn, reply: Reply) -> Reply:
        """Wait for the text no more once another list was opened."""
        asked = await drafts.awaited(turn) if reply.listing is not None else None
        if asked is None or asked["what"] != "text":
            return reply
        await drafts.await_words(turn, None)
        return kept(turn.voice, reply)

    return Conversation(name="announce asides", words=words, afterwards=afterwards, roles=frozenset({"coordinator"}))


def _goes_on(turn: Turn, asked: Mapping[str, Any]) -> bool:
    """Whether a message goes on with the question that was answered instead: "et Kampot ?", "quel hôtel"."""
    message, language = normalise(turn.incoming.text.strip()), turn.reader.language
    if "said" not in asked or len(message.text) > _SHORT:
        return False
    return begins_with_and(message, language) or aspect_of(message, language) is not None
