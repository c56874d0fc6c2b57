"""What a coordinator teaches from the chat: a word for a city, a theme or a request, at once and until it is undone.

The words for cities and themes are written into the tables' spellings too, so they are exported with the tables; an
import of older tables does not make Relais forget them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.ask.intents import Intent
from bot.ask.normalise import normalise
from bot.ask.understand import LEANED_ON
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Organisation, Theme
from storage import accounts, taught
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES
from storage.table import Table
from storage.taught import Meaning, Taught

OPEN_FOR = timedelta(minutes=15)
"""How long what is written counts as the word to teach."""
LONGEST = 60
"""Characters of a word at most."""
TEACHABLE: tuple[Intent, ...] = (*LEANED_ON, "language", "help", "contact_coordinator")
"""The intents that a word can stand for."""
_TOPIC = "teach"
R = TypeVar("R", Organisation, Theme)


@dataclass(frozen=True)
class Lesson:
    """What is being taught; the word is still to be written while it is None."""

    language: Language
    miss: int | None = None
    """The question that gave the occasion."""
    word: str | None = None


async def lesson(read: Transaction, account: int, now: datetime) -> Lesson | None:
    """Return what the account is teaching now, if it is."""
    kept = await accounts.awaited(read, account, _TOPIC)
    if kept is None or now.timestamp() >= kept["until"]:
        return None
    language = next(code for code in LANGUAGES if code == kept["language"])
    return Lesson(language, kept.get("miss"), kept.get("word"))


async def keep(write: Transaction, account: int, present: Lesson | None, now: datetime) -> None:
    """Keep what is being taught; None: nothing any more."""
    kept: dict[str, Any] | None = None
    if present is not None:
        until = int((now + OPEN_FOR).timestamp())
        kept = {"language": present.language, "miss": present.miss, "word": present.word, "until": until}
    await accounts.set_awaited(write, account, _TOPIC, kept)


def teachable(text: str) -> str | None:
    """Return the word as it can be taught; None if it is too long, or holds nothing to recognise."""
    word = " ".join(text.split())
    letters = [letter for letter in normalise(word).folded if letter.isalpha()]
    return word if len(letters) > 1 and len(word) <= LONGEST else None


async def teach(write: Transaction, language: Language, word: str, meaning: Meaning, code: str) -> Taught | None:
    """Keep a word at once, instead of what it stood for in that language; None if the tables say the same already."""
    before = next((one for one in await taught.all_taught(write) if (one.language, one.word) == (language, word)), None)
    if before is not None:
        await undo(write, before.id)
    if meaning == "city" and not await _spell(write, ORGANISATIONS, code, word):
        return None
    if meaning == "theme" and not await _spell(write, THEMES, code, word):
        return None
    return await taught.teach(write, language, word, meaning, code)


async def undo(write: Transaction, number: int) -> Taught | None:
    """Forget a word again; None if it is forgotten already."""
    one = await taught.numbered(write, number)
    if one is None:
        return None
    if one.meaning == "city":
        await _unspell(write, ORGANISATIONS, one.code, one.word)
    elif one.meaning == "theme":
        await _unspell(write, THEMES, one.code, one.word)
    await taught.forget(write, number)
    return one


async def _spell(write: Transaction, table: Table[R], code: str, word: str) -> bool:
    """Add a spelling to the row of that code; whether it was not there before."""
    row = await table.get(write, code)
    if row is None:
        return False
    without = _without(row.spellings, word)
    if len(without) < len(row.spellings):
        return False
    await table.put(write, row.model_copy(update={"spellings": (*without, word)}))
    return True


async def _unspell(write: Transaction, table: Table[R], code: str, word: str) -> None:
    row = await table.get(write, code)
    if row is not None:
        await table.put(write, row.model_copy(update={"spellings": _without(row.spellings, word)}))


def _without(spellings: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(one for one in spellings if one != word)
