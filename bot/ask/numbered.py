"""The number by which a line of the action plan is named: "l'action 7", "hành động số 7", "សកម្មភាពលេខ ៧"."""

from __future__ import annotations

import re

from bot.ask.normalise import Normalised
from bot.ask.turns import spans
from bot.network.languages import Language

LINE = "line"
"""The noun of a line of the plan in ``Question.about``: it is told by its number, not by a row."""
_NUMBER = re.compile(r"\s*[°º.:#]?\s*([0-9]{1,2})(?![0-9/.:h-])")
_SHORT = 24
"""Characters of "et la 7 ?": more may hold a number of something else."""


def axis_number(message: Normalised, language: Language | None) -> int | None:
    """Return the number of the axis of the plan that is named: "l'axe 3"; None where none is."""
    found = [_NUMBER.match(message.text, end) for _, end in spans("axis", message, language)]
    return next((int(one[1]) for one in found if one), None)


def without_plan(message: Normalised, language: Language | None) -> Normalised:
    """Return a message without what the plan and its lines are called: what is left may be the words of one line."""
    hidden = [span for name in ("plan", "line") for span in spans(name, message, language)]
    return message.masked(hidden)


def line_number(message: Normalised, language: Language | None, *, of_plan: bool = False) -> int | None:
    """Return the number; None where no line is named.

    Args:
        message: The message.
        language: The language that it is written in.
        of_plan: Whether the plan was spoken of before, so that "la 7" is enough.
    """
    short = of_plan and len(message.text) <= _SHORT
    if short and message.text.isdecimal():
        return int(message.text)
    for name in ("line", "number") if short else ("line",):
        for _, end in spans(name, message, language):
            found = _NUMBER.match(message.text, end)
            if found:
                return int(found[1])
    return None
