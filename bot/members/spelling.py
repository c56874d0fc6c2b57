"""How near what somebody wrote is to a name: without marks, without case, with a slip or two."""

from __future__ import annotations

import unicodedata

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

EXACT = 100.0
_LATIN_MARKS = regex.compile(r"[\u0300-\u036f]")
_INVISIBLE = regex.compile(r"\p{Cf}")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_WITHOUT_SPACES = regex.compile(r"[\p{Khmer}\p{Lao}\p{Thai}]")
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "œ": "oe", "æ": "ae", "ø": "o"})
_SLIPS = (0, 0, 0, 0, 1, 1, 2, 2, 2)
"""How many slips a word of so many letters may have; a longer one has one more every four letters."""
_WINDOW_LETTERS = 4
"""A shorter name is found in a sentence only without a slip."""


def fold(text: str) -> str:
    """Return the words of a text without case, punctuation and Latin marks; the vowels of Khmer and Lao stay."""
    shown: str = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text.casefold()))
    bare: str = _LATIN_MARKS.sub("", shown).translate(_LETTERS).replace("\u17d2\u178a", "\u17d2\u178f")
    words: str = _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", bare))
    return words.strip()


def nearness(written: str, name: str) -> float:
    """Return from 0 (another word) to 100 (the same) how near two folded texts are: at most a slip or two apart."""
    if not written or not name:
        return 0
    if written == name or written.replace(" ", "") == name.replace(" ", ""):
        return EXACT
    longest = max(len(written), len(name))
    allowed = _SLIPS[min(len(name), len(written))] if longest < len(_SLIPS) else longest // 4
    slips = OSA.distance(written, name, score_cutoff=allowed)
    return 0 if slips > allowed else EXACT * (1 - slips / longest)


def mention(written: str, name: str) -> float:
    """Return how near the name is to some words of a folded sentence; less than the same nearness of the whole text."""
    if len(name) < 3 or len(written) <= len(name) - 2:
        return 0
    if _WITHOUT_SPACES.search(name):
        return 90 if len(name) >= _WINDOW_LETTERS and name.replace(" ", "") in written.replace(" ", "") else 0
    words, size = written.split(), len(name.split())
    windows = (" ".join(words[start : start + size]) for start in range(len(words) - size + 1))
    best = max((nearness(window, name) for window in windows), default=0)
    return best * 0.9 if len(name) >= _WINDOW_LETTERS or best == EXACT else 0


def likeness(written: str, name: str) -> float:
    """Return from 0 to 100 how much a folded text resembles a folded name, for a choice that a person makes."""
    if not written or not name:
        return 0
    near = max(nearness(written, name), mention(written, name), fuzz.ratio(written, name))
    shared = fuzz.partial_ratio(written, name) if min(len(written), len(name)) >= _WINDOW_LETTERS else 0
    return max(near, shared * 0.85)
