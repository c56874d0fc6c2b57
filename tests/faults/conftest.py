from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.migrate import migrate


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite file with this version's tables, empty: for what is no matter of the database."""
    opened = await open_database(f"sqlite:///{tmp_path / 'relais.db'}")
    await migrate(opened)
    yield opened
    await opened.close()
