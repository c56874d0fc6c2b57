from __future__ import annotations

from tests.handlers.asking import HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA


async def test_line_of_the_plan_is_asked_for_by_its_words(bot: TestBot) -> None:
    studies = "📋 11. Soutenir des études"
    asked = await lines(bot, CAMILLE, "l'action sur les études", "qui la porte ?", "et les partenariats ?")
    assert asked == [studies, studies, "📋 15. Élargir les partenariats techniques et financiers"]
    asked = await lines(bot, CAMILLE, "le plan d'action", "qui porte la formation")
    assert asked == ["📋 Plan d’action", "De laquelle de ces lignes s’agit-il ? Touchez son numéro."]
    assert "10. Tenir les formations" in bot.phone(CAMILLE).last.text
    asked = await lines(bot, LINH, "kế hoạch hành động", "phần nghiên cứu ai làm")
    assert asked[1] == "📋 11. Hỗ trợ các nghiên cứu"
    asked = await lines(bot, SOKHA, "ផែនការសកម្មភាព", "ចុះគម្រោងសាកល្បង")
    assert asked[1] == "📋 14. អមដំណើរគម្រោងសាកល្បង"


async def test_plan_and_unpaid_dues_are_narrowed_by_a_country(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "le plan d'action", "et au Laos ?")
    assert asked[1] == "📋 Plan d’action · Laos"
    assert "Mener le dialogue national" in bot.phone(CAMILLE).last.text
    assert "Rédiger le plan" not in bot.phone(CAMILLE).last.text
    unpaid = await lines(bot, HELENE, "quelles villes n'ont pas payé leur cotisation", "et au Viet Nam ?")
    assert unpaid[1] == "🧾 Cotisations à recevoir · Viêt Nam (1)"
    assert "Kampot" not in bot.phone(HELENE).last.text
    assert (await lines(bot, HELENE, "et en France ?"))[0] == "🧾 Cotisations à recevoir · France (0)"
    await bot.tap("✕ France", HELENE)
    assert "Kampot" in bot.phone(HELENE).last.text


async def test_who_goes_somewhere_is_asked_of_the_meeting_there(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "qui va à Vientiane pour les crues", "on peut y assister en visio ?")
    assert asked == [
        "Pour qui : ouvert à tous",
        "Cette réunion se tient sur place : je ne connais pas de lien de connexion.",
    ]


async def test_those_by_video_are_asked_for_after_those_of_a_place(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les prochaines réunions en France", "et en visio ?")
    assert asked == ["📅 Prochaines réunions · France", "📅 Prochaines réunions · en visioconférence"]


async def test_paper_in_another_language_is_no_wish_for_it(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "où sont les comptes rendus ?", "en vietnamien vous l'avez ?")
    assert asked[1] == "Aucun de ces documents n’est indiqué dans cette langue (vietnamien). Les voici :"


async def test_why_a_meeting_is_cancelled_is_told_by_the_news(bot: TestBot) -> None:
    assert (await lines(bot, CAMILLE, "pourquoi hanoi est annulé"))[0] == "rencontre annulée"
    assert "un webinaire à la place" in bot.phone(CAMILLE).last.text


async def test_trip_to_another_city_is_not_that_of_the_meeting_shown(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "la formation ville intelligente", "faut il un visa pour aller a siem reap")
    assert asked[1] == "Je n’ai pas d’information sur les visas ; la coordination vous renseignera."
    assert "ville intelligente" not in bot.phone(CAMILLE).last.text


async def test_what_is_done_already_is_ticked_off(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "việc cần làm", "em gửi rồi mà")
    assert asked[1].startswith("Anh/chị mở việc đã xong")


async def test_vote_of_the_cities_is_followed_and_not_narrowed_by_a_place(bot: TestBot) -> None:
    asked = await lines(
        bot, HELENE, "où en est le vote sur le plan d'action", "combien de villes ont validé", "et celles du Laos ?"
    )
    assert asked == [
        "📊 Validation du plan d'action",
        "📊 Validation du plan d'action",
        "Cette liste ne se trie pas par lieu ; la voici en entier :",
    ]


async def test_hotel_of_a_workshop_is_that_of_the_whole_conference(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les assises c'est quand", "le thème de l'atelier 2 ?", "et le logement ?")
    assert asked[2] == "⏰ Fin du tarif hôtelier négocié : Assises"
    asked = await lines(bot, CAMILLE, "comment on propose une intervention aux assises")
    assert asked[0].startswith("Cela se fait ici")


async def test_colleague_is_sent_instead(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "le rdv mensuel des points focaux", "je peux envoyer quelqu'un d'autre")
    assert asked[1].startswith("Pour qu’un collègue vienne à votre place")


async def test_city_that_has_named_nobody_is_told(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "qui n'a pas encore nommé son point focal")
    assert asked == ["👤 Membres sans point focal"]


async def test_form_that_is_named_is_meant_and_not_the_one_before(bot: TestBot) -> None:
    asked = await lines(
        bot,
        HELENE,
        "combien d inscrits pr le webinaire open data",
        "qui n'a pas encore répondu au questionnaire égalité",
    )
    assert asked == ["📊 Inscription au webinaire sur les données ouvertes", "📊 Questionnaire égalité femmes-hommes"]
