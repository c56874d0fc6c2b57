"""The phrasings and the lexicon that the model learns from, read from ``bot/ask``."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.ask.concepts import Lexicon, build
from bot.ask.intents import INTENTS, Intent
from bot.ask.normalise import Normalised, Span, normalise
from bot.network.languages import LANGUAGES, Language

ASK = Path(__file__).resolve().parents[2] / "bot" / "ask"


@dataclass(frozen=True)
class Phrasing:
    """One way of asking for something."""

    language: Language
    intent: Intent
    text: str


def read_phrasings() -> list[Phrasing]:
    """Return every phrasing, in one order."""
    found = []
    for language in LANGUAGES:
        for line in _lines(f"{language}.tsv"):
            intent, text = line.split("\t", 1)
            found.append(_phrasing(language, intent, text))
    for line in _lines("extra.tsv"):
        found.append(_phrasing(*line.split("\t", 2)))
    return list(dict.fromkeys(found))


def _lines(name: str) -> list[str]:
    lines = (ASK / "training" / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _phrasing(language: str, intent: str, text: str) -> Phrasing:
    if language not in LANGUAGES or intent not in INTENTS:
        raise ValueError(f"not a language and an intent: {language} {intent}")
    return Phrasing(language, intent, text)


def read_lexicon() -> Lexicon:
    """Return the lexicon of the language files."""
    files = {language: _toml(language) for language in LANGUAGES}
    dates = [date for found in files.values() for date in found["masked"]["dates"]]
    return build({language: found["concepts"] for language, found in files.items()}, dates)


def _toml(language: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((ASK / "lexicon" / f"{language}.toml").read_text(encoding="utf-8"))


def fingerprint() -> str:
    """Return what tells whether a model was made from these phrasings and words, as they are normalised today."""
    digest = hashlib.sha256()
    for phrasing in read_phrasings():
        digest.update(f"{phrasing.language} {phrasing.intent} {normalise(phrasing.text).text}\n".encode())
    digest.update(repr(read_lexicon()).encode())
    digest.update("\n".join(_lines("places.txt")).encode())
    return digest.hexdigest()[:16]


class Places:
    """Finds the places that the phrasings name; in the assistant the network's tables say which they are."""

    def __init__(self) -> None:
        names = {normalise(line).text for line in _lines("places.txt")}
        names |= {normalise(line).folded for line in _lines("places.txt")}
        listed = sorted(names, key=lambda name: (-len(name), name))
        latin = [re.escape(name) for name in listed if name[0] < "\u0e80"]
        other = [re.escape(name) for name in listed if name[0] >= "\u0e80" and name[0] < "\u1e00"]
        self._latin = re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)")
        self._other = re.compile("|".join(other))

    def find(self, message: Normalised) -> list[Span]:
        """Return the spans of the places."""
        return [match.span() for pattern in (self._latin, self._other) for match in pattern.finditer(message.text)]
