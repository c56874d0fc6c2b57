"""Titles of events, documents, forms, news and deadlines that a message names, in whole, in most words or by acronym.

Words are weighed by how few titles have them: a word of many titles names none.  Khmer and Lao, which write no spaces,
are compared by short pieces, Vietnamese by pairs of syllables.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.ask import kinds
from bot.ask.normalise import MASK, Normalised, fold, normalise, spelled
from bot.ask.wordlists import table
from bot.network.audiences import EVERYONE
from bot.network.content import Content
from bot.network.languages import LANGUAGES, Language

Noun = Literal["event", "document", "form", "news", "deadline"]
NOUNS: tuple[Noun, ...] = get_args(Noun)
MOST_OF_IT = 0.62
"""The share of a title's weight from which most of it is there."""
ENOUGH = 5.0
"""The weight from which a part of a title names it."""
HALF, PLENTY = 0.5, 8.0
"""A half of a title is enough from this weight on."""
FEW = 3.5
"""The least weight by which a search finds a row: a word of few titles."""
_WHOLE = 0.95
_FEWEST_ROWS = 200
"""A network of fewer rows weighs words as one of so many."""
_OWN = 2.5
_SYLLABLE = 6
_PIECE = 5
_LONGEST = 320
_SLIP_FROM = 6
_WORD = re.compile("[a-z]+|[0-9]+")
_CASED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SEA = re.compile("[\u0e80-\u0eff\u1780-\u17ff0-9]+")
_SEA_LETTER = re.compile("[\u0e80-\u0eff\u1780-\u17ff]")
_PART = re.compile(r"[:/()،៖,]| - ")
_ACRONYM = 3


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


@dataclass(frozen=True, slots=True)
class Titled:
    """A row whose title a message names."""

    entry: Entry
    share: float
    """How much of its name is there, from 0 to 1."""
    weight: float
    """How much of what is there speaks for it: what tells it from rows with a like title."""
    acronym: bool = False
    """Whether it is named by letters such as DCOL, or by a name of its own."""


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
        counted = Counter(token for _, language, shape in found for token in set(_tokens(shape, language)))
        total = max(len(self._entries), _FEWEST_ROWS) + 1
        self._weights = {token: math.log(total / count) if total > count else 0.1 for token, count in counted.items()}
        self._whole: dict[int, frozenset[str]] = defaultdict(frozenset)
        self._names: list[_Name] = []
        self._by_token: dict[str, list[int]] = defaultdict(list)
        self._proper = {word for *_, shape in found for word in _proper(shape)}
        for at, language, shape in found:
            tokens = frozenset(_tokens(shape, language))
            self._whole[at] |= tokens
            for part in (shape, *_parts(shape)):
                self._add(at, part, language, whole=part is shape)
        self._words = sorted(
            token for token in counted if token.isascii() and len(token) >= _SLIP_FROM and " " not in token
        )

    def _read(self, text: str) -> Normalised:
        return self._masked(normalise(text))

    def _add(self, at: int, part: Normalised, language: Language, *, whole: bool) -> None:
        """Keep a name, unless its weight is little, or it says nothing but a kind of meeting or document."""
        tokens = frozenset(_tokens(part, language))
        weight, own = self._sum(tokens), frozenset(_tokens(_without_kinds(part), language))
        if len(tokens) < 2 or weight < (ENOUGH * 0.5 if whole else ENOUGH) or self._sum(own) < _OWN:
            return
        for token in tokens:
            self._by_token[token].append(len(self._names))
        self._names.append(_Name(at, tokens, own, weight))

    def numbered(self, noun: str, number: int) -> Entry | None:
        """Return the row of that number; None if there is none (any more)."""
        return next((one for one in self._entries if (one.noun, one.number) == (noun, number)), None)

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
        own = said & self._proper
        proper = {at for at, tokens in self._whole.items() if own & tokens}
        alike = {at for at, tokens in self._whole.items() if any(name <= tokens for name in matched)}
        found = [
            Titled(one, best.get(at, 0.0), self._speaks(at, said), at in proper)
            for at in sorted(proper | alike)
            for one in (self._entries[at],)
            if one.noun in nouns and seen(one)
        ]
        return sorted(found, key=lambda one: (-one.weight, -one.share))

    def search(self, message: Normalised, nouns: Collection[Noun], seen: Callable[[Entry], bool]) -> list[Titled]:
        """Return the rows whose titles share rare words with the message, those that share nearly the most."""
        said = self._said(self._masked(message))
        near = [
            Titled(one, 0.0, self._speaks(at, said))
            for at, one in enumerate(self._entries)
            if one.noun in nouns and self._whole[at] & said and seen(one)
        ]
        most = max((one.weight for one in near), default=0.0)
        return sorted((one for one in near if one.weight >= max(FEW, most * 0.7)), key=lambda one: -one.weight)

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
        tokens = set(_tokens(message))
        for token in tuple(tokens):
            if token in self._weights or not _may_slip(token):
                continue
            near = process.extractOne(token, self._words, scorer=OSA.distance, score_cutoff=1 if len(token) < 9 else 2)
            if near is not None and near[0][0] == token[0]:
                tokens.add(near[0])
        return frozenset(tokens)


def _may_slip(token: str) -> bool:
    return token.isascii() and len(token) >= _SLIP_FROM and " " not in token


def _tokens(shape: Normalised, language: Language | None = None) -> Iterator[str]:
    """Yield words, pairs of syllables, pieces; ``language`` is that of a title, which has only its own sort of them."""
    folded = shape.folded[:_LONGEST]
    empty, signs = _empty()
    words = _WORD.findall(folded)
    for word in words:
        if word.isdigit() or (language != "vi" and len(word) >= _ACRONYM and word not in empty):
            yield _stem(word)
    for one, two in pairwise(words) if language in ("vi", None) else ():
        if max(len(one), len(two)) <= _SYLLABLE and f"{one} {two}" not in empty and one.isalpha() and two.isalpha():
            yield f"{one} {two}"
    if _SEA_LETTER.search(folded):
        yield from _pieces(folded, signs)


def _pieces(folded: str, signs: re.Pattern[str]) -> Iterator[str]:
    for run in _SEA.findall(signs.sub(" ", folded)):
        if len(run) >= _PIECE:
            yield from (run[at : at + _PIECE] for at in range(len(run) - _PIECE + 1))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


def _without_kinds(shape: Normalised) -> Normalised:
    return shape.masked(kinds.spans(shape))


def _parts(shape: Normalised) -> Iterator[Normalised]:
    """Yield what stands between colons and brackets."""
    at = 0
    for match in [*_PART.finditer(shape.text), None]:
        end = match.start() if match else len(shape.text)
        part = slice(at, end)
        if end - at < len(shape.text) and end > at:
            yield Normalised(shape.text[part], shape.folded[part], shape.cased[part], shape.vietnamese)
        at = match.end() if match else end


def _proper(shape: Normalised) -> Iterator[str]:
    """Yield the acronyms of a title, and the names in it: capitals that do not begin it."""
    words = _CASED.findall(shape.cased)
    few = sum(word[0].isupper() for word in words) * 2 < len(words) and not shape.vietnamese
    for at, word in enumerate(words):
        if word.isascii() and word.isupper() and len(word) >= _ACRONYM:
            yield word.lower()
        elif at and few and word[0].isupper() and len(word) >= _SLIP_FROM:
            yield _stem(fold(word.lower()))


@lru_cache(maxsize=1)
def _empty() -> tuple[frozenset[str], re.Pattern[str]]:
    words = table("titles.toml")["empty"]
    found = {fold(spelled(word)) for language in LANGUAGES for word in words[language]}
    signs = sorted((word for word in found if _SEA_LETTER.search(word)), key=len, reverse=True)
    return frozenset(found), re.compile("|".join(map(re.escape, signs)) + f"|{MASK}+")
