"""What somebody has answered so far, as a value that survives being written down between any two steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict

REVIEW = "review"
"""The step after the last question: everything once more, to be sent."""
MORE = "more"
"""The question whether somebody else belongs to the delegation."""


class Session(BaseModel):
    """One person's way through one form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    """The form's code."""
    version: str
    """Of the definition that the answers were checked against."""
    step: str
    """The key of the question that is open, or ``review``."""
    answers: dict[str, Any] = {}
    """Key → answer, in the terms of ``bot.forms.kinds``; None for what was skipped.  The key of a question that each
    person of a delegation answers is ``name@2``."""
    ticked: tuple[str, ...] = ()
    """The choices that are ticked and not yet sent, where several can be."""
    unsure: str | None = None
    """What was written and resembles several places or people, until one of them is chosen or it is taken as it is; the
    first day that was tapped, where two are asked for."""
    turn: int = 0
    """Counts what was taken in: a button of another turn is an old one."""
    mistakes: int = 0
    """How often in a row the open question was answered with something that cannot be read."""
    amends: int | None = None
    """The number of the submission that this changes."""
    begun: datetime
    changed: datetime

    def written(self) -> str:
        """Return the session as JSON."""
        return orjson.dumps(self.model_dump(mode="json")).decode()

    @classmethod
    def read(cls, text: str) -> Session:
        """Read it again."""
        return cls.model_validate(orjson.loads(text))


def key_of(name: str, person: int = 0) -> str:
    """Return the key of a question's answer; ``person`` counts from 1 in a delegation, 0 where there is none."""
    return f"{name}@{person}" if person else name


def name_of(key: str) -> str:
    """Return the question's name."""
    return key.partition("@")[0]


def person_of(key: str) -> int:
    """Return which person of the delegation it is, from 1; 0 if it is asked once."""
    return int(key.partition("@")[2] or 0)
