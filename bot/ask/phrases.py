"""Finds the words of a list in a message: the longest first, whole words only, also where no spaces are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.ask.normalise import Normalised, every_spelled, fold
from bot.network.languages import Language

EXACT = "!"
"""Before a word of a word file: its marks may not be left out (``!ảnh`` is a picture, ``anh`` is you)."""

V = TypeVar("V")

ONLY = "="
"""Before a word of a word file: it counts only in a message in that file's language (``=mai`` in French)."""


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """What was found, and where."""

    start: int
    end: int
    value: V


@dataclass(frozen=True, slots=True)
class _Entry(Generic[V]):
    marked: str
    value: V
    language: Language | None
    own: bool
    """Whether it counts only in a message in its language."""
    one_syllable: bool
    exact: bool
    """Whether its marks may not be left out."""


_START = re.compile("(?<![a-z])[a-z]|(?<![0-9])[0-9]|(?<!\u17d2)[\u1780-\u17b3]|(?<![ເແໂໃໄ])[ກ-ຮໜໝ]|[ເແໂໃໄ]")
_LATIN = re.compile("[a-z]")
_INSIDE = re.compile("[\u17b6-\u17d3\u0eb0-\u0ebd\u0ec8-\u0ecd]")
"""The Khmer and Lao signs that belong to the letter before them: no word ends in front of one."""


@lru_cache(maxsize=64)
def starts(text: str) -> tuple[int, ...]:
    """Return where a word can start in a folded text; a message is gone through once for each list of words."""
    return tuple([match.start() for match in _START.finditer(text)])


def ends_at(text: str, end: int) -> bool:
    """Return whether a word of a folded text can end before this place."""
    if end >= len(text):
        return True
    before, after = text[end - 1], text[end]
    if "a" <= before <= "z":
        return not ("a" <= after <= "z")
    if "0" <= before <= "9":
        return not ("0" <= after <= "9")
    return not _INSIDE.match(after)


class Phrases(Generic[V]):
    """Words with their meanings, to be found in messages.

    A mark may be left out by who types, never changed: ``nien liễm`` is ``niên liễm``, ``đầu`` is not ``đâu``.
    A single syllable counts without its marks only where the message has no Vietnamese mark.
    """

    def __init__(self, entries: Iterable[tuple[str, V, Language | None]]) -> None:
        self._index: dict[str, list[_Entry[V]]] = {}
        listed = list(entries)
        every = every_spelled(phrase.removeprefix(ONLY).removeprefix(EXACT) for phrase, _, _ in listed)
        for word, entry in zip(every, listed, strict=True):
            self._add(_unelided(word), *entry)
        lengths: dict[str, set[int]] = {}
        for key in self._index:
            lengths.setdefault(key[:2], set()).add(len(key))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def _add(self, marked: str, phrase: str, value: V, language: Language | None) -> None:
        key = fold(marked)
        if not key:
            return
        one = " " not in marked
        own = phrase.startswith(ONLY) or (language == "vi" and one and marked == key)
        self._index.setdefault(key, []).append(_Entry(marked, value, language, own, one, phrase.startswith(EXACT)))

    def find(self, message: Normalised, language: Language | None = None) -> list[Match[V]]:
        """Return what is there, in order, without overlaps; ``language`` is the one the message is written in."""
        return list(self._walk(message, language))

    def _walk(self, message: Normalised, language: Language | None) -> Iterator[Match[V]]:
        done, folded, lengths = 0, _unelided(message.folded), self._lengths
        for start in starts(folded):
            if start < done or (folded[start : start + 2] not in lengths and folded[start] not in lengths):
                continue
            found = self.at(message, start, language)
            if found is not None:
                done = found.end
                yield found

    def at(self, message: Normalised, start: int, language: Language | None = None) -> Match[V] | None:
        """Return the longest phrase that starts at this place, where a word can start, if there is one."""
        folded = _unelided(message.folded)
        for length in self._lengths.get(folded[start : start + 2], ()) + self._lengths.get(folded[start], ()):
            end = start + length
            entries = self._index.get(folded[start:end])
            if entries is None or end > len(folded) or not ends_at(folded, end):
                continue
            entry = _chosen(entries, message, start, end, language)
            if entry is not None:
                return Match(start, end, entry.value)
        return None


def _unelided(text: str) -> str:
    """Return a text of the same length without its apostrophes and hyphens: people type "qu est ce qu il faut"."""
    return text.replace("'", " ").replace("-", " ")


def _chosen(
    entries: list[_Entry[V]], message: Normalised, start: int, end: int, language: Language | None
) -> _Entry[V] | None:
    """Return the entry that was meant: as typed before with marks left out, the message's own language first."""
    typed, folded = _unelided(message.text[start:end]), _unelided(message.folded[start:end])
    fits = [entry for entry in entries if _fits(entry, typed, folded, message.vietnamese, language)]
    if not fits:
        return None
    return min(fits, key=lambda entry: (entry.marked != typed, entry.language != language))


def _fits(entry: _Entry[V], typed: str, bare: str, vietnamese: bool, language: Language | None) -> bool:
    if entry.own and entry.language != language:
        return False
    if entry.marked == typed:
        return True
    if entry.exact:
        return False
    if entry.language == "vi" and entry.one_syllable and (vietnamese or language != "vi"):
        return False
    return all(t in (m, f) for t, m, f in zip(typed, entry.marked, bare, strict=True))
