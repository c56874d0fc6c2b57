"""Ordinary questions of members, partners and coordinators, each with the first line of its answer."""

from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (CAMILLE, ("j'ai une info à faire passer dans la veille",), "Pour contribuer à la veille mensuelle"),
        (CAMILLE, ("la veille de ce mois", "je peux y mettre quelque chose ?"), "Pour contribuer à la veille"),
        (CAMILLE, ("on n'a pas encore répondu au questionnaire égalité, c'est trop tard ?",), "📝 Formulaires"),
        (CAMILLE, ("changez mon adresse mail svp : c@lehavre.example",), "La coordination tient l’annuaire à jour"),
        (LINH, ("đổi giúp em email với",), "Ban điều phối cập nhật danh bạ"),
        (CAMILLE, ("qu'ai-je à faire",), "📌 Ce qui est attendu de vous"),
        (CAMILLE, ("qu'ai-je à faire", "la plus pressée"), "⏰ "),
        (CAMILLE, ("qu'ai-je à faire", "la plus pressée", "c'est fait"), "Si c’est fait, touchez le bouton ✓"),
        (
            CAMILLE,
            ("mettez les rappels en pause une semaine", "rappelez-moi normalement"),
            "Les rappels reprennent",
        ),
        (AGATHE, ("Quels hôtels recommandez-vous pour les Assises au Havre",), "⏰ Fin du tarif hôtelier négocié"),
        (HELENE, ("est-ce que le rappel pour Kampot est parti ?",), "Je prépare la liste des 30 prochains jours"),
        (HELENE, ("quels postes sont vacants ?",), "👤 Membres sans point focal"),
        (SOKHA, ("តំណែងណាទំនេរ",), "👤 "),
        (AGATHE, ("/documents", "vous avez ça en vietnamien ?"), "Documents disponibles dans cette langue"),
    ],
)
async def test_it_is_answered(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (AGATHE, ("/deadlines", "laquelle concerne l'AFD ?"), "📌 Ce qui est attendu de vous"),
        (AGATHE, ("/deadlines", "celle du DCOL"), "⏰ Appel DCOL"),
        (AGATHE, ("/deadlines", "celle du DCOL c'est quoi les conditions"), "⏰ Appel DCOL"),
        (HELENE, ("qui n'a pas répondu au questionnaire égalité", "quelles villes n'ont pas payé ?"), "🧾 Cotisations"),
        (HELENE, ("/actions", "qui n'a toujours pas de point focal"), "👤 Membres sans point focal"),
        (HELENE, ("la réunion annuelle", "qui n'a pas payé la cotisation ?"), "🧾 Cotisations à recevoir"),
    ],
)
async def test_it_is_not_asked_of_something_else(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


async def test_what_is_held_on_the_theme_is_shown_where_none_of_the_kind_is(bot: TestBot) -> None:
    await bot.say("y a-t-il un atelier sur l'énergie", CAMILLE)
    assert "Conférence sur l'énergie des villes portuaires" in bot.phone(CAMILLE).last.text


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (AGATHE, ("vous êtes un robot ?",), "Je suis Relais, l’assistant automatique"),
        (HELENE, ("ajoute une réunion le 12 février à Battambang",), "Je ne modifie pas le calendrier"),
        (AGATHE, ("qui a participé aux dernières assises",), "Je ne garde pas la liste de ceux qui sont venus"),
        (
            AGATHE,
            ("je voudrais proposer un intervenant pour la conférence assainissement",),
            "Pour cette réunion",
        ),
        (AGATHE, ("je voudrais proposer un atelier aux Assises",), "Cela se fait ici"),
        (AGATHE, ("pourquoi le séminaire de Hanoi est annulé",), "Je ne vois aucun changement annoncé"),
        (AGATHE, ("le plan d'action en pdf",), "📋 Plan d’action"),
        (CAMILLE, ("le plan d'action en pdf",), "Je n’ai pas de fichier du plan d’action"),
        (LINH, ("cho tôi bản pdf kế hoạch hành động",), "Tôi không có tệp của kế hoạch hành động"),
        (AGATHE, ("l'appel DCOL, c'est combien de cofinancement ?",), "Le montant n’est pas indiqué"),
        (CAMILLE, ("Combien de personnes viennent aux Assises ?",), "La coordination voit les réponses"),
        (CAMILLE, ("quelles inscriptions sont ouvertes ?",), "✍️ Inscriptions ouvertes"),
    ],
)
async def test_what_is_not_received_or_kept_here_is_said_so(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (HELENE, ("qui s'est inscrit à Hué", "et à Vientiane ?"), "📊 Délégation à l'atelier de Vientiane"),
        (HELENE, ("qui s'est inscrit à Hué", "combien de végétariens ?"), "📊 Inscription à l'atelier de Huế"),
        (HELENE, ("qui s'est inscrit à Hué", "le programme svp"), "📅 Atelier : trier les déchets à la source"),
        (
            CAMILLE,
            ("m'inscrire à un atelier sur l'énergie à Huế", "le programme svp"),
            "📅 Atelier : trier",
        ),
        (HELENE, ("quels postes sont vacants ?", "il y a une date limite pour ça ?"), "⏰ Échéances · Confirmation"),
        (HELENE, ("/schedule", "à qui"), "Touchez le numéro d’un envoi"),
        (HELENE, ("/schedule", "annulez celui de Huế"), "Touchez le numéro d’un envoi"),
        (HELENE, ("/schedule", "qui s'est inscrit à Hué"), "📊 Inscription à l'atelier de Huế"),
        (HELENE, ("quels sont les membres du réseau ?", "combien en France"), "Nombre de membres : 8."),
        (CAMILLE, ("l'actualité sur les toitures de Luang Prabang", "il y a une réunion là-dessus ?"), "📅 Prochaines"),
        (CAMILLE, ("/meetings", "les réunions au Laos"), "📅 Prochaines réunions · Laos"),
    ],
)
async def test_it_goes_on_with_what_was_shown(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (AGATHE, ("/deadlines", "laquelle concerne l'AFD ?", "celle du DCOL, les conditions"), "⏰ Appel DCOL"),
        (AGATHE, ("le CR de la réunion annuelle 2023", "et celui du bureau exécutif ?"), "📄 Documents · Compte rendu"),
        (AGATHE, ("quels partenaires financent le réseau",), "Je ne sais pas qui finance chaque projet"),
        (CAMILLE, ("notre point focal c'est qui",), "👤 Point focal · Le Havre"),
        (LINH, ("cán bộ đầu mối của chúng tôi là ai",), "👤 Cán bộ đầu mối · Huế"),
        (CAMILLE, ("quand est le bureau exécutif",), "Quand : "),
        (CAMILLE, ("quand est le bureau exécutif", "il y a un ordre du jour ?"), "Le programme détaillé n’est pas"),
        (CAMILLE, ("le prochain webinaire", "c'est enregistré ?"), "Aucun document de ce type n’est encore déposé"),
        (CAMILLE, ("qu'est ce qui est prévu cette année dans l'axe 2",), "📋 Plan d’action"),
        (HELENE, ("combien de villes ont confirmé leur point focal",), "📊 Confirmation du point focal"),
        (HELENE, ("qui doit de l'argent au réseau",), "🧾 Cotisations à recevoir"),
    ],
)
async def test_one_thing_is_meant(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (AGATHE, ("vous avez un guide", "il est en anglais ?"), "Aucun de ces documents n’est indiqué"),
        (CAMILLE, ("la conférence sur le delta", "quel jour de la semaine ?"), "Quand : "),
        (CAMILLE, ("avons-nous répondu au questionnaire égalité", "on a jusqu'à quand"), "📝 Formulaires"),
        (CAMILLE, ("je ne pourrai pas venir à Hué finalement",), "📝 Ce que vous avez envoyé"),
        (CAMILLE, ("/deadlines", "et en retard ?"), "📌 Ce qui est attendu"),
        (CAMILLE, ("/deadlines", "c'est quoi la première"), "⏰ "),
        (LINH, ("/deadlines", "cái thứ hai là gì"), "⏰ "),
        (CAMILLE, ("tarif hotel réunion annuelle", "je réserve comment"), "Cela se fait en ligne"),
    ],
)
async def test_the_thread_is_kept(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


async def test_the_form_that_was_spoken_of_is_meant(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "avons-nous répondu au questionnaire égalité", "on a jusqu'à quand")
    assert "Questionnaire égalité femmes-hommes" in bot.phone(CAMILLE).last.text


async def test_the_minutes_of_another_meeting_are_of_another_day(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "le compte rendu de la réunion annuelle 2023", "et celui du bureau exécutif ?")
    assert "Compte rendu du bureau exécutif" in bot.phone(CAMILLE).last.text


async def test_who_sees_no_names_is_led_to_the_coordination(bot: TestBot) -> None:
    await bot.say("qui est le point focal de Toulouse", AGATHE)
    assert any(one.label == "Coordination du réseau" for row in bot.phone(AGATHE).last.buttons for one in row)
