"""Brings a database to the tables of this version, one numbered file after the other."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from bot.errors import StorageError
from storage.database import Database, Transaction

_VERSIONS = "CREATE TABLE IF NOT EXISTS schema_versions (number BIGINT PRIMARY KEY, name TEXT NOT NULL)"


class Migration(NamedTuple):
    """One file of ``storage/migrations``."""

    number: int
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    """Return all migrations, in order."""
    found = (path for path in files("storage").joinpath("migrations").iterdir() if path.name.endswith(".sql"))
    return tuple(
        sorted(Migration(int(path.name[:4]), path.name[5:-4], path.read_text(encoding="utf-8")) for path in found)
    )


async def applied(read: Transaction) -> int:
    """Return the number of the newest migration that the database has; 0 if none."""
    row = await read.fetch_one("SELECT max(number) FROM schema_versions")
    return int(row[0] or 0) if row else 0


async def migrate(database: Database, *, up_to: int | None = None) -> int:
    """Apply what is missing, each file in a transaction; return how many were applied.

    ``up_to`` stops after the migration of that number.

    Raises StorageError if the database is of a newer version than this program.
    """
    known = migrations()
    async with database.transaction() as write:
        await write.execute(_VERSIONS)
        present = await applied(write)
    if present > known[-1].number:
        raise StorageError(
            f"The database is of a newer version (migration {present}) than this program (migration"
            f" {known[-1].number}): install the newer Relais again, or restore a backup from before."
        )
    missing = [step for step in known if step.number > present and (up_to is None or step.number <= up_to)]
    for step in missing:
        async with database.transaction() as write:
            for statement in step.sql.replace("{identity}", database.identity).split(";\n"):
                if statement.strip():
                    await write.execute(statement)
            await write.execute("INSERT INTO schema_versions (number, name) VALUES ($1, $2)", step.number, step.name)
    return len(missing)
