"""``/language``: the five languages, kept at once; and the one that is asked for in words."""

from __future__ import annotations

from dataclasses import replace

from bot.ask.languages import wanted_language
from bot.ask.normalise import normalise
from bot.ask.turns import points_to_person
from bot.network.languages import LANGUAGES, Language
from bot.texts.members import language_switched, languages
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.turn import Conversation, Turn
from storage import accounts


def language(again: Again) -> Conversation:
    """Return the conversation about the language."""

    async def command(turn: Turn) -> Reply:
        return languages(turn.voice)

    async def tap(turn: Turn) -> Reply:
        chosen = await choose_language(turn, again)
        reply = languages(chosen.voice, back=turn.tap.text(1) == "set")
        return after_choice(turn, chosen, reply)

    async def stale(turn: Turn) -> Reply:
        return replace(languages(turn.voice), notice=turn.voice.say("common.refreshed"))

    return Conversation(name="language", commands={"language": command}, taps={("lang", 1): tap}, stale=stale)


async def choose_language(turn: Turn, again: Again) -> Turn:
    """Keep the language that the tap carries, if it carries one, and return the turn in it."""
    chosen = next((code for code in LANGUAGES if code == turn.tap.text(0)), None)
    if chosen is None:
        return turn
    return await _kept(turn, again, chosen)


async def named(turn: Turn, again: Again, text: str) -> Reply | None:
    """Switch to the one other language that a text names; None for none, several, or one that somebody else speaks."""
    message = normalise(text)
    wanted = wanted_language(message, turn.reader.language)
    if wanted is None or points_to_person(message, turn.reader.language):
        return None
    return language_switched((await _kept(turn, again, wanted)).voice, turn.reader.language)


async def _kept(turn: Turn, again: Again, chosen: Language) -> Turn:
    await accounts.choose_language(turn.tx, turn.reader.account, chosen)
    return await again(turn)


def after_choice(before: Turn, after: Turn, reply: Reply) -> Reply:
    """Return the reply with the menu and the keyboard set anew if the language has changed, and a line that says so."""
    if after.reader.language == before.reader.language:
        return reply
    return replace(reply, menu=True, notice=after.voice.say("languages.chosen"))
