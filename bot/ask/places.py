"""The city or country that a message names: every spelling of the network's tables, demonyms, slips of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.ask.normalise import KEPT, Normalised, Span, fold, spelled
from bot.ask.phrases import Match, Phrases
from bot.ask.slips import Slips
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Organisation

ELSEWHERE = "elsewhere"
"""Stands for the code of a city that no table of the network has."""
GROUNDS = ("city", "province", "region", "department")
"""The kinds of organisations that are places."""

Entry = tuple[str, str, Iterable[str]]
"""An organisation's code, its country (ISO 3166-1 alpha-2), and all that it is called."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a message."""

    city: str | None
    """The organisation's code, or nothing for a country."""
    country: str
    span: Span
    slip: bool = False
    """Whether it was typed otherwise than any known spelling."""


@dataclass(frozen=True, slots=True)
class Places:
    """The place that a message is about, and all places that it names."""

    city: str | None
    country: str | None
    """Only without a city."""
    found: tuple[Place, ...]
    organisation: str | None
    """The organisation named that is no place: an embassy, an agency."""
    hidden: tuple[Span, ...]
    """Where places and what only looks like one stand: nothing else is to be read there."""


_Meaning = tuple[str, str]
"""``city``, ``country`` or ``other`` (an organisation that is no place) and its code, or ``none``."""


class Gazetteer:
    """The places of one network, to be found in messages; it is built once and never changes."""

    def __init__(self, organisations: Iterable[Entry] = (), *, others: Iterable[tuple[str, str]] = ()) -> None:
        """Take a network's places, or the built-in cities if there are none.

        Args:
            organisations: Code, country and spellings of each.
            others: Code and name of organisations that are no places ("Cités Unies France"): no place is read in them.
        """
        known = _built_in()
        entries = [(code, country, [*spellings]) for code, country, spellings in organisations]
        if not entries:
            entries = [(code, country, []) for code, (country, _) in known.items()]
        self._countries = {code: country for code, country, _ in entries} | {ELSEWHERE: ""}
        spellings = [(code, name) for code, _, names in entries for name in (*names, *known.get(code, ("", ()))[1])]
        meant: list[tuple[str, _Meaning, Language | None]] = [
            (variant, ("city", code), None) for code, name in spellings for variant in _variants(name)
        ]
        named: list[tuple[str, _Meaning, Language | None]] = [
            (name, ("other", code), None) for code, name in others if name
        ]
        own = {fold(spelled(name)) for name, *_ in named}
        general = [one for one in _country_words() if fold(spelled(one[0].lstrip("!="))) not in own]
        self._phrases: Phrases[_Meaning] = Phrases([*meant, *named, *general, *_elsewhere()])
        self._kept = lru_cache(maxsize=KEPT)(self._find)
        self._slips = Slips(((variant, code) for variant, (_, code), _ in meant), _country_names())

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Gazetteer:
        """Build it from a network's table of organisations."""
        rows = list(organisations)
        places = [(row.code, row.country, _names(row)) for row in rows if row.kind in GROUNDS]
        return cls(places, others=[(row.code, name) for row in rows if row.kind not in GROUNDS for name in _names(row)])

    def find(self, message: Normalised, language: Language | None = None) -> Places:
        """Return the places of a message; ``language`` is the one that it is written in."""
        return self._kept(message, language)

    def _find(self, message: Normalised, language: Language | None) -> Places:
        matches = [
            match
            for match in self._phrases.find(message, language)
            if match.value[0] != "city" or match.end - match.start > 2 or _short_is_meant(message, match.start)
            if match.value[0] != "other" or not _is_only_a_word(message, match)
        ]
        places = [match for match in matches if match.value[0] in ("city", "country")]
        found = [self._place(match.value, (match.start, match.end)) for match in places]
        other = next((match.value[1] for match in matches if match.value[0] == "other"), None)
        hidden = [(match.start, match.end) for match in matches]
        if not any(place.city for place in found):
            slip = self._slips.find(message.masked(hidden), cities_only=bool(found))
            if slip is not None:
                found.append(self._place(slip.value, (slip.start, slip.end), slip=True))
                hidden.append((slip.start, slip.end))
        city = _asked(message, [place for place in found if place.city])
        country = None if city else next((place.country for place in found if place.country), None)
        return Places(city, country, tuple(found), other, tuple(hidden))

    def _place(self, meaning: _Meaning, span: Span, *, slip: bool = False) -> Place:
        kind, code = meaning
        return Place(code, self._countries[code], span, slip) if kind == "city" else Place(None, code, span, slip)


def _names(row: Organisation) -> list[str]:
    return [*(version.text for version in row.name.root.values()), *row.spellings]


@lru_cache(maxsize=1)
def _built_in() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return code → country and spellings of the cities that are known without tables."""
    return {code: (row["country"], tuple(row["spellings"])) for code, row in table("places.toml")["cities"].items()}


def _variants(name: str) -> set[str]:
    """Return the ways of writing a name: with hyphens, spaces or neither, and each of "one (other)"."""
    parts = [part.strip() for part in re.split(r"[()]", name) if part.strip()]
    found: set[str] = set()
    for part in parts:
        words = re.split(r"[ -]+", part)
        joined = "".join(words)
        found |= {part, " ".join(words), "-".join(words)}
        if len(joined) >= 5:
            found.add(joined)
    return found


def _country_words() -> Iterable[tuple[str, _Meaning, Language | None]]:
    """Yield the countries and demonyms of all languages, and what only looks like them."""
    words = table("places.toml")
    for language in LANGUAGES:
        yield from ((word, ("none", ""), language) for word in words["not_a_place"][language])
        for code, found in words["countries"].items():
            yield from ((word, ("country", code), language) for word in found[language])


def _elsewhere() -> Iterable[tuple[str, _Meaning, Language | None]]:
    """Yield the cities that need not be of the network; its own tables come before."""
    for found in table("places.toml")["elsewhere"].values():
        yield from ((word, ("city", ELSEWHERE), None) for word in found)


def _country_names() -> Iterable[tuple[str, str]]:
    """Yield the countries' names that may be typed with a slip, with their codes."""
    return ((word, code) for code, found in table("places.toml")["slips"].items() for word in found)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what stands before where someone comes from, and before a city of two letters; folded."""
    words = table("places.toml")
    origins = tuple(fold(spelled(word)) for language in LANGUAGES for word in words["origin"][language])
    return origins, frozenset(fold(spelled(word)) for word in words["before_short"]["words"])


def _short_is_meant(message: Normalised, start: int) -> bool:
    """Return whether two letters are a city: in capitals, or after a word such as "at"."""
    if message.cased[start : start + 2].isupper():
        return True
    before = message.folded[:start].rstrip().rsplit(" ", 1)[-1]
    return before in _cues()[1]


def _is_only_a_word(message: Normalised, match: Match[_Meaning]) -> bool:
    """Return whether an organisation's initials are a word in small letters: "due" is no Délégation de l'UE."""
    word = message.cased[match.start : match.end]
    return fold(word) in _in_capitals() and not word.isupper()


@lru_cache(maxsize=1)
def _in_capitals() -> frozenset[str]:
    return frozenset(fold(spelled(word)) for word in table("places.toml")["in_capitals"]["words"])


def _asked(message: Normalised, cities: list[Place]) -> str | None:
    """Return the city asked about: the first that is not where someone comes from, the network's own before others."""
    cities = sorted(cities, key=lambda place: place.city == ELSEWHERE)
    if len({place.city for place in cities if place.city != ELSEWHERE}) == 0:
        cities = [place for place in cities if not _is_origin(message, place)]
    if len({place.city for place in cities}) > 1:
        for place in cities:
            if not _is_origin(message, place):
                return place.city
    return cities[0].city if cities else None


def _is_origin(message: Normalised, place: Place) -> bool:
    before = message.folded[: place.span[0]].rstrip()
    return any(_ends_with(before, cue) for cue in _cues()[0])


def _ends_with(text: str, cue: str) -> bool:
    """Return whether a text ends with these words, the first of them whole."""
    if not text.endswith(cue):
        return False
    at = len(text) - len(cue)
    return at == 0 or not (text[at - 1].isalpha() and text[at - 1].isascii())
