from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.members.network import CATALOGUES, MAI, fill, meeting_people
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


@pytest.mark.parametrize("language", sorted(CATALOGUES))
async def test_a_key_is_answered_as_its_command_in_any_language(bot: TestBot, language: str) -> None:
    for command in ("meetings", "deadlines", "contacts", "help"):
        label = str(CATALOGUES[language].say(f"menu.{command}"))
        (answer,) = await bot.say(label, CAMILLE)
        (expected,) = await bot.say(f"/{command}", CAMILLE)
        assert (answer.html, answer.buttons) == (expected.html, expected.buttons)


async def test_a_key_without_its_sign_is_the_same(bot: TestBot) -> None:
    (answer,) = await bot.say("prochaines réunions", CAMILLE)
    (expected,) = await bot.say("/meetings", CAMILLE)
    assert answer.text == expected.text


async def test_a_key_says_nothing_else_to_the_command(bot: TestBot) -> None:
    (answer,) = await bot.say("📅 Các cuộc họp sắp tới", LINH)
    assert answer.text == (await bot.say("/meetings", LINH))[0].text


async def test_other_words_are_left_to_others(bot: TestBot) -> None:
    (answer,) = await bot.say("xyzzy", SOKHA)
    assert answer.text.startswith("ខ្ញុំមិនយល់")
    (answer,) = await bot.say("xyzzy", MAI)
    assert answer.text.startswith("Tôi chưa hiểu")
