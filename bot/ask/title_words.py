"""The words of a title as it is compared with a message: words, pairs of syllables, pieces of Khmer and Lao."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bot.ask import kinds
from bot.ask.normalise import MASK, Normalised, fold, spelled
from bot.ask.themes import Themes
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

_SYLLABLE = 6
_PIECE = 5
_LONGEST = 320
_SLIP_FROM = 6
_WORD = re.compile("[a-z]+|[0-9]+")
_CASED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SEA = re.compile("[\u0e80-\u0eff\u1780-\u17ff0-9]+")
_SEA_LETTER = re.compile("[\u0e80-\u0eff\u1780-\u17ff]")
_ORDINAL = re.compile(
    r"(?<!\w)lan (?:thu )?([0-9]+)|(?:លើកទី|ຄັ້ງທີ) ?([0-9]+)|(?<!\w)([0-9]+) ?(?:es?|emes?|th|st|nd|rd)(?!\w)"
)
"""How many times a meeting has been held: "lần thứ 12", "12es Assises", "the 12th"."""
_PART = re.compile(r"[:/()،៖,]| - ")
_ACRONYM = 3


def may_slip(token: str) -> bool:
    """Return whether a token is long enough to be known with a slip."""
    return token.isascii() and len(token) >= _SLIP_FROM and " " not in token


def tokens_of(shape: Normalised, language: Language | None = None) -> Iterator[str]:
    """Yield words, pairs of syllables, pieces; ``language`` is that of a title, which has only its own sort of them."""
    folded = _written_out(shape.folded[:_LONGEST])
    empty, signs = _empty()
    words = _WORD.findall(folded)
    for word in words:
        if word.isdigit() or (language != "vi" and len(word) >= _ACRONYM and word not in empty):
            yield _stem(word)
    for one, two in pairwise(words) if language in ("vi", None) else ():
        if _makes_pair(one) and _makes_pair(two) and f"{one} {two}" not in empty:
            yield f"{one} {two}"
    if _SEA_LETTER.search(folded):
        yield from _pieces(folded, signs)


def ordinals(shape: Normalised) -> frozenset[str]:
    """Return the numbers of meetings that are held again and again: "lần thứ 12", "12es Assises"."""
    return frozenset(number for found in _ORDINAL.findall(shape.folded) for number in found if number)


def _makes_pair(syllable: str) -> bool:
    return len(syllable) <= _SYLLABLE and syllable.isalpha() and syllable not in _small()


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(fold(spelled(word)) for word in table("titles.toml")["small"]["vi"])


def _written_out(folded: str) -> str:
    """Return a text with what is often shortened written out: "pts focaux", "rdv"."""
    return _shortened().sub(lambda match: table("titles.toml")["short"][match[0]], folded)


@lru_cache(maxsize=1)
def _shortened() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, table("titles.toml")["short"])) + r")(?!\w)")


def _pieces(folded: str, signs: re.Pattern[str]) -> Iterator[str]:
    for run in _SEA.findall(signs.sub(" ", folded)):
        if len(run) >= _PIECE:
            yield from (run[at : at + _PIECE] for at in range(len(run) - _PIECE + 1))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


def common_part(shape: Normalised, *, themes: bool) -> Normalised:
    """Return the kinds of meetings and documents in a text, and its themes if those say nothing of their own."""
    spans = kinds.spans(shape)
    if themes:
        spans += _themes().spans(shape.masked(spans))
    ends = [0, *(at for span in sorted(spans) for at in span), len(shape.text)]
    return shape.masked([(ends[at], ends[at + 1]) for at in range(0, len(ends), 2) if ends[at] < ends[at + 1]])


@lru_cache(maxsize=1)
def _themes() -> Themes:
    return Themes()


def parts(shape: Normalised) -> Iterator[Normalised]:
    """Yield what stands between colons and brackets."""
    at = 0
    for match in [*_PART.finditer(shape.text), None]:
        end = match.start() if match else len(shape.text)
        part = slice(at, end)
        if end - at < len(shape.text) and end > at:
            yield Normalised(shape.text[part], shape.folded[part], shape.cased[part], shape.vietnamese)
        at = match.end() if match else end


def proper_names(shape: Normalised) -> Iterator[str]:
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
