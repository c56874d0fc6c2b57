from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_countries_come_first(bot: TestBot) -> None:
    (bubble,) = await bot.say("/contacts", CAMILLE)
    assert bubble.text == "👤 Points focaux\nDans quel pays\u202f?"
    assert bubble.labels == [
        ["France (10)", "Cambodge (6)"], ["Laos (2)", "Viêt Nam (7)"], ["Par thème"], ["Coordination du réseau"],
    ]  # fmt: skip


async def test_stranger_reads_city_and_function_only(bot: TestBot) -> None:
    await bot.say("/contacts", JOHN)
    await bot.tap("Vietnam", JOHN)
    (bubble,) = await bot.tap("Huế", JOHN)
    assert bubble.text == (
        "👤 Focal point · Huế\n\nInternational cooperation officer\n\n"
        "Names and contact details are shown to members of the network."
    )
    assert bubble.labels == [["✋ Ask to join the network"], ["📅 Meetings there"], ["‹ Back"]]


async def test_member_reads_name_and_how_to_reach(bot: TestBot) -> None:
    await bot.say("/contacts", CAMILLE)
    await bot.tap("Viêt Nam", CAMILLE)
    (bubble,) = await bot.tap("Huế", CAMILLE)
    assert bubble.text == (
        "👤 Point focal · Huế\n\n"
        "Trần Thị Mai\nChargée de coopération internationale\ntran.thi.mai@hue.example.org\n+84 234 5550 123\n"
        "Langues\u202f: vietnamien, français\n\n"
        "Autres contacts\n"
        "Nguyễn Khoa Vy, Responsable de la collecte et du tri des déchets\n"
        "Tôn Thất Khả, Conservateur du patrimoine"
    )


async def test_vacant_city_shows_the_coordination(bot: TestBot) -> None:
    await bot.say("/contacts", SOKHA)
    await bot.tap("កម្ពុជា", SOKHA)
    (bubble,) = await bot.tap("កំពត", SOKHA)
    assert bubble.text == (
        "👤 ជនបង្គោល · ខេត្តកំពត\n\n"
        "ស្ថាប័ននេះមិនទាន់បានចាត់តាំងជនបង្គោលនៅឡើយទេ។\n\n"
        "អ្នកសម្របសម្រួលអាចជួយលោក/លោកស្រីបាន៖\n\n"
        "អនុអ្នកសម្របសម្រួលបណ្តាញ\nchea.sokunthea@relais.example.org\n\n"
        "អ្នកសម្របសម្រួលបណ្តាញ\nhelene.marchand@relais.example.org"
    )


async def test_theme_finds_its_focal_points_with_their_cities(bot: TestBot) -> None:
    await bot.say("/contacts", LINH)
    await bot.tap("Theo chủ đề", LINH)
    (bubble,) = await bot.tap("Di sản", LINH)
    assert bubble.text.splitlines()[0] == "👤 Cán bộ đầu mối · Di sản"
    assert "Trần Thị Mai\nChuyên viên hợp tác quốc tế\nHuế\n" in bubble.text
    (themes,) = await bot.tap("‹ Quay lại", LINH)
    assert themes.edits == 3


async def test_countries_turn_their_pages(bot: TestBot) -> None:
    await bot.say("/contacts", JOHN)
    (first,) = await bot.tap("France", JOHN)
    (second,) = await bot.tap("Next ›", JOHN)
    turns = {"Next ›", "‹ Previous", "‹ Back"}
    named = {label for bubble in (first, second) for row in bubble.labels for label in row} - turns
    assert (len(named), "Le Havre" in named) == (10, True)
    (back,) = await bot.tap("‹ Back", JOHN)
    assert back.text == "👤 Focal points\nIn which country?"


async def test_meetings_of_the_city_are_a_tap_away(bot: TestBot) -> None:
    await bot.say("/contacts", JOHN)
    await bot.tap("Vietnam", JOHN)
    await bot.tap("Huế", JOHN)
    await bot.tap_data(_data(bot, "📅 Meetings there"), JOHN)
    assert bot.phone(JOHN).last.text.splitlines()[0] == "📅 Next meetings · Huế"


async def test_what_is_not_there_shows_the_countries(bot: TestBot) -> None:
    (before,) = await bot.say("/contacts", JOHN)
    for data in ("co1:999999", "cc1:MG:0", "ct1:0", "c9"):
        await bot.tap_data(data, JOHN)
        assert bot.phone(JOHN).last.html == before.html
    notices = [call.params.get("text") for call in bot.calls if call.method == "answerCallbackQuery"]
    assert notices == [*["This contact is no longer in the directory."] * 3, "Message refreshed"]


def _data(bot: TestBot, label: str) -> str:
    found = bot.phone(JOHN).last.button(label)
    assert found is not None
    assert found.data is not None
    return found.data
