"""A real browser for the tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

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
