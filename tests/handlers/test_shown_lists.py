from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


async def test_line_of_the_plan_is_asked_for_by_its_number(bot: TestBot) -> None:
    six = "📋 6. Tenir un dialogue entre pays, une conférence par an"
    asked = await lines(bot, CAMILLE, "où en est l'action 6", "qui s en occupe", "et la 8 ?", "l'action 99")
    assert asked == [six, six, "📋 8. Établir les besoins de formation", "📋 Plan d’action"]
    assert (await lines(bot, LINH, "hành động số 6 tới đâu rồi", "còn số 8?"))[1].startswith("📋 8. ")
    assert (await lines(bot, SOKHA, "សកម្មភាពទី៦ដល់ណាហើយ"))[0].startswith("📋")


async def test_meeting_whose_deadlines_or_news_were_shown_is_asked_about(bot: TestBot) -> None:
    assert await lines(bot, CAMILLE, "les échéances de la réunion annuelle", "et l hotel ?", "c'est où ?") == [
        "⏰ Échéances · Réunion annuelle",
        "⏰ Fin du tarif hôtelier négocié : réunion annuelle",
        "Où : Hôtel du Quai, salle Mékong, Phnom Penh, Cambodge",
    ]
    assert await lines(
        bot, CAMILLE, "quoi de neuf à Da Nang", "pourquoi ça a été reporté ?", "c'est quand maintenant"
    ) == [
        "📰 Actualités · Đà Nẵng",
        "nouvelle date",
        "Quand : mardi 4 mai 2027, de 8 h 30 à 17 h (heure du Viêt Nam)",
    ]
    assert await lines(bot, CAMILLE, "jusqu'à quand s'inscrire à la réunion annuelle") == [
        "Au plus tard : mercredi 28 avril 2027"
    ]


async def test_what_is_to_be_handed_in_for_a_meeting_is_asked_for_after_its_card(bot: TestBot) -> None:
    asked = await lines(
        bot,
        CAMILLE,
        "les assises c'est quand",
        "les logos, c'est pour quand ?",
        "quel format",
        "et les personnalités ?",
    )
    assert asked[1:] == [
        "Au plus tard : vendredi 23 juillet 2027",
        "Je ne le sais pas ; la coordination vous répondra. Voici ce que je connais :",
        "⏰ Assises : noms des personnalités conduisant les délégations",
    ]


async def test_language_spoken_at_one_of_several_meetings_is_asked_for(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "les ateliers sur les femmes", "on y parle quelle langue ?")
    assert asked[1].startswith("De laquelle")


async def test_soonest_of_a_list_is_asked_for_and_the_way_there(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "mes prochaines échéances", "la plus urgente ?")
    assert asked[1] == "⏰ Fin des inscriptions : webinaire sur les données ouvertes"
    asked = await lines(
        bot, CAMILLE, "les assises c'est quand", "comment y aller depuis Paris", "et les intervenants ?"
    )
    assert asked[1] == "Où : Carré des Docks, Le Havre, France"
    assert asked[2].startswith("📅 13es Assises")


async def test_workshop_is_proposed_by_its_form_which_tells_until_when(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "j'ai une idée d'atelier pour les Assises, je la propose comment", "jusqu'à quand"
    )
    assert asked == ["Cela se fait ici : touchez le bouton, je pose les questions une à une et j’envoie vos réponses.",
                     "📝 Formulaires"]  # fmt: skip


async def test_list_is_narrowed_and_another_theme_asked_for(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "qu'est-ce qui se passe en juin", "seulement au Cambodge")
    assert asked[1].startswith("📅 Prochaines réunions · Cambodge · juin 2027")
    asked = await lines(bot, CAMILLE, "je cherche le guide d'urgence de l'ASAC", "autre chose sur les déchets ?")
    assert asked[1].startswith("📄 Documents")


async def test_who_cannot_come_is_not_told_how_to_register(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "la réunion du 18 mars", "je ne pourrai pas venir, je fais comment")
    assert "inscription n’est annoncée" not in asked[1]


async def test_money_of_a_call_is_not_the_dues(bot: TestBot) -> None:
    await bot.say("l'appel patrimoine : combien d'argent", CAMILLE)
    assert "patrimoine habité" in bot.phone(CAMILLE).last.text


async def test_places_that_are_not_counted_are_not_told(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "il reste des places pour l'atelier de Yen Bai ?")
    assert asked[0] == "Le nombre de places restantes n’est pas indiqué ; la coordination vous le dira."


async def test_hour_is_asked_for_by_somebody_s_own_clock(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "le point mensuel des référents c'est quand", "à quelle heure chez nous en France ?"
    )
    assert asked[1] == "Quand : jeudi 18 mars 2027, de 9 h à 10 h (heure du Cambodge)"


async def test_sort_of_document_is_kept_for_another_meeting(bot: TestBot) -> None:
    await bot.say("le CR du dernier bureau", CAMILLE)
    assert [line for line in bot.phone(CAMILLE).last.text.splitlines() if line.startswith(("1. ", "2. "))] == [
        "1. Compte rendu du bureau exécutif"
    ]
    await bot.say("et celui de la réunion annuelle de 2023", CAMILLE)
    assert "1. Compte rendu de la réunion annuelle 2023" in bot.phone(CAMILLE).last.text


async def test_what_lists_nothing_is_not_to_be_chosen_from(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "Kampot a payé sa cotisation ?", "et qui d'autre ?")
    assert "De laquelle de ces lignes s’agit-il ? Touchez son numéro." not in asked


async def test_what_joining_costs_is_not_told(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "comment devenir membre du réseau", "c combien")
    assert asked[1] == "Je ne le sais pas ; la coordination vous répondra. Voici ce que je connais :"


async def test_next_meeting_of_a_kind_is_the_first_to_come(bot: TestBot) -> None:
    assert await lines(
        bot, CAMILLE, "le prochain bureau", "on peut le suivre a distance ?", "les prochains webinaires"
    ) == [
        "📅 Bureau exécutif",
        "Le bouton sous la fiche ouvre la visioconférence :",
        "📅 Prochaines réunions · Webinaire",
    ]


async def test_deadline_of_the_meeting_that_was_shown_is_told_by_its_words(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "le voyage d'étude à Toulouse", "le passeport c est à envoyer avant quand", "et à qui"
    )
    assert asked[1:] == ["Au plus tard : jeudi 10 juin 2027", "Pour cela, adressez-vous à :"]


async def test_partner_that_is_named_is_not_who_sees_to_what_was_shown(bot: TestBot) -> None:
    assert await lines(bot, CAMILLE, "le voyage d'étude à Toulouse", "AFD vous avez un contact ?", "et à l'AUF") == [
        "📅 Voyage d'étude à Toulouse et en Occitanie",
        "👤 AFD, Agence française de développement",
        "👤 AUF, Agence universitaire de la Francophonie",
    ]


async def test_form_of_a_kind_comes_alone_where_its_title_is_told(bot: TestBot) -> None:
    await bot.say("je cherche un modèle de rapport d'activité", CAMILLE)
    assert "2. " not in bot.phone(CAMILLE).last.text


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (CAMILLE, "c koi RVASE", "Ce qu’est le réseau et comment il fonctionne se lit ici"),
        (LINH, "mạng lưới này làm gì", "Tài liệu dưới đây cho biết mạng lưới là gì"),
        (CAMILLE, "je prends le poste de Mme Ferrand, comment on met à jour mon nom ?", "Pour changer ou confirmer"),
        (CAMILLE, "j arrive pas a ouvrir le lien d inscription pour Huê", "Je suis désolé pour cette difficulté."),
    ],
)
async def test_matter_is_told_by_its_words(bot: TestBot, who: Somebody, text: str, line: str) -> None:
    assert (await lines(bot, who, text))[0].startswith(line)


async def test_calls_on_a_theme_come_alone_where_a_grant_is_sought_for_it(bot: TestBot) -> None:
    await bot.say("projet climat : y a-t-il des financements en ce moment", CAMILLE)
    assert "2. " not in bot.phone(CAMILLE).last.text


async def test_row_of_a_list_is_told_by_its_city(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "formations prévues au 2e trimestre", "celle de Phnom Penh, il reste de la place ?"
    )
    assert asked[1] == "Le nombre de places restantes n’est pas indiqué ; la coordination vous le dira."
    assert "les outils de la ville intelligente" in bot.phone(CAMILLE).last.text


async def test_another_paper_of_the_meeting_is_asked_for(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "la réunion annuelle de 2025", "on a les photos ?", "et le compte rendu")
    assert asked[1:] == ["📄 Documents", "Aucun document de ce type n’est encore déposé pour cette réunion."]


async def test_lodging_there_is_asked_of_the_meeting(bot: TestBot) -> None:
    asked = await lines(bot, CAMILLE, "l'atelier de luang prabang", "on loge ou la bas")
    assert asked[1].startswith("Je n’ai pas d’autre information pratique")


async def test_coordinator_who_asks_who_comes_is_led_to_the_answers(bot: TestBot) -> None:
    await bot.say("qui vient au webinaire données ouvertes", HELENE)
    assert ["Résultats"] in bot.phone(HELENE).last.labels
    assert "la coordination vous le dira" not in bot.phone(HELENE).last.text


async def test_partner_hears_that_some_things_are_shown_to_members_only(bot: TestBot) -> None:
    await bot.say("la réunion annuelle", AGATHE)
    assert "ne sont montrés qu’aux membres" in bot.phone(AGATHE).last.text
    assert (await lines(bot, AGATHE, "où en est le plan d'action"))[0] == "📋 Plan d’action"
    assert "Le plan d’action est présenté aux membres du réseau." in bot.phone(AGATHE).last.text


async def test_all_calls_are_shown_where_no_theme_but_money_is_named(bot: TestBot) -> None:
    await bot.say("quels sont les bailleurs du réseau", CAMILLE)
    assert "Financement et économie" not in bot.phone(CAMILLE).last.text


async def test_secretariat_that_was_shown_is_the_coordination_for_partners_too(bot: TestBot) -> None:
    asked = await lines(bot, AGATHE, "comment joindre Mme Marchand", "dites lui que je serai absente jeudi")
    assert asked == ["👤 Secrétariat du réseau", "👤 Coordination du réseau"]


async def test_late_lines_of_the_plan_are_no_question_about_a_meeting_that_was_shown(bot: TestBot) -> None:
    assert (await lines(bot, CAMILLE, "le prochain bureau", "quelles actions sont en retard ?"))[1].startswith("📋")


async def test_what_is_asked_after_a_form_that_one_may_not_fill_in_asks_of_no_other_form(bot: TestBot) -> None:
    asked = await lines(
        bot, Somebody(100_023, "Paul", "fr"), "on voudrait accueillir la réunion annuelle", "avant quand"
    )
    assert asked == ["👤 Coordination du réseau", "⏰ Échéances"]
