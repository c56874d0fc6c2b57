from __future__ import annotations

import pytest

from tests.handlers.asking import HELENE, lines
from tests.members.network import reader_of
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


async def test_meeting_that_was_shown_is_asked_about(bot: TestBot) -> None:
    assert await lines(
        bot, CAMILLE, "le webinaire données ouvertes", "qui vient d'autre ?", "je suis inscrite ?", "inscrivez moi",
        "le lien ?", "il y aura des interprètes",
    ) == [
        "📅 Webinaire : ouvrir les données de la ville",
        "Pour qui : ouvert à tous",
        "📝 Ce que vous avez envoyé",
        "L’inscription se fait par le bouton sous cette fiche.",
        "Le bouton sous la fiche ouvre la visioconférence :",
        "Je n’ai pas d’autre information pratique que cette fiche ; la coordination vous renseignera.",
    ]  # fmt: skip


async def test_who_sees_to_a_meeting_is_its_organiser(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "hội nghị thường niên năm nay ở đâu", "ai lo vụ này", "số đt chị ấy", "khach san")
    assert asked == [
        "Địa điểm: Khách sạn Bến Sông, phòng Mê Kông, Phnôm Pênh, Campuchia",
        "Về việc này, anh/chị liên hệ:",
        "Về việc này, anh/chị liên hệ:",
        "⏰ Hết hạn giá khách sạn ưu đãi: hội nghị thường niên",
    ]
    await bot.say("ai lo vụ này", LINH)
    assert "Sok Dara" in bot.phone(LINH).last.text


async def test_deadline_that_was_shown_is_asked_about(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ថ្ងៃផុតកំណត់ដាក់របាយការណ៍សកម្មភាព", "ផ្ញើទៅអ្នកណា", "មានគំរូទេ", "យឺតបានទេ", "លេខទូរស័ព្ទគាត់")
    assert asked == [
        "យ៉ាងយូរ៖ ថ្ងៃពុធ ទី31 ខែមីនា ឆ្នាំ2027",
        "ខ្ញុំមិនមានព័ត៌មាននេះទេ អ្នកសម្របសម្រួលនឹងឆ្លើយលោក/លោកស្រី។ នេះជាអ្វីដែលខ្ញុំដឹង៖",
        "📄 ឯកសារ",
        "ចំពោះការសុំពន្យារពេល ឬការផ្ញើយឺត អ្នកសម្របសម្រួលនឹងឆ្លើយជូនលោក/លោកស្រី។",
        "អំពីរឿងនេះ សូមទាក់ទង៖",
    ]


async def test_form_that_was_shown_is_asked_about(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "phieu khao sat binh dang gioi", "thủ tục thế nào", "mat bao lau", "gửi cho ai")
    here = "Anh/chị làm ngay tại đây: bấm nút bên dưới, tôi hỏi từng câu rồi gửi câu trả lời đi."
    assert asked == ["📝 Biểu mẫu", here, "Số câu hỏi, nhiều nhất: 12.", here]


async def test_news_and_documents_lead_to_what_they_are_about(bot: TestBot) -> None:
    assert await lines(bot, LINH, "có tin gì về huế không", "tin đó ngày nào", "ai viết tin này") == [
        "📰 Tin tức · Huế", "📰 Huế mở rộng phân loại rác ở ba chợ", "Về việc này, anh/chị liên hệ:",
    ]  # fmt: skip
    assert await lines(bot, LINH, "thư mời hội nghị hợp tác lần 13", "họp ở thành phố nào", "gửi bản tiếng việt") == [
        "📄 Tài liệu", "Địa điểm: Trung tâm hội nghị bến cảng, Le Havre, Pháp",
        "Ngôn ngữ của tài liệu này: tiếng Pháp, tiếng Việt.",
    ]  # fmt: skip


async def test_what_is_asked_stands_above_the_card(bot: TestBot) -> None:
    assert await lines(
        bot, CAMILLE, "le webinaire données ouvertes", "combien de places ?", "c'est toujours maintenu ?",
        "jusqu'à quand", "on peut encore s'inscrire ?", "ça dure combien de temps", "le séminaire sur les archives",
        "c'est annulé ?",
    ) == [
        "📅 Webinaire : ouvrir les données de la ville",
        "Places libres : 10 sur 10.",
        "Aucun changement n’est annoncé : la réunion est maintenue.",
        "Au plus tard : jeudi 11 mars 2027",
        "L’inscription se fait par le bouton sous cette fiche.",
        "Quand : vendredi 12 mars 2027, de 15 h à 16 h 30 (heure du Cambodge)",
        "📅 Séminaire sur les archives municipales",
        "rencontre annulée",
    ]  # fmt: skip


async def test_who_follows_a_theme_in_a_city_comes_first(bot: TestBot) -> None:
    await bot.say("qui est en charge du genre à Vientiane", CAMILLE)
    text = bot.phone(CAMILLE).last.text
    assert 0 < text.index("Phonesy Latdavong") < text.index("Khamla Souvanna")


async def test_list_is_shown_again_to_choose_from(bot: TestBot) -> None:
    assert await lines(bot, CAMILLE, "les réunions de mai", "c'est où ?", "la deuxième, c'est combien ?") == [
        "📅 Prochaines réunions · mai 2027",
        "De laquelle de ces lignes s’agit-il ? Touchez son numéro.",
        "Je ne connais pas les frais ni leur prise en charge ; la coordination vous répondra. Voici la réunion :",
    ]


async def test_watch_is_asked_about(bot: TestBot) -> None:
    how = "Pour contribuer à la veille mensuelle, écrivez /watch, ou transférez ici un message, un lien ou une photo "
    asked = await lines(bot, CAMILLE, "y a t il une veille ce mois ci ?", "comment on y contribue", "avant quand")
    assert [line.startswith(how) for line in asked] == [False, True, True]


async def test_what_is_asked_of_a_meeting_that_is_named_with_it(bot: TestBot) -> None:
    assert await lines(bot, CAMILLE, "qui organise le voyage à Toulouse") == ["Pour cela, adressez-vous à :"]
    assert "Toulouse" in bot.phone(CAMILLE).last.text


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (LINH, "hội thảo mở dữ liệu", "📅 Hội thảo trực tuyến: mở dữ liệu của thành phố"),
        (LINH, "xe buýt Đà Nẵng", "📅 Hội thảo: xe buýt được người dân lựa chọn"),
        (LINH, "giờ xe buýt Đà Nẵng", "Tôi chỉ trả lời về hoạt động của mạng lưới. Ví dụ:"),
        (CAMILLE, "bus da nang", "📅 Atelier : des bus que l'on choisit de prendre"),
        (CAMILLE, "l'appel patrimoine", "⏰ Appel à projets : patrimoine habité"),
        (CAMILLE, "le tarif hotel pour les assises", "⏰ Fin du tarif hôtelier négocié : Assises"),
        (CAMILLE, "réunions en visio le 18 mars", "📅 Prochaines réunions · jeudi 18 mars 2027 · en visioconférence"),
        (LINH, "nhom viet nam hop khi nao", "Thời gian: 16h00 – 17h00, Thứ Tư, ngày 31 tháng 3 năm 2027 (giờ Paris)"),
        (CAMILLE, "qu'est-ce qu'on attend de nous ?", "📌 Ce qui est attendu de vous et de votre ville"),
        (CAMILLE, "je viens finalement pas à l'atelier, comment j'annule", "📝 Ce que vous avez envoyé"),
        (CAMILLE, "on est combien de villes dans le réseau", "Nombre de membres : 22."),
        (
            CAMILLE,
            "faites passer un message aux villes svp",
            "Les annonces au réseau partent de la coordination. Écrivez-lui votre message :",
        ),
    ],
)  # fmt: skip
async def test_question_is_answered_with(bot: TestBot, who: Somebody, text: str, line: str) -> None:
    assert await lines(bot, who, text) == [line]


async def test_asking_again_for_an_announcement_is_not_its_text(bot: TestBot) -> None:
    first, again = await lines(bot, HELENE, "je veux faire une annonce", "je voudrais faire une annonce")
    assert (first, again) == ("📣 Nouvelle annonce", "📣 Nouvelle annonce")


async def test_few_words_that_two_languages_share_offer_no_switch(bot: TestBot) -> None:
    await bot.say("le webinaire données ouvertes", CAMILLE)
    await bot.say("ses documents", CAMILLE)
    labels = [label for row in bot.phone(CAMILLE).last.labels for label in row]
    assert [label for label in labels if "English" in label] == []


async def test_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(bot: TestBot) -> None:
    await bot.say("je veux m'inscrire au webinaire données ouvertes", CAMILLE)
    await bot.tap("✍️", CAMILLE)
    assert await lines(bot, CAMILLE, "c'est quand ?", "qui est le point focal de Vientiane", "Camille L.") == [
        "Quand : vendredi 12 mars 2027, de 15 h à 16 h 30 (heure du Cambodge)",
        "👤 Point focal · Vientiane",
        "2 sur 4 · Inscription au webinaire sur les données ouvertes",
    ]
    await bot.tap("Garder", CAMILLE)
    assert await lines(bot, CAMILLE, "combien coûte l'adhésion ?", "camille@example.org") == [
        "🧾 Cotisation",
        "4 sur 4 · Inscription au webinaire sur les données ouvertes",
    ]


async def test_document_that_was_shown_tells_its_languages_and_leads_to_the_others(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "l'invitation à la réunion annuelle", "elle est en khmer ?", "et l'ordre du jour ?"
    )
    assert asked == ["📄 Documents", "Langues de ce document : français, khmer.", "📄 Documents"]
    assert "1. Ordre du jour de la réunion annuelle" in bot.phone(CAMILLE).last.text


async def test_kind_of_document_takes_the_place_of_the_one_before(bot: TestBot) -> None:
    await lines(bot, SOKHA, "ឯកសារលិខិតអញ្ជើញ", "របៀបវារៈវិញ")
    assert bot.phone(SOKHA).last.text.startswith("📄 ឯកសារ · របៀបវារៈ")


async def test_moved_meeting_tells_why_where_the_news_of_its_city_were_shown(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ខែនេះមានដំណឹងអីថ្មីពីដាណាង", "ហេតុអីបានជាលើកពេល")
    assert asked[1] == "បានប្តូរកាលបរិច្ឆេទ"
    assert "📅 សិក្ខាសាលា៖ រថយន្តក្រុងដែលប្រជាជនចង់ជិះ" in bot.phone(SOKHA).last.text


async def test_row_of_a_list_is_told_by_a_word_that_it_alone_has(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les échéances de la réunion annuelle", "l'hôtel ?")
    assert asked[1] == "⏰ Fin du tarif hôtelier négocié : réunion annuelle"


async def test_another_language_is_no_question_about_what_was_shown(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំប្រចាំឆ្នាំធ្វើនៅសណ្ឋាគារណា", "ប្តូរជាភាសាអង់គ្លេសអោយបន្តិច")
    assert asked[0] == "ទីកន្លែង៖ សណ្ឋាគារមាត់ទន្លេ បន្ទប់មេគង្គ, រាជធានីភ្នំពេញ, កម្ពុជា"
    assert (await reader_of(bot, SOKHA)).language == "en"


async def test_who_answered_is_told_to_coordinators_alone(bot: TestBot) -> None:
    for who, line in (
        (HELENE, "📊 Questionnaire égalité femmes-hommes"),
        (CAMILLE, "La coordination voit les réponses et les inscriptions ; elle vous renseignera :"),
    ):
        assert (await lines(bot, who, "le questionnaire égalité", "qui a répondu ?"))[1] == line


async def test_line_of_the_plan_is_named_by_its_number(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "où en est l'action 7 ?", "qui s'en occupe ?", "et la 11 ?", "le 15 mars ?")
    assert asked[:3] == [
        "📋 7. Mener le dialogue national et le plaidoyer",
        "📋 7. Mener le dialogue national et le plaidoyer",
        "📋 11. Soutenir des études",
    ]
    assert "15." not in asked[3]
    assert await lines(bot, SOKHA, "សកម្មភាពលេខ ៧ អ្នកណាទទួលខុសត្រូវ") == ["📋 7. កិច្ចសន្ទនាជាតិ និងការតស៊ូមតិ"]


async def test_what_is_done_by_a_form_leads_to_it_or_to_the_coordination(bot: TestBot) -> None:
    here = "Cela se fait ici : touchez le bouton, je pose les questions une à une et j’envoie vos réponses."
    asked = await lines(
        bot, CAMILLE, "où valider le plan d'action ?", "on voudrait accueillir la réunion l'an prochain"
    )
    assert (asked[0], asked[1].split(".")[0]) == (here, "Une candidature par ville")
    assert "accueillir la prochaine réunion" in bot.phone(CAMILLE).last.text
    assert await lines(bot, SOKHA, "ស្នើសិក្ខាសាលាត្រូវធ្វើម៉េច") == ["👤 អ្នកសម្របសម្រួលបណ្តាញ"]


async def test_number_of_whoever_works_on_a_theme_is_told(bot: TestBot) -> None:
    await lines(bot, SOKHA, "មានអ្នកណាធ្វើការខាងសំរាមនៅវៀតណាមខ្លះ")
    shown = bot.phone(SOKHA).last.text
    assert "Bùi Thanh Nga · អ្នកទទួលបន្ទុកការប្រមូល និងញែកសំរាម · ទីក្រុងហាយផុង\n+84 225 5550 141" in shown
    assert "Inès Castagnac" not in shown
    await lines(bot, SOKHA, "សុំលេខគាត់")
    assert bot.phone(SOKHA).last.text == shown


async def test_when_registration_opens_and_the_hour_here_are_asked_of_what_was_shown(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "សិក្ខាសាលាយុវជននៅកំពត", "បើកថ្ងៃណា", "webinar ថ្ងៃសុក្រ ចូលតាមណា", "ម៉ោងនៅខ្មែរម៉ោងប៉ុន្មាន")
    assert asked[1::2] == [
        "ការចុះឈ្មោះមិនទាន់បើកទេ ថ្ងៃបើកមានខាងក្រោម។",
        "ពេលវេលា៖ ថ្ងៃសុក្រ ទី12 ខែមីនា ឆ្នាំ2027 វេលាម៉ោង 15:00 ដល់ 16:30",
    ]


async def test_cancelled_meeting_named_by_a_word_of_documents_says_so(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "អញ្ចឹង Hanoi នៅធ្វើសិក្ខាសាលាបណ្ណសារដែរអត់", "មានអីជំនួសទេ")
    assert asked == ["បានលុបចោល", "បានលុបចោល"]


async def test_members_of_a_country_are_asked_after_those_of_all(bot: TestBot) -> None:
    assert await lines(bot, SOKHA, "ក្រុងអីខ្លះជាសមាជិក", "ខាងឡាវមានប៉ុន្មាន") == [
        "ចំនួនសមាជិក៖ 22។",
        "ចំនួនសមាជិក៖ 2។",
    ]


async def test_coordinators_are_shown_what_was_given_for_the_watch(bot: TestBot) -> None:
    assert await lines(bot, HELENE, "qu'est-ce qu'on a reçu pour la veille ?") == ["Aucune proposition n’attend."]


async def test_only_document_of_a_list_is_asked_about_though_it_is_a_link(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "សុំ slide អំពីភក់លាមកនៅ Hue", "ជាភាសាអី", "អ្នកណាធ្វើបទបង្ហាញនោះ")
    assert asked[1:] == ["ភាសានៃឯកសារនេះ៖ ភាសាវៀតណាម, ភាសាបារាំង។", "អំពីរឿងនេះ សូមទាក់ទង៖"]


async def test_exercise_is_a_meeting_and_whoever_takes_over_is_led_to_the_form(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "លំហាត់ត្រៀមអាសន្ននៅភ្នំពេញខែណា", "ខេត្តអីខ្លះចូលរួមបាន", "តែងតាំងខ្ញុំជាជនបង្គោលធ្វើម៉េច")
    assert [line.split("៖")[0] for line in asked[:2]] == ["ពេលវេលា", "អ្នកចូលរួម"]
    assert asked[2].startswith("ដើម្បីផ្លាស់ប្តូរ ឬបញ្ជាក់ជនបង្គោល")


async def test_what_is_on_in_a_month_is_a_list_of_meetings_and_no_programme(bot: TestBot) -> None:
    (asked,) = await lines(bot, SOKHA, "ខែឧសភា មានកម្មវិធីអីនៅភ្នំពេញ")
    assert asked.startswith("📅 កិច្ចប្រជុំខាងមុខ")


async def test_only_row_of_the_list_that_is_leaned_on_tells_what_is_asked(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "អានៅហ្វេ ទៅបានប៉ុន្មាននាក់ក្នុងមួយក្រុង", "នៅសល់កន្លែងអត់")
    assert asked[1] == "កន្លែងនៅទំនេរ៖ 60 ក្នុងចំណោម 60។"
