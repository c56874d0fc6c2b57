"""What the answers to a form come to, as frozen values without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.errors import RelaisError
from bot.forms.definition import Definition, Field
from bot.network.records import Organisation, Person
from storage.arrivals import Arrivals

FEWEST = 5
"""Answers below which no part of the members is told apart."""


class StillSecretError(RelaisError):
    """The answers to a form stay secret until it closes."""


class AnonymousError(RelaisError):
    """The answers to a form carry no names."""


class Share(NamedTuple):
    """How many gave one answer."""

    code: str
    """A choice, ``yes`` or ``no``, a mark, a day or hour (ISO), the code of an organisation or a person, or a text."""
    number: int
    share: float
    """Of those who answered the question, from 0 to 1; several choices together are more than 1."""
    written: bool = False
    """Whether ``code`` is a text that somebody wrote, and no code."""


class Bin(NamedTuple):
    """A column of a histogram: from ``first`` up to, not including, ``last``; both are the same if it holds one number.

    The last column of decimals includes its ``last``.
    """

    first: float
    last: float
    number: int


@dataclass(frozen=True)
class Numbers:
    """What the answers to a question for a number come to; ``bins`` is empty for ratings."""

    count: int
    total: float
    mean: float
    median: float
    least: float
    most: float
    bins: tuple[Bin, ...] = ()


class Open(NamedTuple):
    """An answer in somebody's own words."""

    text: str
    language: str
    organisation: str | None
    """Code; None if the form is anonymous, or nobody's organisation is known."""


@dataclass(frozen=True)
class Cut:
    """The answers of one country."""

    country: str
    """ISO 3166-1 alpha-2."""
    shares: tuple[Share, ...] | None
    """In the order of the question's shares; None where the answers are too few to be told apart."""


@dataclass(frozen=True)
class QuestionFigures:
    """What the answers to one question come to."""

    field: Field
    answered: int
    """People of a delegation count one by one."""
    skipped: int
    """Those who were asked and passed; whom a condition spared counts nowhere."""
    shares: tuple[Share, ...] = ()
    """Choices in their own order, marks, days and hours ascending, places and people most often named first."""
    numbers: Numbers | None = None
    texts: tuple[Open, ...] = ()
    cuts: tuple[Cut, ...] = ()
    """By country; empty if the form is anonymous or all answers come from one country."""


@dataclass(frozen=True)
class Status:
    """Whether one organisation has answered."""

    organisation: Organisation
    asked: bool
    answers: int
    people: int
    waiting: int
    """Answers that wait for a place."""


@dataclass(frozen=True)
class Quorum:
    """How many organisations had to answer, and whether they did."""

    needed: int
    """Per cent of those asked."""
    share: float
    """Of those asked, from 0 to 1."""
    reached: bool


@dataclass(frozen=True)
class Directory:
    """The organisations and people that answers name, by code."""

    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """What a form's answers come to at one moment."""

    definition: Definition
    directory: Directory
    answers: int
    """Submissions that count: confirmed, pending, offered a place."""
    people: int
    waiting: int
    """Submissions that wait for a place; they count nowhere else."""
    first: date | None
    last: date | None
    """The days of the first and last answer, by the form's clock; by UTC if it is anonymous."""
    asked: int
    """Organisations."""
    responded: int | None
    """Organisations among those asked; None where nobody can know."""
    secret: bool
    """Whether only the counts may be shown, because the form is secret until it closes."""
    cities: tuple[Status, ...] = ()
    """Those asked, and those that answered unasked; empty while secret, and where an anonymous form has too few."""
    questions: tuple[QuestionFigures, ...] = ()
    """In order; empty while secret."""
    quorum: Quorum | None = None
    arrivals: Arrivals = field(default_factory=dict)
    """Who has arrived at the door."""
