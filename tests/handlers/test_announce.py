from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.outcome import Outcome
from tests.handlers.announcing import HELENE, KHMER, SECOND, TEXT, VIETNAMESE, Newsroom, newsroom
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA
from tests.support.whole import COMPOSING


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path, sample_file) as room:
        yield room


async def to_check(room: Newsroom) -> None:
    """Three readers in three languages, each text written; up to the last question."""
    await room.begin()
    await room.only("Un rôle", "points focaux", "membres")
    await room.bot.tap("Suite", HELENE)
    await room.bot.tap("✍️ vietnamien", HELENE)
    await room.bot.say(VIETNAMESE, HELENE)
    await room.bot.tap("✍️ khmer", HELENE)
    await room.bot.say(KHMER, HELENE)
    await room.bot.tap("L’annonce", HELENE)
    await room.bot.tap("Envoyer…", HELENE)


async def sent(room: Newsroom, *answers: str) -> None:
    """Announce, with buttons for readers."""
    await to_check(room)
    if answers:
        await room.bot.tap("L’annonce", HELENE)
        await room.bot.tap("Réponses", HELENE)
        for answer in answers:
            await room.bot.tap(answer, HELENE)
        await room.bot.tap("L’annonce", HELENE)
        await room.bot.tap("Envoyer…", HELENE)
    await room.bot.tap("Envoyer à", HELENE)
    await room.send()


async def test_one_announcement_reaches_each_in_their_own_language_once(room: Newsroom) -> None:
    await to_check(room)
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
    await to_check(room)
    data = room.bot.phone(HELENE).last.button("Envoyer à")
    assert data is not None
    assert data.data is not None
    await room.bot.tap_data(data.data, HELENE)
    await room.bot.tap_data(data.data, HELENE)
    await room.send()
    assert len(room.received(LINH)) == 1


async def test_what_was_changed_after_the_question_is_asked_again(room: Newsroom) -> None:
    await to_check(room)
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


async def test_readers_say_that_they_have_read_it_and_the_report_names_the_silent_cities(room: Newsroom) -> None:
    await sent(room, "J’ai lu")
    await room.bot.tap("Tôi đã đọc", LINH)
    await room.bot.tap("Tôi đã đọc", LINH)
    await room.bot.tap("Bilan", HELENE)
    report = room.read(HELENE)
    assert "• « J’ai lu » : 1" in report
    silent = report.partition("Villes sans accusé de lecture")[2]
    assert ("Phnom Penh" in silent, "Huế" in silent) == (True, False)


async def test_a_reader_s_question_reaches_the_coordinators_and_the_answer_comes_back(room: Newsroom) -> None:
    await sent(room, "Une question")
    await room.bot.tap_data(question_of(room), LINH)
    await room.bot.say("Có phiên dịch không?", LINH)
    await room.send()
    assert "Có phiên dịch không?" in room.read(HELENE)
    await room.bot.tap("Répondre", HELENE)
    await room.bot.say("Có, tiếng Việt và tiếng Pháp.", HELENE)
    await room.send()
    assert "Có, tiếng Việt và tiếng Pháp." in room.read(LINH)


def question_of(room: Newsroom) -> str:
    buttons = [one for row in room.bot.phone(LINH).last.buttons for one in row]
    (found,) = [one.data for one in buttons if one.data and "question" in one.data]
    assert found is not None
    return found


async def test_an_answer_to_a_preview_is_not_counted(room: Newsroom) -> None:
    await to_check(room)
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
    await sent(room)
    assert (room.received(SOKHA), "restent" in room.read(HELENE)) == ([], True)
    room.bot.clock.advance(timedelta(hours=8, minutes=5))
    await room.send()
    assert len(room.received(SOKHA)) == 1


async def test_urgent_is_asked_twice_and_then_wakes(room: Newsroom) -> None:
    room.bot.clock.advance(timedelta(hours=8))
    await to_check(room)
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
    await to_check(room)
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


async def test_above_the_limit_a_second_coordinator_approves(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    await to_check(room)
    await room.bot.tap("Demander l’approbation", HELENE)
    await room.send()
    assert room.received(LINH) == []
    approve = room.bot.phone(SECOND).last.buttons[0][0].data
    assert approve is not None
    await room.bot.tap_data(approve, HELENE)
    await room.send()
    assert room.received(LINH) == []
    await room.bot.tap_data(approve, SECOND)
    await room.bot.tap_data(approve, SECOND)
    await room.send()
    assert len(room.received(LINH)) == 1
    assert any("a approuvé" in bubble.text for bubble in room.bot.phone(HELENE).bubbles)


async def test_what_was_refused_is_a_draft_again(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    await to_check(room)
    await room.bot.tap("Demander l’approbation", HELENE)
    await room.send()
    refuse = room.bot.phone(SECOND).last.buttons[1][0].data
    assert refuse is not None
    await room.bot.tap_data(refuse, SECOND)
    await room.send()
    await room.bot.say("/announce", HELENE)
    assert "Annonce à envoyer" in room.read(HELENE)


async def test_a_correction_edits_what_was_received(room: Newsroom) -> None:
    await sent(room)
    await room.bot.tap("Bilan", HELENE)
    await room.bot.tap("Rectifier", HELENE)
    await room.bot.tap("✍️ vietnamien", HELENE)
    await room.bot.say("Đại hội 2027: chương trình mới\nHai buổi.", HELENE)
    await room.bot.tap("Rectifier partout", HELENE)
    await room.send()
    assert (room.received(LINH), room.received(CAMILLE)) == (
        ["📣 Đại hội 2027: chương trình mới"], ["📣 Assises 2027 : programme"],
    )  # fmt: skip


async def test_pause_stop_and_send_again(room: Newsroom) -> None:
    await to_check(room)
    await room.bot.tap("Envoyer à", HELENE)
    await room.announcing.go()
    await room.bot.tap("Actualiser", HELENE)
    await room.bot.tap("Pause", HELENE)
    await room.dispatcher.once()
    assert (room.received(LINH), "en pause" in room.read(HELENE)) == ([], True)
    await room.bot.tap("Arrêter", HELENE)
    await room.bot.tap("Oui, arrêter", HELENE)
    await room.send()
    assert (room.received(LINH), {row[2] for row in await room.states()}) == ([], {"cancelled"})


async def test_members_do_not_announce(room: Newsroom) -> None:
    await room.bot.say("/announce", LINH)
    await room.bot.say(TEXT, LINH)
    async with room.bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT id FROM announcements") == []


async def test_a_stranger_s_tap_on_an_announcement_changes_nothing(room: Newsroom) -> None:
    await sent(room, "J’ai lu")
    await room.bot.say("/start", JOHN)
    await room.bot.tap_data("ra1:1:read", JOHN)
    await room.bot.tap_data("av1:1:stop-yes", JOHN)
    async with room.bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT person FROM responses") == []


async def test_a_text_that_is_too_long_changes_nothing(room: Newsroom) -> None:
    await room.begin("x" * 12_001)
    assert "12000 au plus" in room.read(HELENE)
    async with room.bot.database.snapshot() as read:
        (row,) = await read.fetch_all("SELECT version FROM announcements")
    assert row[0] == 1


async def test_who_blocked_the_assistant_is_told_apart_in_the_report(room: Newsroom) -> None:
    await to_check(room)
    await room.bot.tap("Envoyer à", HELENE)
    real = room.api.make

    async def make(call):  # type: ignore[no-untyped-def]  # as the channel's
        if call.parameters.get("chat_id") == LINH.id:
            return Outcome("unreachable", reason="Forbidden: bot was blocked by the user")
        return await real(call)

    room.api.make = make  # type: ignore[method-assign]
    await room.send()
    assert "injoignables : 1" in room.read(HELENE)
    await room.bot.tap("Bilan", HELENE)
    await room.bot.tap("Par ville", HELENE)
    assert "Trần Thị Mai (Huế) : injoignable" in room.read(HELENE)
