"""Titles of events, documents, forms, news and deadlines that a message names, in whole, in most words or by acronym.

Words are weighed by how few titles have them: a word of many titles names none.  Khmer and Lao, which write no spaces,
are compared by short pieces, Vietnamese by pairs of syllables.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.ask.normalise import Normalised, normalise
from bot.ask.title_words import common_part, may_slip, ordinals, parts, proper_names, tokens_of
from bot.ask.wordlists import words
from bot.network.audiences import EVERYONE
from bot.network.content import Content
from bot.network.languages import Language

Noun = Literal["event", "document", "form", "news", "deadline", "line"]
NOUNS: tuple[Noun, ...] = get_args(Noun)
MOST_OF_IT = 0.62
"""The share of a title's weight from which most of it is there."""
ENOUGH = 4.5
"""The weight from which a part of a title names it."""
HALF, PLENTY = 0.5, 8.0
"""A half of a title is enough from this weight on."""
FEW = 3.5
"""The least weight by which a search finds a row: a word of few titles."""
_WHOLE = 0.95
_FEWEST_ROWS = 200
"""A network of fewer rows weighs words as one of so many."""
_OWN = 1.5
_FEWEST_PIECES = 4
"""Of a name in Khmer or Lao: fewer are one short word, such as "car" in "the cars of the city"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that has a title."""

    noun: Noun
    number: int
    """The row's, in this database."""
    code: str
    title: Content
    audience: str = EVERYONE
    event: str | None = None
    """The event that it belongs to; for an event, the larger one."""
    first: int = 0
    last: int = 0
    """Seconds since 1970: when it begins and ends, is due, closes or was published."""
    kind: str = ""
    city: str | None = None
    """Where an event is, whose news or document it is: an organisation's code."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A row whose title a message names."""

    entry: Entry
    share: float
    """How much of its name is there, from 0 to 1."""
    weight: float
    """How much of what is there speaks for it: what tells it from rows with a like title."""
    acronym: bool = False
    """Whether it is named by letters such as DCOL, by a name of its own, or by how many times it has been held."""


@dataclass(frozen=True, slots=True)
class _Name:
    entry: int
    tokens: frozenset[str]
    own: frozenset[str]
    """Those that say more than a kind of meeting or document."""
    weight: float


class Titles:
    """The titles of one network, to be found in messages; it is built once and never changes."""

    def __init__(self, entries: Iterable[Entry] = (), masked: Callable[[Normalised], Normalised] | None = None) -> None:
        """Take the rows; ``masked`` hides the places of a text: a city alone names no title."""
        self._entries = tuple(entries)
        self._coded = {(one.noun, one.code): one for one in self._entries}
        self._masked = masked or (lambda message: message)
        found = [
            (at, language, self._read(text.text))
            for at, one in enumerate(self._entries)
            for language, text in one.title.root.items()
        ]
        counted = Counter(token for _, language, shape in found for token in set(tokens_of(shape, language)))
        total = max(len(self._entries), _FEWEST_ROWS) + 1
        self._weights = {token: math.log(total / count) if total > count else 0.1 for token, count in counted.items()}
        self._whole: dict[int, frozenset[str]] = defaultdict(frozenset)
        self._ordinals: dict[int, frozenset[str]] = defaultdict(frozenset)
        self._times: dict[int, frozenset[str]] = {}
        self._names: list[_Name] = []
        self._by_token: dict[str, list[int]] = defaultdict(list)
        self._proper = {word for *_, shape in found for word in proper_names(shape)}
        for at, language, shape in found:
            tokens = frozenset(tokens_of(shape, language))
            self._whole[at] |= tokens
            self._ordinals[at] |= ordinals(shape)
            for part in (shape, *parts(shape)):
                self._add(at, part, language, whole=part is shape)
        for at, one in enumerate(self._entries):
            whole = self._coded.get(("event", one.event or ""))
            self._times[at] = self._ordinals[at] or (
                self._ordinals[self._entries.index(whole)] if whole else frozenset()
            )
        self._words = sorted(token for token in counted if may_slip(token))

    def _read(self, text: str) -> Normalised:
        return self._masked(normalise(text))

    def _add(self, at: int, part: Normalised, language: Language, *, whole: bool) -> None:
        """Keep a name, unless its weight is little, or it says nothing but a kind of meeting or document."""
        tokens = frozenset(tokens_of(part, language))
        weight, own = self._sum(tokens), tokens - frozenset(tokens_of(common_part(part, themes=not whole), language))
        fewest = 2 if tokens and all(map(str.isascii, tokens)) else _FEWEST_PIECES
        if len(tokens) < fewest or weight < (ENOUGH * 0.5 if whole else ENOUGH) or self._sum(own) < _OWN:
            return
        for token in tokens:
            self._by_token[token].append(len(self._names))
        self._names.append(_Name(at, tokens, own, weight))

    def numbered(self, noun: str, number: int) -> Entry | None:
        """Return the row of that number; None if there is none (any more)."""
        return next((one for one in self._entries if (one.noun, one.number) == (noun, number)), None)

    def of_noun(self, noun: Noun) -> list[Entry]:
        """Return the rows of that noun."""
        return [one for one in self._entries if one.noun == noun]

    def _sum(self, tokens: Iterable[str]) -> float:
        return sum(self._weights.get(token, 0.0) for token in set(tokens))

    def of(self, noun: Noun, code: str) -> Entry | None:
        """Return the row of that code; None if there is none (any more)."""
        return self._coded.get((noun, code))

    def find(self, message: Normalised, nouns: Collection[Noun], seen: Callable[[Entry], bool]) -> list[Titled]:
        """Return what the message names, best first.

        Args:
            message: The message.
            nouns: What is looked for.
            seen: Whether the reader may see a row.
        """
        said = self._said(self._masked(message))
        best: dict[int, float] = {}
        matched: set[frozenset[str]] = set()
        for number, weight in self._touched(said).items():
            name = self._names[number]
            share = weight / name.weight
            if self._sum(name.own & said) < _OWN:
                continue
            if (share >= MOST_OF_IT and weight >= ENOUGH) or (share >= HALF and weight >= PLENTY) or share >= _WHOLE:
                best[name.entry] = max(best.get(name.entry, 0.0), share)
                matched.add(name.tokens & said)
        own, times = said & self._proper, ordinals(message)
        proper = {at for at, tokens in self._whole.items() if own & tokens}
        alike = {at for at, tokens in self._whole.items() if any(name <= tokens for name in matched)}
        found = [
            Titled(one, best.get(at, 0.0), self._speaks(at, said), at in proper or bool(self._ordinals[at] & times))
            for at in sorted(proper | alike)
            for one in (self._entries[at],)
            if one.noun in nouns and seen(one) and not self._another(at, message)
        ]
        return sorted(found, key=lambda one: (-one.weight, -one.share))

    def search(self, message: Normalised, nouns: Collection[Noun], seen: Callable[[Entry], bool]) -> list[Titled]:
        """Return the rows whose titles share rare words with the message, those that share nearly the most."""
        said = self._said(self._masked(message))
        near = [
            Titled(one, 0.0, self._speaks(at, said))
            for at, one in enumerate(self._entries)
            if one.noun in nouns and self._whole[at] & said and seen(one) and not self._another(at, message)
        ]
        most = max((one.weight for one in near), default=0.0)
        return sorted((one for one in near if one.weight >= max(FEW, most * 0.7)), key=lambda one: -one.weight)

    def only_one_of(self, message: Normalised, rows: Collection[Entry]) -> Entry | None:
        """Return the one of some rows whose titles have a word of the message that those of the others have not."""
        said = self._said(self._masked(message))
        wanted = {(one.noun, one.code) for one in rows}
        every = enumerate(self._entries)
        near = [one for at, one in every if (one.noun, one.code) in wanted and said & self._whole.get(at, frozenset())]
        return near[0] if len(near) == 1 else None

    def all_of_it(self, message: Normalised, language: Language | None, entry: Entry) -> bool:
        """Whether the row's titles have all that a message says beside places: "bus Da Nang"."""
        said = frozenset(tokens_of(self._masked(message), language))
        known = said & self._whole[self._entries.index(entry)]
        return bool(said) and self._sum(known) >= FEW and said == known

    def tells(self, text: str, language: Language) -> bool:
        """Whether these words could tell a title from others: not "réseau" or "documents"."""
        return any(tokens_of(self._masked(normalise(text)), language))

    def _another(self, at: int, message: Normalised) -> bool:
        """Whether a row is one time of a meeting, and the message names another: the 13th where it says the 12th."""
        own, said = self._times[at], ordinals(message)
        return bool(own and said) and own.isdisjoint(said)

    def _touched(self, said: frozenset[str]) -> dict[int, float]:
        touched: dict[int, float] = defaultdict(float)
        for token in said:
            for number in self._by_token.get(token, ()):
                touched[number] += self._weights[token]
        return touched

    def _speaks(self, at: int, said: frozenset[str]) -> float:
        return round(sum(self._weights[token] for token in self._whole[at] & said), 3)

    def _said(self, message: Normalised) -> frozenset[str]:
        """Return the tokens of a message; a word that no title has counts as the one that it nearly is."""
        tokens = set(tokens_of(message))
        for token in tuple(tokens):
            if token in self._weights or not may_slip(token) or token in words("ordinary.txt"):
                continue
            near = process.extractOne(token, self._words, scorer=OSA.distance, score_cutoff=1 if len(token) < 9 else 2)
            if near is not None and near[0][0] == token[0]:
                tokens.add(near[0])
        return frozenset(tokens)
