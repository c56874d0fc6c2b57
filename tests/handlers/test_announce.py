from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.handlers.announcing import HELENE, TEXT, Newsroom, newsroom
from tests.support.people import CAMILLE, LINH, SOKHA


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path, sample_file) as room:
        yield room


async def test_one_announcement_reaches_each_in_their_own_language_once(room: Newsroom) -> None:
    await room.to_check()
    assert "Langues : " in room.read(HELENE)
    await room.bot.tap("Envoyer à 3 personnes", HELENE)
    await room.send()
    await room.send()
    assert [room.received(who) for who in (CAMILLE, LINH, SOKHA)] == [
        ["📣 Assises 2027 : programme"], ["📣 Đại hội 2027: chương trình"], ["📣 សន្និបាត ២០២៧៖ កម្មវិធី"],
    ]  # fmt: skip
    assert {row[2] for row in await room.states()} == {"sent"}
    assert "✓ Envoi terminé" in room.read(HELENE)
    assert "envoyés : 3" in room.read(HELENE)


async def test_send_tapped_twice_sends_once(room: Newsroom) -> None:
    await room.to_check()
    data = room.bot.phone(HELENE).last.button("Envoyer à")
    assert data is not None
    assert data.data is not None
    await room.bot.tap_data(data.data, HELENE)
    await room.bot.tap_data(data.data, HELENE)
    await room.send()
    assert len(room.received(LINH)) == 1


async def test_what_was_changed_after_the_question_is_asked_again(room: Newsroom) -> None:
    await room.to_check()
    old = room.bot.phone(HELENE).last.button("Envoyer à")
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Réponses", HELENE)
    await room.bot.tap("J’ai lu", HELENE)
    assert old is not None
    assert old.data is not None
    await room.bot.tap_data(old.data, HELENE)
    await room.send()
    assert room.received(LINH) == []
    assert "Envoyer cette annonce" in room.read(HELENE)


async def test_a_language_may_do_without_and_its_readers_are_told(room: Newsroom) -> None:
    await room.begin()
    await room.only("Un rôle", "points focaux", "membres")
    await room.bot.tap("Suite", HELENE)
    await room.bot.tap("vietnamien\u202f: en français", HELENE)
    await room.bot.tap("khmer\u202f: en français", HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Envoyer…", HELENE)
    await room.bot.tap("Envoyer à", HELENE)
    await room.send()
    assert room.received(LINH) == ["📣 Assises 2027 : programme"]
    assert "tiếng Pháp" in room.read(LINH)


async def test_languages_that_miss_are_asked_for_before_sending(room: Newsroom) -> None:
    await room.begin()
    await room.bot.tap("Suite", HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Envoyer…", HELENE)
    assert "Dans quelles langues" in room.read(HELENE)
    assert "✗ vietnamien : 1 personne" in room.read(HELENE)


async def test_the_draft_survives_a_restart_and_a_question_in_between(room: Newsroom, tmp_path: Path) -> None:
    await room.begin()
    await room.bot.say("/meetings", HELENE)
    await room.bot.say("/announce", HELENE)
    assert "Assises 2027 : programme" in room.read(HELENE)


async def test_the_audience_is_narrowed_and_counts_change(room: Newsroom) -> None:
    await room.begin()
    everybody = room.read(HELENE)
    await room.only("Un pays", "Viêt Nam")
    narrowed = room.read(HELENE)
    assert ("5 personnes" in everybody, "1 personne" in narrowed, "Viêt Nam" in narrowed) == (True, True, True)
    await room.bot.tap("✕ Viêt Nam", HELENE)
    assert "tout le réseau" in room.read(HELENE)


async def test_who_cannot_be_reached_is_named_with_the_reason(room: Newsroom) -> None:
    await room.begin()
    await room.bot.tap("Qui ne la recevra pas", HELENE)
    assert "n’a ni Telegram, ni e-mail" in room.read(HELENE)


async def test_an_answer_to_a_preview_is_not_counted(room: Newsroom) -> None:
    await room.to_check()
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Réponses", HELENE)
    await room.bot.tap("J’ai lu", HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Aperçu", HELENE)
    assert "Aperçu en français" in room.read(HELENE)
    await room.bot.tap("✓ J’ai lu", HELENE)
    async with room.bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT person FROM responses") == []


async def test_nobody_is_woken_unless_it_is_urgent(room: Newsroom) -> None:
    room.bot.clock.advance(timedelta(hours=8))  # 23:00 in Phnom Penh
    await room.announce()
    assert (room.received(SOKHA), "restent" in room.read(HELENE)) == ([], True)
    assert "dont 2 attendent leur heure, jusqu’au jeudi 11 mars 2027 à 7 h" in room.read(HELENE)
    room.bot.clock.advance(timedelta(hours=8, minutes=5))
    await room.send()
    assert len(room.received(SOKHA)) == 1


async def test_urgent_is_asked_twice_and_then_wakes(room: Newsroom) -> None:
    room.bot.clock.advance(timedelta(hours=8))
    await room.to_check()
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Quand", HELENE)
    await room.bot.tap("Urgente", HELENE)
    await room.bot.tap("Oui, c’est urgent", HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Envoyer…", HELENE)
    await room.bot.tap("Envoyer à", HELENE)
    await room.send()
    assert len(room.received(SOKHA)) == 1


async def test_it_waits_for_the_hour_of_each_reader(room: Newsroom) -> None:
    await room.to_check()
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Quand", HELENE)
    await room.bot.tap("Demain à", HELENE)
    await room.bot.tap("Envoyer…", HELENE)
    await room.bot.tap("Envoyer à", HELENE)
    assert "Annonce programmée" in room.read(HELENE)
    await room.send()
    assert room.received(SOKHA) == []
    room.bot.clock.advance(timedelta(hours=18, minutes=1))  # 09:01 in Phnom Penh, 03:01 in Le Havre
    await room.send()
    assert (len(room.received(SOKHA)), len(room.received(CAMILLE))) == (1, 0)
    room.bot.clock.advance(timedelta(hours=6))
    await room.send()
    assert len(room.received(CAMILLE)) == 1


@pytest.mark.parametrize(
    ("written", "answer"),
    [("11/3 10h", "jeudi 11 mars 2027 à 10 h"), ("hier", "est passé"), ("bientôt", "Je n’ai pas compris")],
)
async def test_a_moment_that_is_written_is_repeated_in_full(room: Newsroom, written: str, answer: str) -> None:
    await room.begin()
    await room.bot.tap("Suite", HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Quand", HELENE)
    await room.bot.tap("Un autre jour", HELENE)
    await room.bot.say(written, HELENE)
    assert answer in room.read(HELENE)


async def test_members_do_not_announce(room: Newsroom) -> None:
    await room.bot.say("/announce", LINH)
    await room.bot.say(TEXT, LINH)
    async with room.bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT id FROM announcements") == []


async def test_a_text_that_is_too_long_changes_nothing(room: Newsroom) -> None:
    await room.begin("x" * 12_001)
    assert "12000 au plus" in room.read(HELENE)
    async with room.bot.database.snapshot() as read:
        (row,) = await read.fetch_all("SELECT version FROM announcements")
    assert row[0] == 1


async def test_question_instead_of_the_text_is_answered_and_the_draft_kept(room: Newsroom) -> None:
    await room.bot.say("/announce", HELENE)
    (answer,) = await room.bot.say("Quelles villes n'ont pas payé leur cotisation ?", HELENE)
    assert answer.text.startswith("🧾 Cotisations à recevoir")
    assert answer.text.endswith("Rien n’a été pris pour le texte de l’annonce\u202f; elle attend toujours ses mots.")
    (audience,) = await room.bot.say(TEXT, HELENE)
    assert audience.text.startswith("À qui")


async def test_question_without_its_mark_is_answered_too(room: Newsroom) -> None:
    await room.bot.say("/announce", HELENE)
    (answer,) = await room.bot.say("qu'est ce qu'on a en décembre", HELENE)
    assert answer.text.startswith("📅 Prochaines réunions · décembre 2027")


async def test_question_that_is_the_text_is_taken_by_its_button(room: Newsroom) -> None:
    await room.bot.say("/announce", HELENE)
    await room.bot.say("Quelles villes n'ont pas payé leur cotisation ?", HELENE)
    (audience,) = await room.bot.tap("C’est le texte de l’annonce", HELENE)
    assert audience.text.startswith("À qui")


async def test_a_text_that_asks_for_something_is_no_question(room: Newsroom) -> None:
    await room.bot.say("/announce", HELENE)
    (audience,) = await room.bot.say("Merci d'envoyer vos rapports avant vendredi", HELENE)
    assert audience.text.startswith("À qui")
