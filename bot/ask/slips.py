"""Places typed with a slip of the finger: ``battanbang``, ``siem rep``, ``បាត់ដំបាង``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.ask.normalise import Normalised, fold, spelled
from bot.ask.phrases import Match, ends_at, starts
from bot.ask.wordlists import words

SHORTEST = 5
"""The fewest Latin letters in which a slip is looked for."""
SHORTEST_SIGNS = 6
"""The fewest Khmer or Lao characters."""
FEWEST_BONES = 3
"""The fewest consonants."""
LEADING = "ເແໂໃໄ"
"""The Lao vowels that are written before their consonant."""
ALIKE = 84.0
"""How alike a Khmer or Lao place must be, of 100; chosen by counting false alarms on questions without places."""

_Meaning = tuple[str, str]
_WORD = re.compile("[a-z]+")
_LATIN = re.compile("^[a-z]+$")
_KHMER_OR_LAO = re.compile("[\u1780-\u17ff\u0e80-\u0eff]")


class Slips:
    """Finds a place that is almost spelled right; asked only where none is."""

    def __init__(self, cities: Iterable[tuple[str, str]], countries: Iterable[tuple[str, str]]) -> None:
        self._latin: dict[str, dict[str, _Meaning]] = {}
        self._signs: dict[str, _Meaning] = {}
        self._bones: dict[str, list[str]] = {}
        """The consonants of a Khmer or Lao name → the names that have them."""
        for name, code in cities:
            self._add(name, ("city", code))
        for name, code in countries:
            self._add(name, ("country", code))

    def _add(self, name: str, meaning: _Meaning) -> None:
        folded = fold(spelled(name))
        letters = re.sub("[^a-z]", "", folded)
        if _KHMER_OR_LAO.search(folded):
            self._add_signs(folded, meaning)
        elif len(letters) >= SHORTEST + (meaning[0] == "country"):
            self._latin.setdefault(letters[0], {}).setdefault(letters, meaning)

    def _add_signs(self, name: str, meaning: _Meaning) -> None:
        bones = _skeleton(name)[0]
        if len(bones) < FEWEST_BONES or " " in name:
            return
        self._signs.setdefault(name, meaning)
        self._bones.setdefault(bones, []).append(name)

    def find(self, message: Normalised, *, cities_only: bool = False) -> Match[_Meaning] | None:
        """Return the place most like a part of the message, if it is like enough."""
        found = self._in_latin(message.folded) or self._in_signs(message.folded)
        return None if found is None or (cities_only and found.value[0] != "city") else found

    def _in_latin(self, folded: str) -> Match[_Meaning] | None:
        spans = [match.span() for match in _WORD.finditer(folded)]
        best: tuple[int, int, Match[_Meaning]] | None = None
        for first, (start, _) in enumerate(spans):
            known = self._latin.get(folded[start])
            if known is None:
                continue
            for last in range(first, min(first + 3, len(spans))):
                if last > first and spans[last][1] - spans[last][0] < 2:
                    break
                window = [folded[a:b] for a, b in spans[first : last + 1]]
                found = _nearest("".join(window), window, known)
                if found is not None and (best is None or (found[1], -len(found[0])) < best[:2]):
                    name, distance = found
                    best = distance, -len(name), Match(start, spans[last][1], known[name])
        return best[2] if best else None

    def _in_signs(self, folded: str) -> Match[_Meaning] | None:
        if not self._signs or not _KHMER_OR_LAO.search(folded):
            return None
        return self._by_bones(folded) or self._by_likeness(folded)

    def _by_bones(self, folded: str) -> Match[_Meaning] | None:
        """Find a name whose vowels and signs were mistyped, by its consonants."""
        bones, places = _skeleton(folded)
        for known, names in self._bones.items():
            at = bones.find(known)
            while at >= 0:
                start, after = places[at], at + len(known)
                end = places[after] if after < len(places) else len(folded)
                end -= folded[end - 1 : end] == "\u17d2"
                typed = folded[start:end].rstrip(" ?.,!" + LEADING)
                if start == 0 or folded[start - 1] != "\u17d2":
                    start -= folded[max(0, start - 1)] in LEADING and start > 0
                    typed = folded[start : places[at]] + typed
                    for name in names:
                        if OSA.distance(name, typed, score_cutoff=2) <= (1 if len(name) < 8 else 2):
                            return Match(start, start + len(typed), self._signs[name])
                at = bones.find(known, at + 1)
        return None

    def _by_likeness(self, folded: str) -> Match[_Meaning] | None:
        """Find a name that has another consonant than it should."""
        found = process.extractOne(folded, self._signs.keys(), scorer=fuzz.partial_ratio, score_cutoff=ALIKE)
        if found is None:
            return None
        name = found[0]
        if len(name) < SHORTEST_SIGNS:
            return None
        place = fuzz.partial_ratio_alignment(name, folded)
        if place is None:
            return None
        start = max((at for at in starts(folded) if at <= place.dest_start), default=place.dest_start)
        end = place.dest_end
        while end < len(folded) and not ends_at(folded, end):
            end += 1
        near = OSA.distance(name, folded[start:end], score_cutoff=2)
        return Match(start, end, self._signs[name]) if near <= (1 if len(name) < 9 else 2) else None


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Return the Vietnamese syllables without their marks: a row of them is Vietnamese, no mistyped name."""
    return frozenset(fold(word) for word in words("vi_syllables.txt"))


_BONE = re.compile("[\u1780-\u17b3ກ-ຮໜໝ]")
_ONE_SOUND = str.maketrans("ដឋថណឡឩភຣຮໜໝ", "តតតនលឧផລລນມ")


def _skeleton(text: str) -> tuple[str, list[int]]:
    """Return the consonants of a Khmer or Lao text, those that sound alike as one, and where each stands."""
    places = [match.start() for match in _BONE.finditer(text)]
    return "".join(text[place] for place in places).translate(_ONE_SOUND), places


def _nearest(typed: str, window: list[str], known: dict[str, _Meaning]) -> tuple[str, int] | None:
    """Return the name that these words nearly are, and the number of slips: one, two from nine letters on."""
    if not SHORTEST <= len(typed) <= 18 or any(word in words("ordinary.txt") for word in window):
        return None
    if len(window) > 1 and all(word in _syllables() for word in window):
        return None
    slips = 1 if len(typed) < 8 else 2
    found = process.extractOne(typed, known.keys(), scorer=OSA.distance, score_cutoff=slips)
    return (found[0], int(found[1])) if found else None
