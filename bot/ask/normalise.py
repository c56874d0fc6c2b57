"""One spelling for what people type: Unicode, case, Khmer and Lao variants, digits, Vietnamese marks.

Every word that is looked for must pass through ``normalise`` too, so that a word and a message meet in one form.
The form is for matching only: Khmer loses its silent signs, the registers become one, and nothing of it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.ask.scripts import khmer, lao
from bot.ask.telex import undo_telex

Span = tuple[int, int]
"""Where something stands in a normalised text: start and end, the end exclusive, in characters."""

MASK = "\x00"
"""What stands in the place of a masked character: no letter, no space, so it is never a part of a word."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A message in one spelling; the three texts have the same length, so a span holds in each of them."""

    text: str
    """Lower case, with the Latin marks."""
    folded: str
    """The same without the Latin marks (đ is d, é is e)."""
    cased: str
    """The same as ``text`` before it lost its capitals, or ``text`` itself where the lengths would differ."""
    vietnamese: bool
    """Whether a letter is there that only Vietnamese has: then a word without marks means itself."""

    def masked(self, spans: Iterable[Span]) -> Normalised:
        """Return the message with those spans hidden, so that what was understood is not read a second time."""
        text, folded, cased = self.text, self.folded, self.cased
        for start, end in spans:
            hidden = MASK * (end - start)
            text = text[:start] + hidden + text[end:]
            folded = folded[:start] + hidden + folded[end:]
            cased = cased[:start] + hidden + cased[end:]
        return replace(self, text=text, folded=folded, cased=cased)


_DROPPED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_ONE_FORM = {
    "'": "’‘ʼʻ`´′‛ˈ＇",
    '"': "«»“”„‟″",
    "-": "‐‑‒–—―−﹣－",
    "đ": "ð",
    "Đ": "Ð",
    "oe": "œ",
    "OE": "Œ",
    "ae": "æ",
    "AE": "Æ",
    "...": "…",
    "": _DROPPED,
}
_TABLE = {ord(char): form for form, chars in _ONE_FORM.items() for char in chars}
_TABLE.update({first + value: str(value) for first in (0x17E0, 0x0ED0) for value in range(10)})

KEPT = 16
"""Messages of which what was read is kept: one question is read several times until it is answered."""
_APART = "\ue000"
"""What parts the words of a list that are gone through as one text; nobody types it."""
_WIDE = re.compile("[\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]")
_SPACES = re.compile(r"\s+")
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_KHMER = re.compile("[\u1780-\u17ff]")
_LAO = re.compile("[\u0e80-\u0eff]")
_MARKED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_VIETNAMESE = re.compile("[áíóúýìòỳãõĩũỹảẻỉỏủỷạẹịọụỵăắằẳẵặấầẩẫậđẽếềểễệốồổỗộơớờởỡợưứừửữự]")
_BARE = {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t"}


@lru_cache(maxsize=KEPT)
def normalise(text: str) -> Normalised:
    """Return the message in its one spelling; any text at all is taken, whatever its script."""
    cased = _place_tones(undo_telex(_encoded(text)))
    lower = _lower(cased)
    same = len(cased) == len(lower)
    return Normalised(lower, fold(lower), cased if same else lower, bool(_VIETNAMESE.search(lower)))


def spelled(word: str) -> str:
    """Return a word of a list as it stands in a normalised text; Telex leftovers are not looked for in it."""
    return _lower(_place_tones(_encoded(word)))


def every_spelled(words: Iterable[str]) -> list[str]:
    """Return many words as ``spelled`` returns each, in a fraction of the time: they are gone through as one text."""
    listed = list(words)
    return [word.strip() for word in spelled(_APART.join(listed)).split(_APART)] if listed else []


def _encoded(text: str) -> str:
    """Return the text in one encoding, its case kept."""
    if text.isascii():
        return _SPACES.sub(" ", text.replace("`", "'")).strip()
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    if _WIDE.search(text):
        text = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    if _KHMER.search(text):
        text = khmer(text)
    if _LAO.search(text):
        text = lao(text)
    return _LOOSE_MARKS.sub("", _SPACES.sub(" ", text).strip())


def _lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    return _LOOSE_MARKS.sub("", unicodedata.normalize("NFC", text.casefold()))


def fold(text: str) -> str:
    """Return a lower-case text without Latin marks, as long as before: ``hội thảo đà nẵng`` → ``hoi thao da nang``."""
    return _MARKED_LATIN.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    char = match[0]
    return _BARE.get(char) or unicodedata.normalize("NFD", char)[0]


_NEW_TONES = re.compile(r"(?<![qQ])([oO][àáảãạèéẻẽẹ]|[uU][ỳýỷỹỵ])(?![^\W\d_])")
_OLD_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_LONE_I = re.compile(r"(?<![^\W\d_])(k|l|m|t|qu|K|L|M|T|Qu)([ìíỉĩị])(?![^\W\d_])")
_LONG_I = dict(zip("ìíỉĩị", "ỳýỷỹỵ", strict=True))


def _place_tones(text: str) -> str:
    """Write a Vietnamese syllable one way where two are taught: khoá is khóa, thuỷ is thủy, đăng kí is đăng ký."""
    if not _MARKED_LATIN.search(text):
        return text
    text = _NEW_TONES.sub(lambda match: _OLD_TONES.get(match[0].lower(), match[0]), text)
    return _LONE_I.sub(lambda match: match[1] + _LONG_I[match[2]], text)
