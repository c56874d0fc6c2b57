"""What the tests of the web channel share."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

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


CHROMIUM = os.environ.get("RELAIS_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_skipped: list[str] = []


@pytest.fixture
async def chromium(request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    """A real browser; without one the test is skipped, and the end of the run says so."""
    if CHROMIUM is None:
        _skipped.append(request.node.nodeid)
        pytest.skip("no chromium is found")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        await browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that nobody looked at the page."""
    if _skipped:
        terminalreporter.section("The page was NOT tested", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(_skipped)} tests were skipped: install chromium, or set RELAIS_TEST_CHROMIUM.")
