"""Questions in people's own words: understood, answered like the commands, or asked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.narrowed import resolved
from bot.ask import misses
from bot.ask.intents import Intent
from bot.ask.matters import Matter
from bot.ask.memory import Memory, recalled, remember
from bot.ask.parts import asks
from bot.ask.question import LEANED_ON, Question, Understood
from bot.network.languages import Language
from bot.texts.ask import asked_of, with_other_question, with_switch
from bot.texts.reply import Listing, Reply
from handlers import help as helping
from handlers.again import Again
from handlers.language import after_choice, choose_language, named
from handlers.listed import Screens
from handlers.meant import CARDS, Answered
from handlers.replies import Replies
from handlers.rows import Rows
from handlers.turn import Conversation, Turn
from storage.database import Transaction

_OF_A_MEETING: tuple[Intent, ...] = ("meetings", "deadlines", "register", "documents")
"""The intents of a second question that is about the meeting of the first."""
_UNTIL = ("until", "late", "still", "register")
"""What a second question asks of a meeting that its deadlines tell."""
_ALIKE: tuple[Language, ...] = ("fr", "en")
"""The languages that share many words: "documents"."""
_FEW_WORDS = 3
_NOT_ASKED: tuple[Intent, ...] = ("out_of_scope", "language")
"""The intents of a message that is no question to go on with in its language."""
_FORGETTING: tuple[Matter, ...] = ("going_out", "announcing")
"""The matters whose screens the next question leans on, and on nothing before."""
_ANEW = ("start",)
"""The commands after which nothing is leaned on."""
_CLEARLY = 0.8
"""From this confidence on a question is answered where something else was asked for."""
_LONG_ENOUGH = 20
"""Letters of a question that may as well be the answer to something else."""
_SHORTEST_QUESTION = 8
"""Letters; what is shorter is not taken for a question while something else is asked for."""


def ask(reading: Reading) -> Conversation:
    """Return the conversation that reads questions; it stands before the one that takes anything."""
    return Conversation(
        name="ask",
        taps={("ask", 1): reading.chosen, ("asl", 1): reading.switched},
        stale=helping.refreshed,
        words=reading.words,
        beforehand=reading.ready,
        afterwards=reading.afterwards,
    )


class Reading:
    """Understands questions, and answers them or asks back."""

    def __init__(self, replies: Replies, again: Again) -> None:
        self._replies, self._again = replies, again
        self._screens, self._rows = Screens(), Rows(replies)

    async def ready(self, read: Transaction) -> None:
        """Build what questions are read with, and read one."""
        understanding = await self._replies.known.understanding(read)
        understanding.understand("?", None, date.min)
        await self._replies.known.titles(read)

    async def words(self, turn: Turn) -> Reply | None:
        """Read what is written; what is no text is left to others."""
        if turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        memory = await self._recalled(turn)
        understanding = await self._replies.known.understanding(turn.tx)
        today = turn.reader.today(turn.now)
        names = await self._replies.naming.namer(turn)
        found, *others = understanding.questions(
            turn.incoming.text, turn.reader.language, today, memory.question, names
        )
        screen = self._screens.on(turn.reader.account, turn.now)
        chosen = await self._rows.answer(turn, memory.question, found, screen)
        if chosen is not None:
            await self._remember(turn, replace(memory, question=chosen.question), chosen.reply)
            return chosen.reply
        if screen is not None and screen.last:
            found = await self._replies.naming.picked(turn, found, screen.listing)
        found = await self._replies.naming.own(turn, found, memory.question)
        found = await self._replies.spoken.on_its_topic(turn, found, memory.question)
        await misses.note(turn.tx, turn.reader, turn.incoming.text, found, today)
        answered = await self._answered(turn, found, screen.listing if screen and screen.last else None)
        reply, kept = answered.reply, memory
        if answered.question.offered or answered.question.intent in LEANED_ON:
            kept = replace(kept, question=_with_what_was_shown(answered.question, memory.question))
        if found.matter in _FORGETTING:
            kept = replace(kept, question=None)
        for other in others:
            leaning = understanding.understand(other.text, turn.reader.language, today, answered.question)
            if leaning.aspect is not None:
                intent: Intent = "deadlines" if leaning.aspect in _UNTIL else other.question.intent
                leaning = replace(leaning, question=replace(leaning.question, intent=intent))
            of_it = leaning.question.intent in _OF_A_MEETING
            reply = await self._with_other(turn, reply, leaning if of_it else other)
        return await self._offering(turn, found, reply, memory, kept)

    async def of_the_list(self, turn: Turn) -> Reply | None:
        """Answer a word of a key that asks of the list that was asked for in words; None where it does not."""
        screen = self._screens.on(turn.reader.account, turn.now)
        if screen is None or not (screen.asked and screen.last):
            return None
        understanding, last = await self._replies.known.understanding(turn.tx), (await self._recalled(turn)).question
        found = understanding.understand(turn.incoming.text, turn.reader.language, turn.reader.today(turn.now), last)
        return await self.words(turn) if found.aspect is not None else None

    async def _answered(self, turn: Turn, found: Understood, listing: Listing | None = None) -> Answered:
        """Answer what was understood; a language that is asked for by its name is spoken at once."""
        answered = await self._replies.to(turn, found, listing)
        asks = answered.question.intent == "language" and found.sure
        switched = await named(turn, self._again, found.text) if asks else None
        return Answered(switched, answered.question) if switched else answered

    async def _recalled(self, turn: Turn) -> Memory:
        """Return what is remembered; where a command or a key has shown a list since, the question that it answers."""
        memory = await recalled(turn.tx, turn.reader.account, turn.now)
        screen = self._screens.on(turn.reader.account, turn.now)
        if screen is None or screen.asked:
            return memory
        question = await self._replies.spoken.of_list(turn, screen.listing)
        return replace(memory, question=question) if question else memory

    async def _with_other(self, turn: Turn, reply: Reply, other: Understood) -> Reply:
        """Offer to answer the second question of a message."""
        if self._replies.answers_to(other.question.intent) is None:
            return reply
        question = await self._replies.naming.named(turn, other)
        wanted = await self._replies.naming.asked(turn, question)
        title = await self._replies.naming.title_of(turn, question)
        return with_other_question(turn.voice, reply, *await resolved(turn.tx, wanted), title)

    async def afterwards(self, turn: Turn, reply: Reply) -> Reply:
        """Remember the row or the contact whose card was opened, for "à quelle heure ?" and "son tel ?"."""
        if turn.incoming.command in _ANEW:
            return await self._begun_anew(turn, reply)
        tap = turn.incoming.tap
        if reply.listing is not None:
            self._screens.show(turn.reader.account, reply.listing, turn.now, asked=False)
            return reply
        number = tap.number(0) if tap is not None and tap.screen in ("co", *CARDS) else None
        question = await self._replies.spoken.of_card(turn, tap.screen, number) if tap and number is not None else None
        if question is not None:
            await self._remember(turn, replace(await self._recalled(turn), question=question), reply)
        return reply

    async def _begun_anew(self, turn: Turn, reply: Reply) -> Reply:
        """Forget what was asked and shown: who starts again goes on with nothing."""
        self._screens.forget(turn.reader.account)
        memory = await recalled(turn.tx, turn.reader.account, turn.now)
        if memory.question is not None:
            await remember(turn.tx, turn.reader.account, replace(memory, question=None), turn.now)
        return reply

    async def _remember(self, turn: Turn, memory: Memory, reply: Reply) -> None:
        """Keep what the next question may lean on: what was asked, and the list that is shown for it."""
        await remember(turn.tx, turn.reader.account, memory, turn.now)
        self._screens.show(turn.reader.account, reply.listing, turn.now, asked=True)

    async def if_asked(
        self, turn: Turn, about: str | None = None, *, doubtful: bool = False, aside: bool = False
    ) -> Reply | None:
        """Answer what is surely a question to the assistant; None for anything else.

        Args:
            turn: The update.
            about: The row of the form that is being filled in, by noun and code: "c'est quand ?" asks of it.
            doubtful: Whether it may as well be what was asked for.
            aside: Whether it may go on with the question before: "et Kampot ?".
        """
        text, language, today = turn.incoming.text, turn.reader.language, turn.reader.today(turn.now)
        if turn.incoming.kind != "text":
            return None
        understanding = await self._replies.known.understanding(turn.tx)
        memory = await self._recalled(turn)
        fresh = found = understanding.understand(text, language, today)
        if about is not None:
            last = memory.question or Question("survey", about=about)
            leaning = understanding.understand(text, language, today, last)
            found = leaning if leaning.aspect or (leaning.carried and not fresh.only_slots) else fresh
        if aside and memory.question is not None:
            leaning = understanding.understand(text, language, today, memory.question)
            found = leaning if leaning.carried else fresh
        sure = found.sure or (aside and found.matter is not None)
        unclear = not sure or self._replies.answers_to(found.question.intent) is None
        unclear = unclear or (fresh.only_slots and found.aspect is None and not found.carried)
        clear = found.ranked.confidence >= _CLEARLY and len(text) >= _LONG_ENOUGH
        told = clear and (asks(text, found.ranked.said) or found.matter is not None)
        short = len(text) < _SHORTEST_QUESTION and (doubtful or found.aspect is None)
        if short or unclear or (doubtful and not told and found.aspect is None):
            return None
        answered = await self._answered(turn, found)
        if (aside or about is not None) and answered.question.intent in LEANED_ON:
            await self._remember(turn, replace(memory, question=answered.question), answered.reply)
        return answered.reply

    async def chosen(self, turn: Turn) -> Reply:
        """Answer one of the questions that were offered."""
        question = await self._replies.spoken.of_tap(turn, asked_of(turn.tap))
        if question is None or self._replies.answers_to(question.intent) is None:
            return await helping.refreshed(turn)
        reply = (await self._replies.of(turn, question)).reply
        await self._remember(turn, replace(await self._recalled(turn), question=question), reply)
        return reply

    async def switched(self, turn: Turn) -> Reply:
        """Go on in the language that the tap carries, with the last question answered in it."""
        after = await choose_language(turn, self._again)
        memory = await self._recalled(turn)
        answered = await self._replies.of(after, memory.question) if memory.question else None
        reply = answered.reply if answered else await helping.show(after)
        return after_choice(turn, after, reply)

    async def _offering(self, turn: Turn, found: Understood, reply: Reply, before: Memory, after: Memory) -> Reply:
        """Offer once to go on in the language of the question, and keep what is to be remembered."""
        other = found.language
        theirs = found.question.intent not in _NOT_ASKED and other != turn.reader.language
        told = other not in _ALIKE or len(found.text.split()) >= _FEW_WORDS
        if other is not None and theirs and told and other not in before.offered:
            after = replace(after, offered=(*before.offered, other))
            reply = with_switch(self._again.voice(turn.reader.model_copy(update={"language": other})), reply)
        if after != before or after.question is not None:
            await self._remember(turn, after, reply)
        return reply


def _with_what_was_shown(question: Question, before: Question | None) -> Question:
    """Return a question with what was spoken of before: what was asked back, and whose form it is, may lean on it."""
    if before is not None and question.intent == "survey" and before.intent in ("focal_point", "survey"):
        return replace(question, there=question.there or before.stated.city or before.there)
    if not question.offered or before is None:
        return question
    return replace(question, before=before.before if before.offered else before)
