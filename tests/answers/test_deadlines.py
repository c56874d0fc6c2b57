from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answers.deadlines import PAGE, DeadlinesRequest, deadline, deadlines
from bot.network.content import Content
from bot.network.records import Deadline
from storage.database import Database
from storage.network import DEADLINES
from tests.answers.visibility import MAY_SEE, somebody
from tests.support.sample import NOW, stranger

PARIS, HUE = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize("code", MAY_SEE)
async def test_list_holds_what_the_reader_may_see_and_nothing_else(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        first = await deadlines(read, reader, NOW)
        pages = [await deadlines(read, reader, NOW, DeadlinesRequest(page=number)) for number in range(first.pages)]
        expected = {one.code for one in await DEADLINES.all(read) if one.audience in MAY_SEE[code] and one.due > NOW}
    shown = [one for page in pages for one in page.shown]
    assert {one.code for one in shown} == expected
    assert (len(shown), first.total) == (len(expected), len(expected))
    assert all(len(page.shown) <= PAGE for page in pages)
    assert [one.due for one in shown] == sorted(one.due for one in shown)


@pytest.mark.parametrize("code", MAY_SEE)
async def test_cards_open_for_those_who_may_see_them(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        for one in await DEADLINES.all(read):
            card = await deadline(read, reader, NOW, one.id)
            assert (card is not None) == (one.audience in MAY_SEE[code]), one.code
            if card is not None:
                assert card.event is None or card.event.audience in MAY_SEE[code]
                assert (card.past, {place.code for place in card.organisations}) == (
                    one.due <= NOW,
                    set(one.organisations),
                )


async def test_mine_leaves_out_what_concerns_other_cities_only(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, "tran-thi-mai")
        first = await deadlines(read, reader, NOW, DeadlinesRequest(mine=True))
        mine = {
            one.code
            for number in range(first.pages)
            for one in (await deadlines(read, reader, NOW, DeadlinesRequest(page=number, mine=True))).shown
        }
        expected = {
            one.code
            for one in await DEADLINES.all(read)
            if one.audience in MAY_SEE["tran-thi-mai"]
            and one.due > NOW
            and (not one.organisations or "hue" in one.organisations)
        }
    assert (mine, first.request.mine) == (expected, True)


async def test_page_past_the_end_is_the_last_one(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        far = await deadlines(read, stranger(), NOW, DeadlinesRequest(page=10**14))
        nothing = await deadlines(read, stranger(), NOW + timedelta(days=9_000), DeadlinesRequest(page=7))
    assert (far.request.page, len(far.shown) > 0) == (far.pages - 1, True)
    assert (nothing.request.page, nothing.pages, nothing.total, nothing.shown) == (0, 1, 0, ())


def _due(code: str, due: datetime, *, all_day: bool, zone: str = "Asia/Ho_Chi_Minh") -> Deadline:
    return Deadline(
        code=code, title=Content.of("fr", fr=code), kind="report", due=due, all_day=all_day, time_zone=zone
    )  # fmt: skip


async def test_groups_are_this_week_this_month_and_later(database: Database) -> None:
    """From a Wednesday: the week ends on Sunday night, the month with its last day."""
    ends = {"sunday": (15, 3), "monday": (16, 3), "month-end": (1, 4), "april": (2, 4), "wednesday": (11, 3)}
    async with database.transaction() as write:
        for code, (day, month) in ends.items():
            await DEADLINES.put(write, _due(code, datetime(2027, month, day, tzinfo=HUE), all_day=True))
        page = await deadlines(write, stranger(zone="Asia/Ho_Chi_Minh"), NOW)
    assert [[one.code for one in group] for group in (page.this_week, page.this_month, page.later)] == [
        ["wednesday", "sunday"], ["monday", "month-end"], ["april"],
    ]  # fmt: skip


async def test_week_across_a_month_s_end_comes_before_the_month(database: Database) -> None:
    now = datetime(2027, 3, 30, 9, 0, tzinfo=HUE)
    async with database.transaction() as write:
        for code, day in (("thursday", 2), ("monday", 6)):
            await DEADLINES.put(write, _due(code, datetime(2027, 4, day, tzinfo=HUE), all_day=True))
        page = await deadlines(write, stranger(zone="Asia/Ho_Chi_Minh"), now)
    assert [[one.code for one in group] for group in (page.this_week, page.this_month, page.later)] == [
        ["thursday"], [], ["monday"],
    ]  # fmt: skip


async def test_groups_lose_nothing_when_days_are_told_on_different_calendars(database: Database) -> None:
    """Sunday in Paris ends on Monday 06:00 in Huế, after a deadline at 05:00 there."""
    async with database.transaction() as write:
        sunday = datetime(2027, 3, 15, tzinfo=PARIS)
        await DEADLINES.put(write, _due("sunday-in-paris", sunday, all_day=True, zone="Europe/Paris"))
        await DEADLINES.put(write, _due("monday-at-five", datetime(2027, 3, 15, 5, tzinfo=HUE), all_day=False))
        page = await deadlines(write, stranger(zone="Asia/Ho_Chi_Minh"), NOW)
    assert ([one.code for one in page.this_week], [one.code for one in page.this_month]) == (
        ["sunday-in-paris"],
        ["monday-at-five"],
    )


async def test_call_says_whether_it_is_open(database: Database) -> None:
    call = _due("call", datetime(2027, 5, 1, tzinfo=UTC), all_day=False).model_copy(
        update={"opens": datetime(2027, 4, 1, tzinfo=UTC)}
    )
    async with database.transaction() as write:
        await DEADLINES.put(write, call)
        states = []
        for day, month in ((31, 3), (1, 4), (1, 5)):
            card = await deadline(write, stranger(), datetime(2027, month, day, tzinfo=UTC), 1)
            assert card is not None
            states.append((card.not_open_yet, card.past))
    assert states == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize(("code", "concerns"), [("stranger", False), ("tran-thi-mai", True)])
async def test_page_says_whether_anything_can_concern_the_reader(
    sample_network: Database, code: str, concerns: bool
) -> None:
    async with sample_network.snapshot() as read:
        assert (await deadlines(read, await somebody(read, code), NOW)).concerns == concerns
