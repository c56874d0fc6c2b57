from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.handlers.test_issue import APRIL, IN_FRANCE, MAY, PHNOM_PENH, publish
from tests.handlers.watching import WatchRoom, watch_room
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
