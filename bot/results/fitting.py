"""Whether an answer is of the kind that its question asks for now: a form may change after somebody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from bot.network.forms import QuestionKind

_TYPES: dict[QuestionKind, frozenset[type]] = {
    "whole_number": frozenset({int}),
    "decimal": frozenset({int, float}),
    "rating": frozenset({int}),
    "several_choices": frozenset({list}),
    "file": frozenset({list}),
    "city": frozenset({str, dict}),
    "person": frozenset({str, dict}),
    "information": frozenset({bool}),
}
_TEXT = frozenset({str})
_KEPT = 4096


def fitting(kind: QuestionKind, values: Sequence[Any]) -> list[bool]:
    """Return of each answer whether it can be counted for a question of that kind; what was skipped cannot."""
    match kind:
        case "date":
            return [type(value) is str and _is_day(value) for value in values]
        case "time":
            return [type(value) is str and _is_hour(value) for value in values]
        case "date_range":
            return [type(value) is list and len(value) == 2 and all(map(_is_day, value)) for value in values]
    wanted = _TYPES.get(kind, _TEXT)
    return [type(value) in wanted for value in values]


@lru_cache(maxsize=_KEPT)
def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        return False
    return True


@lru_cache(maxsize=_KEPT)
def _is_hour(value: str) -> bool:
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True
