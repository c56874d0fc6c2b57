"""A question as its answer needs it, and as it travels in a button: by row numbers instead of codes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.answers.narrowed import Narrowed
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES


@dataclass(frozen=True, kw_only=True)
class Asked(Narrowed):
    """What was asked for, and what about."""

    intent: str
    kind: str | None = None
    """Of an event, a document or a deadline."""
    past: bool = False
    """Whether it looks back; this does not travel in a button."""
    only: str | None = None
    """How meetings stand or are held; this does not travel in a button either."""
    about: str | None = None
    """The row that is asked about, by noun and number (``event-12``)."""

    @property
    def narrowed(self) -> dict[str, Any]:
        """The fields of ``Narrowed``, for the request of a list."""
        return {field.name: getattr(self, field.name) for field in fields(Narrowed)}


@dataclass(frozen=True)
class Codes:
    """The codes of the rows that a question is about."""

    city: str | None
    theme: str | None


async def asked(
    read: Transaction,
    intent: str,
    codes: Codes,
    *,
    country: str | None = None,
    first: date | None = None,
    last: date | None = None,
    kind: str | None = None,
    past: bool = False,
    only: str | None = None,
) -> Asked:
    """Return a question by row numbers; a code that is in no table (any more) is left out."""
    city = await ORGANISATIONS.get(read, codes.city) if codes.city else None
    theme = await THEMES.get(read, codes.theme) if codes.theme else None
    return Asked(
        intent=intent,
        kind=kind,
        city=city.id if city else None,
        theme=theme.id if theme else None,
        country=country,
        first=first,
        last=last,
        past=past,
        only=only,
    )


async def codes_of(read: Transaction, question: Asked) -> Codes:
    """Return the codes of a question's rows, as far as they are there."""
    city = await ORGANISATIONS.numbered(read, question.city) if question.city else None
    theme = await THEMES.numbered(read, question.theme) if question.theme else None
    return Codes(city.code if city else None, theme.code if theme else None)
