"""From what a member wrote to what is asked for: intent, slots, how sure, and what leans on the last question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.ask.intents import Intent, IntentReader, Ranked
from bot.ask.normalise import Normalised, normalise
from bot.ask.places import Gazetteer
from bot.ask.slots import NO_SLOTS, Slots, slots
from bot.ask.themes import Themes
from bot.ask.turns import Manner, begins_with_and, looks_back, manner, only_slots
from bot.network.languages import Language

LONGEST = 600
"""Characters of a message that are read; what follows them is left aside."""
LEANED_ON: tuple[Intent, ...] = (
    "meetings", "deadlines", "focal_point", "register", "my_registrations", "documents", "news", "digest",
    "action_plan", "survey", "dues",
)  # fmt: skip
"""The intents whose answer the next question may lean on."""
_NOT_OFFERED: tuple[Intent, ...] = ("out_of_scope", "greeting")
_USUAL: tuple[Intent, ...] = ("meetings", "focal_point", "deadlines")
"""What is offered where only a place, a day or a theme was named."""
OFFERED = 3
CERTAIN = 0.9
"""How sure it must be that a message is out of scope when every word of it names a place, a day or a theme."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What is asked about: codes of the network's tables, days both inclusive."""

    city: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2; only without a city."""
    theme: str | None = None
    first: date | None = None
    last: date | None = None
    kind: str | None = None
    """Of an event, a document or a deadline."""
    past: bool = False
    """Whether it looks back, without saying to when."""


@dataclass(frozen=True, slots=True)
class Question:
    """An intent and what it is about: what the next question may lean on."""

    intent: Intent
    stated: Stated = Stated()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message was understood to ask for."""

    question: Question
    ranked: Ranked
    sure: bool
    """Whether it may be answered at once; otherwise ``offers`` are offered."""
    language: Language | None
    """The language that the message is written in, where it can be told."""
    carried: frozenset[str] = frozenset()
    """The fields of ``Stated`` that come from the question before, and ``intent`` where that does."""
    only_slots: bool = False
    """Whether nothing but places, days, themes and kinds was named."""
    manner: Manner = "hello"
    """What a greeting is."""

    @property
    def offers(self) -> tuple[Intent, ...]:
        """The three intents to offer, likeliest first."""
        if self.only_slots:
            return _USUAL
        return tuple(intent for intent, _ in self.ranked.probabilities if intent not in _NOT_OFFERED)[:OFFERED]


class Understanding:
    """Understands messages about one network; it is built once and never changes."""

    def __init__(self, intents: IntentReader, gazetteer: Gazetteer, themes: Themes) -> None:
        self._intents, self._gazetteer, self._themes = intents, gazetteer, themes

    def understand(self, text: str, language: Language | None, today: date, last: Question | None = None) -> Understood:
        """Return what a message asks for.

        Args:
            text: As it was written: anything at all.
            language: The reader's language.
            today: The reader's day.
            last: What was asked before, if the message may lean on it.
        """
        message = normalise(text[:LONGEST])
        spans = [place.span for place in self._gazetteer.find(message, language).found]
        written = self._intents.detect_language(message, spans)
        ranked = self._intents.intents(message, language, spans)
        intent = _of_a_place(ranked) if spans else ranked.first
        found = self._slots(message, written or language, today, _USUAL[0] if intent in NO_SLOTS else intent)
        elsewhere = intent == "out_of_scope" and ranked.confidence >= CERTAIN  # "weather today" names a theme and a day
        bare = not elsewhere and only_slots(message, found, written or language)
        if intent in NO_SLOTS:
            intent, found = (_USUAL[0], found) if bare else (intent, Slots())
        past = intent == "meetings" and found.period is None and looks_back(message, written or language)
        understood = Understood(
            question=Question(intent, replace(_stated(found), past=past)),
            ranked=ranked,
            sure=ranked.sure and not bare,
            language=None if bare else written,
            only_slots=bare,
            manner=manner(message, written or language),
        )
        return self._leaning(understood, last, message, today, written or language) if last else understood

    def _slots(self, message: Normalised, language: Language | None, today: date, intent: Intent) -> Slots:
        return slots(message, language, today, self._gazetteer, self._themes, intent)

    def _leaning(
        self, fresh: Understood, last: Question, message: Normalised, today: date, language: Language | None
    ) -> Understood:
        """Complete a message by what was asked before, where it leans on that."""
        goes_on = begins_with_and(message, language)
        if not (fresh.only_slots or goes_on):
            return fresh
        intent = last.intent if fresh.only_slots or not fresh.sure else fresh.question.intent
        if intent not in LEANED_ON:
            return fresh
        own = _stated(self._slots(message, language, today, intent))
        if intent == last.intent and own == Stated():
            return fresh
        stated, carried = _completed(own, last.stated, same=intent == last.intent)
        if intent == last.intent:
            carried |= {"intent"}
        return replace(fresh, question=Question(intent, stated), carried=carried, sure=True, only_slots=False)


def _of_a_place(ranked: Ranked) -> Intent:
    """Return the intent of a message that names a place: whoever is to be reached there is its focal point."""
    if ranked.first == "contact_coordinator" and ranked.top[1] == "focal_point":
        return "focal_point"
    return ranked.first


def _stated(found: Slots) -> Stated:
    period = found.period
    return Stated(
        city=found.city,
        country=found.country,
        theme=found.theme,
        first=period.first if period else None,
        last=period.last if period else None,
        kind=found.kind,
    )


def _completed(own: Stated, last: Stated, *, same: bool) -> tuple[Stated, frozenset[str]]:
    """Return what was said now, with what was said before where it says nothing; ``same``: of the same intent."""
    changes: dict[str, Any] = {}
    groups = [("city", "country"), ("first", "last"), ("theme",)]
    if same:
        groups.append(("kind",))
    for fields in groups:
        if all(getattr(own, field) is None for field in fields):
            changes.update({field: getattr(last, field) for field in fields if getattr(last, field) is not None})
    return replace(own, **changes), frozenset(changes)
