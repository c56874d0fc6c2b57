"""A network of made-up people who live and choose differently, with as many deadlines as are wanted."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

from bench.delivery.people import FIRST, network
from bot.network.content import Content
from storage.database import Database, Transaction
from storage.network import DEADLINES, NEWS
from storage.table import Table
from storage.version import change_version
from tests.support.sample import NOW

START = NOW.astimezone(UTC)
_FREQUENCIES = {3: "weekly", 5: "once", 7: "none"}
"""Who of twenty chooses what; the others have it once a month."""


async def living(home: Path, count: int) -> Database:
    """Make ``count`` people in four zones and five languages: a tenth with a zone, hours or a frequency of their own.

    A fifth of them choose their themes.
    """
    database = await network(home, count)
    async with database.transaction() as tx:
        ours = "person IN (SELECT code FROM people WHERE code LIKE 'bench-%')"
        await tx.execute_long(
            "UPDATE accounts SET person = 'bench-' || (address - $1) WHERE channel = 'telegram' AND address >= $1",
            FIRST,
        )
        await tx.execute_long(f"UPDATE accounts SET language = 'en', language_chosen = 1 WHERE id % 5 = 0 AND {ours}")
        await tx.execute_long(f"UPDATE accounts SET time_zone = 'Europe/Paris' WHERE id % 20 = 1 AND {ours}")
        await tx.execute_long(f"UPDATE accounts SET quiet = '20-7' WHERE id % 20 = 2 AND {ours}")
        for place, frequency in _FREQUENCIES.items():
            await tx.execute_long(
                "INSERT INTO followed (person, frequency) SELECT code, $1 FROM people"
                " WHERE code LIKE 'bench-%' AND id % 60 = $2",
                frequency, place,
            )  # fmt: skip
        await tx.execute_long(
            "INSERT INTO followed (person, frequency, themes) SELECT code, 'monthly', themes FROM people"
            " WHERE code LIKE 'bench-%' AND id % 5 = 4 AND id % 60 NOT IN (3, 5, 7)"
        )
    return database


async def with_deadlines(database: Database, count: int, days: int) -> None:
    """Add ``count`` deadlines, spread evenly over so many days, each for the members of one organisation."""
    async with database.transaction() as tx:
        (like, *_) = [one for one in await DEADLINES.all(tx) if one.kind == "report"]
        due = "unixepoch(date($1, 'unixepoch', '+' || CAST(n.i * $2 / $3 AS INTEGER) || ' days'))"
        whose = "FROM organisations WHERE id % 20 = n.i % 20 ORDER BY id LIMIT 1"
        changed = {
            "code": "'bench-' || n.i", "due": due, "kind": "'call'", "audience": "'members'",
            "organisations": f"(SELECT json_array(code) {whose})", "themes": "'[]'",
        }  # fmt: skip
        await _copied(tx, DEADLINES, like.code, changed, count, int(START.timestamp()), days, count)


async def with_news(database: Database, count: int) -> None:
    """Add ``count`` news of the weeks before, in every language."""
    async with database.transaction() as tx:
        title = Content.of("fr", fr="Une ville", vi="Một thành phố", km="ទីក្រុងមួយ", lo="ເມືອງໜຶ່ງ", en="A city")
        (like, *_) = await NEWS.all(tx)
        for number in range(count):
            new = {
                "code": f"bench-{number}", "title": title, "audience": "everyone", "themes": (),
                "published": (START - timedelta(days=number % 30)).date(),
            }  # fmt: skip
            await NEWS.put(tx, like.model_copy(update=new))


async def _copied(
    tx: Transaction, table: Table, code: str, changed: dict[str, str], count: int, *values: object
) -> None:
    columns = ", ".join(table.columns)
    selected = ", ".join(changed.get(column, f"l.{column}") for column in table.columns)
    await change_version(tx)
    await tx.execute_long(
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $4)"
        f" INSERT INTO {table.name} ({columns}) SELECT {selected} FROM n JOIN {table.name} AS l ON l.code = $5",
        *values, count, code,
    )  # fmt: skip
