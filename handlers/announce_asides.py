"""What comes while the text of an announcement is awaited: a question is answered, a list ends it, the draft stays."""

from __future__ import annotations

from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.turns import is_question, says_only, spans
from bot.texts.announcements import kept, not_taken
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts
from handlers.ask import Reading
from handlers.turn import Conversation, Turn

_LONGEST = 90
"""Characters of a question; a text is longer, or has a line for its title."""
_SHORT = 48
"""Characters of what is no sentence: "réunions de mai", or, after a question, "enlève les webinaires"."""
_ENDS = (".", "!", "…", "។", "៕")
_CLEARLY = 0.8
_ASKING = frozenset({"when", "where", "who", "how", "how_much", "how_long", "which", "is_there"})
"""The concepts of a question; what only says "please" may be the text."""
_OWN = ("announcing", "chasing")
"""The matters of the announcement itself."""


def announce_asides(drafts: Drafts, known: Known, reading: Reading) -> Conversation:
    """Return the conversation that answers such questions; it stands before the one that takes the text."""

    async def words(turn: Turn) -> Reply | None:
        asked = await drafts.awaited(turn) if turn.incoming.kind == "text" else None
        if asked is None or asked["what"] != "text" or not _may_ask(turn):
            return None
        one = await drafts.composing.get(turn.tx, int(asked["id"]))
        if one is None or one.state != "draft":
            return None
        answer = await _answered(turn, after_another="said" in asked)
        if answer is None:
            return None
        await drafts.await_words(turn, {**asked, "said": turn.incoming.text})
        return not_taken(turn.voice, one, answer)

    async def _answered(turn: Turn, *, after_another: bool) -> Reply | None:
        """Answer what surely asks; after another question whatever is short and no sentence."""
        text, reader = turn.incoming.text.strip(), turn.reader
        message = normalise(text)
        found = (await known.understanding(turn.tx)).understand(text, reader.language, reader.today(turn.now))
        if found.matter in _OWN or says_only("calls_off", message, reader.language):
            return None
        asks = text.endswith("?") or not _ASKING.isdisjoint(found.ranked.said)
        asks = asks or is_question(message, found.language or reader.language)
        short = len(text) <= _SHORT and not text.endswith(_ENDS) and not spans("thanks", message, reader.language)
        if after_another and (short or says_only("thanks", message, reader.language)):
            return await reading.words(turn)
        clear = found.ranked.confidence >= _CLEARLY or found.matter is not None
        sure = clear and (asks or (short and found.sure))
        return await reading.if_asked(turn, aside=True) if sure else None

    async def afterwards(turn: Turn, reply: Reply) -> Reply:
        """Wait for the text no more once another list was opened."""
        asked = await drafts.awaited(turn) if reply.listing is not None else None
        if asked is None or asked["what"] != "text":
            return reply
        await drafts.await_words(turn, None)
        return kept(turn.voice, reply)

    return Conversation(name="announce asides", words=words, afterwards=afterwards, roles=frozenset({"coordinator"}))


def _may_ask(turn: Turn) -> bool:
    """Whether a message is short enough for a question, and brings nothing with it."""
    text = turn.incoming.text.strip()
    short = 0 < len(text) <= _LONGEST and "\n" not in text and not text.startswith("/")
    return short and turn.incoming.attachment is None
