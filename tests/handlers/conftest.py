"""The assistant that tests of this folder talk to, unless they start one of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.asking import asked_bot
from tests.support.bot import TestBot


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with asked_bot(tmp_path, sample_file) as started:
        yield started
