"""What events, documents, forms, news, deadlines and lines of the plan are called, cheap to read."""

from __future__ import annotations

from storage.database import Transaction

_TITLED = (
    "SELECT 'event', id, code, title, audience, part_of, kind, begins, ends, city FROM events",
    "SELECT 'deadline', id, code, title, audience, event, kind, due, due, NULL FROM deadlines",
    "SELECT 'form', id, code, title, audience, event, kind, coalesce(opens, 0), coalesce(closes, 0), NULL FROM forms",
    "SELECT 'document', id, code, title, audience, event, kind, 0, 0, organisation FROM documents",
    "SELECT 'news', id, code, title, audience, NULL, '', 0, 0, organisation FROM news",
)
_LINES = (
    "SELECT 'line', id, CAST(number AS TEXT), title, audience, NULL, '', 0, 0, NULL FROM actions ORDER BY number, id"
)
_EVERY = f"{' UNION ALL '.join(_TITLED)} ORDER BY 1, 3"

Row = tuple[str, int, str, str, str, str | None, str, int, int, str | None]
"""Noun, number, code, title as JSON, audience, event, kind, two instants in seconds since 1970, whose city it is."""


async def lines_of_plan(read: Transaction) -> tuple[Row, ...]:
    """Return the lines of the action plan, whose codes are their numbers."""
    return tuple(map(tuple, await read.fetch_all(_LINES)))


async def titled(read: Transaction) -> tuple[Row, ...]:
    """Return every row that has a title, as it is stored, to be compared with what was read before."""
    return tuple(map(tuple, await read.fetch_all(_EVERY)))
