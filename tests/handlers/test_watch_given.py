"""What was accepted is known to the network: lists, questions, the watch, the spreadsheets; and its file is brought."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers import duties
from bot.network.content import Content
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from bot.watch.gathering import gathered, window_of
from storage.network import EVENTS, NEWS
from tests.handlers.announcing import HELENE, SECOND
from tests.handlers.test_issue import APRIL, IN_FRANCE
from tests.handlers.test_watch import ORIGIN, PRESS
from tests.handlers.watching import WatchRoom, watch_room
from tests.members.network import send_out
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA
from tests.support.sample import FIRST_START, TABLES, ZONE
from tests.support.whole import do_owed

TITLE = "Huế khánh thành trạm xử lý nước thải An Hòa"
EVENT = "Hội thảo nước sạch tại Huế ngày 12 tháng 4"
PHOTO = [{"file_id": "p1", "file_unique_id": "u", "width": 90, "height": 90}]


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[WatchRoom]:
    async with watch_room(tmp_path, sample_file) as room:
        yield room


async def give_news(room: WatchRoom) -> None:
    """Linh gives a press release with a photo, as news."""
    await room.bot.say(None, LINH, photo=PHOTO, caption=PRESS)
    await room.bot.tap("Tin tức", LINH)
    await room.bot.tap("Gửi ban điều phối", LINH)
    await send_out(room.bot)


async def give_event(room: WatchRoom) -> None:
    """Linh gives an event of her city, of which the day is read."""
    await room.bot.say(EVENT, LINH, forward_origin=ORIGIN)
    if room.bot.phone(LINH).last.button("Gửi ban điều phối") is None:
        await room.bot.tap("Mọi chủ đề", LINH)
    await room.bot.tap("Gửi ban điều phối", LINH)
    await send_out(room.bot)


async def accept(room: WatchRoom) -> None:
    await room.bot.tap("Accepter", HELENE)
    await send_out(room.bot)


async def bring(room: WatchRoom, tables: Path, tmp_path: Path) -> tuple[str, ...]:
    """Import tables; return what changed."""
    changes = await import_tables(
        room.bot.database, tables, files=tmp_path / "files", today=FIRST_START, network_zone=ZONE,
        confirm=lambda _: True,
    )  # fmt: skip
    return tuple(line for line in changes.lines() if not line.startswith("files:"))


async def test_accepted_news_stands_in_the_list_and_is_found_in_words(room: WatchRoom) -> None:
    await give_news(room)
    await room.bot.say("/news", CAMILLE)
    assert TITLE not in room.room.read(CAMILLE)
    await accept(room)
    await room.bot.say("/news", CAMILLE)
    assert f"1. {TITLE} (en vietnamien, pas encore traduit)" in room.room.read(CAMILLE)
    await room.bot.tap("1", CAMILLE)
    assert "proposé par Huế" in room.room.read(CAMILLE)
    await room.bot.say("Quelles sont les actualités de Huế ?", CAMILLE)
    assert TITLE in room.room.read(CAMILLE)


async def test_what_was_refused_or_merged_stands_in_no_list(room: WatchRoom) -> None:
    await give_news(room)
    await room.bot.tap("Refuser", HELENE)
    await room.bot.tap("Sans motif", HELENE)
    await send_out(room.bot)
    await room.bot.say("/news", CAMILLE)
    assert TITLE not in room.room.read(CAMILLE)
    async with room.bot.database.snapshot() as read:
        assert [one.code for one in await NEWS.all(read) if one.code.startswith("given")] == []


async def test_a_city_s_event_stands_among_the_meetings_and_nobody_is_reminded_of_it(room: WatchRoom) -> None:
    await give_event(room)
    await accept(room)
    await room.bot.say("/meetings", CAMILLE)
    while EVENT not in room.room.read(CAMILLE):
        await room.bot.tap("›", CAMILLE)
    row = next(line for line in room.room.read(CAMILLE).splitlines() if EVENT in line)
    await room.bot.tap(row.partition(".")[0], CAMILLE)
    shown = room.room.read(CAMILLE)
    assert "Événement d’une collectivité membre · proposé par Huế" in shown
    assert "Quand : lundi 12 avril 2027" in shown
    assert room.bot.phone(CAMILLE).last.button("S’inscrire") is None
    async with room.bot.database.snapshot() as read:
        keys = {one.key for one in await duties.every(read, room.bot.clock.now())}
    assert "event:given-1" not in keys


async def test_an_issue_holds_it_once_as_its_row_says_it(room: WatchRoom) -> None:
    await give_news(room)
    await accept(room)
    await room.approve()
    await room.until(IN_FRANCE)
    assert [text.count(TITLE) for text in room.issues(SOKHA)] == [1]
    assert "ស្នើដោយ" in room.issues(SOKHA)[0]


async def test_the_file_is_brought_from_the_issue_and_the_list(room: WatchRoom, tmp_path: Path) -> None:
    await give_news(room)
    await accept(room)
    await room.approve()
    await room.until(APRIL)
    before = len(room.bot.calls)
    await room.bot.tap("📎", SOKHA)
    await room.bot.say("/news", LINH)
    await room.bot.tap("1", LINH)
    await room.bot.tap("Xem tệp", LINH)
    await do_owed(room.bot, tmp_path)
    sent = [call.params for call in room.bot.calls[before:] if call.method == "sendPhoto"]
    assert [(int(one["chat_id"]), one["photo"]) for one in sent] == [(SOKHA.id, "p1"), (LINH.id, "p1")]


async def test_a_file_is_not_brought_to_whom_its_news_is_hidden_from(room: WatchRoom, tmp_path: Path) -> None:
    await give_news(room)
    await room.bot.say("/start", JOHN)
    await room.bot.tap_data("gf1:1", SOKHA)
    await accept(room)
    async with room.bot.database.transaction() as write:
        (row,) = [one for one in await NEWS.all(write) if one.code == "given-1"]
        await NEWS.put(write, row.model_copy(update={"audience": "members"}))
    await room.bot.tap_data("gf1:1", JOHN)
    await do_owed(room.bot, tmp_path)
    assert [call.method for call in room.bot.calls if call.method == "sendPhoto"] == []


async def test_it_stays_through_an_import_and_follows_the_tables_once_they_name_it(
    room: WatchRoom, tmp_path: Path
) -> None:
    await give_news(room)
    await accept(room)
    await give_event(room)
    await accept(room)
    (tmp_path / "older").symlink_to(TABLES)
    changed = await bring(room, tmp_path / "older", tmp_path)
    assert not any("given" in line for line in changed)
    await export_tables(room.bot.database, tmp_path / "mine", tmp_path / "files")
    assert "given-1" in (tmp_path / "mine" / "news.csv").read_text(encoding="utf-8")
    assert await bring(room, tmp_path / "mine", tmp_path) == ()
    changed = await bring(room, tmp_path / "older", tmp_path)
    assert [line.partition(" (")[0] for line in changed if "given" in line] == [
        "events: remove given-2", "news: remove given-1",
    ]  # fmt: skip
    async with room.bot.database.snapshot() as read:
        held = await gathered(read, window_of(APRIL.date(), room.bot.clock.now()))
    assert [one.name for one in held if one.section == "cities"] == []


async def test_an_edit_in_the_chat_keeps_what_the_tables_have_added(room: WatchRoom) -> None:
    await give_news(room)
    await accept(room)
    title = Content.of("vi", vi=TITLE, km="ហ្វេសម្ពោធស្ថានីយ៍")
    async with room.bot.database.transaction() as write:
        (row,) = [one for one in await NEWS.all(write) if one.code == "given-1"]
        await NEWS.put(write, row.model_copy(update={"audience": "members", "title": title}))
    await room.bot.tap("Modifier", HELENE)
    await room.bot.tap("Texte\u202f: français", HELENE)
    await room.bot.say("Huế inaugure une station d’épuration", HELENE)
    async with room.bot.database.snapshot() as read:
        (row,) = [one for one in await NEWS.all(read) if one.code == "given-1"]
    assert (row.audience, set(row.title.root)) == ("members", {"vi", "km", "fr"})
    assert row.body is not None
    assert row.body.read("vi").text == "Trạm phục vụ 40.000 hộ dân."


async def test_news_that_is_an_event_after_all_is_asked_for_its_day_and_moves(room: WatchRoom) -> None:
    await give_news(room)
    await accept(room)
    async with room.bot.database.transaction() as write:
        (row,) = [one for one in await NEWS.all(write) if one.code == "given-1"]
        await NEWS.put(write, row.model_copy(update={"audience": "members"}))
    await room.bot.tap("Modifier", HELENE)
    await room.bot.tap("Nature", HELENE)
    await room.bot.tap("Événement", HELENE)
    await room.bot.say("le 20 avril", HELENE)
    async with room.bot.database.snapshot() as read:
        news = [one.code for one in await NEWS.all(read) if one.code.startswith("given")]
        events = [one for one in await EVENTS.all(read) if one.code.startswith("given")]
    assert news == []
    assert [(one.code, one.kind, one.begins, one.audience) for one in events] == [
        ("given-1", "city_event", datetime(2027, 4, 19, 17, tzinfo=UTC), "members")
    ]


async def test_an_event_without_a_day_is_asked_for_it_before_it_is_accepted(room: WatchRoom) -> None:
    await give_news(room)
    await room.bot.tap("Modifier", HELENE)
    await room.bot.tap("Nature", HELENE)
    await room.bot.tap("Événement", HELENE)
    await room.bot.say("/contributions", SECOND)
    await room.bot.tap("1", SECOND)
    await room.bot.tap("✓ យល់ព្រម", SECOND)
    async with room.bot.database.snapshot() as read:
        rows = await read.fetch_all("SELECT state FROM contributions")
    assert [row["state"] for row in rows] == ["waiting"]
    await room.bot.tap("ថ្ងៃ", SECOND)
    await room.bot.say("១២ មេសា", SECOND)
    await room.bot.tap("✓ យល់ព្រម", SECOND)
    async with room.bot.database.snapshot() as read:
        assert [one.code for one in await EVENTS.all(read) if one.code.startswith("given")] == ["given-1"]
