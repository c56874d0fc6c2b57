from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from storage.database import Database
from tests.members.network import reader_of
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA, Somebody
from tests.support.sample import NOW, linked
from tests.support.whole import whole

VANNAK = Somebody(100_011, "Vannak", "lo")


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")

    async def link(database: Database) -> None:
        await linked(database, "tran-thi-mai", LINH)
        await linked(database, "camille-lefort", CAMILLE)

    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW, prepare=link) as started:
        yield started


def first_line(bot: TestBot, who: Somebody) -> str:
    return bot.phone(who).last.text.splitlines()[0]


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (CAMILLE, "Quelles réunions au Vietnam en mai ?", "📅 Prochaines réunions · Viêt Nam · mai 2027"),
        (CAMILLE, "les échéances de la semaine dernière", "⏰ Échéances · du 1er au 7 mars 2027"),
        (CAMILLE, "le compte rendu de la dernière AG", "📄 Documents · Compte rendu"),
        (CAMILLE, "quoi de neuf à Hué ?", "📰 Actualités · Huế"),
        (CAMILLE, "où en est le plan d'action ?", "📋 Plan d’action"),
        (CAMILLE, "notre cotisation est-elle payée ?", "🧾 Cotisation"),
        (CAMILLE, "je veux m'inscrire à l'atelier de Hué", "✍️ Inscriptions ouvertes · Atelier · Huế"),
        (CAMILLE, "je m'inscris à l'atelier de Kampot", "✍️ Inscriptions à venir · Atelier · Kampot"),
        (LINH, "tháng sau có họp không", "📅 Các cuộc họp sắp tới · tháng 4 năm 2027"),
        (LINH, "ai phu trach o hue", "👤 Cán bộ đầu mối · Huế"),
        (SOKHA, "តើថ្ងៃផុតកំណត់ចុះឈ្មោះនៅពេលណា?", "⏰ ថ្ងៃផុតកំណត់ · ការចុះឈ្មោះ"),
        (SOKHA, "deadline របស់ Cần Thơ", "⏰ ថ្ងៃផុតកំណត់ · ទីក្រុងកឹនធើ"),
        (VANNAK, "ມີກອງປະຊຸມເດືອນໜ້າບໍ່", "📅 ກອງປະຊຸມຕໍ່ໄປ · ເດືອນເມສາ 2027"),
        (JOHN, "any workshops in Cambodia?", "📅 Next meetings · Workshop · Cambodia"),
    ],
)
async def test_question_is_answered_with_what_was_understood_first(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    await bot.say(text, who)
    assert first_line(bot, who) == line


async def test_each_part_is_taken_away_by_its_button(bot: TestBot) -> None:
    (answer,) = await bot.say("Quelles réunions au Vietnam en avril sur les déchets ?", CAMILLE)
    assert answer.labels[1] == ["✕ Déchets", "✕ Viêt Nam", "✕ avril 2027"]
    (without,) = await bot.tap("✕ Viêt Nam", CAMILLE)
    assert without.text.splitlines()[0].count(" · ") == 2


FOLLOWED = [
    (CAMILLE, "réunions au Vietnam en mai", "et à Hué ?", "📅 Prochaines réunions · Huế · mai 2027"),
    (CAMILLE, "réunions au Vietnam en mai", "et en juin", "📅 Prochaines réunions · Viêt Nam · juin 2027"),
    (CAMILLE, "réunions à Hué", "et les documents ?", "📄 Documents · Huế"),
    (LINH, "tháng sau có họp không", "còn tháng 6?", "📅 Các cuộc họp sắp tới · tháng 6 năm 2027"),
    (SOKHA, "មានកិច្ចប្រជុំនៅខែឧសភាទេ", "ចុះខែមិថុនា?", "📅 កិច្ចប្រជុំខាងមុខ · ខែមិថុនា ឆ្នាំ2027"),
    (VANNAK, "ມີກອງປະຊຸມຢູ່ວຽງຈັນບໍ່", "ແລ້ວຢູ່ຫຼວງພະບາງເດ?", "📅 ກອງປະຊຸມຕໍ່ໄປ · ຫຼວງພະບາງ"),
    (JOHN, "any meetings in May", "what about Hue?", "📅 Next meetings · Huế · May 2027"),
]


@pytest.mark.parametrize(("who", "first", "then", "line"), FOLLOWED)
async def test_question_leans_on_the_one_before(bot: TestBot, who: Somebody, first: str, then: str, line: str) -> None:
    await bot.say(first, who)
    await bot.say(then, who)
    assert first_line(bot, who) == line


async def test_question_of_a_quarter_of_an_hour_ago_is_forgotten(bot: TestBot) -> None:
    await bot.say("réunions en mai", CAMILLE)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(minutes=16))
    (answer,) = await bot.say("à Hué ?", CAMILLE)
    assert answer.labels == [["📅 Réunions · Huế"], ["👤 Point focal · Huế"], ["⏰ Échéances · Huế"]]


async def test_city_alone_is_asked_back_and_answered_by_a_tap(bot: TestBot) -> None:
    (asked,) = await bot.say("Huế", CAMILLE)
    assert asked.labels == [["📅 Réunions · Huế"], ["👤 Point focal · Huế"], ["⏰ Échéances · Huế"]]
    (answer,) = await bot.tap("📅 Réunions", CAMILLE)
    assert (answer.edits, answer.text.splitlines()[0]) == (1, "📅 Prochaines réunions · Huế")
    await bot.say("et en avril ?", CAMILLE)
    assert first_line(bot, CAMILLE) == "📅 Prochaines réunions · Huế · avril 2027"


@pytest.mark.parametrize("text", ["quel temps fait-il à Hué ?", "t'es nul, connard", "combien coûte un iPhone"])
async def test_what_is_out_of_scope_is_said_calmly_with_examples_and_the_coordination(bot: TestBot, text: str) -> None:
    (answer,) = await bot.say(text, CAMILLE)
    assert answer.text == (
        "Je réponds seulement sur la vie du réseau. Par exemple\u202f:\n"
        "«\u202fQuand est la prochaine réunion\u202f?\u202f»\n"
        "«\u202fQuelles sont les échéances du mois\u202f?\u202f»\n"
        "«\u202fQui est le point focal de Huế\u202f?\u202f»"
    )
    assert answer.labels == [["Coordination du réseau"]]
    (shown,) = await bot.tap("Coordination", CAMILLE)
    assert "Hélène Marchand" in shown.text


async def test_what_is_out_of_scope_is_no_question_to_lean_on(bot: TestBot) -> None:
    await bot.say("réunions en mai", CAMILLE)
    await bot.say("quel temps fait-il ?", CAMILLE)
    await bot.say("et à Hué ?", CAMILLE)
    assert first_line(bot, CAMILLE) == "📅 Prochaines réunions · Huế · mai 2027"


GREETED = [
    (CAMILLE, "bonjour", "Bonjour Camille Lefort. Que souhaitez-vous savoir\u202f?"),
    (CAMILLE, "merci beaucoup", "Je vous en prie."),
    (CAMILLE, "au revoir", "Au revoir, et à bientôt."),
    (CAMILLE, "👍", "Je vous en prie."),
    (LINH, "cảm ơn em", "Rất hân hạnh được hỗ trợ anh/chị."),
    (SOKHA, "អរគុណ", "ដោយក្តីរីករាយ។"),
    (VANNAK, "ຂອບໃຈ", "ດ້ວຍຄວາມຍິນດີ."),
]


@pytest.mark.parametrize(("who", "text", "answer"), GREETED)
async def test_greetings_and_thanks_are_answered_shortly(bot: TestBot, who: Somebody, text: str, answer: str) -> None:
    (bubble,) = await bot.say(text, who)
    assert bubble.text == answer


async def test_the_watch_is_said_with_the_latest_news(bot: TestBot) -> None:
    (bubble,) = await bot.say("abonnez-moi à la veille mensuelle", CAMILLE)
    first, second = bubble.text.split("\n\n")[:2]
    assert first.startswith("La veille mensuelle part le premier jour ouvré")
    assert second == "📰 Actualités"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("à quoi je suis inscrite ?", "📝 Ce que vous avez envoyé"),
        ("où est le questionnaire ?", "📝 Formulaires"),
    ],
)
async def test_forms_and_what_was_sent_are_found_by_asking(bot: TestBot, text: str, heading: str) -> None:
    (bubble,) = await bot.say(text, CAMILLE)
    assert bubble.text.split("\n\n")[0] == heading


async def test_language_of_the_question_is_offered_once(bot: TestBot) -> None:
    (answer,) = await bot.say("tháng sau có họp không", CAMILLE)
    assert (answer.text.splitlines()[0], answer.labels[-1]) == (
        "📅 Prochaines réunions · avril 2027",
        ["Trả lời bằng tiếng Việt"],
    )
    (again,) = await bot.say("tháng này có họp không", CAMILLE)
    assert "Trả lời bằng tiếng Việt" not in [label for row in again.labels for label in row]
    await bot.tap_data("asl1:vi", CAMILLE)
    assert bot.phone(CAMILLE).bubbles[-2].text.splitlines()[0] == "📅 Các cuộc họp sắp tới · tháng 3 năm 2027"
    assert (await reader_of(bot, CAMILLE)).language == "vi"


FORGED = ["ask1", "ask1:nothing", "ask1:meetings:99:999:999:zz:1:2", "ask1:out_of_scope", "ask9:1", "asl1", "asl1:xx"]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_buttons_show_something(bot: TestBot, data: str) -> None:
    await bot.say("bonjour", CAMILLE)
    (shown,) = await bot.tap_data(data, CAMILLE)
    assert (shown.edits, bool(shown.text)) == (1, True)


ODD = ["x" * 4096, "?", "...", "😀" * 50, "\u202e\u200f", "<b>réunion", "'; DROP TABLE events; --", "ឋឌឍ " * 900, "0"]


@pytest.mark.parametrize("text", ODD)
async def test_odd_text_is_answered_calmly(bot: TestBot, text: str) -> None:
    bubbles = await bot.say(text, CAMILLE)
    assert len(bubbles) == 1
    assert len(bubbles[0].text) < 2000


async def test_commands_that_nobody_knows_are_left_to_others(bot: TestBot) -> None:
    (answer,) = await bot.say("/reunions", CAMILLE)
    assert answer.text.startswith("Je ne connais pas la commande")


async def test_a_language_that_is_named_is_spoken_at_once(bot: TestBot) -> None:
    shown, _ = await bot.say("chuyển giúp em sang English nhé", LINH)
    assert (shown.text, shown.labels) == ("I now reply to you in English.", [["‹ Tiếng Việt"]])
    await bot.tap("Tiếng Việt", LINH)
    assert (await reader_of(bot, LINH)).language == "vi"


async def test_a_language_that_somebody_else_speaks_is_no_wish_for_it(bot: TestBot) -> None:
    await bot.say("anh Dara nói được tiếng Anh ko", LINH)
    assert "Sok Dara" in bot.phone(LINH).last.text
    assert (await reader_of(bot, LINH)).language == "vi"
