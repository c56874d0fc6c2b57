from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.members.network import CATALOGUES, MAI, fill, meeting_people
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, Somebody


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def test_help_says_what_can_be_asked_and_whom_to_call(bot: TestBot) -> None:
    (shown,) = await bot.say("/help", MAI)
    assert shown.text == (
        "❓ Anh/chị có thể hỏi\n"
        "Cuộc họp: “Cuộc họp sắp tới là khi nào?”\n"
        "Hạn chót: “Tháng này có hạn chót nào?”\n"
        "Cán bộ đầu mối: “Ai là cán bộ đầu mối của Huế?”\n\n"
        "Những điều khác, anh/chị liên hệ ban điều phối mạng lưới:\n"
        "Helene: helene@example.org, +855 23 555 001"
    )
    assert shown.labels == [["📅 Các cuộc họp sắp tới", "⏰ Hạn chót"], ["👤 Cán bộ đầu mối", "⚙️ Cài đặt"]]


async def test_a_stranger_is_told_how_to_join_and_sees_no_name(bot: TestBot) -> None:
    (shown,) = await bot.say("/help", CAMILLE)
    assert shown.labels[-1] == ["✋ Demander à rejoindre le réseau"]
    assert shown.text.split("\n")[-1] == "Fonction\u202f: helene@example.org"


@pytest.mark.parametrize("language", sorted(CATALOGUES))
async def test_the_buttons_of_the_help_open_what_they_say(bot: TestBot, language: str) -> None:
    who = Somebody(7, "Ann", language)
    (shown,) = await bot.say("/help", who)
    for row in shown.buttons:
        for button in row:
            await bot.say("/help", who)
            (opened,) = await bot.tap(button, who)
            assert opened.html != shown.html
