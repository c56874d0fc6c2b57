"""What a message was understood to ask for, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.ask.aspects import Aspect
from bot.ask.concepts import OUTSIDE
from bot.ask.intents import Intent, Ranked
from bot.ask.matters import Matter
from bot.ask.turns import Manner
from bot.network.languages import Language

LEANED_ON: tuple[Intent, ...] = (
    "meetings", "deadlines", "focal_point", "register", "my_registrations", "documents", "news", "digest",
    "action_plan", "survey", "dues",
)  # fmt: skip
"""The intents whose answer the next question may lean on."""
BROUGHT = "results"
"""The kind of a question about what a form has brought."""
_NOT_OFFERED: tuple[Intent, ...] = ("out_of_scope", "greeting")
USUAL: tuple[Intent, ...] = ("meetings", "focal_point", "deadlines")
"""What is offered where only a place, a day or a theme was named."""
OFFERED = 3


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
    organisation: str | None = None
    """One that is no place: an embassy, an agency."""
    only: str | None = None
    """What meetings are narrowed to beside all that: cancelled ones, those by video."""

    @property
    def names_place(self) -> bool:
        """Whether a place or an organisation is named."""
        return bool(self.city or self.country or self.organisation)

    @property
    def says_nothing(self) -> bool:
        """Whether nothing was stated but a kind, or a theme that only looks like one ("parking")."""
        return self == Stated(kind=self.kind, theme=self.theme, past=self.past)


@dataclass(frozen=True, slots=True)
class Question:
    """An intent and what it is about: what the next question may lean on."""

    intent: Intent
    stated: Stated = Stated()
    about: str | None = None
    """The row that is asked about, by noun and code (``event:assises``)."""
    there: str | None = None
    """The city of what was shown, where none was stated."""
    offered: tuple[Intent, ...] = ()
    """What was offered, in this order, where it was not clear what is asked for."""
    before: Question | None = None
    """What was spoken of before that: what takes nothing of the offer leans on it."""


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
    text: str = ""
    """The message, or the part of it that asks for this."""
    matter: Matter | None = None
    """What has a screen of its own, whatever the intent."""
    aspect: Aspect | None = None
    """What is asked of the thing that was shown before, where nothing else is said."""

    @property
    def outside(self) -> bool:
        """Whether something is named that is none of the network's business: the weather, the time in Paris."""
        return any(one.startswith(OUTSIDE) for one in self.ranked.said)

    @property
    def offers(self) -> tuple[Intent, ...]:
        """The three intents to offer, likeliest first."""
        if self.only_slots:
            return USUAL
        return tuple(intent for intent, _ in self.ranked.probabilities if intent not in _NOT_OFFERED)[:OFFERED]

    def completed_by(self, question: Question, carried: frozenset[str]) -> Understood:
        """Return the message as one that surely asks this, with what of it was said before."""
        return replace(self, question=question, carried=carried, sure=True, only_slots=False)


def completed(own: Stated, last: Stated, *, same: bool) -> tuple[Stated, frozenset[str]]:
    """Return what was said now, with what was said before where it says nothing; ``same``: of the same intent."""
    changes: dict[str, Any] = {}
    groups = [("city", "country"), ("first", "last"), ("theme",)]
    if same:
        groups.extend([("kind",), ("only",)])
    for fields in groups:
        if all(getattr(own, field) is None for field in fields):
            changes.update({field: getattr(last, field) for field in fields if getattr(last, field) is not None})
    return replace(own, **changes), frozenset(changes)
