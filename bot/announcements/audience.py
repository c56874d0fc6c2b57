"""Whom an announcement is for, as terms that a coordinator taps or types.

``only`` narrows: a person must meet one term of every kind that is named.  ``but`` takes away whoever meets any of its
terms.  Nothing chosen is everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from bot.network.audiences import Reader
from bot.network.content import Frozen

TermKind = Literal["country", "organisation", "role", "theme", "dues", "registered", "unanswered"]
KINDS: tuple[TermKind, ...] = get_args(TermKind)
ROLES = ("focal_point", "member", "coordinator", "guest", "partner")
DUES = ("paid", "unpaid")
_PAYING = ("focal_point", "member")
"""The roles of whom dues are expected: partners, guests and the secretariat owe none."""


class Term(Frozen):
    """One condition: a kind, and the code that it names."""

    kind: TermKind
    value: str
    """ISO 3166-1 alpha-2 country; code of an organisation, a theme or a form; a role; ``paid`` or ``unpaid``."""


class Audience(Frozen):
    """Whom it is for."""

    only: tuple[Term, ...] = ()
    but: tuple[Term, ...] = ()

    def toggled(self, side: Literal["only", "but"], term: Term) -> Audience:
        """Return the audience with that term added to a side, or taken away if it was there."""
        present: tuple[Term, ...] = getattr(self, side)
        new = tuple(one for one in present if one != term) if term in present else (*present, term)
        return self.model_copy(update={side: new})

    @property
    def forms(self) -> set[str]:
        """The codes of the forms whose answers must be known to tell whom it is for."""
        return {term.value for term in (*self.only, *self.but) if term.kind in ("registered", "unanswered")}


class Facts(NamedTuple):
    """What must be known to tell whom an audience holds."""

    today: date
    answered: Mapping[str, Collection[str]]
    """By form, who has answered it: ``p:PERSON``, ``o:ORGANISATION``."""
    asked: Mapping[str, Collection[str]]
    """By form, the codes of the people whom it asks."""


def holds(audience: Audience, reader: Reader, facts: Facts) -> bool:
    """Whether the audience holds this person."""
    if any(_meets(term, reader, facts) for term in audience.but):
        return False
    kinds: dict[str, list[Term]] = defaultdict(list)
    for term in audience.only:
        kinds[term.kind].append(term)
    return all(any(_meets(term, reader, facts) for term in terms) for terms in kinds.values())


def _meets(term: Term, reader: Reader, facts: Facts) -> bool:
    value = term.value
    if term.kind in ("registered", "unanswered"):
        owners = facts.answered.get(value, ())
        answered = f"p:{reader.person}" in owners or f"o:{reader.organisation}" in owners
        return answered if term.kind == "registered" else not answered and reader.person in facts.asked.get(value, ())
    if term.kind == "dues":
        paid = reader.dues_paid_until is not None and facts.today <= reader.dues_paid_until
        return paid if value == "paid" else not paid and reader.role in _PAYING
    if term.kind == "theme":
        return value in reader.themes
    own = {"country": reader.country, "organisation": reader.organisation, "role": reader.role}
    return own[term.kind] == value


def read(text: str) -> Audience:
    """Read ``country:VN role:focal_point -organisation:hue``; raises ValueError that names the first wrong word."""
    only: list[Term] = []
    but: list[Term] = []
    for word in text.split():
        kind, _, value = word.removeprefix("-").partition(":")
        if word in ("everybody", "all"):
            continue
        known = next((one for one in KINDS if one == kind), None)
        if known is None or not value:
            raise ValueError(word)
        (but if word.startswith("-") else only).append(Term(kind=known, value=value))
    return Audience(only=tuple(only), but=tuple(but))
