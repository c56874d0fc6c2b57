from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from bot.delivery.policy import USELESS
from tests.handlers.announcing import HELENE, SECOND, Newsroom, newsroom
from tests.support.people import CAMILLE, JOHN, LINH
from tests.support.whole import COMPOSING


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path, sample_file) as room:
        yield room


async def test_readers_say_that_they_have_read_it_and_the_report_names_the_silent_cities(room: Newsroom) -> None:
    await room.announce("J’ai lu")
    await room.bot.tap("Tôi đã đọc", LINH)
    await room.bot.tap("Tôi đã đọc", LINH)
    await room.bot.tap("Bilan", HELENE)
    report = room.read(HELENE)
    assert "• « J’ai lu » : 1" in report
    silent = report.partition("Villes sans accusé de lecture")[2]
    assert ("Phnom Penh" in silent, "Huế" in silent) == (True, False)


async def test_a_reader_s_question_reaches_the_coordinators_and_the_answer_comes_back(room: Newsroom) -> None:
    await room.announce("Une question")
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


async def test_above_the_limit_a_second_coordinator_approves(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    await room.to_check()
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


@pytest.mark.parametrize("urgent", [True, False])
async def test_only_what_is_urgent_wakes_whoever_approves(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, *, urgent: bool
) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    room.bot.clock.advance(timedelta(hours=8))  # 23:00 in Phnom Penh
    await room.to_check()
    if urgent:
        for label in ("L’annonce", "Quand", "Urgente", "Oui, c’est urgent", "L’annonce", "Envoyer…"):
            await room.bot.tap(label, HELENE)
    before = len(room.bot.phone(SECOND).bubbles)
    await room.bot.tap("Demander l’approbation", HELENE)
    await room.send()
    assert (len(room.bot.phone(SECOND).bubbles) > before) is urgent
    room.bot.clock.advance(timedelta(hours=8, minutes=5))
    await room.send()
    assert len(room.bot.phone(SECOND).bubbles) > before


async def test_what_was_refused_is_a_draft_again(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    await room.to_check()
    await room.bot.tap("Demander l’approbation", HELENE)
    await room.send()
    refuse = room.bot.phone(SECOND).last.buttons[1][0].data
    assert refuse is not None
    await room.bot.tap_data(refuse, SECOND)
    await room.send()
    await room.bot.say("/announce", HELENE)
    assert "Annonce à envoyer" in room.read(HELENE)


async def test_a_correction_edits_what_was_received(room: Newsroom) -> None:
    await room.announce()
    await room.bot.tap("Bilan", HELENE)
    await room.bot.tap("Rectifier", HELENE)
    await room.bot.tap("✍️ vietnamien", HELENE)
    await room.bot.say("Đại hội 2027: chương trình mới\nHai buổi.", HELENE)
    await room.bot.tap("Rectifier partout", HELENE)
    await room.send()
    assert (room.received(LINH), room.received(CAMILLE)) == (
        ["📣 Đại hội 2027: chương trình mới"], ["📣 Assises 2027 : programme"],
    )  # fmt: skip


async def correct(room: Newsroom, text: str) -> None:
    """Write another Vietnamese text, from the report."""
    for label in ("Bilan", "Rectifier", "✍️ vietnamien"):
        await room.bot.tap(label, HELENE)
    await room.bot.say(text, HELENE)
    await room.bot.tap("Rectifier partout", HELENE)


@pytest.mark.parametrize("why", ["Bad Request: message to edit not found", "Bad Request: message can't be edited"])
async def test_who_deleted_the_wrong_text_gets_an_erratum(room: Newsroom, why: str) -> None:
    await room.announce()
    refused_edits(room, Outcome("refused", reason=why))
    await correct(room, "Đại hội 2027: chương trình mới\nHai buổi.")
    await room.send()
    room.bot.clock.advance(timedelta(seconds=2))
    await room.send()
    assert room.received(LINH) == ["📣 Đại hội 2027: chương trình", "📣 Đại hội 2027: chương trình mới"]
    assert "thay cho thông báo" in room.read(LINH)
    assert "✏️ Rectification terminée (vietnamien) : envoyés : 1" in room.read(HELENE)


async def test_an_edit_that_changes_nothing_is_done(room: Newsroom) -> None:
    await room.announce()
    why = "Bad Request: message is not modified: specified new message content is the same"
    refused_edits(room, Outcome("refused", reason=why))
    await correct(room, "Đại hội 2027: chương trình mới\nHai buổi.")
    await room.send()
    assert (len(room.received(LINH)), "(vietnamien) : envoyés : 1" in room.read(HELENE)) == (1, True)


async def test_what_was_not_sent_yet_says_the_right_thing_at_once(room: Newsroom) -> None:
    await room.to_check()
    await room.bot.tap("Envoyer à", HELENE)
    await room.announcing.go()
    for label in ("Actualiser", "Pause", "Rectifier", "✍️ vietnamien"):
        await room.bot.tap(label, HELENE)
    await room.bot.say("Đại hội 2027: chương trình mới\nHai buổi.", HELENE)
    await room.bot.tap("Rectifier partout", HELENE)
    await room.send()
    assert room.received(LINH) == []
    await room.bot.tap("Reprendre", HELENE)
    await room.send()
    assert room.received(LINH) == ["📣 Đại hội 2027: chương trình mới"]
    assert "đính chính" not in room.read(LINH).lower()
    assert "✏️ Rectifié avant l’envoi (vietnamien)" in room.read(HELENE)


async def test_a_correction_that_was_paused_goes_on_by_a_tap(room: Newsroom) -> None:
    await room.announce()
    await correct(room, "Đại hội 2027: chương trình mới\nHai buổi.")
    await room.announcing.go()
    async with room.bot.database.transaction() as tx:
        await tx.execute("UPDATE campaigns SET state = 'paused' WHERE name LIKE '%correction%'")
    await room.send()
    assert "⏸ Rectification en pause, trop d’échecs (vietnamien)" in room.read(HELENE)
    await room.bot.tap("Reprendre", HELENE)
    await room.send()
    assert "Rectification terminée (vietnamien) : envoyés : 1" in room.read(HELENE)
    assert room.received(LINH) == ["📣 Đại hội 2027: chương trình mới"]


async def test_what_is_under_way_is_corrected_once_it_has_arrived(room: Newsroom) -> None:
    await room.to_check()
    await room.bot.tap("Envoyer à", HELENE)
    await room.announcing.go()
    async with room.bot.database.transaction() as tx:
        (theirs,) = await tx.fetch_all(
            "UPDATE outbox SET state = 'leased', attempts = 1 WHERE language = 'vi' RETURNING id, address"
        )
    for label in ("Actualiser", "Rectifier", "✍️ vietnamien"):
        await room.bot.tap(label, HELENE)
    await room.bot.say("Đại hội 2027: chương trình mới\nHai buổi.", HELENE)
    await room.bot.tap("Rectifier partout", HELENE)
    await room.announcing.go()
    assert "Rectification en cours (vietnamien) : envoyés : 0" in room.read(HELENE)
    async with room.bot.database.transaction() as tx:  # it ends well, with the wrong text
        await tx.execute("UPDATE outbox SET state = 'queued', attempts = 0, next_try = 0 WHERE id = $1", theirs["id"])
    await room.dispatcher.once()
    assert room.received(LINH) == ["📣 Đại hội 2027: chương trình"]
    await room.send()
    assert room.received(LINH) == ["📣 Đại hội 2027: chương trình mới"]
    assert "Rectification terminée (vietnamien) : envoyés : 1" in room.read(HELENE)


async def test_pause_stop_and_send_again(room: Newsroom) -> None:
    await room.to_check()
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


async def test_a_stranger_s_tap_on_an_announcement_changes_nothing(room: Newsroom) -> None:
    await room.announce("J’ai lu")
    await room.bot.say("/start", JOHN)
    await room.bot.tap_data("ra1:1:read", JOHN)
    await room.bot.tap_data("av1:1:stop-yes", JOHN)
    async with room.bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT person FROM responses") == []


async def test_who_blocked_the_assistant_is_told_apart_in_the_report(room: Newsroom) -> None:
    await room.to_check()
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


async def test_the_report_tells_who_was_not_written_to_because_it_was_of_no_use_any_more(room: Newsroom) -> None:
    await room.announce()
    async with room.bot.database.transaction() as tx:
        await tx.execute(
            "UPDATE outbox SET state = 'skipped', failure = $1 WHERE campaign > 0 AND address = $2", USELESS, LINH.id
        )
    await room.bot.tap("Bilan", HELENE)
    assert "devenus inutiles : 1" in room.read(HELENE)
    await room.bot.tap("Par ville", HELENE)
    assert "Trần Thị Mai (Huế) : le message n’avait plus d’utilité" in room.read(HELENE)


async def test_what_was_refused_may_be_asked_for_again_as_it_is(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(COMPOSING, "approve_above", 2)
    await room.to_check()
    asked = []
    for _ in range(2):
        await room.bot.tap("Demander l’approbation", HELENE)
        await room.send()
        asked.append(room.bot.phone(SECOND).last.message_id)
        refuse = room.bot.phone(SECOND).last.buttons[1][0].data
        assert refuse is not None
        await room.bot.tap_data(refuse, SECOND)
        await room.send()
        room.bot.clock.advance(timedelta(minutes=1))
        await room.bot.say("/announce", HELENE)
        await room.bot.tap("Envoyer…", HELENE)
    told = [bubble for bubble in room.bot.phone(HELENE).bubbles if "sans l’approuver" in bubble.text]
    assert (len(set(asked)), len(told)) == (2, 2)


def refused_edits(room: Newsroom, outcome: Outcome) -> None:
    """From now on Telegram refuses to edit what the reader in Viet Nam has."""
    real = room.api.make

    async def make(call: Call) -> Outcome:
        if call.method == "editMessageText" and call.parameters["chat_id"] == LINH.id:
            return outcome
        return await real(call)

    room.api.make = make  # type: ignore[method-assign]
