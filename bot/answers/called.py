"""People called by name: "the number of Mrs Trần Thị Mai", "លេខលោក កែវ វិចិត្រា"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.answers.contacts import Contact, ContactsAnswer, may_reach
from bot.ask.normalise import normalise
from bot.ask.phrases import Phrases
from bot.network.audiences import Reader
from bot.network.records import Person
from storage import directory
from storage.database import Transaction

_LONG = 6
"""Letters from which one name alone is enough, where one person only has it."""
_TITLES = ("លោក", "លោកស្រី", "អ្នកស្រី", "លោកជំទាវ", "បង", "ທ່ານ", "ທ່ານນາງ")
"""What stands before one name alone where names are words of the language: Sambath is also "property"."""


async def of_name(read: Transaction, reader: Reader, text: str, *, in_full: bool) -> ContactsAnswer | None:
    """Return the person whom a message calls by name; None without one, or if the reader may not see names.

    Args:
        read: Where the network's people are read.
        reader: Who asks.
        text: What was written.
        in_full: Whether one name alone ("Khamla") is not enough.
    """
    if not may_reach(reader):
        return None
    people = {one.code: one for one in await directory.people(read)}
    places = {one.code: one for one in await directory.organisations(read)}
    names = Phrases((name, code, None) for name, code in _names(people.values(), in_full=in_full))
    found = next(iter(names.find(normalise(text))), None)
    if found is None:
        return None
    person = people[found.value]
    organisation = places[person.organisation]
    return ContactsAnswer(organisation, None, (Contact(person, organisation, reachable=True),), (), ())


def _names(people: Iterable[Person], *, in_full: bool) -> Iterator[tuple[str, str]]:
    """Yield what people are called, with their codes: each way their name is written, and its rare long words."""
    called: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    for person in people:
        for name in _written(person):
            parts = re.split(r"[ -]+", name)
            called += [(name, person.code), ("".join(parts), person.code)] if len(parts) > 1 else []
            words += [(part, person.code) for part in parts if len(part) >= _LONG]
    alone = Counter(word for word, _ in set(words))
    yield from called
    if in_full:
        return
    for word, code in words:
        if alone[word] == 1 and word[0].isascii():
            yield word, code
        elif alone[word] == 1:
            yield from ((f"{title}{space}{word}", code) for title in _TITLES for space in ("", " "))


def _written(person: Person) -> list[str]:
    return [part.strip() for part in re.split(r"[()]", person.name) if part.strip()]
