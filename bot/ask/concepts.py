"""Finds the concepts of the lexicon in a message: words of five languages, each standing for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.ask.features import View
from bot.ask.normalise import every_spelled, fold
from bot.ask.phrases import EXACT
from bot.ask.telex import undo_telex

_SEA = re.compile("[\u0e80-\u0eff\u1780-\u17ff]")
_SIGN = re.compile("[\u17b4-\u17d3\u17dd\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 7
_FOREIGN = 5
"""From this length on a French or English word counts in a Vietnamese message: ``on`` and ``me`` are Vietnamese."""

OUTSIDE = "x_"
"""Begins the concepts that lie outside what the assistant is for; a syllable without its marks is no sign of them."""

Words = Mapping[str, tuple[str, ...]]
Found = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with the concepts that they stand for."""

    exact: Words
    """French and English words, without marks."""
    prefix: Words
    """Beginnings of French and English words."""
    marked: Words
    """Vietnamese words with their marks."""
    unmarked: Words
    """The same without."""
    inside: Words
    """Khmer and Lao words, found without spaces."""
    dates: tuple[str, ...]
    """Months and days, which say nothing of what is asked."""
    _starts: frozenset[str] = field(init=False, repr=False)
    _sizes: Mapping[str, tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts: set[str] = set()
        for table in (self.exact, self.marked, self.unmarked, self.prefix):
            for phrase in table:
                start = phrase.rpartition(" ")[0]
                while start and start not in starts:
                    starts.add(start)
                    start = start.rpartition(" ")[0]
        sizes: dict[str, set[int]] = {}
        for word in self.inside:
            sizes.setdefault(word[:2], set()).add(len(word))
        object.__setattr__(self, "_starts", frozenset(starts))
        object.__setattr__(self, "_sizes", {head: tuple(sorted(found)) for head, found in sizes.items()})

    def find(self, seen: View, vietnamese: bool) -> tuple[str, ...]:
        """Return the concepts, once each; ``vietnamese`` says that words without marks are read as Vietnamese."""
        found = _outermost(list(self._inside(seen.unspaced))) if seen.unspaced else []
        if seen.vietnamese or vietnamese:
            words, table = (seen.marked, self.marked) if seen.marks_count else (seen.folded, self.unmarked)
            near = list(self._words(words, table, {}))
            near += [hit for hit in self._foreign(seen.folded) if hit not in near]
        else:
            near = list(self._words(seen.folded, self.exact, self.prefix))
        found += _outermost(near)
        return tuple(dict.fromkeys(concept for *_, concepts in found for concept in concepts))

    def _foreign(self, words: Sequence[str]) -> Iterator[Found]:
        for hit in self._words(words, self.exact, self.prefix):
            if sum(map(len, words[hit[0] : hit[1]])) >= _FOREIGN:
                yield hit

    def _words(self, words: Sequence[str], exact: Words, prefix: Words) -> Iterator[Found]:
        for start, first in enumerate(words):
            phrase = first
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                if end > start + 1:
                    if phrase not in self._starts:
                        break
                    phrase = f"{phrase} {words[end - 1]}"
                if phrase in exact:
                    yield start, end, exact[phrase]
                if prefix:
                    yield from _beginnings(phrase, len(words[end - 1]), prefix, start, end)

    def _inside(self, text: str) -> Iterator[Found]:
        inside, sizes = self.inside, self._sizes
        for start in range(len(text) - 1):
            for size in sizes.get(text[start : start + 2], ()):
                end = start + size
                concepts = inside.get(text[start:end])
                if concepts and not (end < len(text) and _SIGN.match(text[end])):
                    yield start, end, concepts


def _beginnings(phrase: str, last: int, prefix: Words, start: int, end: int) -> Iterator[Found]:
    for size in range(max(len(phrase) - last + 2, 3), len(phrase) + 1):
        concepts = prefix.get(phrase[:size])
        if concepts:
            yield start, end, concepts


def _outermost(found: list[Found]) -> list[Found]:
    """Leave out what lies inside something longer: ``ngày nào`` inside ``đến ngày nào`` asks something else."""
    kept: list[Found] = []
    furthest = -1
    for hit in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if hit[1] > furthest:
            furthest = hit[1]
            kept.append(hit)
        elif kept[-1][:2] == hit[:2]:
            kept.append(hit)
    return kept


def build(languages: Mapping[str, Mapping[str, Iterable[str]]], dates: Iterable[str]) -> Lexicon:
    """Return the lexicon of ``{language: {concept: words}}``; a word that ends in ``*`` stands for all its endings.

    The marks of a Vietnamese word after ``EXACT`` may not be left out.
    """
    tables: dict[str, dict[str, list[str]]] = {name: {} for name in ("exact", "prefix", "marked", "unmarked", "inside")}
    for language, concepts in languages.items():
        listed = [(concept, word) for concept, words in concepts.items() for word in words]
        every = every_spelled(undo_telex(word.rstrip("*")) for _, word in listed)
        for (concept, word), text in zip(listed, every, strict=True):
            for table, form in _forms(language, word, text, doubtful=concept.startswith(OUTSIDE)):
                known = tables[table].setdefault(form, [])
                if concept not in known:
                    known.append(concept)
    packed = {name: {form: tuple(known) for form, known in sorted(table.items())} for name, table in tables.items()}
    return Lexicon(**packed, dates=tuple(sorted({fold(date) for date in every_spelled(dates)})))


def _forms(language: str, word: str, text: str, *, doubtful: bool) -> Iterator[tuple[str, str]]:
    text = _NUMBER.sub("0", text)
    if _SEA.search(text):
        yield "inside", text.replace(" ", "")
        return
    folded = " ".join(_WORD.findall(fold(text)))
    if not _LETTER.search(folded):
        return
    if language == "vi":
        marked = " ".join(_WORD.findall(text))
        yield "marked", marked
        if not word.startswith(EXACT) and (marked == folded or " " in marked or not doubtful):
            yield "unmarked", folded
    else:
        yield ("prefix" if word.endswith("*") else "exact"), folded


def dates_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what finds the lexicon's months and days in a folded text."""
    latin = [re.escape(date) for date in lexicon.dates if not _SEA.search(date)]
    other = [re.escape(date) for date in lexicon.dates if _SEA.search(date)]
    parts = [rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)"] if latin else []
    return re.compile("|".join(parts + other) or r"(?!)")
