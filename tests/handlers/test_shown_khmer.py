"""Short Khmer questions, one after the other, as officials type them on a phone."""

from __future__ import annotations

from tests.handlers.asking import CAMILLE, HELENE, LINH, SOKHA, lines
from tests.support.bot import TestBot


async def test_list_is_narrowed_by_which_of_it_is_in_a_country(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ខែមេសាមានប្រជុំអីខ្លះ", "មួយណានៅខ្មែរ")
    assert asked[1] == "📅 កិច្ចប្រជុំខាងមុខ · កម្ពុជា · ខែមេសា ឆ្នាំ2027"


async def test_list_that_was_shown_for_want_of_certainty_is_asked_about(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំប្រចាំឆ្នាំធ្វើនៅណា", "មានជំនួយលុយអីសំរាប់គំរោងបរិស្ថានអត់", "ដាក់ពាក្យយ៉ាងម៉េច")
    assert asked[2] == "តើលោក/លោកស្រីសួរអំពីមួយណា? សូមចុចលេខរបស់វា។"
    assert "ការអំពាវនាវដាក់ពាក្យ" in bot.phone(SOKHA).last.text


async def test_hotel_in_a_khmer_question_is_the_meetings(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំប្រចាំឆ្នាំធ្វើនៅណា", "hotel តម្លៃប៉ុន្មាន")
    assert asked[1].startswith("⏰ ផុតកំណត់តម្លៃសណ្ឋាគារពិសេស")


async def test_minutes_of_the_last_meeting_are_not_those_of_the_one_to_come(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "webinar open data ម៉ោងប៉ុន្មាន", "សុំកំណត់ហេតុប្រជុំលើកមុន", "កំណត់ហេតុទាំងអស់")
    assert asked[1:] == ["📄 ឯកសារ · កំណត់ហេតុ"] * 2
    asked = await lines(bot, CAMILLE, "la réunion annuelle c'est quand", "le compte rendu de la réunion précédente")
    assert "Aucun document" not in asked[1]


async def test_own_registrations_are_no_contribution_to_the_watch(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "រំលឹកខ្ញុំថ្ងៃចន្ទផង", "ខ្ញុំភ្លេចចុះឈ្មោះអីទេ")
    assert asked[1] == "📝 អ្វីដែលលោក/លោកស្រីបានផ្ញើ"


async def test_what_is_due_is_not_asked_of_a_list_of_documents(bot: TestBot) -> None:
    assert (await lines(bot, CAMILLE, "les guides", "what is due"))[1] == "⏰ Échéances"


async def test_documents_on_a_theme_are_shown_where_none_of_the_kind_is(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "les comptes rendus", "sur les déchets ?")
    text = bot.phone(CAMILLE).last.text
    assert "Aucun document ne correspond." in text
    assert "Rapport sur la collecte des déchets du port" in text


async def test_questionnaire_is_found_by_its_theme_before_a_word_of_a_title(bot: TestBot) -> None:
    await bot.say("ខ្ញុំធ្វើ questionnaire យេនឌ័ររួចហើយ", SOKHA)
    assert "កម្រងសំណួរសមភាពយេនឌ័រ" in bot.phone(SOKHA).last.text


async def test_reminding_those_who_have_not_answered_writes_to_them(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "qui n'a pas répondu au questionnaire égalité", "comment je relance les villes")
    assert asked[1].startswith("Ce message ira à ceux qui n’ont pas encore répondu")


async def test_list_is_counted(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ខែមេសាមានប្រជុំអីខ្លះ", "មានចំនួនប៉ុន្មាន", "ជនបង្គោលនៅឡាវ", "មានប៉ុន្មាន")
    assert asked[1:] == ["ចំនួន៖ 7។", "👤 ឡាវ", "ចំនួនសមាជិក៖ 2។"]
    asked = await lines(bot, CAMILLE, "les appels à projets", "il y en a combien ?")
    assert asked[1] == "Nombre : 6."
    assert (await lines(bot, LINH, "tài liệu về rác", "có bao nhiêu"))[1].startswith("Số lượng: ")


async def test_document_that_was_shown_is_asked_for(bot: TestBot) -> None:
    await lines(bot, SOKHA, "លិខិតអញ្ជើញប្រជុំប្រចាំឆ្នាំ", "ផ្ញើមកខ្ញុំផង")
    assert "លិខិតអញ្ជើញកិច្ចប្រជុំប្រចាំឆ្នាំ" in bot.phone(SOKHA).last.text
    assert (await lines(bot, CAMILLE, "la charte du réseau", "pouvez-vous me l'envoyer ?"))[1] == "📄 Documents"


async def test_more_time_is_for_the_coordination_to_give(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "របាយការណ៍សកម្មភាពត្រូវផ្ញើត្រឹមថ្ងៃណា", "បើយឺតយ៉ាងម៉េច")
    assert asked[1].startswith("ចំពោះការសុំពន្យារពេល")
    asked = await lines(bot, LINH, "báo cáo hoạt động hạn khi nào", "nộp muộn được không")
    assert asked[1].startswith("Nếu cần gia hạn")


async def test_more_than_the_city_of_the_list_is_asked_for(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ព័ត៌មានថ្មីពីបាត់ដំបង", "មានអីទៀត")
    assert asked == ["📰 ព័ត៌មាន · ខេត្តបាត់ដំបង", "📰 ព័ត៌មាន"]


async def test_somebody_called_by_name_is_not_the_one_of_the_meeting_shown(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំនៅដាណាងថ្ងៃណា", "សុំលេខលោកស្រីសុគន្ធា")
    assert asked[1] == "👤 លេខាធិការដ្ឋានបណ្តាញ"


async def test_who_has_not_confirmed_is_told(bot: TestBot) -> None:
    assert await lines(bot, HELENE, "quelles villes n'ont pas confirmé leur point focal") == [
        "📊 Confirmation du point focal"
    ]


async def test_what_of_the_deadlines_is_for_the_readers_city_is_asked_for(bot: TestBot) -> None:
    await bot.say("/deadlines", SOKHA)
    assert (await lines(bot, SOKHA, "មួយណាសំរាប់ក្រុងខ្ញុំ"))[0].startswith("📌")
    asked = await lines(bot, CAMILLE, "les échéances de mars", "lesquelles nous concernent ?")
    assert asked[1].startswith("📌")


async def test_some_of_the_rows_that_were_shown_are_asked_for_by_their_place(bot: TestBot) -> None:
    await bot.say("/news", SOKHA)
    assert await lines(bot, SOKHA, "មានពីសៀមរាបអត់") == ["📰 ព័ត៌មាន · ក្រុងសៀមរាប"]
    await bot.say("/news", LINH)
    assert await lines(bot, LINH, "có gì ở Huế không") == ["📰 Tin tức · Huế"]
    await bot.say("/deadlines", CAMILLE)
    assert await lines(bot, CAMILLE, "il y en a à Hué ?") == ["⏰ Échéances · Huế"]


async def test_day_that_is_named_is_not_that_of_the_meeting_shown(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "សន្និសីទនៅ le havre", "អត់ឃើញ link ប្រជុំថ្ងៃសុក្រ")
    assert asked[1] == "តំណចូលប្រជុំតាមវីដេអូ ស្ថិតនៅខាងក្រោមព័ត៌មាននេះ៖"
    asked = await lines(bot, SOKHA, "ប្រជុំប្រចាំឆ្នាំ", "ថ្ងៃស្អែកមានអីផុតកំណត់")
    assert "សណ្ឋាគារ" not in asked[1]


async def test_days_that_are_left_are_told_of_a_meeting_that_is_named(bot: TestBot) -> None:
    await bot.say("ប្រជុំប្រចាំឆ្នាំនៅសល់ប៉ុន្មានថ្ងៃ", SOKHA)
    assert "69 ថ្ងៃទៀត" in bot.phone(SOKHA).last.text.split("📅")[0]


async def test_meetings_on_the_theme_come_before_those_of_the_city_alone(bot: TestBot) -> None:
    await bot.say("វេទិកាយុវជននៅកំពត", SOKHA)
    text = bot.phone(SOKHA).last.text
    assert "ក្រុមប្រឹក្សាយុវជន" in text
    assert "ទេសចរណ៍តំបន់ឆ្នេរ" not in text


async def test_question_of_its_own_is_not_asked_of_the_list_before(bot: TestBot) -> None:
    await bot.say("/news", SOKHA)
    asked = await lines(bot, SOKHA, "ដាណាងមានរឿងអី", "តើក្រុងណាខ្លះនៅឡាវ", "សមាជិកមានប៉ុន្មានទាំងអស់")
    assert asked[1:] == ["ចំនួនសមាជិក៖ 2។", "ចំនួនសមាជិក៖ 22។"]
    asked = await lines(bot, SOKHA, "គម្រោងអាកាសធាតុបិទទទួលពាក្យថ្ងៃណា", "ខែមេសាមានអី")
    assert asked[1].startswith("📅 កិច្ចប្រជុំខាងមុខ")
    assert (await lines(bot, SOKHA, "/forms", "ខែនេះ newsletter បានផ្ញើហើយឬនៅ"))[1].startswith("ព្រឹត្តិបត្រប្រចាំខែ")


async def test_row_is_not_picked_by_a_word_that_asks(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំបន្ទាប់នៅពេលណា", "អ្នកណារៀបចំ")
    assert asked[1] == "តើលោក/លោកស្រីសួរអំពីមួយណា? សូមចុចលេខរបស់វា។"


async def test_languages_and_the_newest_of_the_documents_are_asked_for(bot: TestBot) -> None:
    await bot.say("/documents", SOKHA)
    assert await lines(bot, SOKHA, "មានអីជាភាសាខ្មែរខ្លះ") == ["ឯកសារដែលមានជាភាសាខ្មែរ៖"]
    await bot.say("/documents", CAMILLE)
    assert (await lines(bot, CAMILLE, "le plus récent"))[0] == "📄 Documents"
    assert "2. " not in bot.phone(CAMILLE).last.text
