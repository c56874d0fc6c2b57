"""The network's cities and people by their names: a code, or what was written where the network has no such name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds.texts import is_written, letters, line
from bot.forms.kinds.words import table
from bot.network.organisations import NEAREST, exactly, named, resembling
from bot.network.spelling import EXACT, fold, fold_written, likeness, nearness

LONGEST = 200
"""Letters of a name that is kept as it was written."""
_RESEMBLING = 70.0
_PART = EXACT - 1
"""What a name is worth of which only a part was written."""


def read_city(field: Field, text: str, around: Around) -> Value:
    """Return the organisation's code; raises Problem not_a_city with what was written and the codes that are near."""
    written, organisations = _written(text), around.organisations()
    found = exactly(organisations, written)
    if found is not None:
        return found.code
    near = named(organisations, written)
    if len(near) == 1:
        return near[0].code
    near = near or resembling(organisations, written)
    raise Problem("not_a_city", near=tuple(one.code for one in near), written=written)


def check_city(field: Field, value: Value, around: Around) -> Value:
    """Return an organisation's code or ``{"written": text}``; raises Problem not_a_city."""
    return _checked("not_a_city", value, (one.code for one in around.organisations()))


def read_person(field: Field, text: str, around: Around) -> Value:
    """Return the person's code; raises Problem not_a_person with what was written and the codes that are near.

    A name counts without marks, in any order of its words, with or without a title; where only a part of it was
    written, or a slip made another one of it, it is offered: An and Anh are two people.
    """
    written = _written(text)
    typed = _forms(fold_written(written))
    people = [(_folded(person.name), person.code) for person in around.people()]
    same = [code for name, code in people if any(_is_same(one, name) for one in typed)]
    if len(same) == 1:
        return same[0]
    near = same or _nearest(typed, people)
    raise Problem("not_a_person", near=tuple(near[:NEAREST]), written=written)


def _nearest(typed: Iterable[str], people: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes of the people whose folded names resemble what was typed, best first."""
    scored = sorted((-max((_score(one, name) for one in typed), default=0), code) for name, code in people)
    return [code for score, code in scored if score <= -_RESEMBLING]


def check_person(field: Field, value: Value, around: Around) -> Value:
    """Return a person's code or ``{"written": text}``; raises Problem not_a_person."""
    return _checked("not_a_person", value, (one.code for one in around.people()))


def _checked(problem: str, value: Value, codes: Iterable[str]) -> Value:
    if isinstance(value, str) and value in set(codes):
        return value
    if isinstance(value, dict) and set(value) == {"written"} and isinstance(value["written"], str):
        written = line(value["written"])
        if is_written(written) and letters(written) <= LONGEST:
            return {"written": written}
    raise Problem(problem)


def _written(text: str) -> str:
    """Return what is kept if it is meant as it was written."""
    return line(line(text)[:LONGEST])


@lru_cache(maxsize=2048)
def _folded(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=1)
def _titles() -> tuple[str, ...]:
    """Return the titles, folded, the longest first."""
    words = {folded for found in table("words.toml")["titles"].values() for one in found if (folded := fold(one))}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _forms(written: str) -> tuple[str, ...]:
    """Return a folded name as it is, and without the titles before it: written apart, or together in Khmer and Lao."""
    forms, bare = [written], written
    for _ in range(3):
        for title in _titles():
            if bare.startswith(f"{title} ") or (not title.isascii() and bare.startswith(title) and bare != title):
                bare = bare.removeprefix(title).strip()
                forms.append(bare)
                break
    return tuple(one for one in dict.fromkeys(forms) if one)


def _is_same(written: str, name: str) -> bool:
    """Whether two folded names are the same, in any order of their words, with any spaces."""
    return nearness(written, name) == EXACT or set(written.split()) == set(name.split()) != set()


def _score(written: str, name: str) -> float:
    """Return how much a folded text resembles a folded name; a word or two of the name most."""
    return _PART if set(written.split()) < set(name.split()) else min(likeness(written, name), _PART)
