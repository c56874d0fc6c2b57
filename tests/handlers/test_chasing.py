from __future__ import annotations

import pytest

from tests.handlers.asking import HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE

TO_FORM = "Ce message ira à ceux qui n’ont pas encore répondu à « Questionnaire égalité femmes-hommes »"
TO_DUES = "Ce message ira aux collectivités dont la cotisation n’est pas réglée"


async def test_those_who_have_not_answered_are_written_to_by_words(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "qui n'a pas répondu au questionnaire égalité", "relancez-les", "Merci d’avance.")
    assert asked[1].startswith(TO_FORM)
    assert asked[2] == "À qui ?"
    assert "n’ont pas répondu à" in bot.phone(HELENE).last.text


async def test_those_who_have_not_answered_are_written_to_by_a_key(bot: TestBot) -> None:
    await bot.say("qui n'a pas répondu au questionnaire égalité", HELENE)
    (question,) = await bot.tap("📣 Relancer", HELENE)
    assert question.text.replace("\u202f", " ").startswith(TO_FORM)
    await bot.say("Le questionnaire\nVotre réponse nous aidera.", HELENE)
    await bot.tap("Suite", HELENE)
    assert "Questionnaire égalité femmes-hommes" in bot.phone(HELENE).last.text


async def test_those_whose_dues_are_not_paid_are_written_to(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "quelles villes n'ont pas payé", "relancez les")
    assert asked[1].startswith(TO_DUES)


async def test_draft_that_was_begun_before_comes_next(bot: TestBot) -> None:
    await lines(bot, HELENE, "/announce", "Nouvelle salle\nLa réunion aura lieu dans la salle Mékong.")
    await lines(bot, HELENE, "quelles villes n'ont pas payé", "relancez les")
    await bot.tap("Supprimer", HELENE)
    await bot.tap("Supprimer", HELENE)
    assert "Nouvelle salle" in (await bot.say("/announce", HELENE))[0].text


async def test_question_that_comes_instead_of_the_text_is_answered(bot: TestBot) -> None:
    await lines(bot, HELENE, "qui n'a pas répondu au questionnaire égalité", "relancez-les")
    assert await lines(bot, HELENE, "qui n'a pas payé sa cotisation") == ["🧾 Cotisations à recevoir (2)"]
    assert "Rien n’a été pris pour le texte" in bot.phone(HELENE).last.text
    await bot.tap("C’est le texte", HELENE)
    assert bot.phone(HELENE).last.text.startswith("À qui")


async def test_short_line_that_surely_asks_is_answered_too(bot: TestBot) -> None:
    assert await lines(bot, HELENE, "/announce", "réunions en avril") == [
        "📣 Nouvelle annonce", "📅 Prochaines réunions · avril 2027",
    ]  # fmt: skip
    assert await lines(bot, HELENE, "La réunion d'avril est reportée.") == ["À qui ?"]


async def test_what_is_short_goes_on_with_the_question_that_was_answered(bot: TestBot) -> None:
    asked = await lines(
        bot,
        HELENE,
        "/announce",
        "quelles réunions en avril ?",
        "enlève les webinaires",
        "lesquelles sont au Viet Nam",
        "merci beaucoup !",
    )
    assert asked[1:] == [
        "📅 Prochaines réunions · avril 2027",
        "Je ne sais pas retirer une partie d’une liste ; la voici en entier :",
        "📅 Prochaines réunions · Viêt Nam · avril 2027",
        "Je vous en prie.",
    ]  # fmt: skip
    assert await lines(bot, HELENE, "Merci à tous pour votre réponse") == ["À qui ?"]


async def test_what_goes_out_is_told_while_a_text_is_awaited(bot: TestBot) -> None:
    asked = await lines(bot, HELENE, "/announce", "ស្អែកនឹងផ្ញើអ្វីខ្លះ", "ngày mai sẽ gửi gì", "qu'est-ce qui part demain")
    assert asked[1:] == ["Je prépare la liste des 30 prochains jours. Elle arrive ici dans un instant."] * 3


@pytest.mark.parametrize("text", ["non, annulez", "laisse tomber", "thôi hủy đi", "លុបចោល", "never mind"])
async def test_announcement_is_called_off_in_words(bot: TestBot, text: str) -> None:
    asked = await lines(bot, HELENE, "qui n'a pas payé", "relancez-les", text)
    assert asked[2].startswith("Supprimer cette annonce")
    await bot.tap("Supprimer", HELENE)
    assert "supprim" in bot.phone(HELENE).last.text


async def test_others_are_chased_while_a_text_is_awaited(bot: TestBot) -> None:
    asked = await lines(
        bot, HELENE, "qui n'a pas payé", "relancez-les", "qui n'a pas répondu au questionnaire égalité", "relancez-les"
    )
    assert (asked[1].startswith(TO_DUES), asked[3].startswith(TO_FORM)) == (True, True)


async def test_nobody_else_chases(bot: TestBot) -> None:
    await bot.say("relancez ceux qui n'ont pas répondu", CAMILLE)
    assert not any("📣" in label for row in bot.phone(CAMILLE).last.labels for label in row)
    (answer,) = await bot.tap_data("ch1:1", CAMILLE)
    assert "Ce message ira" not in answer.text
