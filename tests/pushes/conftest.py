from __future__ import annotations

import pytest

from storage.database import Database
from tests.pushes.little import Little, Make
from tests.pushes.year_network import Matter
from tests.pushes.year_tables import fill


@pytest.fixture
def make(file: Database) -> Make:
    async def little(*matters: Matter, **quiet: str) -> Little:
        found = Little(file, *matters)
        for code, hours in quiet.items():
            found.network.people[code.replace("_", "-")].quiet = hours
        await fill(file, found.network, found.clock.now())
        return found

    return little
