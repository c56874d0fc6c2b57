"""A network of made-up people: the sample network, and as many focal points as are wanted, each with a chat."""

from __future__ import annotations

from pathlib import Path

from storage.database import Database
from storage.network import PEOPLE
from tests.support.sample import sample_database

FIRST = 100_000
"""The chat of the first of them; the server knows two thousand from there on as those who write."""


async def network(home: Path, count: int) -> Database:
    """Make and open a database with ``count`` people, like the sample's focal points in turn."""
    database = await sample_database(home)
    changed = {"code": "'bench-' || n.i", "telegram_id": f"{FIRST} + n.i", "email": "NULL", "phone": "NULL"}
    columns = ", ".join(PEOPLE.columns)
    values = ", ".join(changed.get(column, f"p.{column}") for column in PEOPLE.columns)
    async with database.transaction() as tx:
        known = await tx.fetch_all("SELECT id FROM people WHERE role = 'focal_point' ORDER BY id")
        await tx.execute(
            "CREATE TEMP TABLE likes AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM people"
            " WHERE role = 'focal_point'"
        )
        await tx.execute_long(
            "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)"
            f" INSERT INTO people ({columns}) SELECT {values} FROM n"
            " JOIN likes AS l ON l.place = n.i % $2 JOIN people AS p ON p.id = l.id",
            count, len(known),
        )  # fmt: skip
        await tx.execute_long(
            "INSERT INTO accounts (channel, address, name, language, language_chosen, digits, first_seen)"
            " SELECT 'telegram', telegram_id, name, substr(languages, 3, 2), 0, 'latin', 0 FROM people"
            " WHERE code LIKE 'bench-%'"
        )
    return database
