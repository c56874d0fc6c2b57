"""What an answer is read against: the day, the reader, the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.network.languages import Language
from bot.network.records import Organisation, Person


@dataclass(frozen=True)
class Around:
    """The same for every step that is taken at one moment by one reader."""

    today: date
    """The reader's day."""
    language: Language
    country: str | None = None
    """ISO 3166-1 alpha-2: whose phone numbers are written without a country's code."""
    organisations: Callable[[], tuple[Organisation, ...]] = tuple
    """Gives the network's organisations; asked only where a city is asked for."""
    people: Callable[[], tuple[Person, ...]] = tuple
    """Gives the network's people; asked only where a person is asked for."""
    known: Mapping[str, Any] = field(default_factory=dict)
    """What the tables know of the reader: ``name``, ``function``, ``organisation``, ``email``, ``phone``."""


class Problem(Exception):  # noqa: N818  it is no failure: it becomes a sentence in the reader's language
    """An answer that cannot be taken.

    ``name`` ends the key of its sentence (``forms.problem.NAME``); ``values`` are what the sentence shows, as plain
    values: numbers, days, texts; ``near`` the codes of the cities or people that may be meant.
    """

    def __init__(self, name: str, /, *, near: tuple[str, ...] = (), **values: Any) -> None:
        super().__init__(name)
        self.name, self.values, self.near = name, values, near

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and (self.name, self.values, self.near) == (
            other.name, other.values, other.near,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.name, self.near))
