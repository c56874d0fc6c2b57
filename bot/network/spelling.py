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
_SLIPS = (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2)
"""How many slips a name of so many letters may have; a longer one has one more every four letters."""
_SHORTEST = 3
"""A name of fewer letters is not looked for in a sentence."""
_MENTIONED = 0.9
"""What a name in a sentence is worth, where the whole text would be 1."""
_VAGUE = 10.0
"""What a short name in a sentence is worth less than a long one, times its letters."""
_SURE_LETTERS = 6
"""A shorter name is found in a sentence only without a slip."""
LONGEST = 200
"""Letters of a text that are looked at."""


def fold(text: str) -> str:
    """Return the words of a text without case, punctuation and Latin marks; the vowels of Khmer and Lao stay."""
    shown: str = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text.casefold()))
    bare: str = _LATIN_MARKS.sub("", shown).translate(_LETTERS).replace("\u17d2\u178a", "\u17d2\u178f")
    words: str = _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", bare))
    return words.strip()


def fold_written(text: str) -> str:
    """Return the words of what somebody wrote, without case and marks: the beginning of it."""
    return fold(text[:LONGEST])


def nearness(written: str, name: str) -> float:
    """Return from 0 (another word) to 100 (the same) how near two folded texts are: at most a slip or two apart."""
    if not written or not name:
        return 0
    if written.replace(" ", "") == name.replace(" ", ""):
        return EXACT
    shortest, longest = sorted((len(written), len(name)))
    allowed = _SLIPS[shortest] if shortest < len(_SLIPS) else shortest // 4
    slips = OSA.distance(written, name, score_cutoff=allowed)
    return 0 if slips > allowed else EXACT * (1 - slips / longest)


def mention(written: str, name: str) -> float:
    """Return how near the name is to some words of a folded sentence; less than the same nearness of the whole text."""
    if len(name) < _SHORTEST:
        return 0
    whole = _MENTIONED * EXACT - _VAGUE / len(name)
    if not name.isascii() and _WITHOUT_SPACES.search(name):
        return whole if len(name) > _SHORTEST and name.replace(" ", "") in written.replace(" ", "") else 0
    if f" {name} " in f" {written} ":
        return whole
    if len(name) < _SURE_LETTERS:
        return 0
    words, size = written.split(), name.count(" ") + 1
    windows = (" ".join(words[start : start + size]) for start in range(len(words) - size + 1))
    return _MENTIONED * max((nearness(window, name) for window in windows), default=0)


def likeness(written: str, name: str) -> float:
    """Return from 0 to 100 how much a folded text resembles a folded name, for a choice that a person makes."""
    if not written or not name:
        return 0
    near = max(nearness(written, name), mention(written, name), fuzz.ratio(written, name))
    shared = fuzz.partial_ratio(written, name) if min(len(written), len(name)) > _SHORTEST else 0
    return max(near, shared * 0.85)
