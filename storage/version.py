"""Which version of the network's tables a transaction sees: a word that nobody has used before, changed by every write.

It is chosen at random rather than counted, so that what a transaction saw of itself and took back never comes again.
"""

from __future__ import annotations

import secrets

from storage.database import Transaction

_NAME = "tables"


async def version(read: Transaction) -> str:
    """Return the word: as long as it stays the same, so do the tables."""
    if read.version is None:
        row = await read.fetch_one("SELECT value FROM facts WHERE name = $1", _NAME)
        read.version = str(row[0]) if row else ""
    return read.version


async def change_version(write: Transaction) -> None:
    """Say that the tables are about to change; before they do, so that writers queue here and not in a circle."""
    await write.execute(
        "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        _NAME, secrets.token_hex(8),
    )  # fmt: skip
    write.version = None
