"""Many questions at once, as ``relais ask --batch`` reads and writes them: JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.ask.question import Stated, Understood
from bot.ask.understand import Understanding
from bot.errors import RelaisError
from bot.network.languages import Language


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    lang: Language
    """The reader's language."""
    text: str


def understood_lines(understanding: Understanding, lines: Iterable[str], today: date) -> Iterator[str]:
    """Yield a JSON line for each line with ``lang`` and ``text``, in order.

    Raises RelaisError, with its number, for a line that is none.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = _Line.model_validate_json(line)
        except ValidationError:
            raise RelaisError(f'line {number} is no question: expected {{"lang": "fr", "text": "…"}}') from None
        yield orjson.dumps(as_json(understanding.understand(asked.text, asked.lang, today))).decode()


def as_json(found: Understood) -> dict[str, Any]:
    """Return what was understood: ``intent``, ``slots``, ``confidence`` from 0 to 1, and ``top``, best first."""
    intent = found.question.intent
    others = [one for one in found.ranked.top if one != intent]
    return {
        "intent": intent,
        "slots": _slots(found.question.stated),
        "confidence": round(found.ranked.confidence, 4),
        "top": [intent, *others][:3],
    }


def _slots(stated: Stated) -> dict[str, Any]:
    found: dict[str, Any] = {
        "city": stated.city, "country": stated.country, "theme": stated.theme, "kind": stated.kind,
    }  # fmt: skip
    if stated.first or stated.last:
        found["period"] = {
            "from": stated.first.isoformat() if stated.first else None,
            "to": stated.last.isoformat() if stated.last else None,
        }
    return {name: value for name, value in found.items() if value is not None}
