from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.members.network import fill, meeting_people, reader_of
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def test_language_offers_the_five_in_their_own_names(bot: TestBot) -> None:
    (shown,) = await bot.say("/language", CAMILLE)
    assert shown.text == "🌐 Langue\nDans quelle langue souhaitez-vous lire\u202f?"
    assert shown.labels == [["✓ Français", "Tiếng Việt"], ["ភាសាខ្មែរ", "ລາວ"], ["English"]]


async def test_a_chosen_language_comes_with_reply_menu_and_keyboard(bot: TestBot) -> None:
    await bot.say("/language", CAMILLE)
    shown, keyboard = await bot.tap("ລາວ", CAMILLE)
    assert (shown.text.split("\n")[0], shown.edits) == ("🌐 ພາສາ", 1)
    assert shown.labels == [["Français", "Tiếng Việt"], ["ភាសាខ្មែរ", "✓ ລາວ"], ["English"]]
    assert (
        bot.phone(CAMILLE).keyboard
        == keyboard.keyboard
        == (
            ("📅 ກອງປະຊຸມຕໍ່ໄປ", "⏰ ກຳນົດເວລາ"),
            ("👤 ຈຸດປະສານງານ", "❓ ຊ່ວຍເຫຼືອ"),
        )
    )
    assert "ກອງປະຊຸມຕໍ່ໄປ" in next(call for call in bot.calls if call.method == "setMyCommands").params["commands"]
    assert next(call for call in bot.calls if call.method == "answerCallbackQuery").params["text"] == "ບັນທຶກພາສາແລ້ວ"


async def test_a_chosen_language_outlives_a_restart(bot: TestBot, tmp_path: Path) -> None:
    await bot.say("/language", LINH)
    await bot.tap("English", LINH)
    await bot.close()
    async with await TestBot.start(tmp_path, meeting_people()) as again:
        assert (await reader_of(again, LINH)).language == "en"


async def test_language_from_the_settings_leads_back_there(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    await bot.tap("Langue", CAMILLE)
    shown, _ = await bot.tap("English", CAMILLE)
    assert shown.labels[-1] == ["‹ Back"]
    (settings,) = await bot.tap("Back", CAMILLE)
    assert settings.text.split("\n")[:2] == ["⚙️ Settings", "Language: English"]


async def test_a_forged_language_changes_nothing(bot: TestBot) -> None:
    await bot.say("/language", LINH)
    await bot.tap_data("lang1:klingon", LINH)
    assert (await reader_of(bot, LINH)).language == "vi"
