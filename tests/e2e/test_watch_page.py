"""The watch in a real browser: given in Vietnamese, approved in French, a month later read in Khmer; its page too."""

from __future__ import annotations

import re
import signal
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Browser, FilePayload, Page, expect

from bot.clock import SimulatedClock
from bot.settings import Settings
from tests.e2e.start import running
from tests.e2e.test_announce_page import AFTERNOON, HELENE
from tests.e2e.test_forms_page import chosen, shows, tap, write
from tests.e2e.test_page import phone
from tests.web.pictures import png

assert chosen  # a fixture
MAI, DARA = "tran-thi-mai", "sok-dara"
GIVEN = "Huế khánh thành trạm xử lý nước thải An Hòa. https://hue.example.org/tin/tram"
TITLE = "Huế khánh thành trạm xử lý nước thải An Hòa."
A_MONTH = 90_000
"""Milliseconds in which thirty days pass hour by hour, with all that is due in them."""


async def give(page: Page) -> None:
    """Send a photo, say what it is about, and give it to the watch; the button is tapped twice."""
    picture: FilePayload = {"name": "an-hoa.png", "mimeType": "image/png", "buffer": png(320, 200)}
    await page.set_input_files("#file", picture)
    await shows(page, "trong một câu")
    await page.fill("#text", GIVEN)
    await page.press("#text", "Enter")
    await tap(page, "Tin tức")
    await shows(page, "Đề xuất của anh/chị", "Tệp")
    await page.locator(".buttons").last.locator(".key").filter(has_text="Gửi ban điều phối").dblclick()
    await shows(page, "Xin cảm ơn")


async def decide(page: Page) -> None:
    await write(page, "/contributions")
    await shows(page, TITLE)
    await tap(page, "1")
    await tap(page, "✓ Accepter")
    await shows(page, "Accepté par Hélène Marchand")


async def approve(page: Page) -> None:
    """Approve the issue; what is not translated is done without, language by language."""
    await write(page, "/issue")
    await shows(page, "avril 2027", "collectivités membres (1)")
    await tap(page, "Approuver…")
    await shows(page, "langue par langue")
    for language in ("français", "khmer", "lao", "anglais"):
        await tap(page, f"Se passer de\u202f: {language}")
        await shows(page, f"{language}\u202f: on s’en passe")
    await tap(page, "La veille")
    await tap(page, "Approuver…")
    await shows(page, "53 personnes")
    await tap(page, "✓ Approuver")
    await shows(page, "Approuvée par Hélène Marchand")


async def look(page: Page, path: Path) -> None:
    """Take a picture of the watch from its heading on."""
    await page.locator(".theirs").filter(has_text="ព្រឹត្តិបត្រប្រចាំខែ ·").first.scroll_into_view_if_needed()
    assert await page.screenshot(path=path)


async def test_the_watch_arrives_a_month_later_in_khmer_with_the_file_and_its_page(
    chosen: Settings, chromium: Browser, tmp_path: Path
) -> None:
    root = f"http://127.0.0.1:{chosen.web_port}"
    async with AsyncExitStack() as stack:
        async with running(chosen, SimulatedClock(AFTERNOON)):
            giver = await stack.enter_async_context(phone(chromium, root, MAI))
            await give(giver)
            helene = await stack.enter_async_context(phone(chromium, root, HELENE))
            await decide(helene)
            await approve(helene)
            signal.raise_signal(signal.SIGTERM)
            await expect(helene.locator("#status")).to_contain_text("onnexion")
        await stack.enter_async_context(running(chosen, SimulatedClock(AFTERNOON)))
        dara = await stack.enter_async_context(phone(chromium, root, DARA))
        title = await dara.title()
        await dara.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
        before = await helene.locator("#hour").inner_text()
        await helene.get_by_text("+1 mois").click()
        await expect(helene.locator("#hour")).not_to_have_text(before, timeout=A_MONTH)
        await expect(dara).to_have_title(re.compile(rf"^\(\d+\) {re.escape(title)}$"))
        watch = dara.locator(".theirs").filter(has_text="ព្រឹត្តិបត្រប្រចាំខែ · ខែមេសា ឆ្នាំ2027")
        await expect(watch).to_have_count(1)
        held = dara.locator(".theirs").filter(has_text=TITLE)
        await expect(held).to_contain_text("ស្នើដោយ ទីក្រុងហ្វេ")
        await look(dara, tmp_path / "watch-km.png")

        await dara.locator(".key").filter(has_text="📎 ឯកសារភ្ជាប់លេខ").click()
        await expect(dara.locator(".theirs").last.locator("img")).to_be_visible()
        await dara.locator(".key").filter(has_text="ហេតុអ្វីខ្ញុំទទួលសារនេះ").click()
        await shows(dara, "ប្រធានបទ")
        await write(dara, "/watch 2027-04")
        await shows(dara, TITLE)
        link = dara.locator(".buttons").last.locator("a.key").filter(has_text="ចែករំលែក")
        await dara.goto(str(await link.get_attribute("href")))
        await expect(dara.locator("h1")).to_contain_text("ខែមេសា")
        await expect(dara.locator("body")).to_contain_text(TITLE)
        await dara.get_by_role("link", name="Français").click()
        await expect(dara.locator("body")).to_contain_text("La veille du réseau")
        await dara.go_back()
        await dara.go_back()
        await expect(dara.locator("#keyboard .key")).to_have_count(4)
