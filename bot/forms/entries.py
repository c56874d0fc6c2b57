"""What somebody can do at a question: one small value each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """Wrote something, or shared a phone number."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Tapped a choice, a day (ISO), a mark, a city's or a person's code."""

    value: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """Tapped a choice where several can be taken; tapped again, it is taken back."""

    value: str


@dataclass(frozen=True, slots=True)
class Attached:
    """Sent a file or a photo."""

    name: str
    size: int
    """Bytes."""
    channel: str
    handle: str
    """How the channel finds it again."""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Sent a sticker, a voice note, or anything else that is no answer to any question."""


@dataclass(frozen=True, slots=True)
class Done:
    """Has ticked enough, sent the files, or read the information."""


@dataclass(frozen=True, slots=True)
class AsWritten:
    """Means what was written, though no city or person of the network is called so."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Takes the answer that is offered: the earlier one, or what the network's tables know."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Leaves the question out."""


@dataclass(frozen=True, slots=True)
class Back:
    """Returns to the question before."""


@dataclass(frozen=True, slots=True)
class Went:
    """Goes to a question, from the review or a rule."""

    key: str


Entry = Written | Picked | Ticked | Attached | Unreadable | Done | AsWritten | Kept | Skipped | Back | Went

Value = Any
"""An answer as it is kept, plain JSON; ``bot.forms.kinds`` says which for each kind."""
