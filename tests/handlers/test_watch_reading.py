from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.handlers.announcing import HELENE
from tests.handlers.test_issue import APRIL, IN_FRANCE, MAY, PHNOM_PENH, publish
from tests.handlers.watching import WatchRoom, watch_room, watching
from tests.support.people import JOHN, LINH, SOKHA


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[WatchRoom]:
    async with watch_room(tmp_path, sample_file) as room:
        yield room


async def test_an_entry_opens_below_the_issue_which_stays(room: WatchRoom) -> None:
    await room.approve()
    await room.until(APRIL)
    before = room.issues(LINH)
    opened = await room.bot.tap("3", LINH)
    assert opened[0].text.startswith("📅")
    assert room.issues(LINH) == before


async def test_a_past_issue_is_read_again_as_far_as_one_may_see_it(room: WatchRoom) -> None:
    await publish(room.bot.database, "paid", "members_paid")
    await room.approve()
    await room.until(IN_FRANCE)
    await room.bot.say("/watch 2027-04", SOKHA)
    assert "ព័ត៌មាន paid" in room.room.read(SOKHA)
    await room.bot.say("/watch 2027-04", JOHN)
    assert "News paid" not in room.bot.phone(JOHN).last.text
    await room.bot.say("/watch 2027-02", JOHN)
    assert "Past issues" in room.bot.phone(JOHN).last.text


async def test_why_it_came_is_said_and_can_be_changed(room: WatchRoom) -> None:
    await room.approve()
    await room.until(APRIL)
    (bubble,) = await room.bot.tap("Vì sao tôi nhận tin này?", LINH)
    assert "mỗi tháng một lần" in bubble.text
    await room.bot.tap("không nhận", LINH)
    await room.until(datetime(2027, 4, 20, 15, 0, tzinfo=PHNOM_PENH))
    await publish(room.bot.database, "fresh", day=date(2027, 4, 20))
    await room.approve()
    await room.until(MAY)
    assert (len(room.issues(LINH)), len(room.issues(SOKHA))) == (1, 2)


async def test_a_pause_ends_by_itself(room: WatchRoom) -> None:
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("Tạm dừng hai tháng", LINH)
    assert "Tạm dừng đến" in room.room.read(LINH)
    await room.approve()
    await room.until(IN_FRANCE)
    assert room.issues(LINH) == []
    await room.until(datetime(2027, 5, 20, 15, 0, tzinfo=PHNOM_PENH))
    await publish(room.bot.database, "fresh", day=date(2027, 5, 20))
    await room.approve()
    await room.until(datetime(2027, 6, 3, 15, 0, tzinfo=PHNOM_PENH))
    assert len(room.issues(LINH)) == 1


async def test_only_the_themes_that_were_chosen_come(room: WatchRoom) -> None:
    await publish(room.bot.database, "water", themes=("water",))
    await publish(room.bot.database, "youth", themes=("youth",))
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("Chủ đề…", LINH)
    await room.bot.tap("Mọi chủ đề", LINH)
    await room.bot.tap("Cấp nước", LINH)
    await room.approve()
    await room.until(APRIL)
    assert ("Tin water" in room.issues(LINH)[0], "Tin youth" in room.issues(LINH)[0]) == (True, False)


async def test_each_week_what_is_new_comes_once(room: WatchRoom) -> None:
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("hằng tuần", LINH)
    for day in range(1, 21):
        if day == 8:
            await publish(room.bot.database, "fresh")
        await room.until(datetime(2027, 3, 13, 15, 0, tzinfo=PHNOM_PENH) + timedelta(days=day))
    first, second, third = room.issues(LINH)
    assert first.startswith("🗞 Bản tin trong tuần")
    assert ["Tin fresh" in text for text in (first, second, third)] == [False, True, False]
    assert sum("Hội nghị thường niên của mạng lưới\n" in text for text in room.issues(LINH)) == 1


async def test_at_once_means_in_the_next_working_hour_and_once(room: WatchRoom) -> None:
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("ngay khi có", LINH)
    await room.send()
    before = len(room.issues(LINH))
    await room.until(datetime(2027, 3, 11, 22, 30, tzinfo=PHNOM_PENH))
    await publish(room.bot.database, "fresh")
    await room.send()
    assert len(room.issues(LINH)) == before
    await room.until(datetime(2027, 3, 12, 9, 0, tzinfo=PHNOM_PENH))
    await room.send()
    assert ["Tin fresh" in text for text in room.issues(LINH)[before:]] == [True]


async def test_what_was_half_queued_at_a_kill_goes_out_and_the_rest_after_it(room: WatchRoom) -> None:
    for who, opened, often in ((LINH, "Bản tin…", "ngay khi có"), (SOKHA, "ព្រឹត្តិបត្រ", "ភ្លាម")):
        await room.bot.say("/settings", who)
        await room.bot.tap(opened, who)
        await room.bot.tap(often, who)
    await room.send()
    before = {who: len(room.issues(who)) for who in (LINH, SOKHA)}
    await publish(room.bot.database, "fresh", day=date(2027, 3, 10))
    room.bot.clock.advance(timedelta(minutes=31))
    await room.watching.go()
    async with room.bot.database.transaction() as write:  # as if it was killed while it was being filled
        await write.execute("UPDATE campaigns SET state = 'filling' WHERE state = 'running'")
        await write.execute("DELETE FROM outbox WHERE person = 'sok-dara' AND state = 'queued'")
    room.watching = watching(room.room)
    for _ in range(3):
        room.bot.clock.advance(timedelta(minutes=31))
        await room.send()
    assert "Tin fresh" in room.issues(LINH)[before[LINH]]
    assert "ព័ត៌មាន fresh" in room.issues(SOKHA)[before[SOKHA]]
    assert [len(room.issues(who)) - before[who] for who in (LINH, SOKHA)] == [1, 1]


async def test_what_was_dropped_from_an_issue_is_not_told_a_week_later(room: WatchRoom) -> None:
    await publish(room.bot.database, "dropped", day=date(2027, 3, 29))
    await room.until(datetime(2027, 3, 29, 15, 0, tzinfo=PHNOM_PENH))
    await room.bot.say("/issue", HELENE)
    async with room.bot.database.snapshot() as read:
        row = await read.fetch_one("SELECT id FROM news WHERE code = 'dropped'")
    await room.bot.tap_data(f"gk1:1:entry:news:{row['id']}", HELENE)
    await room.bot.tap("Retirer", HELENE)
    await room.approve()
    await room.until(IN_FRANCE)
    await room.bot.say("/settings", LINH)
    await room.bot.tap("Bản tin…", LINH)
    await room.bot.tap("hằng tuần", LINH)
    for day in range(1, 9):
        await room.until(IN_FRANCE + timedelta(days=day))
    assert not any("Tin dropped" in text for text in room.issues(LINH))
