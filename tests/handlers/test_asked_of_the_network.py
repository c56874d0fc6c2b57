"""What is asked of the network and of what one sends: roles, who reads, who hosts, a table to take away."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.handlers.asking import CAMILLE, HELENE, LINH, SOKHA, lines
from tests.support.bot import TestBot
from tests.support.people import Somebody


@pytest.mark.parametrize(
    ("who", "text", "answer", "below"),
    [
        (CAMILLE, "quel est le rôle d'un point focal", "Ce que fait un point focal", "Guide du point focal"),
        (SOKHA, "ជនបង្គោលមានតួនាទីអី", "តួនាទីរបស់ជនបង្គោល", "សៀវភៅណែនាំជនបង្គោល"),
        (LINH, "nhiệm vụ của cán bộ đầu mối là gì", "Việc của cán bộ đầu mối", "đầu mối"),
        (CAMILLE, "qui peut voir mes données", "Votre nom, votre fonction", "Coordination du réseau"),
        (SOKHA, "ទិន្នន័យខ្ញុំអ្នកណាអាចមើលឃើញ", "ឈ្មោះ តួនាទី", "អ្នកសម្របសម្រួលបណ្តាញ"),
        (CAMILLE, "quelle ville accueille l'an prochain", "Voici les réunions annuelles", "Phnom Penh"),
        (SOKHA, "ទីក្រុងណាធ្វើម្ចាស់ផ្ទះឆ្នាំក្រោយ", "នេះជាកិច្ចប្រជុំប្រចាំឆ្នាំ", "រាជធានីភ្នំពេញ"),
        (CAMILLE, "vous pouvez me réserver un hôtel ?", "Je ne réserve pas de chambre", "réunion annuelle"),
        (SOKHA, "កក់សណ្ឋាគារឱ្យខ្ញុំបានទេ", "ខ្ញុំមិនអាចកក់សណ្ឋាគារបានទេ", "កិច្ចប្រជុំប្រចាំឆ្នាំ"),
        (CAMILLE, "peut-on inscrire un collègue ?", "Chaque personne s’inscrit elle-même", "Vientiane"),
        (SOKHA, "ចុះឈ្មោះឱ្យសហការីខ្ញុំបានទេ", "ម្នាក់ៗចុះឈ្មោះដោយខ្លួនឯង", "វៀងចន្ទន៍"),
        (CAMILLE, "où est le secrétariat ?", "L’adresse du secrétariat", "Coordination du réseau"),
        (SOKHA, "លេខាធិការដ្ឋាននៅឯណា", "តារាងរបស់បណ្តាញមិនមានអាសយដ្ឋាន", "អ្នកសម្របសម្រួល"),
        (CAMILLE, "comment ajouter une réunion", "Les réunions viennent des tableaux", "/watch"),
        (HELENE, "combien de personnes utilisent cet outil", "Personnes dans l’annuaire", "53"),
    ],
)
async def test_what_concerns_the_network_is_told_or_said_to_be_in_no_table(
    bot: TestBot, who: Somebody, text: str, answer: str, below: str
) -> None:
    assert (await lines(bot, who, text))[0].startswith(answer)
    assert below in bot.phone(who).last.text


async def test_how_many_use_this_is_told_to_coordinators_only(bot: TestBot) -> None:
    assert "annuaire" not in (await lines(bot, CAMILLE, "combien de personnes utilisent cet outil"))[0]


@pytest.mark.parametrize(
    ("who", "texts", "answer"),
    [
        (CAMILLE, ("le questionnaire égalité", "qui peut voir les réponses ?"), "Vos réponses sont lues par"),
        (SOKHA, ("កម្រងសំណួរយេនឌ័រ", "អ្នកណាអាចឃើញចម្លើយ"), "ចម្លើយរបស់លោក/លោកស្រី អានដោយ"),
        (LINH, ("phiếu khảo sát bình đẳng giới", "có ẩn danh không"), "Câu trả lời của anh/chị do ban điều phối"),
    ],
)
async def test_who_reads_the_answers_to_a_form_is_told(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], answer: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(answer)


async def test_call_that_opens_later_has_no_button_to_speak_of(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ការអំពាវនាវដាក់ពាក្យមានអីខ្លះ", "មួយណាសម្រាប់យុវជន", "ដាក់ពាក្យនៅឯណា")
    assert asked[1:] == ["⏰ ការអំពាវនាវដាក់ពាក្យ៖ គំនិតផ្តួចផ្តើមយុវជន", "មិនទាន់បើកនៅឡើយទេ ថ្ងៃបើកមានខាងក្រោម។"]


@pytest.mark.parametrize("text", ["en excel svp", "សុំជា excel"])
async def test_unpaid_dues_are_given_as_a_table(bot: TestBot, text: str) -> None:
    await lines(bot, HELENE, "qui n'a pas payé")
    shown = await bot.say(text, HELENE)
    assert "Voici le tableau" in shown[0].text
    sent = next(call for call in reversed(bot.calls) if call.method == "sendDocument")
    rows = [*load_workbook(BytesIO(sent.files["document"][1])).active.values]
    assert rows[0] == ("Collectivité", "Point focal", "Courriel", "Téléphone", "Payé jusqu’au")
    assert [row[0] for row in rows[1:]] == ["Kampot", "Yên Bái"]


async def test_what_a_form_brought_is_given_as_a_table(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "qui n'a pas répondu au questionnaire égalité", "en excel svp")
    assert asked[1].startswith("📊")
    assert any("xlsx" in label for row in bot.phone(HELENE).last.labels for label in row)


async def test_khmer_question_whether_somebody_speaks_a_language_is_told(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ជនបង្គោល Vientiane ជាអ្នកណា", "គាត់ចេះអង់គ្លេសទេ")
    assert asked[1].startswith("Khamla Souvanna និយាយ")
