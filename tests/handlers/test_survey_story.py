"""A coordinator makes a survey in a spreadsheet; five people answer it in five languages, one across a restart."""

from __future__ import annotations

import io
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from bot.network.languages import Language
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from storage import submissions
from storage.database import Database
from storage.network import FORMS
from tests.handlers.filling import start
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA, Somebody
from tests.support.sample import FIRST_START, TABLES, ZONE, linked
from tests.support.whole import do_owed

VANNAK = Somebody(100_011, "Vannak", "lo")
COORDINATOR = Somebody(100_012, "Hélène", "fr")
LANGUAGES: tuple[tuple[Somebody, str, str, Language, str, str], ...] = (
    (LINH, "tran-thi-mai", "Tiếng Việt", "vi", "rất tốt", "Cần thêm thời gian thảo luận."),
    (SOKHA, "sok-dara", "ខ្មែរ", "km", "ល្អណាស់", "សូមផ្ញើឯកសារមុនកិច្ចប្រជុំ។"),
    (VANNAK, "vientiane", "ລາວ", "lo", "ດີຫຼາຍ", "ຂໍຂອບໃຈຄະນະຈັດງານ"),
    (CAMILLE, "le-havre", "Français", "fr", "très bien", "Les ateliers étaient trop courts."),
    (JOHN, "can-tho", "English", "en", "very good", "More time for questions, please."),
)
FORM = {"code": "after-kampot", "kind": "survey", "title_fr": "Votre avis sur Kampot", "title_km": "មតិអំពីកំពត"}
QUESTIONS: tuple[dict[str, str], ...] = (
    {"form": "after-kampot", "name": "mark", "number": "1", "kind": "rating", "label_fr": "Votre note",
     "label_km": "ពិន្ទុរបស់លោក/លោកស្រី"},
    {"form": "after-kampot", "name": "rooms", "number": "2", "kind": "one_choice", "label_fr": "L’accueil ?",
     "label_km": "ការទទួលស្វាគមន៍", "options": "good; fair", "choices_fr": "très bien; passable",
     "choices_vi": "rất tốt; tạm được", "choices_km": "ល្អណាស់; ធម្មតា", "choices_lo": "ດີຫຼາຍ; ພໍໃຊ້ໄດ້",
     "choices_en": "very good; fair"},
    {"form": "after-kampot", "name": "wish", "number": "3", "kind": "long_text", "label_fr": "Un souhait ?",
     "label_km": "សំណូមពរ", "required": "no"},
)  # fmt: skip


async def from_a_spreadsheet(database: Database, folder: Path) -> None:
    """Export the tables as a workbook, write the survey below its rows, and import it again."""
    book = folder / "network.xlsx"
    await export_tables(database, book, TABLES)
    sheets = load_workbook(book)
    for name, rows in (("forms", (FORM,)), ("questions", QUESTIONS)):
        sheet = sheets[name]
        header = [cell.value for cell in sheet[1]]
        for row in rows:
            sheet.append([row.get(column, "") for column in header])
    sheets.save(book)
    await import_tables(
        database, book, files=folder / "files", today=FIRST_START, network_zone=ZONE, confirm=lambda changes: True
    )


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")
    async with await start(tmp_path) as running:
        await from_a_spreadsheet(running.database, tmp_path)
        await linked(running.database, "helene-marchand", COORDINATOR)
        async with running.database.transaction() as write:
            people = {row["organisation"]: row["code"] for row in await write.fetch_all(
                "SELECT organisation, code FROM people WHERE role = 'focal_point' ORDER BY code"
            )}  # fmt: skip
        for who, code, *_ in LANGUAGES:
            await linked(running.database, people.get(code, code), who)
        yield running


async def opening(bot: TestBot) -> str:
    async with bot.database.snapshot() as read:
        held = await FORMS.get(read, "after-kampot")
    assert held is not None
    return f"fm1:{held.id}:0:o"


async def answer(bot: TestBot, who: Somebody, choice: str, wish: str) -> None:
    await bot.say("5", who)
    await bot.say(choice, who)
    await bot.say(wish, who)
    sending = next(one.data for row in bot.phone(who).last.buttons for one in row if (one.data or "").endswith(":ok"))
    await bot.tap_data(sending or "", who)


async def test_survey_from_a_spreadsheet_is_answered_in_five_languages_and_becomes_slides(
    bot: TestBot, tmp_path: Path
) -> None:
    for who, _, label, _, choice, wish in LANGUAGES[1:]:
        await bot.say("/language", who)
        await bot.tap(label, who)
        await bot.tap_data(await opening(bot), who)
        await answer(bot, who, choice, wish)
    await bot.say("/language", LINH)
    await bot.tap("Tiếng Việt", LINH)
    await bot.tap_data(await opening(bot), LINH)
    await bot.say("5", LINH)
    await bot.close()
    async with await start(tmp_path) as again:
        again._updates = 1000  # Telegram counts on
        await again.say("/forms", LINH)
        await again.tap_data(await opening(again), LINH)
        await again.tap_data(again.phone(LINH).last.buttons[0][0].data or "", LINH)
        await again.say("rất tốt", LINH)
        await again.say("Cần thêm thời gian thảo luận.", LINH)
        sending = again.phone(LINH).last.button("Gửi")
        assert sending is not None
        await again.tap_data(sending.data or "", LINH)
        async with again.database.snapshot() as read:
            found = await submissions.of_form(read, "after-kampot")
            held = await FORMS.get(read, "after-kampot")
        assert held is not None
        assert [one.answers["rooms"] for one in found] == ["good"] * 5
        assert {one.language for one in found} == {"fr", "vi", "km", "lo", "en"}
        await again.say("/start", COORDINATOR)
        await again.tap_data(f"fr1:{held.id}:pptx", COORDINATOR)
        await do_owed(again, tmp_path)
        file = again.phone(COORDINATOR).last.files
    assert file is not None
    slides = Presentation(io.BytesIO(file["document"][1])).slides
    assert len(slides) == 1 + len(QUESTIONS) + 1
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert any("សូមផ្ញើឯកសារមុនកិច្ចប្រជុំ។" in text for text in texts)
