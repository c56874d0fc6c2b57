"""A registration filled in in Khmer in a real browser: the page is reloaded and the assistant restarted on the way."""

from __future__ import annotations

import re
import signal
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.settings import Settings
from storage import submissions
from storage.database import open_database
from storage.submissions import Submission
from tests.e2e.start import running, settings
from tests.e2e.test_page import keep, phone

FORM = "registration"
AGREED = re.compile("យល់ព្រម|បាទ/ចាស")
"""The agreement, as what is agreed to or as yes."""


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """The same home and the same address, however often the assistant is started."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return settings(tmp_path, web_port=int(one.getsockname()[1]))


async def write(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def tap(page: Page, label: str | re.Pattern[str]) -> None:
    """Tap the button so labelled under the newest bubble."""
    exactly = re.compile(f"^{re.escape(label)}$") if isinstance(label, str) else label
    await page.locator(".buttons").last.locator(".key").filter(has_text=exactly).click()


async def shows(page: Page, *texts: str) -> None:
    """Wait until the newest bubble says all this."""
    for text in texts:
        await expect(page.locator(".theirs").last).to_contain_text(text)


async def open_registration(page: Page) -> None:
    """Find the form in the list by its title, tap its number, and see its first question."""
    await write(page, "/forms")
    await shows(page, "សិក្ខាសាលាញែកសំរាមនៅហ្វេ")
    row = re.search(r"(\d+)\. [^\n]*សិក្ខាសាលាញែកសំរាមនៅហ្វេ", await page.locator(".theirs").last.inner_text())
    assert row is not None
    await tap(page, row[1])
    await shows(page, "1/11", "ឈ្មោះពេញ")


async def keep_what_is_known(page: Page) -> None:
    """Take the name, the function, the city and the address that the network knows, each with a tap."""
    for at, known in enumerate(("Sok Dara", "ប្រធានការិយាល័យ", "ភ្នំពេញ", "sok.dara@"), 1):
        await shows(page, f"{at}/11")
        await tap(page, re.compile(f"^រក្សាទុក.*{known}"))
    await shows(page, "5/11", "sok.dara@phnom-penh.example.org")


async def answer_up_to_the_arrival(page: Page) -> None:
    await write(page, "១២ ៣៤៥")
    await shows(page, "5/11", "លេខទូរស័ព្ទពេញលេញ")
    await write(page, "០១២ ៣៤៥ ៦៧៨")
    await shows(page, "6/11")
    await tap(page, "បាទ/ចាស")
    await shows(page, "7/14")
    await tap(page, "2")
    await shows(page, "8/14", "ថ្ងៃណា")
    await keep(page, "form-calendar-km.png")


async def agree_and_send(page: Page) -> str:
    """Give the last three answers, send all, and return the reference."""
    await tap(page, re.compile("នៅសាលារៀន"))
    await tap(page, re.compile(r"^រួចរាល់ \(1\)$"))
    await shows(page, "13/14")
    await tap(page, "រំលង")
    await shows(page, "14/14")
    await tap(page, AGREED)
    await shows(page, "ពិនិត្យមុនពេលផ្ញើ", "14.", "ថ្ងៃច័ន្ទ ទី12 ខែមេសា ឆ្នាំ2027")
    await keep(page, "form-review-km.png")
    await tap(page, "ផ្ញើ")
    await shows(page, "លេខយោង")
    await keep(page, "form-sent-km.png")
    return await page.locator(".theirs").last.locator("code").inner_text()


async def stop(page: Page) -> None:
    """Stop the assistant as an administrator does, and wait until the page has noticed."""
    signal.raise_signal(signal.SIGTERM)
    await expect(page.locator("#status")).to_contain_text("កំពុងភ្ជាប់")


async def sent(chosen: Settings) -> list[Submission]:
    database = await open_database(chosen.database)
    try:
        async with database.transaction() as read:
            return await submissions.of_form(read, FORM)
    finally:
        await database.close()


async def test_registration_outlives_a_reload_and_a_restart(chosen: Settings, chromium: Browser) -> None:
    async with AsyncExitStack() as hands:
        async with running(chosen):
            page = await hands.enter_async_context(phone(chromium, f"http://127.0.0.1:{chosen.web_port}", "sok-dara"))
            await open_registration(page)
            await keep_what_is_known(page)
            await answer_up_to_the_arrival(page)
            await page.reload()
            await shows(page, "8/14")
            await write(page, "ថ្ងៃទី ១២ មេសា")
            await shows(page, "9/14", "ថ្ងៃច័ន្ទ ទី12 ខែមេសា")
            await stop(page)
        await write(page, "ម៉ោង ២ និង ៣០ នាទី រសៀល")  # goes out by itself when the assistant is back
        async with running(chosen):
            await shows(page, "10/14", "14:30")
            await tap(page, "អាហារបួស")
            await shows(page, "11/14", "អាហារបួស")
            await tap(page, "ភាសាខ្មែរ")
            await shows(page, "12/14")
            reference = await agree_and_send(page)
    assert re.fullmatch("[0-9A-Z]{5}-[0-9A-Z]{4}", reference)
    answers = {
        "name": "Sok Dara", "function": "ប្រធានការិយាល័យទំនាក់ទំនងអន្តរជាតិ", "city": "phnom-penh",
        "email": "sok.dara@phnom-penh.example.org", "phone": "+85512345678", "stays": "yes", "nights": 2,
        "arrival": "2027-04-12", "arrival_time": "14:30", "diet": "vegetarian", "interpretation": "khmer",
        "sessions": ["schools"], "access": None, "photos": "yes",
    }  # fmt: skip
    assert [(one.reference, one.state, one.answers) for one in await sent(chosen)] == [
        (reference, "confirmed", answers)
    ]
