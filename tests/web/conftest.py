"""What the tests of the web channel share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.migrate import migrate
from tests.web.stand import Stand, sample


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite database with the sample's people."""
    database = await open_database(f"sqlite:///{tmp_path / 'relais.db'}")
    await migrate(database)
    await sample(database)
    yield database
    await database.close()


@pytest.fixture
async def stand(quick: Database, tmp_path: Path) -> Stand:
    """A web channel over it."""
    return Stand(quick, tmp_path / "files")


@pytest.fixture
async def mai(stand: Stand) -> int:
    """The chat of Trần Thị Mai."""
    return await stand.chat("tran-thi-mai")
