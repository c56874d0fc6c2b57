"""Vietnamese names as they sound in Khmer letters: "ត្រឹន ធី ម៉ៃ" is Trần Thị Mai.

Only consonants are compared, those that Khmer ears and fingers confuse as one; vowels are written in too many ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.ask.normalise import fold, normalise, spelled
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table

FEWEST = 5
"""Consonants of a name that may stand anywhere in a message."""
FEWEST_ADDRESSED = 3
"""Those of one that follows "លោកស្រី" or so, or is the whole message."""
_CLASSES = {
    "k": "កខគឃ", "g": "ង", "c": "ចឆជឈ", "n": "ញណន", "t": "ដឋឌឍតថទធ", "p": "បផពភ", "m": "មំ", "r": "រ", "l": "លឡ",
    "s": "ស", "h": "ហ",
}  # fmt: skip
_SOUND = {letter: sound for sound, letters in _CLASSES.items() for letter in letters}
_F = re.compile("ហ\u17d2វ")
_NASAL = re.compile("ំ(?=ង)")
_KHMER = re.compile("[\u1780-\u17b3]")
_PARTS = re.compile("(ngh|ng|nh|kh|gi|ch|tr|th|ph|qu|[bcdđghklmnpqrstvx])?([aeiouy]{1,3})(nh|ng|ch|[cmnpt])?")
_FIRST = {
    "ngh": "g", "ng": "g", "nh": "n", "kh": "k", "gi": "[cs]?", "ch": "c", "tr": "(?:tr|c)", "th": "t", "ph": "p",
    "qu": "k", "b": "p", "c": "k", "d": "[tsc]?", "đ": "t", "g": "k", "h": "[hp]?", "k": "k", "l": "l", "m": "m",
    "n": "n", "p": "p", "q": "k", "r": "[rs]", "s": "s", "t": "t", "v": "", "x": "s",
}  # fmt: skip
_LAST = {"nh": "[ng]", "ng": "[gn]", "ch": "[kct]", "c": "[kc]", "m": "m", "n": "[nm]", "p": "p", "t": "[tk]"}


def is_khmer(text: str) -> bool:
    """Whether there are Khmer letters in a text."""
    return _KHMER.search(text) is not None


def named_by_sound(text: str, people: Iterable[tuple[str, str]], *, in_full: bool) -> str | None:
    """Return the code of the only person whose Vietnamese name a message writes in Khmer letters.

    Args:
        text: What was written.
        people: Codes and names.
        in_full: Whether the name must be the whole message: nobody seems to be looked for.
    """
    message = normalise(text)
    addressed = [match.end for match in _titles().find(message, "km")]
    rest = _bones(message.text[addressed[-1] :] if addressed else message.text)
    whole = _bones(message.text)
    found = set()
    for code, name in people:
        pattern, count = _pattern(name)
        if count >= FEWEST_ADDRESSED and (
            re.fullmatch(pattern, rest)
            or (addressed and not in_full and re.match(pattern, rest))
            or (count >= FEWEST and not in_full and re.search(pattern, whole))
        ):
            found.add(code)
    return found.pop() if len(found) == 1 else None


def _titles() -> Phrases[bool]:
    return Phrases((word, True, "km") for word in table("people.toml")["addressed"]["km"])


def _bones(text: str) -> str:
    return "".join(_SOUND.get(letter, "") for letter in _F.sub("ព", _NASAL.sub("", text)))


def _pattern(name: str) -> tuple[str, int]:
    """Return what finds a Vietnamese name, and how many consonants of it must be there; nothing for another name."""
    found, count = "", 0
    syllables = re.split(r"[ -]+", spelled(name))
    if len(syllables) < 2:
        return "", 0
    for one in syllables:
        parts = _PARTS.fullmatch(re.sub("[^đ]+", lambda match: fold(match[0]), one))
        if parts is None:
            return "", 0
        for sound in (_FIRST.get(parts[1] or "", ""), _LAST.get(parts[3] or "", "")):
            found += sound
            count += bool(sound) and not sound.endswith("?")
    return found, count
