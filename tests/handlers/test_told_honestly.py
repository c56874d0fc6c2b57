"""What no table tells, or this reader may not see: said so, with the nearest and whom to ask."""

from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (HELENE, ("/dues", "Kampot on les a contactés quand ?"), "Je ne garde pas la trace des appels"),
        (HELENE, ("/dues", "Kampot on les a contactés quand ?", "c'est qui leur contact"), "👤 Point focal · Kampot"),
        (HELENE, ("les inscrits ont été prévenus ?",), "Je ne garde pas la trace des appels"),
        (SOKHA, ("បានជូនដំណឹងគេហើយឬនៅ",), "ខ្ញុំមិនកត់ត្រាការហៅទូរសព្ទ"),
        (CAMILLE, ("une ville française qui bosse avec Hanoï",), "Je ne connais pas les partenariats"),
        (LINH, ("thành phố nào hợp tác với Hà Nội",), "Tôi không có thông tin về quan hệ hợp tác"),
        (HELENE, ("qui n'a pas encore nommé son point focal", "depuis quand"), "Je ne sais pas depuis quand"),
        (HELENE, ("qui est inscrit à la réunion annuelle",), "Aucune inscription n’est reçue ici"),
        (
            HELENE,
            (
                "le webinaire sur les données ouvertes",
                "qui est inscrit à la réunion annuelle",
                "et ceux qui ont décliné",
            ),
            "Aucune inscription n’est reçue ici",
        ),
        (CAMILLE, ("/news", "la troisième, il y a du nouveau depuis ?"), "Je ne le sais pas ; la coordination"),
        (CAMILLE, ("/meetings", "le premier, à quelle heure pour moi à Poitiers"), "Quand : "),
        (CAMILLE, ("/meetings", "enlève les webinaires"), "Je ne sais pas retirer une partie d’une liste"),
        (LINH, ("/meetings", "bỏ hội thảo trực tuyến ra"), "Tôi chưa bỏ được một phần của danh sách"),
        (
            CAMILLE,
            ("/meetings", "sans les webinaires", "lesquelles sont au Viet Nam"),
            "📅 Prochaines réunions · Viêt Nam",
        ),
        (CAMILLE, ("qui suit le patrimoine chez nos partenaires vietnamiens",), "👤 Point focal · Patrimoine"),
        (CAMILLE, ("l'appel patrimoine habité", "jusqu'à quand on peut déposer"), "Au plus tard :"),
    ],
)
async def test_it_is_told_what_is_not_known(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (("qui doit faire la 7", "et ce qui est prévu pour 2028"), "📋 Plan d’action · 2028"),
        (("/actions", "celles pour avril"), "📋 Plan d’action · avril 2027"),
        (
            ("qui contacter à Luang Prabang", "il a répondu au questionnaire égalité ?", "et sa cotisation"),
            "🧾 Cotisation",
        ),
        (("/documents", "ça date de quand"), "📄 Documents"),
    ],
)
async def test_what_was_shown_is_leaned_on(bot: TestBot, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, HELENE, *texts))[-1].startswith(line)


async def test_the_dues_are_those_of_the_city_spoken_of(bot: TestBot) -> None:
    await lines(
        bot, HELENE, "qui contacter à Luang Prabang", "il a répondu au questionnaire égalité ?", "et sa cotisation"
    )
    assert "Luang Prabang" in bot.phone(HELENE).last.text


async def test_two_papers_are_two_questions(bot: TestBot) -> None:
    await lines(bot, HELENE, "le prochain bureau c'est quand", "il me faut l'ordre du jour et le dernier CR")
    assert "Vous demandiez aussi" in bot.phone(HELENE).last.text


async def test_a_hidden_call_is_said_to_be_hidden(bot: TestBot) -> None:
    await lines(bot, AGATHE, "appels à projets ouverts", "celui sur le patrimoine on a droit ?")
    hidden = bot.phone(AGATHE).last.text
    assert "ne sont montré" in hidden
    await lines(bot, AGATHE, "appels à projets ouverts", "celui sur les licornes on a droit ?")
    assert bot.phone(AGATHE).last.text == hidden  # whether there is one is not to be learned


async def test_another_theme_is_not_taken_for_the_one_asked_for(bot: TestBot) -> None:
    told = await lines(bot, CAMILLE, "la formation assainissement a Vientiane ya encore des places")
    assert "Eau et assainissement" in told[0]


async def test_a_list_ends_the_waiting_for_the_text(bot: TestBot) -> None:
    asked = ("/announce", "/meetings", "le comité c'est à quelle heure à Paris")
    told = await lines(bot, HELENE, *asked)
    assert told[2].startswith("📅 Comité")
    await bot.say("/meetings", HELENE)
    assert "Le brouillon" not in bot.phone(HELENE).last.text
    assert (await lines(bot, HELENE, "/announce"))[0].startswith("📣 Nouvelle annonce")


async def test_what_goes_on_with_an_answered_question_is_no_text(bot: TestBot) -> None:
    told = await lines(bot, HELENE, "/announce", "Battambang a payé sa cotisation ?", "et Kampot")
    assert told[1:] == ["🧾 Cotisation", "🧾 Cotisation"]
    assert "Kampot" in bot.phone(HELENE).last.text


async def test_what_only_asks_of_what_was_answered_is_no_text(bot: TestBot) -> None:
    told = await lines(bot, HELENE, "/announce", "la réunion annuelle c'est où et quand ?", "quel hôtel")
    assert told[2].startswith("⏰ Fin du tarif hôtelier")


async def test_who_receives_nothing_is_shown_the_settings(bot: TestBot) -> None:
    told = await lines(bot, CAMILLE, "je ne reçois pas les rappels")
    assert told[0].startswith("Voici vos réglages")
    assert "Coordination du réseau" in {label for row in bot.phone(CAMILLE).last.labels for label in row}


async def test_recordings_are_said_not_to_be_kept(bot: TestBot) -> None:
    told = await lines(bot, CAMILLE, "peut-on avoir la vidéo du dernier webinaire")
    assert told[0].startswith("Je n’ai aucun enregistrement")


async def test_news_of_a_theme_that_a_city_has_none_of_are_those_of_the_city(bot: TestBot) -> None:
    told = await lines(bot, CAMILLE, "quoi de neuf à Huế sur l'énergie")
    assert told == ["📰 Actualités · Énergie · Huế"]
    assert "\n📰 Actualités · Huế" in bot.phone(CAMILLE).last.text


async def test_form_is_found_by_its_title_whatever_was_shown_before(bot: TestBot) -> None:
    await lines(bot, CAMILLE, "où en est l'action 4", "formulaire égalité femmes hommes")
    assert "Questionnaire égalité femmes-hommes" in bot.phone(CAMILLE).last.text
