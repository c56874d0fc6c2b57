"""From a normalised message to what the model counts: pieces of words, words, and concepts in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.ask.normalise import Normalised, Span

PLACE = "ⓟ"
"""Stands where a place was: a city must not speak for an intent."""
DATE = "ⓓ"
"""Stands where a month or a day of the week was."""
LONGEST = 320
"""How many characters of a message are read for its intent; what is asked stands in its beginning."""

_SEA = re.compile("[\u0e80-\u0eff\u1780-\u17ff]")
_WORD = re.compile(f"[^\\W_\u0e80-\u0eff\u1780-\u17ff]+|[{PLACE}{DATE}]")
_NUMBER = re.compile(r"[0-9]+")
_UNSPACED = re.compile(r"[\s?!.,;:()\"។៕៖]+")
_VIETNAMESE = re.compile("[áíóúýìòỳãõĩũỹảẻỉỏủỷạẹịọụỵăắằẳẵặấầẩẫậđẽếềểễệốồổỗộơớờởỡợưứừửữự]")
_PIECES = range(3, 6)
_SEA_PIECES = range(1, 6)
_SPARSE = 4
_MOST_CONCEPTS = 24


@dataclass(frozen=True, slots=True)
class View:
    """A message ready to be counted, places, dates and numbers masked."""

    marked: tuple[str, ...]
    """Its Latin words with their marks."""
    folded: tuple[str, ...]
    """The same without marks."""
    unspaced: str
    """The whole without spaces where Khmer or Lao is in it, else empty."""
    vietnamese: bool
    """Whether a letter that only Vietnamese has is left outside the places."""

    @property
    def marks_count(self) -> bool:
        """Whether the marks tell words apart: Vietnamese, and not just a word or two with marks among many without."""
        with_marks = sum(a != b for a, b in zip(self.marked, self.folded, strict=True))
        return self.vietnamese and with_marks * _SPARSE >= len(self.marked)


def view(message: Normalised, places: Iterable[Span] = (), dates: re.Pattern[str] | None = None) -> View:
    """Return the message with its places (spans in it), months, days and numbers masked."""
    text, folded = message.text[:LONGEST], message.folded[:LONGEST]
    spans = [(start, end, PLACE) for start, end in places if end <= len(text)]
    if dates is not None:
        spans += [(*match.span(), DATE) for match in dates.finditer(folded)]
    for start, end, mask in _apart(spans):
        text = f"{text[:start]} {mask} {text[end:]}"
        folded = f"{folded[:start]} {mask} {folded[end:]}"
    text, folded = _NUMBER.sub("0", text.replace("\0", "")), _NUMBER.sub("0", folded.replace("\0", ""))
    return View(
        tuple(_WORD.findall(text)),
        tuple(_WORD.findall(folded)),
        _UNSPACED.sub("", text) if _SEA.search(text) else "",
        bool(_VIETNAMESE.search(text)),
    )


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spans from the last to the first, without those that overlap a later one."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, reverse=True):
        if span[0] < span[1] and (not kept or span[1] <= kept[-1][0]):
            kept.append(span)
    return kept


def pieces(seen: View) -> set[str]:
    """Return the pieces of words, the words, their pairs and threes; in Khmer and Lao the pieces of the whole."""
    found: set[str] = set()
    for word in seen.folded:
        edged = f" {word} "
        for size in _PIECES:
            found.update([edged[at : at + size] for at in range(len(edged) - size + 1)])
    found.update(_together(seen.folded))
    if seen.marked != seen.folded:
        found.update(_together(seen.marked))
    if seen.unspaced:
        edged = f"^{seen.unspaced}$"
        for size in _SEA_PIECES:
            found.update([edged[at : at + size] for at in range(len(edged) - size + 1)])
    return found


def _together(words: Sequence[str]) -> Iterable[str]:
    yield from (f"1 {word}" for word in words)
    yield from (f"2 {a} {b}" for a, b in pairwise(words))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False))
    yield from (f"4 {a} {b}" for a, b in zip(words, words[2:], strict=False))


def relations(concepts: Iterable[str]) -> list[str]:
    """Return the concepts and their pairs, in one order whatever the order of the words."""
    known = sorted(set(concepts))[:_MOST_CONCEPTS]
    pairs = [f"{one}+{two}" for at, one in enumerate(known) for two in known[at + 1 :]]
    return known + pairs
