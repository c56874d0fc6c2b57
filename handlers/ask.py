"""Questions in people's own words: understood, answered like the commands, or asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answers import called
from bot.answers.asked import Asked, Codes, asked, codes_of
from bot.answers.narrowed import resolved
from bot.ask import misses
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.memory import Memory, recalled, remember
from bot.ask.understand import LEANED_ON, Question, Stated, Understood
from bot.texts.ask import asked_of, greeted, is_it_one_of, out_of_scope, with_line, with_switch
from bot.texts.contacts import whom_to_call
from bot.texts.reply import Reply
from handlers import help as helping
from handlers.again import Again
from handlers.answering import Answer
from handlers.language import after_choice, choose_language
from handlers.turn import Conversation, Turn

Answers = Mapping[Intent, Answer]
_ABOUT_PEOPLE: tuple[Intent, ...] = ("focal_point", "contact_coordinator")
_CLEARLY = 0.75
"""From this confidence on a question that names somebody is about something else."""
_SHORTEST_QUESTION = 8
"""Letters; what is shorter is not taken for a question while something else is asked for."""


def ask(reading: Reading) -> Conversation:
    """Return the conversation that reads questions; it stands before the one that takes anything."""
    return Conversation(
        name="ask",
        taps={("ask", 1): reading.chosen, ("asl", 1): reading.switched},
        stale=helping.refreshed,
        words=reading.words,
    )


class Reading:
    """Understands questions, and answers them or asks back."""

    def __init__(self, known: Known, again: Again, answers: Answers) -> None:
        self._known, self._again, self._answers = known, again, answers

    async def words(self, turn: Turn) -> Reply | None:
        """Read what is written; what is no text is left to others."""
        if turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        memory = await recalled(turn.tx, turn.reader.account, turn.now)
        understanding = await self._known.understanding(turn.tx)
        today = turn.reader.today(turn.now)
        found = understanding.understand(turn.incoming.text, turn.reader.language, today, memory.question)
        await misses.note(turn.tx, turn.reader, turn.incoming.text, found, today)
        reply, kept = await _person_called(turn, found) or await reply_to(turn, found, self._answers), memory
        if found.sure and found.question.intent in LEANED_ON:
            kept = replace(kept, question=found.question)
        return await self._offering(turn, found, reply, memory, kept)

    async def if_asked(self, turn: Turn) -> Reply | None:
        """Answer what is surely a question to the assistant, and remember nothing of it; None for anything else."""
        if turn.incoming.kind != "text" or len(turn.incoming.text) < _SHORTEST_QUESTION:
            return None
        understanding = await self._known.understanding(turn.tx)
        found = understanding.understand(turn.incoming.text, turn.reader.language, turn.reader.today(turn.now))
        if not found.sure or found.only_slots or found.question.intent not in self._answers:
            return None
        return await _answer(turn, found.question, self._answers)

    async def chosen(self, turn: Turn) -> Reply:
        """Answer one of the questions that were offered."""
        question = await _question_of(turn, asked_of(turn.tap), self._answers)
        if question is None:
            return await helping.refreshed(turn)
        memory = await recalled(turn.tx, turn.reader.account, turn.now)
        await remember(turn.tx, turn.reader.account, replace(memory, question=question), turn.now)
        return await _answer(turn, question, self._answers)

    async def switched(self, turn: Turn) -> Reply:
        """Go on in the language that the tap carries, with the last question answered in it."""
        after = await choose_language(turn, self._again)
        memory = await recalled(turn.tx, turn.reader.account, turn.now)
        reply = await (_answer(after, memory.question, self._answers) if memory.question else helping.show(after))
        return after_choice(turn, after, reply)

    async def _offering(self, turn: Turn, found: Understood, reply: Reply, before: Memory, after: Memory) -> Reply:
        """Offer once to go on in the language of the question, and keep what is to be remembered."""
        other = found.language
        theirs = found.question.intent != "out_of_scope" and other != turn.reader.language
        if other is not None and theirs and other not in before.offered:
            after = replace(after, offered=(*before.offered, other))
            reply = with_switch(self._again.voice(turn.reader.model_copy(update={"language": other})), reply)
        if after != before or after.question is not None:
            await remember(turn.tx, turn.reader.account, after, turn.now)
        return reply


async def _person_called(turn: Turn, found: Understood) -> Reply | None:
    """Answer with the person whom the message calls by name, where somebody is looked for or it is not clear."""
    about = found.question.intent in _ABOUT_PEOPLE or not found.sure
    if not about and found.question.intent != "out_of_scope" and found.ranked.confidence >= _CLEARLY:
        return None
    answer = await called.of_name(turn.tx, turn.reader, turn.incoming.text, in_full=not about)
    return whom_to_call(turn.voice, answer) if answer else None


async def reply_to(turn: Turn, found: Understood, answers: Answers) -> Reply:
    """Answer what was understood, or ask back."""
    intent = found.question.intent
    if not found.sure:
        return await _offers(turn, found)
    if intent == "greeting":
        return greeted(turn.voice, turn.reader, found.manner)
    return await _answer(turn, found.question, answers)


async def _answer(turn: Turn, question: Question, answers: Answers) -> Reply:
    answer = answers.get(question.intent)
    if answer is None:
        return out_of_scope(turn.voice)
    wanted = await _asked(turn, question.intent, question.stated)
    reply = await answer(turn, wanted)
    unknown = question.stated.city is not None and wanted.city is None and question.intent in LEANED_ON
    return with_line(turn.voice.say("ask.place_unknown"), reply) if unknown else reply


async def _offers(turn: Turn, found: Understood) -> Reply:
    offered = [await _asked(turn, intent, found.question.stated) for intent in found.offers]
    return is_it_one_of(turn.voice, [await resolved(turn.tx, one) for one in offered])


async def _asked(turn: Turn, intent: Intent, stated: Stated) -> Asked:
    codes = Codes(stated.city, stated.theme)
    return await asked(
        turn.tx,
        intent,
        codes,
        country=stated.country,
        first=stated.first,
        last=stated.last,
        kind=stated.kind,
        past=stated.past,
    )


async def _question_of(turn: Turn, wanted: Asked, answers: Answers) -> Question | None:
    """Return the question that a button carries, by codes again; None for an intent that nothing answers."""
    intent = next((one for one in answers if one == wanted.intent), None)
    if intent is None:
        return None
    codes = await codes_of(turn.tx, wanted)
    stated = Stated(codes.city, wanted.country, codes.theme, wanted.first, wanted.last, wanted.kind)
    return Question(intent, stated)
