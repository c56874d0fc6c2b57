from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import agenda
from storage.agenda import EventFilter
from storage.database import Database
from storage.network import DEADLINES, DOCUMENTS, EVENTS, ORGANISATIONS
from tests.storage.rows import AGENDA, BREST, CALL, HUE, MEETING, UTC_NOON

DAY = timedelta(days=1)
EVERYONE, MEMBERS = ("everyone",), ("everyone", "members", "group:viet-nam")


def _event(code: str, days: float, **more: Any) -> Any:
    begins = UTC_NOON + days * DAY
    return MEETING.model_copy(update={"code": code, "begins": begins, "ends": begins + timedelta(hours=2), **more})


@pytest.fixture
async def agenda_of_hue(database: Database) -> Database:
    """Five events, three deadlines and two documents."""
    events = (
        _event("past", -10, city=None, country="JP", themes=("urban_planning",)),
        _event("meeting", 1),
        _event("board", 2, audience="members", kind="bureau", part_of="meeting"),
        _event("group", 3, audience="group:viet-nam", city="brest", part_of="meeting"),
        _event("secret", 4, audience="coordinators", part_of="meeting", themes=("urban-planning", "water")),
    )
    async with database.transaction() as write:
        for place in (HUE, BREST):
            await ORGANISATIONS.put(write, place)
        for event in events:
            await EVENTS.put(write, event)
        for code, days, audience in (("call", 9, "everyone"), ("dues", 3, "members"), ("old", -3, "everyone")):
            changes = {"code": code, "due": UTC_NOON + days * DAY, "audience": audience}
            await DEADLINES.put(write, CALL.model_copy(update=changes))
        await DOCUMENTS.put(write, AGENDA)
        await DOCUMENTS.put(write, AGENDA.model_copy(update={"code": "minutes", "audience": "members"}))
    return database


@pytest.mark.parametrize(
    ("audiences", "wanted", "codes"),
    [
        (None, {}, ["past", "meeting", "board", "group", "secret"]),
        (EVERYONE, {}, ["past", "meeting"]),
        (MEMBERS, {}, ["past", "meeting", "board", "group"]),
        ((), {}, []),
        (None, {"theme": "urban_planning"}, ["past"]),
        (None, {"theme": "urban-planning"}, ["secret"]),
        (MEMBERS, {"theme": "water"}, ["meeting", "board", "group"]),
        (None, {"city": "brest"}, ["group"]),
        (None, {"country": "JP"}, ["past"]),
        (None, {"country": "VN"}, ["meeting", "board", "secret"]),
        (None, {"country": "VN", "theme": "urban-planning"}, ["secret"]),
        (EVERYONE, {"country": "FR"}, []),
        (None, {"kinds": ("bureau", "webinar")}, ["board"]),
        (None, {"kinds": ()}, []),
        (None, {"begins_before": UTC_NOON + DAY}, ["past"]),
        (None, {"begins_before": UTC_NOON + DAY + timedelta(seconds=1)}, ["past", "meeting"]),
        (None, {"ends_after": UTC_NOON + 3 * DAY + timedelta(hours=2)}, ["secret"]),
        (None, {"ends_by": UTC_NOON + DAY + timedelta(hours=2)}, ["past", "meeting"]),
    ],
)
async def test_events_are_those_asked_for_that_the_audiences_may_see(
    agenda_of_hue: Database, audiences: tuple[str, ...] | None, wanted: dict[str, Any], codes: list[str]
) -> None:
    async with agenda_of_hue.snapshot() as read:
        found = await agenda.events(read, audiences, EventFilter(**wanted), limit=9)
        assert [event.code for event in found] == codes
        assert await agenda.count_events(read, audiences, EventFilter(**wanted)) == len(codes)


async def test_events_come_in_pages_and_latest_first(agenda_of_hue: Database) -> None:
    async with agenda_of_hue.snapshot() as read:
        pages = [
            [event.code for event in await agenda.events(read, None, EventFilter(), limit=2, offset=offset)]
            for offset in (0, 2, 4, 6)
        ]
        latest = await agenda.events(read, None, EventFilter(), limit=2, latest_first=True)
    assert pages == [["past", "meeting"], ["board", "group"], ["secret"], []]
    assert [event.code for event in latest] == ["secret", "group"]


async def test_event_is_not_there_for_other_audiences(agenda_of_hue: Database) -> None:
    async with agenda_of_hue.snapshot() as read:
        board = await agenda.event_of_code(read, None, "board")
        assert board is not None
        seen = [await agenda.event(read, audiences, board.id) for audiences in (None, MEMBERS, EVERYONE, ())]
        by_code = [await agenda.event_of_code(read, audiences, "board") for audiences in (None, MEMBERS, EVERYONE)]
    assert seen == [board, board, None, None]
    assert by_code == [board, board, None]


@pytest.mark.parametrize(
    ("audiences", "codes"), [(None, ["board", "group", "secret"]), (MEMBERS, ["board", "group"]), (EVERYONE, [])]
)
async def test_parts_are_those_that_the_audiences_may_see(
    agenda_of_hue: Database, audiences: tuple[str, ...] | None, codes: list[str]
) -> None:
    async with agenda_of_hue.snapshot() as read:
        assert [event.code for event in await agenda.parts_of(read, audiences, "meeting")] == codes


async def test_documents_are_those_that_the_audiences_may_see(agenda_of_hue: Database) -> None:
    async with agenda_of_hue.snapshot() as read:
        minutes = (await agenda.documents_of(read, MEMBERS, "meeting"))[1]
        everyones = [one.code for one in await agenda.documents_of(read, EVERYONE, "meeting")]
        seen = [await agenda.document(read, audiences, minutes.id) for audiences in (None, MEMBERS, EVERYONE)]
    assert (minutes.code, everyones, seen) == ("minutes", ["agenda"], [minutes, minutes, None])


@pytest.mark.parametrize(
    ("audiences", "more", "codes"),
    [
        (None, {}, ["dues", "call"]),
        (EVERYONE, {}, ["call"]),
        (None, {"due_before": UTC_NOON + 3 * DAY}, ["dues"]),
        (None, {"event_code": "board"}, []),
        (MEMBERS, {"event_code": "meeting"}, ["dues", "call"]),
    ],
)
async def test_deadlines_are_due_after_an_instant_soonest_first(
    agenda_of_hue: Database, audiences: tuple[str, ...] | None, more: dict[str, Any], codes: list[str]
) -> None:
    async with agenda_of_hue.snapshot() as read:
        found = await agenda.deadlines(read, audiences, due_after=UTC_NOON, **more)
        assert [one.code for one in found] == codes


async def test_deadline_due_at_the_instant_itself_is_over(agenda_of_hue: Database) -> None:
    at: datetime = UTC_NOON + 9 * DAY
    async with agenda_of_hue.snapshot() as read:
        before = await agenda.deadlines(read, None, due_after=at - timedelta(seconds=1))
        assert [one.code for one in before] == ["call"]
        assert await agenda.deadlines(read, None, due_after=at) == []
        assert await agenda.deadline(read, None, before[0].id) == before[0]
        assert await agenda.deadline(read, ("members",), before[0].id) is None
