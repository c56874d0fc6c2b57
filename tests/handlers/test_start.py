from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from bot.clock import SimulatedClock
from bot.members.invitations import invite
from bot.network.audiences import Role
from tests.members.network import CATALOGUES, HELENE, MAI, count, fill, meeting_people, reader_of
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def invitation(bot: TestBot, role: Role, organisation: str | None = None) -> str:
    async with bot.database.transaction() as tx:
        return await invite(tx, role, organisation, None, bot.clock.now(), timedelta(days=7))


async def test_start_greets_a_stranger_in_the_language_of_the_phone(bot: TestBot) -> None:
    greeting, keyboard = await bot.say("/start", LINH)
    assert greeting.text == (
        "Kính chào anh/chị Linh. Tôi là Relais, ban thư ký của mạng lưới thành phố.\n"
        "Anh/chị có thể xem thông tin công khai: cuộc họp, hạn chót và cán bộ đầu mối của các thành phố.\n"
        "Anh/chị muốn dùng ngôn ngữ nào?"
    )
    assert greeting.labels == [
        ["Français", "✓ Tiếng Việt"],
        ["ភាសាខ្មែរ", "ລາວ"],
        ["English"],
        ["✋ Đề nghị tham gia mạng lưới"],
    ]
    assert keyboard.keyboard == (("📅 Các cuộc họp sắp tới", "⏰ Hạn chót"), ("👤 Cán bộ đầu mối", "❓ Trợ giúp"))


@pytest.mark.parametrize("language", sorted(CATALOGUES))
async def test_start_says_it_in_three_lines_in_every_language(bot: TestBot, language: str) -> None:
    greeting, _ = await bot.say("/start", Somebody(7, "Ann", language))
    assert greeting.text.count("\n") == 2


async def test_start_speaks_the_networks_language_to_a_phone_of_another(bot: TestBot) -> None:
    greeting, _ = await bot.say("/start", Somebody(7, "Aiko", "ja"))
    assert greeting.text.startswith("Hello Aiko.")


async def test_start_knows_a_focal_point_by_the_telegram_id_in_the_tables(bot: TestBot) -> None:
    greeting, _ = await bot.say("/start", MAI)
    assert greeting.labels == [["Français", "✓ Tiếng Việt"], ["ភាសាខ្មែរ", "ລາວ"], ["English"]]
    assert "hỏi tôi về các cuộc họp" in greeting.text


async def test_start_sets_the_menu_of_the_role(bot: TestBot) -> None:
    await bot.say("/start", LINH)
    await bot.say("/start", MAI)
    menus = [call for call in bot.calls if call.method == "setMyCommands"]
    names = [[one["command"] for one in orjson.loads(call.params["commands"])] for call in menus]
    known = ["meetings", "deadlines", "contacts", "documents", "news", "forms", "language", "settings", "help"]
    assert names == [[*known, "join"], [*known, "mine", "watch"]]


async def test_a_language_under_the_greeting_is_kept_at_once(bot: TestBot) -> None:
    await bot.say("/start", LINH)
    greeting, keyboard = await bot.tap("ភាសាខ្មែរ", LINH)
    assert (greeting.edits, greeting.text.split()[0]) == (1, "សូមជម្រាបសួរ")
    assert keyboard.keyboard is not None
    assert keyboard.keyboard[0][0] == "📅 កិច្ចប្រជុំខាងមុខ"
    reader = await reader_of(bot, LINH)
    assert (reader.language, reader.language_chosen) == ("km", True)


async def test_the_guessed_language_can_be_confirmed(bot: TestBot) -> None:
    await bot.say("/start", LINH)
    before = len(bot.phone(LINH).bubbles)
    await bot.tap("✓ Tiếng Việt", LINH)
    assert len(bot.phone(LINH).bubbles) == before  # no second keyboard
    assert (await reader_of(bot, LINH)).language_chosen


async def test_a_forged_language_changes_nothing(bot: TestBot) -> None:
    await bot.say("/start", LINH)
    await bot.tap_data("start1:xx", LINH, bot.phone(LINH).bubbles[0])
    assert (await reader_of(bot, LINH)).language == "vi"


async def test_an_invitation_opens_the_network_once(bot: TestBot) -> None:
    code = await invitation(bot, "focal_point", "hue")
    welcome, keyboard = await bot.say(f"/start {code}", LINH)
    assert welcome.text.split("\n")[0] == (
        "Trân trọng chào mừng anh/chị Linh. Anh/chị đã tham gia mạng lưới: cán bộ đầu mối, Huế."
    )
    assert keyboard.keyboard is not None
    assert (await reader_of(bot, LINH)).role == "focal_point"
    (refused,) = await bot.say(f"/start {code}", CAMILLE)
    assert refused.text == (
        "Ce lien d’invitation a déjà servi. Rien n’a été modifié. Demandez un nouveau lien à la coordination du réseau."
    )
    assert refused.labels == [["Coordination du réseau"]]
    assert (await reader_of(bot, CAMILLE)).role == "stranger"


async def test_the_button_of_a_refusal_shows_whom_to_ask(bot: TestBot) -> None:
    await bot.say("/start xxxxxxxxxxxxxxxxxxxxxxxx", CAMILLE)
    (shown,) = await bot.tap("Coordination", CAMILLE)
    assert "helene@example.org" in shown.text


async def test_an_invitation_that_has_expired_is_refused(bot: TestBot) -> None:
    code = await invitation(bot, "member", "hue")
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(days=8))
    (refused,) = await bot.say(f"/start {code}", SOKHA)
    assert refused.text.startswith("តំណអញ្ជើញនេះផុតសុពលភាពហើយ។")
    assert await count(bot, "people") == 4


async def test_a_coordinator_is_shown_who_waits(bot: TestBot) -> None:
    await bot.say("/join", LINH)
    for words in ("Linh", "hue"):
        await bot.say(words, LINH)
    await bot.say("Chuyên viên", LINH)
    await bot.tap("Gửi", LINH)
    greeting, _ = await bot.say("/start", HELENE)
    assert greeting.labels[-1] == ["✋ Demandes en attente\u202f: 1"]
    (request,) = await bot.tap("Demandes", HELENE)
    assert "Linh" in request.text


async def test_a_button_of_an_older_greeting_is_refreshed(bot: TestBot) -> None:
    await bot.say("/start", LINH)
    await bot.tap_data("start9:fr", LINH, bot.phone(LINH).bubbles[0])
    assert bot.phone(LINH).bubbles[0].text.startswith("Kính chào")
    assert (await reader_of(bot, LINH)).language == "vi"
