"""The files of what was sent."""

from __future__ import annotations

from typing import NamedTuple

from bot.forms.definition import Definition
from bot.forms.path import field_of, steps
from storage.submissions import Submission


class Attached(NamedTuple):
    """A file that was given as an answer."""

    name: str
    size: int
    """Bytes."""
    channel: str
    handle: str
    """How the channel finds it again."""


def files_of(definition: Definition, one: Submission) -> tuple[Attached, ...]:
    """Return the files in the order of the questions; where a change is proposed, those of the change."""
    answers = one.answers if one.proposed is None else one.proposed
    return tuple(
        Attached(each["name"], each["size"], each["channel"], each["handle"])
        for key, _ in steps(definition, answers)
        if (field := field_of(definition, key)) is not None and field.kind == "file"
        for each in answers.get(key) or ()
    )
