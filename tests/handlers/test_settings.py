from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from tests.members.network import MAI, fill, meeting_people, reader_of
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, SOKHA


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def test_settings_shows_language_hour_and_page(bot: TestBot) -> None:
    (shown,) = await bot.say("/settings", MAI)
    assert shown.text == (
        "⚙️ Cài đặt\nNgôn ngữ: Tiếng Việt\nGiờ: Việt Nam, hiện là 9h00\nGiờ yên lặng: từ 21h00 đến 7h00"
    )
    assert shown.labels == [
        ["🌐 Ngôn ngữ", "🕒 Múi giờ"], ["🌙 Giờ yên lặng"], ["Bản tin…", "⏸ Tạm dừng nhắc việc"],
        ["Mở trong trình duyệt"],
    ]  # fmt: skip
    page = shown.button("Mở")
    assert page is not None
    assert page.url == "https://relais.example.org/me"


async def test_a_stranger_has_no_page(bot: TestBot) -> None:
    (shown,) = await bot.say("/settings", CAMILLE)
    assert shown.labels == [["🌐 Langue", "🕒 Heure"], ["🌙 Silence"]]


async def test_a_country_of_the_network_is_one_tap_away(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    (choice,) = await bot.tap("Heure", CAMILLE)
    assert choice.labels == [["Cambodge", "France"], ["Laos", "Viêt Nam"], ["Une autre ville"], ["‹ Retour"]]
    (shown,) = await bot.tap("France", CAMILLE)
    assert shown.text.split("\n")[2].startswith("Heure\u202f: France, il y est 4")
    assert (await reader_of(bot, CAMILLE)).time_zone == "Europe/Paris"


async def test_another_city_is_written(bot: TestBot) -> None:
    await bot.say("/settings", SOKHA)
    await bot.tap("🕒", SOKHA)
    await bot.tap("ទីក្រុងផ្សេង", SOKHA)
    (shown,) = await bot.say("តូក្យូ", SOKHA)
    assert "ជប៉ុន" in shown.text
    assert (await reader_of(bot, SOKHA)).time_zone == "Asia/Tokyo"
    (next_words,) = await bot.say("តូក្យូ", SOKHA)
    assert next_words.text.startswith("ខ្ញុំមិនយល់")  # the question is closed


async def test_a_city_that_nobody_knows_is_asked_again_with_an_example(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    await bot.tap("Heure", CAMILLE)
    await bot.tap("Une autre ville", CAMILLE)
    (shown,) = await bot.say("Zzyzx", CAMILLE)
    assert "par exemple Tokyo ou Montréal" in shown.text
    (chosen,) = await bot.say("montreal", CAMILLE)
    assert "Toronto" in chosen.text


async def test_a_doubtful_city_is_chosen_among_its_likes(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    await bot.tap("Heure", CAMILLE)
    await bot.tap("Une autre ville", CAMILLE)
    (choice,) = await bot.say("Oran", CAMILLE)
    assert [row[0].split(",")[0] for row in choice.labels[:-1]] == ["Mascate", "Ouralsk", "Téhéran"]
    await bot.tap("Mascate", CAMILLE)
    assert (await reader_of(bot, CAMILLE)).time_zone == "Asia/Muscat"


async def test_a_command_is_answered_while_a_city_is_asked(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    await bot.tap("Heure", CAMILLE)
    await bot.tap("Une autre ville", CAMILLE)
    (answer,) = await bot.say("/help", CAMILLE)
    assert answer.text.startswith("❓")
    await bot.say("Tokyo", CAMILLE)
    assert (await reader_of(bot, CAMILLE)).time_zone == "Asia/Tokyo"


async def test_a_city_written_much_later_is_no_time_zone(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    await bot.tap("Heure", CAMILLE)
    await bot.tap("Une autre ville", CAMILLE)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(minutes=20))
    await bot.say("Huê", CAMILLE)
    assert (await reader_of(bot, CAMILLE)).time_zone == "Asia/Phnom_Penh"


async def test_khmer_readers_choose_their_digits(bot: TestBot) -> None:
    await bot.say("/settings", SOKHA)
    (shown,) = await bot.tap("ប្រើលេខ", SOKHA)
    assert shown.text.split("\n")[2:] == [
        "ម៉ោង៖ កម្ពុជា ឥឡូវម៉ោង ០៩:០០", "លេខ៖ ០១២៣៤៥៦៧៨៩", "ម៉ោងស្ងាត់៖ ពីម៉ោង ២១:០០ ដល់ម៉ោង ០៧:០០",
    ]  # fmt: skip
    (shown,) = await bot.tap("ប្រើលេខ 123", SOKHA)
    assert shown.text.split("\n")[3] == "លេខ៖ 0123456789"


async def test_quiet_hours_are_chosen_and_marked(bot: TestBot) -> None:
    await bot.say("/settings", CAMILLE)
    (choice,) = await bot.tap("Silence", CAMILLE)
    assert [[label.replace("\u202f", " ") for label in row] for row in choice.labels] == [
        ["20\u00a0h – 7\u00a0h", "✓ 21\u00a0h – 7\u00a0h"], ["22\u00a0h – 6\u00a0h", "Pas de silence"], ["‹ Retour"],
    ]  # fmt: skip
    (shown,) = await bot.tap("22", CAMILLE)
    assert shown.text.split("\n")[-1].replace("\u202f", " ") == "Silence : de 22\u00a0h à 6\u00a0h"
    await bot.tap("Silence", CAMILLE)
    (shown,) = await bot.tap("Pas de silence", CAMILLE)
    assert shown.text.split("\n")[-1].replace("\u202f", " ") == "Silence : aucun"


FORGED = [
    "quiet1:5-6",
    "quiet1:none-1",
    "zone1:is:--etc--passwd",
    "zone1:in:999999",
    "digits1:roman",
    "zone1:is",
    "zone7:in:1",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_changes_nothing(bot: TestBot, data: str) -> None:
    await bot.say("/settings", CAMILLE)
    before = await reader_of(bot, CAMILLE)
    (shown,) = await bot.tap_data(data, CAMILLE)
    assert shown.edits == 1
    assert await reader_of(bot, CAMILLE) == before
