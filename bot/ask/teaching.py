"""What a coordinator teaches from the chat: a word for a city, a theme or a request, at once and until it is undone.

The words for cities and themes are written into the tables' spellings too, so they are exported with the tables; an
import of older tables does not make Relais forget them.  The words for requests are a table of their own, ``words``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.ask.intents import Intent
from bot.ask.normalise import normalise
from bot.ask.question import LEANED_ON
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Organisation
from storage import accounts, taught
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES
from storage.taught import Meaning, Taught

OPEN_FOR = timedelta(minutes=15)
"""How long what is written counts as the word to teach."""
LONGEST = 60
"""Characters of a word at most."""
TEACHABLE: tuple[Intent, ...] = (*LEANED_ON, "language", "help", "contact_coordinator")
"""The intents that a word can stand for."""
_TOPIC = "teach"
_INVISIBLE = re.compile("[\u200b\ufeff]")
_APART = re.compile("[;\x00-\x1f]")
"""What a cell of a table cannot hold, or takes for the end of a word."""


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
    """Return the word as it can be taught, and as a cell of the tables keeps it.

    None if it is too long, or holds nothing to recognise.
    """
    word = " ".join(unicodedata.normalize("NFC", _APART.sub(" ", _INVISIBLE.sub("", text))).split())
    letters = [letter for letter in normalise(word).folded if letter.isalpha()]
    return word if len(letters) > 1 and len(word) <= LONGEST else None


async def teach(write: Transaction, language: Language, word: str, meaning: Meaning, code: str) -> Taught | None:
    """Keep a word at once, instead of what it stood for in that language; None if the tables say the same already."""
    before = next((one for one in await taught.all_taught(write) if (one.language, one.word) == (language, word)), None)
    if before is not None:
        await undo(write, before.id)
    if meaning != "intent" and not await _spell(write, meaning, code, word, there=True):
        return None
    return await taught.teach(write, language, word, meaning, code)


async def undo(write: Transaction, number: int) -> Taught | None:
    """Forget a word again; None if it is forgotten already."""
    one = await taught.numbered(write, number)
    if one is None:
        return None
    if one.meaning != "intent":
        await _spell(write, one.meaning, one.code, one.word, there=False)
    await taught.forget(write, number)
    return one


async def _spell(write: Transaction, meaning: Literal["city", "theme"], code: str, word: str, *, there: bool) -> bool:
    """Put a word among the spellings of the row of that code, or take it out; False if nothing changes by that."""
    row = await (ORGANISATIONS if meaning == "city" else THEMES).get(write, code)
    if row is None or (word in row.spellings) == there:
        return False
    kept = tuple(one for one in row.spellings if one != word)
    changed = row.model_copy(update={"spellings": (*kept, word) if there else kept})
    if isinstance(changed, Organisation):
        await ORGANISATIONS.put(write, changed)
    else:
        await THEMES.put(write, changed)
    return True
