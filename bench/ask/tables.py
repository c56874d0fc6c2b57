"""Prints how often intents are right, a language a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ask.intents import Intent
from bot.network.languages import LANGUAGES


@dataclass(frozen=True)
class Outcome:
    """What was asked, and the first three that were read."""

    language: str
    wanted: Intent
    top: tuple[Intent, ...]


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the table."""
    lines = ["lang     n  first  top-3  out-of-scope found  good refused"]
    for language in (*LANGUAGES, "all"):
        found = [outcome for outcome in outcomes if language in (outcome.language, "all")]
        if found:
            lines.append(_line(language, found))
    return "\n".join(lines)


def _line(language: str, outcomes: Sequence[Outcome]) -> str:
    outside = [outcome for outcome in outcomes if outcome.wanted == "out_of_scope"]
    inside = [outcome for outcome in outcomes if outcome.wanted != "out_of_scope"]
    first = _share(sum(outcome.top[0] == outcome.wanted for outcome in outcomes), len(outcomes))
    three = _share(sum(outcome.wanted in outcome.top for outcome in outcomes), len(outcomes))
    found = _share(sum(outcome.top[0] == "out_of_scope" for outcome in outside), len(outside))
    refused = _share(sum(outcome.top[0] == "out_of_scope" for outcome in inside), len(inside))
    return f"{language:4} {len(outcomes):5}  {first:>5}  {three:>5}  {found:>18}  {refused:>12}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"
