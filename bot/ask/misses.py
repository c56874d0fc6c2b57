"""What was not understood: counted without who asked, and shown to coordinators grouped by likeness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from bot.ask.normalise import normalise
from bot.ask.question import Understood
from bot.ask.scrub import scrubbed
from bot.network.audiences import Reader
from bot.network.languages import Language
from storage import misses
from storage.database import Transaction
from storage.misses import Miss
from storage.network import PEOPLE

KEPT_FOR = timedelta(days=90)
"""How long a question is kept after it was asked last."""
PAGE = 5
"""Groups a page."""
_MOST = 400
"""Questions that are grouped: those asked last."""
_ALIKE = 70
"""From this likeness on (0 to 100) two questions are of one group."""


@dataclass(frozen=True)
class Group:
    """Questions that are like each other, most frequent first."""

    language: Language
    members: tuple[Miss, ...]

    @property
    def times(self) -> int:
        """How often they were asked in all."""
        return sum(one.times for one in self.members)


@dataclass(frozen=True)
class MissesPage:
    """One page of what was not understood, most frequent first."""

    page: int
    pages: int
    total: int
    """Groups in all."""
    groups: tuple[Group, ...]


async def note(write: Transaction, reader: Reader, text: str, found: Understood, today: date) -> None:
    """Count a question if it was not understood; what is personal in it is taken out before anything is kept."""
    outcome = _outcome(found)
    if outcome is None:
        return
    names = [reader.name, *(person.name for person in await PEOPLE.all(write))]
    words = scrubbed(text, names)
    if words is None:
        return
    await misses.count(write, found.language or reader.language, words, outcome, today)
    await misses.forget_before(write, today - KEPT_FOR)


async def grouped(read: Transaction, page: int = 0) -> MissesPage:
    """Return a page of the groups; a page past the end becomes the last one."""
    groups = await _groups(read)
    pages = max(1, -(-len(groups) // PAGE))
    page = min(max(page, 0), pages - 1)
    return MissesPage(page, pages, len(groups), tuple(groups[page * PAGE : (page + 1) * PAGE]))


async def group_of(read: Transaction, number: int) -> Group | None:
    """Return the group of the question of that number."""
    found = (group for group in await _groups(read) if any(one.id == number for one in group.members))
    return next(found, None)


async def forget(write: Transaction, number: int) -> None:
    """Forget the group of the question of that number."""
    group = await group_of(write, number)
    for one in group.members if group else ():
        await misses.forget(write, one.id)


def _outcome(found: Understood) -> str | None:
    if not found.sure:
        return None if found.only_slots else "asked_back"
    return "out_of_scope" if found.question.intent == "out_of_scope" else None


async def _groups(read: Transaction) -> list[Group]:
    """Put each question, the most frequent first, to the first group whose first question it is like."""
    every = sorted(await misses.newest(read, _MOST), key=lambda one: (-one.times, one.id))
    groups: list[tuple[str, list[Miss]]] = []
    for one in every:
        form = normalise(one.words).folded
        fitting = (group for head, group in groups if _alike(head, form) and group[0].language == one.language)
        group = next(fitting, None)
        if group is None:
            groups.append((form, [one]))
        else:
            group.append(one)
    found = [Group(members[0].language, tuple(members)) for _, members in groups]
    return sorted(found, key=lambda group: (-group.times, group.members[0].id))


def _alike(one: str, other: str) -> bool:
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) >= _ALIKE
