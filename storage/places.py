"""Conditions about where something belongs: to a city, or to the cities of a country."""

from __future__ import annotations

from storage.table import Conditions

_OF_COUNTRY = "SELECT code FROM organisations WHERE country = ?"
Audiences = tuple[str, ...] | None
"""What ``Reader.audiences`` gives; None: all."""


def published_there(
    conditions: Conditions, *, city: str | None, country: str | None, audiences: Audiences, events: bool = False
) -> None:
    """Add that its organisation is that city, or one of that country; with ``events``, that its event's city may be."""
    for codes, place in _places(city, country):
        text, values = f"organisation IN ({codes})", [place]
        if events:
            there, more = _events_there(codes, place, audiences)
            text, values = f"{text} OR {there}", [*values, *more]
        conditions.add(text, *values)


def concerns(
    conditions: Conditions,
    table: str,
    *,
    city: str | None,
    country: str | None = None,
    audiences: Audiences = None,
    events: bool = False,
) -> None:
    """Add that one of its ``organisations`` is that city, or of that country; ``events`` as for what is published."""
    for codes, place in _places(city, country):
        named = "'%\"' || replace(o.code, '_', '!_') || '\"%' ESCAPE '!'"  # a bare _ stands for any letter
        found = f"SELECT 1 FROM organisations AS o WHERE o.code IN ({codes}) AND {table}.organisations LIKE {named}"
        text, values = f"EXISTS ({found})", [place]
        if events:
            there, more = _events_there(codes, place, audiences)
            text, values = f"{text} OR {there}", [*values, *more]
        conditions.add(text, *values)


def _places(city: str | None, country: str | None) -> list[tuple[str, str]]:
    """Return what is asked for as (the codes of its organisations, with one placeholder; its value)."""
    return [(codes, place) for codes, place in (("?", city), (_OF_COUNTRY, country)) if place is not None]


def event_among(text: str, values: list[str], audiences: Audiences) -> tuple[str, list[str]]:
    """Return the condition that its event is one of those that ``text`` says, as far as the audiences may see it."""
    if audiences is not None:
        text = f"({text}) AND audience IN ({', '.join('?' * len(audiences)) or 'NULL'})"
        values = [*values, *audiences]
    return f"event IN (SELECT code FROM events WHERE {text})", values


def _events_there(codes: str, place: str, audiences: Audiences) -> tuple[str, list[str]]:
    text, values = f"city IN ({codes})", [place]
    if codes == _OF_COUNTRY:
        text, values = f"{text} OR country = ?", [place, place]
    return event_among(text, values, audiences)
