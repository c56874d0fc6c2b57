"""Numbers in a message, in figures and in words: ``1 500``, ``2,5``, ``vingt-trois``, ``hai mươi lăm``, ``ຊາວຫ້າ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.ask.normalise import Normalised
from bot.ask.phrases import Phrases, starts
from bot.forms.kinds.words import Entry, entries, found_at, table
from bot.network.languages import LANGUAGES, Language

Kind = Literal["number", "times", "after", "years", "half", "and", "of", "vague", "ignored", "digits"]
Number = int | float
_MOST_FIGURES = 30
_FIGURES = re.compile(r"(?:(?<![\w.,])-)?\d+(?:[.,' ]\d+)*|(?<![\w.,])-?[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$")
_PLAIN = re.compile(r"\d*[.,]\d+$")
_GAP = re.compile(r"[ -]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A number, or a word that changes one (``of``, ``vague``), and where it stands."""

    start: int
    end: int
    kind: Kind
    value: Number = 0
    figures: bool = False
    """Whether it is written in figures."""


@lru_cache(maxsize=1)
def _phrases() -> Phrases[tuple[Kind, int]]:
    return Phrases(_words())


def _words() -> Iterator[Entry]:
    words = table("numbers.toml")
    for kind in ("ignored", "vague", "half", "and", "of"):
        yield from entries(words[kind], (kind, 0))
    for language in LANGUAGES:
        for value, found in words["times"].get(language, {}).items():  # first: "muoi" without its mark is mươi
            yield from entries({language: found}, ("times", int(value)))
        for value, found in words["numbers"][language].items():
            yield from entries({language: found}, ("number", int(value)))
    for value, found in words["after"].items():
        yield from entries({"any": found}, ("after", int(value)))
    for value, found in words["years"].items():
        yield from entries({"vi": found}, ("years", int(value)))


def find(read: Normalised, language: Language, *, whole: bool = False) -> list[Found] | None:
    """Return the numbers and what stands beside them, in order; None if figures stand there that are no number.

    Args:
        read: The message.
        language: The reader's, for ``1.500`` and for words that two languages share.
        whole: Whether only whole numbers are meant, so that ``1.500`` is fifteen hundred in every language.
    """
    pieces = _pieces(read, language, whole)
    return None if pieces is None else list(_joined(pieces, read.folded))


def words_at(read: Normalised, start: int, language: Language) -> tuple[int, int] | None:
    """Return the end and the value of the number in words that starts at this place, where a word can start."""
    pieces: list[Found] = []
    at = start
    while at < len(read.folded):
        match = found_at(_phrases(), read, at, language)
        if match is None or match.value[0] not in ("number", "times", "years", "and"):
            break
        pieces.append(Found(at, match.end, *match.value))
        gap = _GAP.match(read.folded, match.end)
        at = gap.end() if gap else match.end
    while pieces and pieces[-1].kind == "and":
        pieces.pop()
    found = list(_joined(pieces, read.folded))
    return (found[0].end, int(found[0].value)) if found else None


def _pieces(read: Normalised, language: Language, whole: bool) -> list[Found] | None:
    found: list[Found] = []
    folded, done = read.folded, 0
    for match in _FIGURES.finditer(folded):
        found.extend(_words_between(read, done, match.start(), language))
        value = figures(match[0], language, whole=whole)
        glued = match.start() > 0 and "a" <= folded[match.start() - 1] <= "z"  # t5, A3
        if value is None or glued:
            return None
        found.append(Found(match.start(), match.end(), "digits", value, figures=True))
        done = match.end()
    found.extend(_words_between(read, done, len(folded), language))
    return found


def _words_between(read: Normalised, start: int, end: int, language: Language) -> Iterator[Found]:
    done = start
    for place in starts(read.folded[:end]):
        if place < done:
            continue
        match = found_at(_phrases(), read, place, language)
        if match is not None and match.end <= end:
            done = match.end
            yield Found(place, match.end, *match.value)


def figures(text: str, language: Language, *, whole: bool = False) -> Number | None:
    """Return what figures say: 1 500, 1.500, 1,500.50, 2,5; None if their groups make no number.

    Where one mark stands before three figures, it parts thousands in a whole number, and otherwise by the language:
    English writes 2.5, the other four 2,5.
    """
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    if len(text) > _MOST_FIGURES:
        return None
    if text.isdigit():
        return sign * int(text)
    grouped = _GROUPED.match(text)
    if grouped and grouped[1] != grouped[2] and not text.startswith("0"):
        single = text.count(grouped[1]) == 1 and not grouped[2] and grouped[1] in ".,"
        if not single or whole or grouped[1] != ("." if language == "en" else ","):
            return sign * _value(text.replace(grouped[1], ""))
    return sign * _value(text) if _PLAIN.match(text) else None


def _value(text: str) -> Number:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _joined(pieces: list[Found], folded: str) -> Iterator[Found]:
    """Yield the pieces with those that make one number together as one."""
    running: _Running | None = None
    for at, piece in enumerate(pieces):
        if running is not None and _GAP.fullmatch(folded, running.end, piece.start):
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            if running.takes(piece, following):
                continue
        if running is not None:
            yield running.found()
            running = None
        if piece.kind in ("of", "vague"):
            yield piece
        elif piece.kind in ("number", "times", "years", "digits"):
            running = _Running(piece)
    if running is not None:
        yield running.found()


class _Running:
    """A number that is being read from its pieces."""

    def __init__(self, piece: Found) -> None:
        self.start, self.end, self.figures = piece.start, piece.end, piece.figures
        thousands = piece.kind == "times" and piece.value >= 1000
        self._total: Number = piece.value if thousands else 0
        self._current: Number = 0 if thousands else piece.value
        self._scale: Number = piece.value if piece.kind == "times" else 1
        self._last = piece.kind

    def takes(self, piece: Found, following: Found | None) -> bool:
        """Take the piece in, if it goes on with the number."""
        taken = self._take(piece, following)
        if taken:
            self.end, self._last = piece.end, piece.kind
        return taken

    def _take(self, piece: Found, following: Found | None) -> bool:
        if piece.kind in ("times", "after"):
            return self._multiply(piece.value)
        if piece.kind == "half" and self._last != "half":
            self._total += 0.5 * self._scale
            return True
        if piece.kind == "years" and self._last not in ("and", "half"):
            return True
        if self.figures or self._last == "half":
            return False
        if piece.kind == "and":
            return following is not None and following.kind in ("number", "years")
        return piece.kind in ("number", "years") and self._add(piece.value)

    def _multiply(self, value: Number) -> bool:
        if self._last == "half":
            return False
        if value >= 1000:
            self._total += (self._current or 1) * value
            self._current = 0
        elif 0 < self._current < 10 or (self._current % 100 < 10 and value == 10 and self._current % 10):
            self._current += self._current % 10 * (value - 1)
        elif self._current % 100 == 0 and value == 10:
            self._current += value
        elif self.figures or self._current == 0:
            self._current = (self._current or 1) * value
        else:
            return False
        self._scale = value
        return True

    def _add(self, value: Number) -> bool:
        """Add twenty and three, sixty and fifteen, a hundred and five; two and three are two numbers."""
        below = 100 if value >= 10 else 10
        teen = self._current % 100 in (60, 80) and 10 <= value < 20
        if value == 0 or value >= 100 or not (self._current or self._total):
            return False
        if self._current % below and not teen:
            return False
        self._current += value
        self._scale = 1
        return True

    def found(self) -> Found:
        """Return the number."""
        value = self._total + self._current
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return Found(self.start, self.end, "number", value, self.figures)
