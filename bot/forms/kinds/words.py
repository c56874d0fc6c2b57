"""The word files of the kinds of answers: what a translator can read and extend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import tomli

from bot.ask.normalise import Normalised, normalise
from bot.ask.phrases import Match, Phrases
from bot.network.languages import LANGUAGES, Language

LONGEST = 300
"""Characters of an answer that are read, where it is no text to be kept."""
V = TypeVar("V")
Entry = tuple[str, Any, Language | None]


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """Return what stands in a TOML file beside this one, ``hours.toml`` for instance; it is not to be changed."""
    return tomli.loads((files("bot.forms.kinds") / name).read_text(encoding="utf-8"))


def entries(words: Mapping[str, Any], meaning: Any) -> Iterator[Entry]:
    """Yield the words of one section (language or ``any`` → words) with what they mean."""
    for language in LANGUAGES:
        yield from ((word, meaning, language) for word in words.get(language, ()))
    yield from ((word, meaning, None) for word in words.get("any", ()))


@lru_cache(maxsize=16)
def sections(*names: str) -> Phrases[str]:
    """Return the words of these sections of ``words.toml``, each meaning its section; of two equal ones the first."""
    words = table("words.toml")
    return Phrases(entry for name in names for entry in entries(words[name], name))


@lru_cache(maxsize=8)
def signs(name: str) -> frozenset[str]:
    """Return the pictures that mean ``yes``, ``no``, ``stars``, ``hollow`` or nothing (``ignored``)."""
    return frozenset(table("words.toml")["signs"][name])


@lru_cache(maxsize=64)
def message(text: str) -> Normalised:
    """Return what was typed in its one spelling: the beginning of it."""
    return normalise(text[:LONGEST])


def found_at(words: Phrases[V], read: Normalised, start: int, language: Language | None) -> Match[V] | None:
    """Return the longest phrase at this place, its end inside the message."""
    match = words.at(read, start, language)
    return match if match is None or match.end <= len(read.folded) else replace(match, end=len(read.folded))


def found_in(words: Phrases[V], read: Normalised, language: Language | None) -> list[Match[V]]:
    """Return the phrases of a message, their ends inside it."""
    found = words.find(read, language)
    if found and found[-1].end > len(read.folded):
        found[-1] = replace(found[-1], end=len(read.folded))
    return found


def without(read: Normalised, found: Iterable[Match[V]]) -> Normalised:
    """Return the message with what was found hidden."""
    return read.masked((match.start, match.end) for match in found)
