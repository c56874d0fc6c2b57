"""Telex leftovers: a Vietnamese keyboard that did not put the marks on (``thasng``, ``hopj``, ``ddaf nawngx``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.ask.wordlists import words

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,9}(?![^\W\d_])")
_SIGN = re.compile(r"^dd[aeiouy]|j|w[sfrxj]|[aeiouy][sfrx](?:ng|nh|ch|[cmnpt])$|aa|uw|[aeo]{2}[fx]$|^[a-z]+[aeiouy]f$")
_MARKED = re.compile("[À-ỹ]")


def undo_telex(text: str) -> str:
    """Return the text with the words that are surely Telex leftovers written with their marks."""
    known = _known()
    found = {word for word in _WORD.findall(text) if word.lower() in known}
    if not found or not (_MARKED.search(text) or any(_SIGN.search(word.lower()) for word in found)):
        return text
    return _WORD.sub(lambda match: known[match[0].lower()] if match[0] in found else match[0], text)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return every way of typing a known syllable without its marks appearing, in lower case, with the syllable."""
    ordinary = words("not_telex.txt")
    known: dict[str, str] = {}
    for syllable in sorted(words("vi_syllables.txt")):
        for typed in _typed(syllable):
            if typed not in ordinary:
                known.setdefault(typed, syllable)
    return known


def _typed(syllable: str) -> Iterator[str]:
    """Yield the ways of typing a syllable: the tone after its vowel or at the end, the shape at once or at the end."""
    tone, plain = _tone_apart(syllable)
    at_once = "".join(_SHAPES.get(char, char) for char in plain).replace("uwow", "uow")
    yield from _toned(at_once, tone)
    late = "".join(_SHAPES[char][0] if char in _SHAPES else char for char in plain)
    shapes = [_SHAPES[char][1] for char in plain if char in _SHAPES and char != "đ"]
    if shapes:
        head = "d" + late if plain.startswith("đ") else late
        yield from _toned(head + shapes[-1], tone)
        if tone:
            yield head + tone + shapes[-1]


def _toned(shaped: str, tone: str) -> Iterator[str]:
    yield shaped + tone
    vowels = re.match(r"^(?:qu|gi(?=[aeouy])|[bcdghklmnpqrstvx]*)([aeiouyw]+)", shaped)
    if tone and vowels and vowels.end() < len(shaped):
        yield shaped[: vowels.end()] + tone + shaped[vowels.end() :]


def _tone_apart(syllable: str) -> tuple[str, str]:
    """Return the Telex letter of the tone ("" for none) and the syllable without its tone."""
    parts = unicodedata.normalize("NFD", syllable)
    tone = next((_TONES[char] for char in parts if char in _TONES), "")
    return tone, unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
