"""What every test can ask for, and what must be said at the end of a run."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage.database import Database, open_database
from storage.migrate import migrate
from tests.support.postgres import POSTGRES, Schemas
from tests.support.sample import sample_database

pytest_plugins = ("tests.support.browser",)

_UNREACHABLE = "no PostgreSQL answers"
_skipped: list[str] = []
_schemas = Schemas()

settings.register_profile(
    "relais", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True
)
settings.load_profile("relais")
structlog.configure(  # what structlog does by itself colours every frame of a traceback, a quarter of a second each
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(),
    ]
)

Opener = Callable[[], Awaitable[Database]]
"""Opens one and the same database once more: another connection, as another process would have."""


@pytest.fixture(params=["sqlite", "postgres"])
async def opener(request: pytest.FixtureRequest, tmp_path: Path, made_file: Path) -> AsyncIterator[Opener]:
    """Opens an empty database of the test's own: a SQLite file, or a schema of PostgreSQL; closes it at the end.

    For ``database`` it has this version's tables already.
    """
    opened: list[Database] = []
    ready, schema = "database" in request.fixturenames, ""
    url = f"sqlite:///{tmp_path / 'relais.db'}"
    if request.param == "postgres":
        try:
            schema = await (_schemas.ready() if ready else _schemas.make())
        except (OSError, asyncpg.PostgresError) as error:
            _skipped.append(request.node.nodeid)
            pytest.skip(f"{_UNREACHABLE} at {POSTGRES}: {error}")
        url = _schemas.url(schema)
    elif ready:
        shutil.copy(made_file, tmp_path / "relais.db")

    async def open_again() -> Database:
        opened.append(await open_database(url))
        return opened[-1]

    yield open_again
    for database in opened:
        await database.close()
    if schema:
        await (_schemas.empty() if ready else _schemas.drop(schema))


@pytest.fixture
async def empty(opener: Opener) -> Database:
    """A database without tables."""
    return await opener()


@pytest.fixture
async def database(empty: Database) -> Database:
    """A database with this version's tables, empty."""
    await migrate(empty)
    return empty


@pytest.fixture
async def file(tmp_path: Path, made_file: Path) -> AsyncIterator[Database]:
    """A SQLite file with this version's tables, empty: for what does not depend on the database."""
    shutil.copy(made_file, tmp_path / "relais.db")
    opened = await open_database(f"sqlite:///{tmp_path / 'relais.db'}")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with this version's tables, empty, made once a run: copy it, do not open it."""
    path = tmp_path_factory.mktemp("made") / "relais.db"

    async def make() -> None:
        database = await open_database(f"sqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample network, imported once a run: copy it, do not open it."""
    folder = tmp_path_factory.mktemp("sample")

    async def make() -> None:
        await (await sample_database(folder)).close()

    asyncio.run(make())
    return folder / "relais.db"


@pytest.fixture
async def sample_network(sample_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The sample network, the test's own."""
    shutil.copy(sample_file, tmp_path / "sample.db")
    opened = await open_database(f"sqlite:///{tmp_path / 'sample.db'}")
    yield opened
    await opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that half of the storage was not tested: a skip among many dots is not seen."""
    if not _skipped:
        return
    terminalreporter.section("PostgreSQL was NOT tested", sep="!", red=True, bold=True)
    terminalreporter.line(f"{len(_skipped)} tests were skipped: {_UNREACHABLE} at {POSTGRES}.")
    terminalreporter.line("Start one, or set RELAIS_TEST_POSTGRES_URL to one whose user may create schemas.")
