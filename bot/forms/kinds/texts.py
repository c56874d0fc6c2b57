"""Texts: short ones on one line, long ones with their lines; counted as readers count, in grapheme clusters."""

from __future__ import annotations

import unicodedata

import regex

from bot.forms.around import Around, Problem
from bot.forms.definition import LONGEST_TEXT, Field
from bot.forms.entries import Value
from bot.forms.kinds.limits import count

_JOINER = "\u200d"
_INVISIBLE = regex.compile(
    # A joiner stays between two pictures, as in a family; letters of Khmer and Latin need none.
    rf"(?!(?<=[\p{{Extended_Pictographic}}\p{{Emoji_Modifier}}]\ufe0f?){_JOINER}(?=\p{{Extended_Pictographic}}))"
    r"[\p{Cf}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_LINES = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = regex.compile(r"\n{3,}")
_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_CLUSTER = regex.compile(r"\X")
_WIDEST = 12
"""Characters of one cluster: a family of four has eleven with the shades of its skins; more counts as more letters."""
CUT = 100_000
"""Characters of any text that are looked at."""


def line(text: str) -> str:
    """Return a text on one line, NFC, trimmed, without what cannot be seen."""
    return " ".join(_bare(text).split())


def lines(text: str) -> str:
    """Return a text with its lines, NFC, trimmed, without what cannot be seen; an empty line at most between two."""
    trimmed: str = "\n".join(one.strip().replace("\t", " ") for one in _LINES.split(_bare(text)))
    spaced: str = _BLANKS.sub("\n\n", trimmed)
    return spaced.strip()


def _bare(text: str) -> str:
    text = text[:CUT]
    if text.isascii() and text.isprintable():
        return text
    shown: str = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", shown)


def is_written(text: str) -> bool:
    """Whether there is anything to see in a text."""
    return (text.isascii() and text.isalnum()) or _VISIBLE.search(_bare(text)) is not None


def letters(text: str) -> int:
    """Return how many letters a reader counts."""
    if text.isascii():
        return len(text)
    return max(sum(1 for _ in _CLUSTER.finditer(text)), len(text) // _WIDEST)


def read(field: Field, text: str, around: Around) -> Value:
    """Return the text as it is kept; raises Problem nothing_written, too_short or too_long."""
    return check(field, text, around)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return a text that is inside its question's limits; raises Problem nothing_written, too_short or too_long."""
    kept = (lines if field.kind == "long_text" else line)(value) if isinstance(value, str) else ""
    if not is_written(kept):
        raise Problem("nothing_written")
    least, most = count(field.least, 0), count(field.most, LONGEST_TEXT.get(field.kind, 200))
    now = letters(kept)
    if now < least:
        raise Problem("too_short", least=least)
    if now > most:
        raise Problem("too_long", most=most, now=now)
    return kept
