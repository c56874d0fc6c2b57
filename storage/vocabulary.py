"""What the places and themes are called, and what was taught: cheap to read, to see whether anything has changed."""

from __future__ import annotations

from storage.database import Transaction

_NAMED = (
    "SELECT code, name, spellings, kind, country FROM organisations ORDER BY code",
    "SELECT code, name, spellings FROM themes ORDER BY code",
    "SELECT language, word, meaning, code FROM taught ORDER BY id",
)

Named = tuple[tuple[tuple[object, ...], ...], ...]


async def named(read: Transaction) -> Named:
    """Return the names and spellings as they are stored, to be compared with what was read before.

    Most writes of the tables change none of them: what was built of them before may stay.
    """
    return tuple([tuple([tuple(row) for row in await read.fetch_all(sql)]) for sql in _NAMED])
