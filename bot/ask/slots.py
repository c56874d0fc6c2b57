"""What a message states beside what it asks for: city, country, theme, period, kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.ask import kinds, periods
from bot.ask.normalise import Normalised, Span
from bot.ask.periods import Back, Period
from bot.ask.places import Gazetteer, Place
from bot.ask.themes import Themes
from bot.network.languages import Language

NO_SLOTS = ("greeting", "out_of_scope", "language")
"""The intents that have no slots, whatever the message names."""
NO_THEME = ("dues", "help")
"""The intents whose own words are themes of others ("budget")."""
BACK: dict[str, Back] = {
    "documents": "past",
    "news": "past",
    "digest": "near",
    "dues": "near",
    "survey": "near",
    "focal_point": "near",
}
"""The intents that look for what was: there a month without a year is not always the coming one."""
HABITS = ("digest",)
"""The intents that set a habit: "on Mondays" says how often, not when."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What was understood; the spans are of the normalised text."""

    city: str | None = None
    country: str | None = None
    """Only without a city; ISO 3166-1 alpha-2."""
    theme: str | None = None
    period: Period | None = None
    kind: str | None = None
    organisation: str | None = None
    """One that is no place."""
    places: tuple[Place, ...] = ()
    """All places named, the one asked about among them."""
    spans: tuple[Span, ...] = ()
    """Where the places, the period, the theme and the kind stand, for masking."""


def slots(
    message: Normalised,
    language: Language | None,
    today: date,
    gazetteer: Gazetteer,
    themes: Themes,
    intent: str | None = None,
) -> Slots:
    """Return what a message states.

    Args:
        message: The message.
        language: The language that it is written in, if known.
        today: The reader's day.
        gazetteer: The network's places.
        themes: The network's themes.
        intent: What is asked for, if known: it decides which kinds there are and whether months may be past.
    """
    if intent in NO_SLOTS:
        return Slots()
    places = gazetteer.find(message, language)
    masked = message.masked(places.hidden)
    period = periods.find(masked, language, today, back=BACK.get(intent or "", ""), habits=intent in HABITS)
    if period is not None:
        masked = masked.masked([period.span])
    theme = None if intent in NO_THEME else themes.find(masked, language)
    kind = kinds.find(masked, intent, language)
    if period is not None and period.every:
        shared = kinds.find(message.masked(places.hidden), intent, language)
        if shared is not None and shared.span[0] < period.span[0] < shared.span[1]:
            kind = shared
    named = (period, theme, kind)
    spans = (*(place.span for place in places.found), *(found.span for found in named if found is not None))
    return Slots(
        places.city,
        places.country,
        theme.code if theme else None,
        period,
        kind.code if kind else None,
        places.organisation,
        places.found,
        spans,
    )
