"""What a message asks for: the sixteen intents, likeliest first, with how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from bot.ask import features, matters
from bot.ask.concepts import dates_pattern
from bot.ask.model import Model, Sums, read
from bot.ask.normalise import Normalised, Span, normalise
from bot.network.languages import Language

Intent = Literal[
    "meetings",
    "deadlines",
    "focal_point",
    "register",
    "my_registrations",
    "documents",
    "news",
    "digest",
    "action_plan",
    "survey",
    "dues",
    "language",
    "help",
    "contact_coordinator",
    "greeting",
    "out_of_scope",
]
INTENTS: tuple[Intent, ...] = get_args(Intent)

SURE = 0.6
"""From this confidence on an answer may be given at once; below, three buttons."""
_TAUGHT = 2.5
_HINT = 0.5
_CLEAR = 0.35
_SOME = 3
_LATIN = re.compile("[a-zà-ɏḁ-ỿ]")
_KHMER = re.compile("[\u1780-\u17b3]")
_LAO = re.compile("[\u0e80-\u0eae]")
_SIGN = re.compile("[\u17b4-\u17d3\u17dd\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]")
_KIND_SIGN = re.compile("[🙏👍👌❤😊🙂😀😃😄👋🤝💐🌹🌸👏🎉😍🥰💪✅]")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The intents of a message, likeliest first."""

    probabilities: tuple[tuple[Intent, float], ...]
    """All sixteen; they add up to 1."""
    said: frozenset[str] = frozenset()
    """The concepts of the message, and the things that matters are told by."""

    @property
    def first(self) -> Intent:
        """The likeliest intent."""
        return self.probabilities[0][0]

    @property
    def confidence(self) -> float:
        """How probable the likeliest is, from 0 to 1."""
        return self.probabilities[0][1]

    @property
    def top(self) -> tuple[Intent, ...]:
        """The three likeliest: the buttons to offer."""
        return tuple([intent for intent, _ in self.probabilities[:3]])

    @property
    def sure(self) -> bool:
        """Whether the likeliest may be answered without asking back."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True, eq=False)
class IntentReader:
    """Reads intents and languages; made once, then asked from anywhere."""

    model: Model
    taught: Mapping[str, Intent] = field(default_factory=dict)
    """Words taught by the coordinator, normalised and folded, each with the intent that it stands for."""
    _dates: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_dates", dates_pattern(self.model.lexicon))

    def teach(self, words: Mapping[str, Intent]) -> IntentReader:
        """Return a reader that takes these words, as people write them, for these intents, instead of earlier ones."""
        return IntentReader(self.model, {form: intent for word, intent in words.items() if (form := _form(word))})

    def intents(
        self, message: Normalised, language_hint: Language | None = None, places: Iterable[Span] = ()
    ) -> Ranked:
        """Return the intents of a message; ``places`` are the spans of cities and countries, which say nothing of it.

        ``language_hint`` is the reader's language: it settles what words without Vietnamese marks are.
        """
        fixed = _without_words(message)
        if fixed is not None:
            return _ranked([float(intent == fixed) for intent in INTENTS])
        seen = features.view(message, places, self._dates)
        pieces = self.model.pieces.add(features.pieces(seen))
        vietnamese = not seen.vietnamese and self._reads_as_vietnamese(pieces, language_hint)
        concepts = self.model.lexicon.find(seen, vietnamese)
        scores = self.model.scores(pieces, self.model.relations.add(features.relations(concepts)))
        for word, intent in self.taught.items():
            if _stands_in(word, message.folded[: features.LONGEST]):
                scores[INTENTS.index(intent)] += _TAUGHT
        ranked = _ranked(self.model.probabilities(scores))
        reads = vietnamese or seen.vietnamese
        return replace(ranked, said=matters.said(seen, concepts, vietnamese=reads))

    def detect_language(self, message: Normalised, places: Iterable[Span] = ()) -> Language | None:
        """Return the language a message is written in, or None where a few Latin letters do not tell."""
        text = message.text[: features.LONGEST]
        latin, khmer, lao = (len(script.findall(text)) for script in (_LATIN, _KHMER, _LAO))
        if max(khmer, lao) >= _SOME or max(khmer, lao) > latin:
            return "km" if khmer >= lao else "lo"
        if not latin:
            return None
        seen = features.view(message, places, self._dates)
        if seen.vietnamese:
            return "vi"
        scores = self.model.tongues(self.model.pieces.add(features.pieces(seen)))
        second, first = sorted(scores)[-2:]
        return self.model.languages[scores.index(first)] if first - second >= _CLEAR else None

    def _reads_as_vietnamese(self, pieces: Sums, hint: Language | None) -> bool:
        scores = dict(zip(self.model.languages, self.model.tongues(pieces), strict=True))
        if hint in scores:
            scores[hint] += _HINT
        return scores["vi"] == max(scores.values())


def _without_words(message: Normalised) -> Intent | None:
    """Return the intent of a message in which there is nothing to read: kind signs, a question mark, noise."""
    if any(script.search(message.text[: features.LONGEST]) for script in (_LATIN, _KHMER, _LAO)):
        return None
    if _KIND_SIGN.search(message.text):
        return "greeting"
    return "help" if set(message.text) & {"?", "？", "؟"} or not message.text else "out_of_scope"


def _ranked(probabilities: list[float]) -> Ranked:
    pairs = zip(INTENTS, probabilities, strict=True)
    return Ranked(tuple(sorted(pairs, key=lambda pair: -pair[1])))


def _form(word: str) -> str:
    return normalise(word).folded


def _stands_in(word: str, text: str) -> bool:
    """Return whether a word is there whole; in Khmer and Lao, which write no spaces, anywhere between signs."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        inside = (_joined(text, at) and _LATIN.match(word)) or (_joined(text, end) and _LATIN.match(word[-1]))
        if not inside and not (end < len(text) and _SIGN.match(text[end])):
            return True
        at = text.find(word, at + 1)
    return False


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Return the model that is in the repository."""
    return read((files("bot.ask") / "weights.bin").read_bytes())


@lru_cache(maxsize=1)
def shipped_reader() -> IntentReader:
    """Return the reader of that model, without any word that a network has taught."""
    return IntentReader(shipped())
