"""The assistant as `make run` starts it, asked in Khmer on a phone in a real browser."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.start import running, settings

PICTURES = Path(__file__).parents[2] / "docs" / "images"
KEEP = "RELAIS_KEEP_PICTURES" in os.environ
"""Whether the pictures of the README are taken anew."""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
async def root(tmp_path: Path) -> AsyncIterator[str]:
    port = _free_port()
    async with running(settings(tmp_path, web_port=port)) as told:
        assert f"http://127.0.0.1:{port}" in told[0]
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def phone(browser: Browser, root: str, who: str) -> AsyncIterator[Page]:
    """A phone of 360 × 740 in somebody's hands; nothing may go wrong on it."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(f"{root}/?as={who}")
    await begin(page)
    await expect(page.locator("#keyboard .key")).to_have_count(4)
    yield page
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == []
    await context.close()


async def begin(page: Page) -> None:
    """Tap the way in, or write it where something that was due has come before."""
    await expect(page.locator("#start:visible, .theirs").first).to_be_visible()
    if await page.locator("#start").is_visible():
        await page.click("#start")
    else:
        await page.fill("#text", "/start")
        await page.press("#text", "Enter")


async def keep(page: Page, name: str) -> None:
    """Take a picture for the README, where that is asked for."""
    if KEEP:
        await page.wait_for_timeout(600)  # until the bubble's soft light has gone
        await page.screenshot(path=PICTURES / name)


async def test_meetings_are_asked_for_in_khmer_and_turned_over_in_place(root: str, chromium: Browser) -> None:
    async with phone(chromium, root, "sok-dara") as page:
        await page.click("#keyboard .key >> text=កិច្ចប្រជុំខាងមុខ")
        shown = page.locator(".theirs").last
        await expect(shown).to_contain_text("ទំព័រ 1/")
        bubbles = await page.locator(".message").count()
        await keep(page, "meetings-km.png")
        await page.click(".buttons .key >> text=បន្ទាប់")
        await expect(shown).to_contain_text("ទំព័រ 2/")
        await page.locator(".buttons .key").filter(has_text=re.compile(r"^6$")).click()
        await expect(shown).to_contain_text("ពេលវេលា")
        assert await page.locator(".message").count() == bubbles


async def test_deadlines_are_read_in_french(root: str, chromium: Browser) -> None:
    async with phone(chromium, root, "camille-lefort") as page:
        await page.click("#keyboard .key >> text=Échéances")
        await expect(page.locator(".theirs").last).to_contain_text("Cette semaine")
        await keep(page, "deadlines-fr.png")


async def test_language_is_changed_in_the_middle(root: str, chromium: Browser) -> None:
    async with phone(chromium, root, "tran-thi-mai") as page:
        await page.fill("#text", "/language")
        await page.press("#text", "Enter")
        await page.locator(".buttons").last.get_by_text("ລາວ").click()
        await expect(page.locator("#keyboard .key").first).to_contain_text("ກອງປະຊຸມ")
        await page.click("#keyboard .key >> text=ກຳນົດເວລາ")
        await expect(page.locator(".theirs").last).to_contain_text("ມື້")


async def test_clock_is_moved_forward(root: str, chromium: Browser) -> None:
    async with phone(chromium, root, "camille-lefort") as page:
        before = await page.locator("#hour").inner_text()
        await page.get_by_text("+1 mois").click()
        await expect(page.locator("#hour")).not_to_have_text(before)


async def test_what_comes_while_nobody_looks_is_counted_before_the_title(root: str, chromium: Browser) -> None:
    async with phone(chromium, root, "yann-delaunoy") as page:
        title = await page.title()
        hidden = "Object.defineProperty(document, 'hidden', { value: %s, configurable: true });"
        await page.evaluate(hidden % "true")
        await page.fill("#text", "/help")
        await page.press("#text", "Enter")
        await expect(page).to_have_title(f"(1) {title}")
        await page.evaluate(hidden % "false" + "document.dispatchEvent(new Event('visibilitychange'))")
        await expect(page).to_have_title(title)
