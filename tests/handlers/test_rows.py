from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


async def test_what_a_command_or_a_key_has_shown_is_leaned_on(bot: TestBot) -> None:
    await bot.say("réunions au Laos en juin", CAMILLE)
    assert (await lines(bot, CAMILLE, "/meetings", "et à Hué ?", "/deadlines", "et au Laos ?"))[1::2] == [
        "📅 Prochaines réunions · Huế",
        "⏰ Échéances · Laos",
    ]
    await bot.say("Prochaines réunions", CAMILLE)
    await bot.tap("Pays", CAMILLE)
    await bot.tap("Laos", CAMILLE)
    assert await lines(bot, CAMILLE, "et en mai ?") == ["📅 Prochaines réunions · Laos · mai 2027"]
    assert (await lines(bot, LINH, "/documents", "của Huế thì sao"))[1] == "📄 Tài liệu · Huế"
    assert (await lines(bot, SOKHA, "/deadlines", "ចុះនៅឡាវវិញ"))[1].startswith("⏰ ថ្ងៃផុតកំណត់ · ឡាវ")


def _rows(bot: TestBot, who: Somebody) -> dict[int, str]:
    """The titles of the list that somebody was shown last, by their numbers."""
    text = bot.phone(who).last.text.replace("\u202f", " ").replace("\xa0", " ")
    numbered = (line.split(". ", 1) for line in text.splitlines() if line[:1].isdigit() and ". " in line)
    return {int(number): title for number, title in numbered if number.isdigit()}


async def test_row_is_meant_by_the_number_that_it_has_on_the_screen(bot: TestBot) -> None:
    await bot.say("/meetings", CAMILLE)
    await bot.tap("Suivantes", CAMILLE)
    shown = _rows(bot, CAMILLE)
    assert await lines(bot, CAMILLE, "la 7", "et la deuxième ?", "la dernière", "le n°8 svp") == [
        f"📅 {shown[number]}" for number in (7, 7, 10, 8)
    ]
    await bot.say("/news", CAMILLE)
    shown = _rows(bot, CAMILLE)
    assert await lines(bot, CAMILLE, "2", "et la 3 ?") == [f"📰 {shown[2]}", f"📰 {shown[3]}"]
    for who, command, fourth in ((LINH, "/meetings", "cái số 4"), (SOKHA, "/deadlines", "លេខ៤")):
        await bot.say(command, who)
        shown = _rows(bot, who)
        assert (await lines(bot, who, fourth))[0].endswith(shown[4])


async def test_document_that_opens_a_link_has_a_number_too(bot: TestBot) -> None:
    await bot.say("/documents", CAMILLE)
    shown = _rows(bot, CAMILLE)
    for number in shown:
        await bot.say(f"le {number}", CAMILLE)
        assert _rows(bot, CAMILLE) == {1: shown[number]}


async def test_list_without_such_a_row_is_shown_again(bot: TestBot) -> None:
    assert (await lines(bot, CAMILLE, "/news", "la 9", "/meetings", "la 12"))[1::2] == [
        "La dernière liste n’a pas de ligne 9. La voici de nouveau :",
        "La dernière liste n’a pas de ligne 12. La voici de nouveau :",
    ]


PICKED = [
    (CAMILLE, "/meetings", "celui sur les glissements de terrain, c'est où ?", "Où :"),
    (CAMILLE, "/meetings", "et le webinaire données, le lien ?", "Le bouton sous la fiche ouvre la visioconférence :"),
    (CAMILLE, "/meetings", "le rendez-vous des points focaux", "📅 Rendez-vous mensuel des points focaux"),
    (CAMILLE, "/meetings", "qui est le point focal de Hué ?", "👤 Point focal · Huế"),
    (
        CAMILLE,
        "/meetings",
        "des réunions sur les données à Hué ?",
        "📅 Prochaines réunions · Ville intelligente et numérique · Huế",
    ),
    (LINH, "/deadlines", "cái về di sản thì nộp thế nào", "Việc này làm trực tuyến, bằng nút bên dưới:"),
    (LINH, "/deadlines", "dữ liệu mở còn mấy ngày", "Hạn chót:"),
    (SOKHA, "/meetings", "ការបាក់ដីធ្វើនៅឯណា", "ទីកន្លែង៖"),
]


@pytest.mark.parametrize(("who", "command", "text", "answer"), PICKED)
async def test_row_of_the_list_is_meant_by_a_word_that_only_it_has(
    bot: TestBot, who: Somebody, command: str, text: str, answer: str
) -> None:
    assert (await lines(bot, who, command, text))[1].startswith(answer)


async def test_neighbour_of_the_row_that_was_shown_is_meant(bot: TestBot) -> None:
    await bot.say("/meetings", CAMILLE)
    shown = _rows(bot, CAMILLE)
    assert await lines(bot, CAMILLE, "la 2", "et la suivante ?", "celle d'après") == [
        f"📅 {shown[number]}" for number in (2, 3, 4)
    ]
    await bot.say("/news", LINH)
    shown = _rows(bot, LINH)
    assert await lines(bot, LINH, "cái thứ hai", "cái tiếp theo") == [f"📰 {shown[2]}", f"📰 {shown[3]}"]
    asked = await lines(bot, CAMILLE, "le compte rendu de la dernière réunion du bureau", "et celui d'avant ?")
    assert asked == ["📄 Documents", "Je n’ai rien d’autre de ce genre. Voici de nouveau ce que je viens de montrer :"]


async def test_next_page_is_asked_for_in_words(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "/meetings", "la suite")
    assert min(_rows(bot, CAMILLE)) == 6
    await lines(bot, SOKHA, "/documents", "ទំព័របន្ទាប់")
    assert min(_rows(bot, SOKHA)) == 6
    assert (await lines(bot, LINH, "các cuộc họp ở Lào", "trang sau"))[1] == "Danh sách đến đây là hết."
    await lines(bot, CAMILLE, "/actions", "la suite")
    assert (await lines(bot, CAMILLE, "qui est responsable de la 6"))[0].startswith("📋 6. ")


async def test_organisation_is_meant_by_its_place(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les points focaux du Laos", "la deuxième")
    assert asked[1] == "👤 Point focal · Vientiane"


async def test_what_was_spoken_of_is_kept_while_it_is_asked_back(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les appels à projets", "combien on peut demander", "date limite ?")
    assert asked[2] == "La première à échéance : Appel à projets : patrimoine habité"


async def test_what_is_told_by_its_place_or_theme_narrows_the_list(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "các cuộc họp sắp tới", "cái ở Huế", "kêu gọi nộp hồ sơ", "cái về khí hậu")
    assert asked[1] == "📅 Các cuộc họp sắp tới · Huế"
    assert asked[3].startswith("⏰ ")
    assert (await lines(bot, SOKHA, "/meetings", "មួយនៅហ្វេ"))[1] == "📅 កិច្ចប្រជុំខាងមុខ · ទីក្រុងហ្វេ"


async def test_kind_of_deadline_that_is_named_is_not_the_one_that_was_shown(bot: TestBot) -> None:
    await lines(bot, SOKHA, "/deadlines", "លេខ៤", "ថ្ងៃផុតកំណត់របាយការណ៍")
    assert "របាយការណ៍" in bot.phone(SOKHA).last.text
    await lines(bot, SOKHA, "មានការអំពាវនាវគម្រោងទេ")
    assert len(_rows(bot, SOKHA)) > 2


async def test_latest_minutes_are_not_those_of_the_meeting_that_was_shown(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "hội thảo Đà Nẵng", "biên bản cuộc họp gần nhất")
    assert asked[1].startswith("📄 Tài liệu")


async def test_list_of_one_row_has_no_second(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំនៅដាណាង", "ទីពីរ")
    assert asked[1].startswith("បញ្ជីដែលបានបង្ហាញមុននេះ គ្មានលេខ 2 ទេ។")


async def test_list_is_narrowed_by_how_meetings_stand_or_are_held(bot: TestBot) -> None:
    assert await lines(
        bot, CAMILLE, "/meetings", "et en visio ?", "celles en avril", "les réunions annulées ou reportées",
        "la réunion annuelle est en visio ?",
    ) == [
        "📅 Prochaines réunions",
        "📅 Prochaines réunions · en visioconférence",
        "📅 Prochaines réunions · avril 2027 · en visioconférence",
        "📅 Prochaines réunions · annulées ou reportées",
        "Cette réunion se tient sur place : je ne connais pas de lien de connexion.",
    ]  # fmt: skip
    assert (await lines(bot, LINH, "các cuộc họp ở Lào", "cuộc họp nào bị hủy"))[1] == "đã hủy"
    await lines(bot, CAMILLE, "réunions en visio")
    await bot.tap("✕ en visio", CAMILLE)
    assert bot.phone(CAMILLE).last.text.splitlines()[0] == "📅 Prochaines réunions"


async def test_question_is_about_the_rows_that_are_on_the_screen(bot: TestBot) -> None:
    await bot.say("/meetings", CAMILLE)
    await bot.tap("Suivantes", CAMILLE)
    shown = _rows(bot, CAMILLE)
    assert await lines(bot, CAMILLE, "le lien ?") == ["De laquelle de ces lignes s’agit-il ? Touchez son numéro."]
    assert _rows(bot, CAMILLE) == shown
    await lines(bot, LINH, "/meetings", "cái ở Yên Bái bàn về gì")
    assert bot.phone(LINH).last.text.startswith("Chương trình chi tiết chưa được công bố")


async def test_list_without_rows_is_left_for_what_is_asked_next(bot: TestBot) -> None:
    asked = await lines(bot, AGATHE, "appels à projets sur la santé", "les documents")
    assert asked[1] == "📄 Documents"


async def test_short_words_narrow_the_list_that_was_shown(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les réunions d'avril", "en présentiel seulement", "la dernière c'est où ?")
    assert asked[1] == "📅 Prochaines réunions · avril 2027 · sur place"
    assert asked[2].startswith("Où : ")
    await lines(bot, CAMILLE, "les points focaux du Laos", "laquelle s'occupe du patrimoine")
    assert "Luang Prabang" in bot.phone(CAMILLE).last.text
    assert "Hanoï" not in bot.phone(CAMILLE).last.text
    assert (await lines(bot, CAMILLE, "la prochaine réunion ouverte à tous"))[0].startswith("📅 ")


async def test_language_of_a_document_is_asked_and_not_changed(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "/documents", "la 3", "en anglais ?")
    assert asked[2].startswith("Langues de ce document")


async def test_meetings_after_the_plan_are_no_lines_of_it(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ផែនការសកម្មភាពដល់ណាហើយ", "ខែមេសាមានប្រជុំអីខ្លះ")
    assert asked[1].startswith("📅 កិច្ចប្រជុំខាងមុខ")
