from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.answers.meetings import PAGE, MeetingsRequest, choices, meeting, meetings
from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.records import Event
from storage.database import Database, Transaction
from storage.network import DEADLINES, DOCUMENTS, EVENTS, ORGANISATIONS, THEMES
from tests.answers.visibility import MAY_SEE, somebody
from tests.support.sample import NOW, stranger

PARIS, HUE = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Ho_Chi_Minh")
ASSISES = [f"assises-{number}" for number in range(5, 13)]


async def codes(read: Transaction, reader: Reader, request: MeetingsRequest, now: datetime = NOW) -> list[str]:
    """The codes of every page."""
    found: list[str] = []
    page = await meetings(read, reader, now, request)
    for number in range(page.pages):
        one = await meetings(read, reader, now, MeetingsRequest(**{**vars(request), "page": number}))
        assert (one.request.page, one.total, len(one.events) <= PAGE) == (number, page.total, True)
        found += [event.code for event in one.events]
    assert len(found) == page.total
    return found


@pytest.mark.parametrize("code", MAY_SEE)
async def test_lists_hold_what_the_reader_may_see_and_nothing_else(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        seen = [event for event in await EVENTS.all(read) if event.audience in MAY_SEE[code]]
        coming = sorted((event for event in seen if event.ends > NOW), key=lambda event: (event.begins, event.id))
        past = sorted((event for event in seen if event.ends <= NOW), key=lambda event: (event.begins, event.id))
        assert await codes(read, reader, MeetingsRequest()) == [event.code for event in coming]
        assert await codes(read, reader, MeetingsRequest(past=True)) == [event.code for event in reversed(past)]


@pytest.mark.parametrize("code", MAY_SEE)
async def test_cards_open_for_those_who_may_see_them(sample_network: Database, code: str) -> None:
    audiences = MAY_SEE[code]
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        events, documents, deadlines = (
            await EVENTS.all(read), await DOCUMENTS.all(read), await DEADLINES.all(read),
        )  # fmt: skip
        for event in events:
            card = await meeting(read, reader, NOW, event.id)
            assert (card is not None) == (event.audience in audiences), event.code
            if card is None:
                continue
            larger = next((one for one in events if one.code == event.part_of and one.audience in audiences), None)
            assert (card.event, card.larger, card.past) == (event, larger, event.ends <= NOW)
            assert {one.code for one in card.parts} == {
                one.code for one in events if one.part_of == event.code and one.audience in audiences
            }
            assert {one.code for one in card.documents} == {
                one.code for one in documents if one.event == event.code and one.audience in audiences
            }
            assert {one.code for one in card.deadlines} == {
                one.code for one in deadlines if one.event == event.code and one.audience in audiences and one.due > NOW
            }
            assert tuple(theme.code for theme in card.themes) == event.themes


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("code", MAY_SEE)
async def test_every_choice_leads_to_a_meeting_and_none_is_missing(
    sample_network: Database, code: str, past: bool
) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        found = await choices(read, reader, NOW, past=past)
        for theme in found.themes:
            assert await codes(read, reader, MeetingsRequest(past=past, theme=theme.id)), theme.code
        for country in found.countries:
            assert await codes(read, reader, MeetingsRequest(past=past, country=country)), country
        for month in found.months:
            last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            assert await codes(read, reader, MeetingsRequest(past=past, first=month, last=last)), month
        seen = [
            event for event in await EVENTS.all(read) if event.audience in MAY_SEE[code] and (event.ends <= NOW) == past
        ]
        assert {theme.code for theme in found.themes} == {theme for event in seen for theme in event.themes}


async def test_choices_fit_what_is_chosen_already(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        within = MeetingsRequest(country="LA")
        found = await choices(read, stranger(), NOW, past=False, within=within)
        for theme in found.themes:
            assert await codes(read, stranger(), MeetingsRequest(country="LA", theme=theme.id))
        everywhere = await choices(read, stranger(), NOW, past=False)
        assert len(found.themes) < len(everywhere.themes)
        assert found.countries == everywhere.countries
        assert set(found.months) < set(everywhere.months)


async def test_page_past_the_end_is_the_last_one(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        pages = (await meetings(read, stranger(), NOW, MeetingsRequest())).pages
        far = await meetings(read, stranger(), NOW, MeetingsRequest(page=10**14))
        none = await meetings(read, stranger(), NOW, MeetingsRequest(page=3, country="MG"))
    assert (far.request.page, len(far.events) > 0) == (pages - 1, True)
    assert (none.request.page, none.pages, none.total, none.events) == (0, 1, 0, ())


async def test_filters_narrow_together(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        water, hue = await THEMES.get(read, "waste"), await ORGANISATIONS.get(read, "hue")
        assert water is not None
        assert hue is not None
        narrow: list[dict[str, Any]] = [
            {"theme": water.id, "city": hue.id},
            {"country": "JP"},
            {"kind": "training", "country": "KH"},
            {"first": date(2027, 4, 1), "last": date(2027, 4, 30), "country": "VN"},
            {"first": date(2027, 10, 7), "last": date(2027, 10, 7), "kind": "conference"},
            {"theme": 999_999},
        ]
        coordinator = await somebody(read, "helene-marchand")
        found = [await codes(read, coordinator, MeetingsRequest(**one)) for one in narrow]
        everything = await codes(read, coordinator, MeetingsRequest())
    assert found == [
        ["hue-waste"],
        ["world-cities-forum"],
        ["phnom-penh-digital-training", "siem-reap-training", "phnom-penh-emergency", "battambang-schools"],
        ["hue-waste", "hanoi-archives"],
        ["assises", "assises-prize"],
        everything,
    ]


async def test_past_list_holds_the_assises_since_2003(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        past = await codes(read, stranger(), MeetingsRequest(past=True))
        first = await EVENTS.get(read, "assises-5")
    assert [code for code in past if code.startswith("assises")] == list(reversed(ASSISES))
    assert first is not None
    assert first.begins.year == 2003


async def test_last_meeting_in_hue_is_found_in_the_past_list(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        hue = await ORGANISATIONS.get(read, "hue")
        assert hue is not None
        found = await meetings(read, stranger(), NOW, MeetingsRequest(past=True, city=hue.id))
    assert ([event.code for event in found.events], found.city) == (["assises-6"], hue)


def _event(code: str, begins: datetime, ends: datetime, zone: str, *, all_day: bool) -> Event:
    return Event(
        code=code, title=Content.of("fr", fr=code), kind="webinar", begins=begins, ends=ends, all_day=all_day,
        time_zone=zone, format="video",
    )  # fmt: skip


async def test_month_of_a_whole_day_is_the_venue_s_and_of_an_hour_the_reader_s(database: Database) -> None:
    events = [
        _event("paris-31-may", datetime(2027, 5, 31, tzinfo=PARIS), datetime(2027, 6, 1, tzinfo=PARIS),
               "Europe/Paris", all_day=True),
        _event("hue-1-june", datetime(2027, 6, 1, tzinfo=HUE), datetime(2027, 6, 2, tzinfo=HUE),
               "Asia/Ho_Chi_Minh", all_day=True),
        _event("paris-31-may-evening", datetime(2027, 5, 31, 20, tzinfo=PARIS), datetime(2027, 5, 31, 21, tzinfo=PARIS),
               "Europe/Paris", all_day=False),
    ]  # fmt: skip
    async with database.transaction() as write:
        for event in events:
            await EVENTS.put(write, event)
        may = MeetingsRequest(first=date(2027, 5, 1), last=date(2027, 5, 31))
        june = MeetingsRequest(first=date(2027, 6, 1), last=date(2027, 6, 30))
        found = {
            zone: (
                await codes(write, stranger(zone=zone), may),
                await codes(write, stranger(zone=zone), june),
                (await choices(write, stranger(zone=zone), NOW, past=False)).months,
            )
            for zone in ("Europe/Paris", "Asia/Ho_Chi_Minh")
        }
    months = (date(2027, 5, 1), date(2027, 6, 1))
    assert found == {
        "Europe/Paris": (["paris-31-may", "paris-31-may-evening"], ["hue-1-june"], months),
        "Asia/Ho_Chi_Minh": (["paris-31-may"], ["hue-1-june", "paris-31-may-evening"], months),
    }


async def test_meeting_under_way_is_still_to_come_and_not_past(database: Database) -> None:
    event = _event("now", NOW - timedelta(hours=1), NOW + timedelta(hours=1), "Asia/Phnom_Penh", all_day=False)
    async with database.transaction() as write:
        await EVENTS.put(write, event)
        for now, coming, past in (
            (NOW, ["now"], []),
            (NOW + timedelta(minutes=59), ["now"], []),
            (NOW + timedelta(hours=1), [], ["now"]),
        ):
            assert await codes(write, stranger(), MeetingsRequest(), now) == coming
            assert await codes(write, stranger(), MeetingsRequest(past=True), now) == past
            card = await meeting(write, stranger(), now, 1)
            assert card is not None
            assert card.past == bool(past)


async def test_dues_end_on_the_reader_s_calendar(sample_network: Database) -> None:
    """On the last paid day at 23:00 in Huế it is still seen, an hour later no more; UTC is seven hours behind."""
    async with sample_network.snapshot() as read:
        member = (await somebody(read, "tran-thi-mai")).model_copy(update={"dues_paid_until": date(2027, 3, 20)})
        board = await EVENTS.get(read, "board-1")
        assert board is not None
        seen = [
            await meeting(read, member, datetime(2027, 3, day, hour, 30, tzinfo=HUE), board.id) is not None
            for day, hour in ((20, 23), (21, 0))
        ]
    assert seen == [True, False]
