"""People called by name: "the number of Mrs Trần Thị Mai", "លេខលោក កែវ វិចិត្រា"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.answers.contacts import Contact, ContactsAnswer, may_reach
from bot.ask.normalise import normalise
from bot.ask.phrases import Phrases
from bot.ask.sounds import is_khmer, named_by_sound
from bot.ask.wordlists import table
from bot.network.audiences import Reader
from storage import directory
from storage.database import Transaction
from storage.network import ORGANISATIONS, PEOPLE

_SHORT = 3
"""Letters from which one name alone is enough after "Mme", where one person only has it."""
_LONG = 6
"""Letters from which one name alone is enough, where one person only has it."""


async def of_name(read: Transaction, reader: Reader, text: str, *, in_full: bool) -> ContactsAnswer | None:
    """Return the person whom a message calls by name; None without one, or if the reader may not see the name.

    Partners and guests see the names of those who coordinate.

    Args:
        read: Where the network's people are read.
        reader: Who asks.
        text: What was written.
        in_full: Whether one name alone ("Khamla") is not enough.
    """
    if not reader.is_known:
        return None
    people = await directory.names(read)
    if not may_reach(reader):
        open_to_all = {one.code for one in await directory.people(read, roles=("coordinator",))}
        people = tuple(one for one in people if one[0] in open_to_all)
    found = next(iter(_phrases(people, in_full).find(normalise(text))), None)
    code = found.value if found else None
    if code is None and is_khmer(text):
        code = named_by_sound(text, people, in_full=in_full)
    person = await PEOPLE.get(read, code) if code else None
    organisation = await ORGANISATIONS.get(read, person.organisation) if person else None
    if person is None or organisation is None:
        return None
    return ContactsAnswer(organisation, None, (Contact(person, organisation, reachable=True),), (), ())


@lru_cache(maxsize=2)
def _phrases(people: tuple[tuple[str, str], ...], in_full: bool) -> Phrases[str]:
    return Phrases((name, code, None) for name, code in _names(people, in_full=in_full))


def _names(people: Iterable[tuple[str, str]], *, in_full: bool) -> Iterator[tuple[str, str]]:
    """Yield what people are called, with their codes: each way their name is written, and its rare long words."""
    called: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    given: list[tuple[str, str]] = []
    for code, name in people:
        for written in _written(name):
            parts = re.split(r"[ -]+", written)
            called += [(written, code), ("".join(parts), code)] if len(parts) > 1 else []
            given += [(" ".join(parts[-2:]), code)] if len(parts) > 2 else []
            words += [(part, code) for part in parts if len(part) >= _SHORT]
    alone = Counter(word for word, _ in set(words))
    yield from called
    twice = Counter(name for name, _ in given)
    yield from ((name, code) for name, code in given if twice[name] == 1)
    if in_full:
        return
    found = table("people.toml")
    titles = [title for name in ("titles", "addressed") for words in found[name].values() for title in words]
    titles = [title.lstrip("!=") for title in dict.fromkeys(titles)]
    for word, code in words:
        if alone[word] == 1 and len(word) >= _LONG and word[0].isascii():
            yield word, code
        elif alone[word] == 1:
            yield from ((f"{title}{space}{word}", code) for title in titles for space in ("", " "))


def _written(name: str) -> list[str]:
    return [part.strip() for part in re.split(r"[()]", name) if part.strip()]
