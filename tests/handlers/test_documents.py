from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.network import DOCUMENTS, EVENTS
from tests.support.answering import COORDINATOR, sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, Somebody
from tests.support.sample import TABLES


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def card(bot: TestBot, code: str, who: Somebody) -> None:
    """Open the card of a meeting."""
    async with bot.database.snapshot() as read:
        event = await EVENTS.get(read, code)
    assert event is not None
    await bot.say("/meetings", who)
    await bot.tap_data(f"e1:{event.id}", who)


async def test_document_is_sent_as_a_file_below(bot: TestBot) -> None:
    await card(bot, "annual-meeting", CAMILLE)
    before = len(bot.phone(CAMILLE).bubbles)
    title, file = await bot.tap("📄 Ordre du jour", CAMILLE)
    assert title.text == "📄 Ordre du jour de la réunion annuelle (en vietnamien)"
    assert file.files is not None
    name = "chuong-trinh-hoi-nghi-thuong-nien.md"
    assert file.files["document"] == (name, (TABLES / "files" / name).read_bytes())
    assert (len(bot.phone(CAMILLE).bubbles), bot.phone(CAMILLE).bubbles[before - 1].edits) == (before + 2, 1)


async def test_link_is_opened_and_not_sent(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        links = [one for one in await DOCUMENTS.all(read) if one.link and one.event == "assises"]
    assert [one.code for one in links] == ["invitation-assises"]
    await card(bot, "assises", JOHN)
    button = bot.phone(JOHN).last.button("📄")
    assert button is not None
    assert (button.url, button.data) == (links[0].link, None)


@pytest.mark.parametrize("data", ["doc1:{members}", "doc1:999999", "doc1", "doc2:1"])
async def test_document_that_is_not_there_for_the_reader_is_not_sent(bot: TestBot, data: str) -> None:
    async with bot.database.snapshot() as read:
        members = next(one for one in await DOCUMENTS.all(read) if one.audience == "members" and one.file)
    await bot.say("/meetings", JOHN)
    (bubble,) = await bot.tap_data(data.format(members=members.id), JOHN)
    assert (bubble.text, bubble.files) == ("This document is no longer available.", None)


async def test_file_that_has_gone_from_the_disk_is_not_sent(bot: TestBot) -> None:
    async with bot.database.transaction() as write:
        one = next(one for one in await DOCUMENTS.all(write) if one.file)
        await DOCUMENTS.put(write, one.model_copy(update={"file": "files/gone.md"}))
    await bot.say("/meetings", COORDINATOR)
    (bubble,) = await bot.tap_data(f"doc1:{one.id}", COORDINATOR)
    assert (bubble.text, bubble.files) == ("Ce document n’est plus disponible.", None)


async def test_documents_are_newest_first_and_their_numbers_open_or_send_them(bot: TestBot) -> None:
    (bubble,) = await bot.say("/documents", CAMILLE)
    assert bubble.text.split("\n\n")[:3] == [
        "📄 Documents",
        "1. Ordre du jour de l'atelier de Vientiane\nOrdre du jour · sam. 6 mars",
        "2. Ordre du jour de la réunion annuelle (en khmer)\nOrdre du jour · mer. 3 mars · en khmer",
    ]
    first, second = bubble.buttons[0][:2]
    assert (first.url, second.url) == ("https://documents.example.org/agenda-vientiane-climate", None)
    _, file = await bot.tap(second, CAMILLE)
    assert file.files is not None


async def test_documents_are_narrowed_and_each_part_is_taken_away(bot: TestBot) -> None:
    await bot.say("/documents", JOHN)
    (narrowed,) = await bot.tap_data("docs1:0:3:::VN", JOHN)
    assert narrowed.text == (
        "📄 Documents · Report · Vietnam\n\n1. Report on waste collection in the port\n"
        "Report · Thu 14 January · in Vietnamese, French"
    )
    assert narrowed.labels == [["1"], ["✕ Report", "✕ Vietnam"]]
    (reports,) = await bot.tap("✕ Vietnam", JOHN)
    assert reports.text.splitlines()[0] == "📄 Documents · Report"


async def test_outdated_button_of_the_list_shows_the_list_anew(bot: TestBot) -> None:
    (before,) = await bot.say("/documents", JOHN)
    (after,) = await bot.tap_data("docs9:1", JOHN)
    assert (after.text, after.edits) == (before.text, 1)
