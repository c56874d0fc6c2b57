"""What every test can ask for, and what must be said at the end of a run."""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage.database import Database, open_database
from storage.migrate import migrate
from tests.support.sample import sample_database

pytest_plugins = ("tests.support.browser",)

POSTGRES = os.environ.get("RELAIS_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
_UNREACHABLE = "no PostgreSQL answers"
_skipped: list[str] = []

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
async def opener(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens an empty database of the test's own: a SQLite file, or a schema of PostgreSQL; closes it at the end."""
    opened: list[Database] = []
    schema = f"relais_{uuid.uuid4().hex}"
    url = f"sqlite:///{tmp_path / 'relais.db'}"
    if request.param == "postgres":
        url = f"{POSTGRES}?search_path={schema}&synchronous_commit=off"  # a test may lose its rows with the machine
        await _postgres(request, f"CREATE SCHEMA {schema}")

    async def open_again() -> Database:
        opened.append(await open_database(url))
        return opened[-1]

    yield open_again
    for database in opened:
        await database.close()
    if request.param == "postgres":
        await _postgres(request, f"DROP SCHEMA {schema} CASCADE")


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
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite file with this version's tables, empty: for what does not depend on the database."""
    opened = await open_database(f"sqlite:///{tmp_path / 'relais.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


async def _postgres(request: pytest.FixtureRequest, statement: str) -> None:
    try:
        connection = await asyncpg.connect(POSTGRES, timeout=5, server_settings={"synchronous_commit": "off"})
    except (OSError, asyncpg.PostgresError) as error:
        _skipped.append(request.node.nodeid)
        pytest.skip(f"{_UNREACHABLE} at {POSTGRES}: {error}")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


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
