"""Coordinators teach a word from the chat: they write it, and say what it stands for; it can be undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.ask import misses, teaching
from bot.ask.places import GROUNDS
from bot.ask.teaching import TEACHABLE, Lesson
from bot.network.records import Organisation, Theme
from bot.texts import misses as texts
from bot.texts.reply import Reply
from handlers import misses as missed
from handlers.turn import Conversation, Turn
from storage import directory, taught
from storage.network import ORGANISATIONS, THEMES
from storage.table import Table
from storage.taught import Meaning, Taught


async def _begin(turn: Turn) -> Reply:
    miss = turn.tap.number(0)
    group = await misses.group_of(turn.tx, miss) if miss else None
    language = group.language if group else turn.reader.language
    await teaching.keep(turn.tx, turn.reader.account, Lesson(language, miss), turn.now)
    return texts.which_word(turn.voice, language)


async def _words(turn: Turn) -> Reply | None:
    present = await teaching.lesson(turn.tx, turn.reader.account, turn.now)
    is_word = turn.incoming.kind == "text" and not turn.incoming.text.startswith("/")
    if present is None or present.word is not None or not is_word:
        return None
    word = teaching.teachable(turn.incoming.text)
    if word is None:
        return texts.which_word(turn.voice, present.language, again=True)
    await teaching.keep(turn.tx, turn.reader.account, replace(present, word=word), turn.now)
    return texts.which_meaning(turn.voice, word)


async def _choices(turn: Turn) -> Reply:
    present = await teaching.lesson(turn.tx, turn.reader.account, turn.now)
    if present is None or present.word is None:
        return await missed.refreshed(turn)
    choose = _CHOICES.get(turn.tap.text(0) or "")
    return await choose(turn, present.word) if choose else texts.which_meaning(turn.voice, present.word)


async def _intents(turn: Turn, word: str) -> Reply:
    return texts.which_intent(turn.voice, word, TEACHABLE)


async def _cities(turn: Turn, word: str) -> Reply:
    places = [one for one in await directory.organisations(turn.tx) if one.kind in GROUNDS]
    return texts.which_city(turn.voice, word, places, turn.tap.number(1) or 0)


async def _themes(turn: Turn, word: str) -> Reply:
    return texts.which_theme(turn.voice, word, await THEMES.all(turn.tx))


async def _teach(turn: Turn) -> Reply:
    present = await teaching.lesson(turn.tx, turn.reader.account, turn.now)
    chosen = await _chosen(turn)
    if present is None or present.word is None or chosen is None:
        return await missed.refreshed(turn)
    meaning, code = chosen
    await teaching.keep(turn.tx, turn.reader.account, None, turn.now)
    told = await _meaning(turn, meaning, code)
    one = await teaching.teach(turn.tx, present.language, present.word, meaning, code)
    if one is None:
        return texts.word_known(turn.voice, present.word, told)
    if present.miss is not None:
        await misses.forget(turn.tx, present.miss)
    return texts.word_taught(turn.voice, one, told)


async def _chosen(turn: Turn) -> tuple[Meaning, str] | None:
    """Return what the tapped button says that the word stands for, if that is there."""
    match turn.tap.text(0):
        case "intent":
            intent = next((one for one in TEACHABLE if one == turn.tap.text(1)), None)
            return ("intent", intent) if intent else None
        case "city":
            city = await ORGANISATIONS.numbered(turn.tx, turn.tap.number(1) or 0)
            return ("city", city.code) if city and city.kind in GROUNDS else None
        case "theme":
            theme = await THEMES.numbered(turn.tx, turn.tap.number(1) or 0)
            return ("theme", theme.code) if theme else None
    return None


async def _list(turn: Turn) -> Reply:
    told = [(one, await _told(turn, one)) for one in await taught.all_taught(turn.tx)]
    return texts.words_list(turn.voice, told, turn.tap.number(0) or 0)


async def _undo(turn: Turn) -> Reply:
    one = await teaching.undo(turn.tx, turn.tap.number(0) or 0)
    notice = turn.voice.say("teach.undone") if one else turn.voice.say("common.refreshed")
    told = [(word, await _told(turn, word)) for word in await taught.all_taught(turn.tx)]
    return replace(texts.words_list(turn.voice, told, turn.tap.number(1) or 0), notice=notice)


async def _told(turn: Turn, one: Taught) -> str:
    return await _meaning(turn, one.meaning, one.code)


async def _meaning(turn: Turn, meaning: Meaning, code: str) -> str:
    """Return what a word stands for, as it is read."""
    if meaning == "intent":
        return turn.voice.label(f"ask.intent.{code}")
    table: Table[Organisation] | Table[Theme] = ORGANISATIONS if meaning == "city" else THEMES
    row = await table.get(turn.tx, code)
    return turn.voice.title(row.name) if row else code


_CHOICES: Mapping[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "intent": _intents,
    "city": _cities,
    "theme": _themes,
}

TEACH = Conversation(
    name="teach",
    taps={("tw", 1): _begin, ("tk", 1): _choices, ("tt", 1): _teach, ("tl", 1): _list, ("tu", 1): _undo},
    stale=missed.refreshed,
    words=_words,
    roles=frozenset({"coordinator"}),
)
