"""Plain questions of a day's work: a row by its number, what is near, who has confirmed, what is done."""

from __future__ import annotations

import pytest

from tests.handlers.asking import CAMILLE, HELENE, LINH, SOKHA, lines
from tests.support.bot import TestBot
from tests.support.people import Somebody


@pytest.mark.parametrize(
    ("who", "texts", "answer"),
    [
        (SOKHA, ("ព័ត៌មានចុងក្រោយ", "អានលេខ1"), "📰 ព្រឹត្តិបត្រប្រចាំខែបានចេញផ្សាយ"),
        (CAMILLE, ("les actualités", "lire la 1"), "📰 La veille mensuelle est parue"),
        (CAMILLE, ("la réunion annuelle c'est quand", "1"), "📅 Réunion annuelle du réseau"),
        (CAMILLE, ("/deadlines", "laquelle finit en premier ?"), "La première à échéance"),
        (SOKHA, ("/deadlines", "មួយណាជិតផុតមុនគេ"), "ផុតកំណត់មុនគេ"),
        (LINH, ("/deadlines", "cái nào hết hạn trước"), "Hết hạn sớm nhất"),
    ],
)
async def test_row_is_opened_by_its_number_or_told_by_its_day(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], answer: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(answer)


async def test_more_of_a_whole_list_is_its_next_page(bot: TestBot) -> None:
    for who, more in ((SOKHA, "មានផ្សេងទៀតទេ"), (CAMILLE, "autre chose ?")):
        await lines(bot, who, "/news", more)
        assert bot.phone(who).last.labels[0] == ["6", "7", "8", "9", "10"]


async def test_axis_of_the_plan_is_no_line_of_it(bot: TestBot) -> None:
    assert (await lines(bot, SOKHA, "ផែនការសកម្មភាព", "អ័ក្សទី២"))[1] == "📋 ផែនការសកម្មភាព"
    assert bot.phone(SOKHA).last.labels[0][0] == "7"


@pytest.mark.parametrize(
    ("who", "texts", "answer"),
    [
        (SOKHA, ("ប្រជុំប្រចាំឆ្នាំធ្វើនៅណា", "ថ្ងៃផុតកំណត់ជិតដល់មានអ្វីខ្លះ?"), "⏰ ថ្ងៃផុតកំណត់"),
        (CAMILLE, ("où se tient la réunion annuelle", "les prochaines échéances ?"), "⏰ Échéances"),
        (SOKHA, ("សិក្ខាសាលានៅដាណាងថ្ងៃណា", "មានឯកសារអំពីអនាម័យទេ"), "📄 ឯកសារ · ទឹក និងអនាម័យទីក្រុង"),
    ],
)
async def test_what_has_a_subject_of_its_own_is_not_asked_of_the_meeting_before(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], answer: str
) -> None:
    assert (await lines(bot, who, *texts))[-1] == answer


async def test_paper_of_another_kind_is_not_picked_from_the_list(bot: TestBot) -> None:
    await lines(bot, SOKHA, "តើមានឯកសារអំពីភក់លាមកទេ", "សុំកំណត់ហេតុប្រជុំឆ្នាំ២០២៣")
    assert "1. កំណត់ហេតុកិច្ចប្រជុំប្រចាំឆ្នាំ ២០២៣" in bot.phone(SOKHA).last.text


@pytest.mark.parametrize(
    ("who", "text", "answer"),
    [(CAMILLE, "c'est fait", "Ouvrez"), (SOKHA, "រួចហើយ", "សូមបើកកិច្ចការ"), (LINH, "xong rồi", "Anh/chị mở việc")],
)
async def test_what_is_done_is_marked_so(bot: TestBot, who: Somebody, text: str, answer: str) -> None:
    assert (await lines(bot, who, "/mine", text))[1].startswith(answer)


@pytest.mark.parametrize(
    "text",
    [
        "quels points focaux n'ont pas encore confirmé",
        "ជនបង្គោលណាមិនទាន់បញ្ជាក់",
        "những đầu mối nào chưa xác nhận",
        "which focal points have not confirmed",
    ],
)
async def test_focal_points_that_have_not_confirmed_are_those_of_the_form(bot: TestBot, text: str) -> None:
    asked = await lines(bot, HELENE, text, "relancez-les")
    assert asked[0] == "📊 Confirmation du point focal"
    assert "Confirmation du point focal" in asked[1]


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("qui s'est inscrit à l'atelier de Huế", "la liste des noms svp"), "📊 Inscription à l'atelier de Huế"),
        (("អ្នកណាចុះឈ្មោះសិក្ខាសាលាហ្វេ",), "📊 Inscription à l'atelier de Huế"),
        (("qui n'a pas répondu au questionnaire égalité", "ចុះអ្នកឆ្លើយហើយមានប៉ុន្មាន"), "📊 Questionnaire égalité"),
        (("ព័ត៌មានណាត្រូវពិនិត្យ",), "Aucune proposition n’attend."),
        (("quelles nouvelles sont à relire ?",), "Aucune proposition n’attend."),
    ],
)
async def test_coordinator_is_told_what_came_in(bot: TestBot, texts: tuple[str, ...], answer: str) -> None:
    assert (await lines(bot, HELENE, *texts))[-1].startswith(answer)


async def test_who_comes_to_a_meeting_is_asked_in_khmer(bot: TestBot) -> None:
    assert (await lines(bot, SOKHA, "អ្នកណាខ្លះនឹងមកប្រជុំប្រចាំឆ្នាំ"))[0] == "អ្នកចូលរួម៖ សមាជិកបណ្តាញ"


async def test_meeting_that_is_called_off_is_told_so_in_khmer(bot: TestBot) -> None:
    assert (await lines(bot, SOKHA, "ប្រជុំនៅហាណូយលុបចោលមែនទេ"))[0] == "បានលុបចោល"


async def test_reminders_rest_for_the_week_that_is_said(bot: TestBot) -> None:
    assert "17 mars 2027" in (await lines(bot, CAMILLE, "ne me rappelez rien pendant une semaine"))[0]
    assert "17 ខែមីនា" in (await lines(bot, SOKHA, "កុំរំលឹកខ្ញុំមួយសប្តាហ៍"))[0]


@pytest.mark.parametrize(
    ("who", "texts", "answer"),
    [
        (SOKHA, ("សន្និសីទអនាម័យមានបកប្រែជាភាសាខ្មែរទេ", "អ្នកណាខ្លះនឹងមកប្រជុំប្រចាំឆ្នាំ"), "អ្នកចូលរួម៖ សមាជិក"),
        (SOKHA, ("ប្រជុំប្រចាំឆ្នាំធ្វើនៅណា", "តើអភិបាលក្រុងប៉ារីសឈ្មោះអី"), "ខ្ញុំឆ្លើយបានតែ"),
        (SOKHA, ("សន្និសីទហាយផុងនិយាយពីអ្វី", "ឯកសារថ្មីៗ"), "📄 ឯកសារ"),
        (CAMILLE, ("l'atelier de Huế", "les derniers documents"), "📄 Documents"),
        (SOKHA, ("សិក្ខាសាលានៅយ៉េនបាយ", "បើយើងផ្ញើរបាយការណ៍យឺតមានបញ្ហាទេ"), "ចំពោះការសុំពន្យារពេល"),
        (CAMILLE, ("si on rend le rapport en retard c'est grave ?",), "Pour un délai"),
        (SOKHA, ("/dues", "ខ្ញុំចង់ឈប់ទទួលសារ"), "ម៉ោងស្ងាត់"),
        (CAMILLE, ("l'hôtel de la réunion annuelle ?",), "⏰ Fin du tarif hôtelier"),
        (SOKHA, ("សណ្ឋាគារប្រជុំប្រចាំឆ្នាំ",), "⏰ ផុតកំណត់តម្លៃសណ្ឋាគារពិសេស"),
        (LINH, ("khách sạn của hội nghị thường niên",), "⏰ Hết hạn giá khách sạn"),
        (SOKHA, ("ខ្ញុំមិនអាចទៅសៀមរាបបានទេ",), "📝 អ្វីដែលលោក/លោកស្រីបានផ្ញើ"),
        (SOKHA, ("កម្មវិធីប្រជុំការិយាល័យប្រតិបត្តិលើកក្រោយ",), "📅 កិច្ចប្រជុំការិយាល័យប្រតិបត្តិ"),
        (SOKHA, ("prochum bontorb nov pel na",), "📅 កិច្ចប្រជុំខាងមុខ"),
        (SOKHA, ("ហ្វេជាសមាជិកទេ",), "ទីក្រុងហ្វេ ជាសមាជិកបណ្តាញ។"),
        (CAMILLE, ("Lorient est membre ?",), "Lorient est dans l’annuaire, mais"),
    ],
)
async def test_question_is_answered_for_what_it_names(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], answer: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(answer)


@pytest.mark.parametrize(
    ("who", "text", "found"),
    [
        (SOKHA, "របៀបវារៈប្រជុំប្រចាំឆ្នាំមានជាខ្មែរទេ", "1. របៀបវារៈកិច្ចប្រជុំប្រចាំឆ្នាំ\n"),
        (CAMILLE, "l'ordre du jour de la réunion annuelle en khmer ?", "(en khmer)"),
        (CAMILLE, "le guide du point focal en vietnamien", "(en vietnamien)"),
    ],
)
async def test_document_is_given_in_the_language_that_is_asked_for(
    bot: TestBot, who: Somebody, text: str, found: str
) -> None:
    await lines(bot, who, text)
    assert found in bot.phone(who).last.text
    assert bot.phone(who).last.labels == [["1"]]


async def test_news_of_a_city_stand_below_where_none_is_on_the_theme(bot: TestBot) -> None:
    await lines(bot, SOKHA, "គម្រោងភក់លាមកនៅហ្វេដល់ណាហើយ")
    assert bot.phone(SOKHA).last.text.count("📰") == 2
