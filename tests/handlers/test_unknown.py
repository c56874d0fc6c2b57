from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest

from bot.members.suggestions import Suggestions
from bot.network.audiences import Role
from bot.texts.members import COMMAND_TAPS
from handlers.menu import commands_for, every_command
from tests.members.network import CATALOGUES, MAI, fill, meeting_people
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def test_a_mistyped_command_is_answered_with_the_nearest(bot: TestBot) -> None:
    (answer,) = await bot.say("/meting", CAMILLE)
    assert answer.text == "Je ne connais pas la commande /meting. Voici le plus proche\u202f:"
    assert (len(answer.labels), answer.labels[0]) == (3, ["📅 Prochaines réunions"])


@pytest.mark.parametrize("words", ["/reunions", "/réunions", "/cuochop", "/កិច្ចប្រជុំ", "réunoins", "ກອງປະຊຸມ"])
async def test_the_words_of_any_language_lead_to_the_command(bot: TestBot, words: str) -> None:
    (answer,) = await bot.say(words, CAMILLE)
    assert answer.labels[0] == ["📅 Prochaines réunions"]


async def test_words_that_nobody_knows_are_said_back(bot: TestBot) -> None:
    (answer,) = await bot.say("<xyzzy> & plugh", CAMILLE)
    assert answer.text.startswith("Je n’ai pas compris «\u202f<xyzzy> & plugh\u202f».")
    assert answer.labels == [["📅 Prochaines réunions"], ["⏰ Échéances"], ["👤 Points focaux"]]


async def test_long_words_are_said_back_shortened(bot: TestBot) -> None:
    (answer,) = await bot.say("ឋឌឍ " * 900, SOKHA)
    assert len(answer.text) < 300


@pytest.mark.parametrize(
    ("written", "city"), [("Huê", "Huế"), ("Siem Rep", "Siem Reap"), ("ភ្នំពេញ", "Phnom Penh"), ("ວຽງຈັນ", "Vientiane")]
)
async def test_a_city_offers_its_focal_point_and_meetings(bot: TestBot, written: str, city: str) -> None:
    (answer,) = await bot.say(written, CAMILLE)
    assert answer.text == f"{city}\u202f: que souhaitez-vous savoir\u202f?"
    assert answer.labels == [[f"👤 Point focal\u202f: {city}"], [f"📅 Réunions\u202f: {city}"], ["⏰ Échéances"]]
    (contacts,) = await bot.tap("Point focal", CAMILLE)
    assert contacts.text.startswith(f"👤 Point focal · {city}")


async def test_what_is_asked_about_a_city_stands_first(bot: TestBot) -> None:
    (answer,) = await bot.say("Quelles réunions à Huê ?", CAMILLE)
    assert answer.labels[0] == ["📅 Réunions\u202f: Huế"]
    await bot.tap("Réunions", CAMILLE)
    assert bot.phone(CAMILLE).last.edits == 1


NO_TEXT = [{"sticker": {"emoji": "👍"}}, {"voice": {"duration": 3}}, {"photo": [{"file_id": "1"}]}, {}]


@pytest.mark.parametrize("more", NO_TEXT)
async def test_what_is_no_text_is_answered_in_words(bot: TestBot, more: dict[str, object]) -> None:
    (answer,) = await bot.say(None, LINH, **more)
    assert answer.text == "Tôi chỉ đọc được chữ viết. Anh/chị viết câu hỏi hoặc chọn:"
    assert len(answer.labels) == 3


async def test_a_command_of_nothing_but_a_slash_is_answered(bot: TestBot) -> None:
    (answer,) = await bot.say("/", CAMILLE)
    assert len(answer.labels) == 3


@pytest.mark.parametrize("data", ["old5:1", "not ours", "rqa1:1:1:member", "x1:" + "9" * 40])
async def test_an_old_button_is_refreshed_and_never_an_error(bot: TestBot, data: str) -> None:
    await bot.say("/start", MAI)
    (shown,) = await bot.tap_data(data, MAI, bot.phone(MAI).bubbles[0])
    assert (shown.edits, shown.text.split("\n")[0]) == (1, "❓ Anh/chị có thể hỏi")
    notices = [call.params.get("text") for call in bot.calls if call.method == "answerCallbackQuery"]
    assert notices == ["Đã cập nhật tin nhắn"]


@pytest.mark.parametrize("role", get_args(Role))
def test_every_command_of_a_menu_can_be_suggested_and_tapped(role: Role) -> None:
    suggestions = Suggestions(CATALOGUES, every_command())
    for name in commands_for(role):
        assert name in suggestions.nearest(name, commands_for(role), ()).commands
        assert COMMAND_TAPS[name].data
