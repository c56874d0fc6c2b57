"""An announcement in a real browser, from the draft to the report, in three languages; the assistant is restarted."""

from __future__ import annotations

import signal
from contextlib import AsyncExitStack
from datetime import timedelta

from playwright.async_api import Browser, Page, expect

from bot.clock import SimulatedClock
from bot.settings import Settings
from tests.e2e.start import running
from tests.e2e.test_forms_page import chosen, shows, tap, write
from tests.e2e.test_page import keep, phone
from tests.support.sample import NOW

assert chosen  # a fixture
HELENE = "helene-marchand"
AFTERNOON = NOW + timedelta(hours=6)
"""09:00 in France and 15:00 in Phnom Penh: nobody sleeps."""
SOON = 30_000
"""Milliseconds in which what was sent off has surely arrived; it takes some seconds."""
FRENCH = "Assises 2027 : programme\nBonjour, le programme est en ligne."
VIETNAMESE = "Đại hội 2027: chương trình\nKính gửi Quý vị, chương trình đã có."
KHMER = "សន្និបាត ២០២៧៖ កម្មវិធី\nសូមគោរពជូន លោក លោកស្រី កម្មវិធីមានហើយ។"


async def choose_whom(page: Page) -> None:
    """Write the text, and choose who gets it."""
    await write(page, "/announce")
    await shows(page, "Nouvelle annonce")
    await page.fill("#text", FRENCH)
    await page.press("#text", "Enter")
    await shows(page, "À qui", "53 personnes")
    await tap(page, "Seulement…")
    await tap(page, "Un rôle")
    await tap(page, "☐ points focaux")
    await expect(page.locator(".key").filter(has_text="✓ points focaux")).to_be_visible()
    await tap(page, "Suite →")
    await shows(page, "À qui", "points focaux")
    await tap(page, "Suite →")
    await shows(page, "Dans quelles langues")


async def test_an_announcement_goes_to_three_languages_and_is_reported(chosen: Settings, chromium: Browser) -> None:
    root = f"http://127.0.0.1:{chosen.web_port}"
    async with AsyncExitStack() as stack:
        async with running(chosen, SimulatedClock(AFTERNOON)):
            page = await stack.enter_async_context(phone(chromium, root, HELENE))
            await choose_whom(page)
            signal.raise_signal(signal.SIGTERM)
            await expect(page.locator("#status")).to_contain_text("onnexion")
        await stack.enter_async_context(running(chosen, SimulatedClock(AFTERNOON)))
        await shows(page, "Dans quelles langues")
        for language, text in (("vietnamien", VIETNAMESE), ("khmer", KHMER)):
            await tap(page, f"✍️ {language}")
            await page.fill("#text", text)
            await page.press("#text", "Enter")
            await shows(page, f"✓ {language}")
        await page.locator(".buttons").last.locator(".key").filter(has_text="lao\u202f: en français").click()
        await shows(page, "→ lao")
        await tap(page, "← L’annonce")
        await tap(page, "Réponses")
        await tap(page, "☐ « J’ai lu »".replace("« ", "«\u202f").replace(" »", "\u202f»"))
        await tap(page, "← L’annonce")
        await tap(page, "Aperçu")
        await tap(page, "khmer")
        await shows(page, "Aperçu en khmer", "កម្មវិធីមានហើយ")
        await keep(page, "announce-preview-km.png")
        await tap(page, "← L’annonce")
        await tap(page, "Envoyer…")
        await page.locator(".buttons").last.locator(".key").filter(has_text="Envoyer à").click()
        reader = await chromium.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
        await reader.goto(f"{root}/?as=sok-dara")
        await expect(reader.locator(".theirs").first).to_contain_text("សន្និបាត ២០២៧៖ កម្មវិធី", timeout=SOON)

        await reader.goto(f"{root}/?as=tran-thi-mai")
        await expect(reader.locator(".theirs").first).to_contain_text("Đại hội 2027: chương trình", timeout=SOON)
        done = page.locator(".theirs").filter(has_text="Envoi terminé")
        await expect(done).to_be_visible(timeout=SOON)
        await page.locator(".key").filter(has_text="Bilan").click()
        await expect(page.locator(".theirs").filter(has_text="Par langue")).to_contain_text("khmer")
