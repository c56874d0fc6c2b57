"""Looks at an installation and says, for whatever is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from bot.errors import RelaisError
from bot.network.languages import LANGUAGES
from locales import Catalogues, read_catalogues
from storage.database import open_database
from storage.migrate import applied, migrations
from storage.network import ORGANISATIONS, PEOPLE


class Finding(NamedTuple):
    """What one check found."""

    subject: str
    well: bool
    says: str
    """What is there, or what is wrong and how to mend it."""


Check = Callable[[], Awaitable[str]]
"""Returns what is there; raises RelaisError with what is wrong and how to mend it."""


async def examine(checks: dict[str, Check]) -> tuple[Finding, ...]:
    """Run the checks in order; one that fails does not stop the others."""
    findings = []
    for subject, check in checks.items():
        try:
            findings.append(Finding(subject, True, await check()))
        except RelaisError as error:
            findings.append(Finding(subject, False, str(error)))
    return tuple(findings)


def database_check(url: str) -> Check:
    """Return the check that the database opens, has this version's tables, and holds a network with a coordinator."""
    missing = url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists()

    async def check() -> str:
        if missing:
            raise RelaisError("There is none yet: `relais run` or `relais import` makes it.")
        database = await open_database(url)
        try:
            if "schema_versions" not in await database.tables():
                raise RelaisError("It is empty: `relais run` or `relais import` makes its tables.")
            async with database.snapshot() as read:
                number, newest = await applied(read), migrations()[-1].number
                places, people = await ORGANISATIONS.all(read), await PEOPLE.all(read)
        finally:
            await database.close()
        if number != newest:
            raise RelaisError(f"It has migration {number} of {newest}: `relais run` brings it up to date.")
        if not places:
            raise RelaisError("It holds no network: fill the tables (docs/tables.md) and run `relais import PATH`.")
        if not any(person.role == "coordinator" for person in people):
            raise RelaisError("Nobody is a coordinator: run `relais invite --role coordinator`.")
        return f"migration {number}, {len(places)} organisations, {len(people)} people"

    return check


async def catalogues_check() -> str:
    """Check that every language says the same things."""
    wanted = set(LANGUAGES)
    found = set(Catalogues.load())
    if found != wanted:
        raise RelaisError(f"Languages missing in locales/: {', '.join(sorted(wanted - found))}. Install Relais again.")
    keys = {
        language: {
            message.id for catalog in read_catalogues(language).values() for message in catalog if message.string
        }
        for language in LANGUAGES
    }
    incomplete = [language for language in LANGUAGES if keys[language] != keys["fr"]]
    if incomplete:
        raise RelaisError(f"Not every sentence is translated in: {', '.join(incomplete)}. See docs/howto/language.md.")
    return f"{len(LANGUAGES)} languages, {len(keys['fr'])} sentences each"


def _translated(language: str) -> set[object]:
    return {message.id for catalog in read_catalogues(language).values() for message in catalog if message.string}
