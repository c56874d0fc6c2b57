from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from tests.members.network import HELENE, MAI, SOKUNTHEA, count, fill, meeting_people, send_out
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        yield started


async def answer_all(bot: TestBot, who: Somebody, name: str, organisation: str, function: str) -> None:
    """Answer the three questions in writing, up to the review."""
    for words in ("/join", name, organisation, function):
        await bot.say(words, who)


async def test_a_whole_request_from_start_to_send(bot: TestBot) -> None:
    await bot.say("/start", CAMILLE)
    (first,) = await bot.tap("Demander à rejoindre", CAMILLE)
    assert first.text == (
        "Rejoindre le réseau · 1/3\n\nQuel est votre nom\u202f? Écrivez-le, ou touchez celui qui est proposé."
    )
    assert first.labels == [["Camille"], ["Arrêter"]]
    (second,) = await bot.tap("Camille", CAMILLE)
    assert second.text.startswith("Rejoindre le réseau · 2/3\nNom\u202f: Camille\n\nPour quelle organisation")
    (choice,) = await bot.say("Siem Rep", CAMILLE)
    assert choice.text.endswith(
        "Vous avez écrit «\u202fSiem Rep\u202f». S’agit-il de l’une de ces organisations\u202f?"
    )
    assert choice.labels == [["Siem Reap"], ["Une autre organisation"], ["‹ Retour", "Arrêter"]]
    (third,) = await bot.tap("Siem Reap", CAMILLE)
    assert "Organisation\u202f: Siem Reap" in third.text
    (review,) = await bot.say("Chargée de coopération", CAMILLE)
    assert review.text == (
        "Votre demande\nNom\u202f: Camille\nOrganisation\u202f: Siem Reap\nFonction\u202f: Chargée de coopération\n\n"
        "L’envoyer à la coordination du réseau\u202f?"
    )
    assert review.labels == [["Envoyer"], ["‹ Retour", "Arrêter"]]
    (sent,) = await bot.tap("Envoyer", CAMILLE)
    assert sent.text.startswith("Votre demande est transmise à la coordination du réseau.")
    assert sent.labels == []


async def test_the_exact_name_of_an_organisation_needs_no_choice(bot: TestBot) -> None:
    await bot.say("/join", LINH)
    await bot.say("Linh", LINH)
    (third,) = await bot.say("TP Hue", LINH)
    assert "Đơn vị: Huế" in third.text
    assert "3/3" in third.text


async def test_another_organisation_is_taken_as_it_was_written(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    await bot.say("Siem Rep", CAMILLE)
    (third,) = await bot.tap("Une autre", CAMILLE)
    assert "Organisation\u202f: Siem Rep" in third.text


async def test_an_organisation_like_no_other_is_taken_as_it_was_written(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    (third,) = await bot.say("Ouagadougou", CAMILLE)
    assert "Organisation\u202f: Ouagadougou" in third.text


async def test_back_shows_each_answer_and_keeps_it(bot: TestBot) -> None:
    await answer_all(bot, CAMILLE, "Camille Roy", "Le Havre", "Adjointe")
    (function,) = await bot.tap("Retour", CAMILLE)
    assert function.labels[0] == ["Adjointe"]
    (organisation,) = await bot.tap("Retour", CAMILLE)
    assert organisation.labels[0] == ["Le Havre"]
    (name,) = await bot.tap("Retour", CAMILLE)
    assert name.labels == [["Camille Roy"], ["Arrêter"]]
    await bot.say("Camille Leroy", CAMILLE)
    await bot.tap("Le Havre", CAMILLE)
    (review,) = await bot.tap("Adjointe", CAMILLE)
    assert "Nom\u202f: Camille Leroy\nOrganisation\u202f: Le Havre\nFonction\u202f: Adjointe" in review.text


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
async def test_stop_forgets_at_every_step(bot: TestBot, steps: int) -> None:
    await bot.say("/join", CAMILLE)
    for words in ("Camille", "Le Havre", "Adjointe")[:steps]:
        await bot.say(words, CAMILLE)
    (stopped,) = await bot.tap("Arrêter", CAMILLE)
    assert stopped.text == "La demande est abandonnée. Rien n’a été envoyé."
    (first,) = await bot.say("/join", CAMILLE)
    assert "1/3" in first.text
    assert await count(bot, "join_requests") == 0


async def test_the_command_stop_stops(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    (stopped,) = await bot.say("/stop", CAMILLE)
    assert stopped.text.startswith("La demande est abandonnée.")
    (nothing,) = await bot.say("/stop", CAMILLE)
    assert nothing.text.startswith("Aucune question n’est en cours.")


async def test_a_command_in_between_is_answered_and_the_question_stays_open(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    (helped,) = await bot.say("/help", CAMILLE)
    assert helped.text.startswith("❓")
    (meetings,) = await bot.say("📅 Prochaines réunions", CAMILLE)
    assert "réunion" in meetings.text.lower()
    (unknown,) = await bot.say("/meting", CAMILLE)
    assert unknown.text.startswith("Je ne connais pas")
    (again,) = await bot.say("/join", CAMILLE)
    assert "2/3\nNom\u202f: Camille" in again.text
    (third,) = await bot.say("Le Havre", CAMILLE)
    assert "3/3" in third.text


async def test_what_is_written_much_later_shows_the_question_again(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(hours=2))
    (again,) = await bot.say("Quand est la prochaine réunion ?", CAMILLE)
    assert again.text.startswith("Votre demande est restée ouverte.\n\nRejoindre le réseau · 1/3")
    (second,) = await bot.say("Camille", CAMILLE)
    assert "Nom\u202f: Camille" in second.text


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("…", "Écrivez votre réponse"),
        ("🙂", "Écrivez votre réponse"),
        ("x" * 81, "trop longue"),
        (None, "Écrivez votre"),
    ],
)
async def test_an_answer_that_is_none_is_asked_again(bot: TestBot, written: str | None, says: str) -> None:
    await bot.say("/join", CAMILLE)
    (again,) = await bot.say(written, CAMILLE)
    assert says in again.text
    assert "1/3" in again.text


async def test_markup_in_an_answer_is_only_text(bot: TestBot) -> None:
    await answer_all(bot, CAMILLE, "<b>Camille</b>\n& Cie", "Le Havre", "{name} </i>")
    review = bot.phone(CAMILLE).last
    assert "Nom\u202f: <b>Camille</b> & Cie" in review.text
    assert "Fonction\u202f: {name} </i>" in review.text


async def test_words_instead_of_send_show_the_review_again(bot: TestBot) -> None:
    await answer_all(bot, CAMILLE, "Camille", "Le Havre", "Adjointe")
    (again,) = await bot.say("oui", CAMILLE)
    assert again.text.startswith("Touchez «\u202fEnvoyer\u202f»")
    assert again.labels[0] == ["Envoyer"]


async def test_a_double_tap_on_send_makes_one_request(bot: TestBot) -> None:
    await bot.say("/start", HELENE)
    await answer_all(bot, CAMILLE, "Camille", "Le Havre", "Adjointe")
    review = bot.phone(CAMILLE).last
    await bot.tap_data("join1:send", CAMILLE, review)
    (second,) = await bot.tap_data("join1:send", CAMILLE, review)
    assert second.text.startswith("Votre demande est déjà transmise")
    assert (await count(bot, "join_requests"), await count(bot, "outbox")) == (1, 1)


async def test_a_second_request_waits_for_the_answer_to_the_first(bot: TestBot) -> None:
    await answer_all(bot, CAMILLE, "Camille", "Le Havre", "Adjointe")
    await bot.tap("Envoyer", CAMILLE)
    (pending,) = await bot.say("/join", CAMILLE)
    assert pending.text.startswith("Votre demande est déjà transmise")


async def test_an_outdated_button_shows_the_present_question(bot: TestBot) -> None:
    (first,) = await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    for data in ("join1:keep:name", "join1:back:review", "join1:org:999", "join1:other", "join1:send", "join7:send"):
        await bot.tap_data(data, CAMILLE, first)
        shown = next(one for one in bot.phone(CAMILLE).bubbles if one.message_id == first.message_id)
        assert "2/3" in shown.text


async def test_the_answers_outlive_a_restart(bot: TestBot, tmp_path: Path) -> None:
    await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    await bot.close()
    async with await TestBot.start(tmp_path, meeting_people()) as again:
        again._updates = 1000  # Telegram numbers on
        (third,) = await again.say("Le Havre", CAMILLE)
        assert "Nom\u202f: Camille\nOrganisation\u202f: Le Havre" in third.text


async def test_a_language_chosen_in_between_keeps_the_answers(bot: TestBot) -> None:
    await bot.say("/join", CAMILLE)
    await bot.say("Camille", CAMILLE)
    await bot.say("/language", CAMILLE)
    await bot.tap("Tiếng Việt", CAMILLE)
    (third,) = await bot.say("Le Havre", CAMILLE)
    assert "Họ tên: Camille\nĐơn vị: Le Havre" in third.text


async def test_a_member_needs_not_ask(bot: TestBot) -> None:
    (answer,) = await bot.say("/join", MAI)
    assert answer.text == "Anh/chị đã thuộc mạng lưới: cán bộ đầu mối, Huế."
    (answer,) = await bot.tap_data("join1:send", MAI)
    assert answer.text.startswith("Anh/chị đã thuộc mạng lưới")
    assert await count(bot, "join_requests") == 0


async def test_each_coordinator_is_told_in_their_language(bot: TestBot) -> None:
    await bot.say("/start", HELENE)
    await bot.say("/start", SOKUNTHEA)
    await answer_all(bot, SOKHA, "Sok Sokha", "Siem Reap", "មន្ត្រី")
    await bot.tap("ផ្ញើ", SOKHA)
    await send_out(bot)
    assert bot.phone(HELENE).last.text == (
        "✋ Demande d’adhésion\nNom\u202f: Sok Sokha\nOrganisation\u202f: Siem Reap\n"
        "Fonction\u202f: មន្ត្រី\nCompte\u202f: Sokha"
    )
    assert bot.phone(HELENE).last.labels == [
        ["Accepter\u202f: membre"], ["Accepter\u202f: point focal"], ["Refuser"],
    ]  # fmt: skip
    assert bot.phone(SOKUNTHEA).last.text.startswith("✋ សំណើចូលរួមបណ្តាញ\nឈ្មោះ៖ Sok Sokha")
    await send_out(bot)
    assert [one.text for one in bot.phone(HELENE).bubbles].count(bot.phone(HELENE).last.text) == 1
