"""Deadlines and lines of the plan by the organisations that they concern."""

from __future__ import annotations

from typing import Any

import pytest

from storage import actions, agenda
from storage.agenda import DeadlineFilter
from storage.database import Database
from storage.network import ACTIONS, DEADLINES, EVENTS, ORGANISATIONS
from tests.storage.rows import ACTION, BREST, CALL, HUE, MEETING

EVERYONE, MEMBERS = ("everyone",), ("everyone", "members")
ILE = BREST.model_copy(update={"code": "ile_x"})


@pytest.fixture
async def concerned(database: Database) -> Database:
    """Deadlines and actions of Huế, of ``ile_x``, of a code that is like it, of nobody and of an event in Huế."""
    rows: dict[str, dict[str, Any]] = {
        "of-hue": {"organisations": ("brest", "hue"), "event": None},
        "of-ile": {"organisations": ("ile_x",), "event": None, "kind": "dues"},
        "of-like": {"organisations": ("ile-x",), "event": None, "themes": ("water",)},
        "of-all": {"organisations": (), "event": None},
        "of-event": {"organisations": (), "event": "meeting"},
    }
    async with database.transaction() as write:
        for place in (HUE, BREST, ILE):
            await ORGANISATIONS.put(write, place)
        await EVENTS.put(write, MEETING.model_copy(update={"audience": "members"}))
        for number, (code, changes) in enumerate(rows.items(), 1):
            await DEADLINES.put(write, CALL.model_copy(update={"code": code, **changes}))
            own = {name: value for name, value in changes.items() if name not in ("event", "kind")}
            await ACTIONS.put(write, ACTION.model_copy(update={"code": code, "number": number, **own}))
    return database


@pytest.mark.parametrize(
    ("audiences", "wanted", "codes"),
    [
        (MEMBERS, {}, ["of-hue", "of-ile", "of-like", "of-all", "of-event"]),
        (MEMBERS, {"city": "hue"}, ["of-hue", "of-event"]),
        (EVERYONE, {"city": "hue"}, ["of-hue"]),  # the event in Huế is not for everyone to know
        (None, {"city": "ile_x"}, ["of-ile"]),
        (MEMBERS, {"country": "VN"}, ["of-hue", "of-event"]),
        (None, {"country": "FR"}, ["of-hue", "of-ile"]),
        (None, {"country": "FR", "kind": "dues"}, ["of-ile"]),
        (MEMBERS, {"event_kind": "annual_meeting"}, ["of-event"]),
        (EVERYONE, {"event_kind": "annual_meeting"}, []),
        (None, {"theme": "water"}, ["of-like"]),
    ],
)
async def test_deadlines_are_those_of_the_place_and_kind(
    concerned: Database, audiences: tuple[str, ...] | None, wanted: dict[str, Any], codes: list[str]
) -> None:
    async with concerned.snapshot() as read:
        found = await agenda.deadlines(read, audiences, due_after=None, wanted=DeadlineFilter(**wanted))
    assert sorted(one.code for one in found) == sorted(codes)


@pytest.mark.parametrize(
    ("audiences", "wanted", "codes"),
    [
        (None, {}, ["of-hue", "of-ile", "of-like", "of-all", "of-event"]),
        (EVERYONE, {"city": "hue"}, ["of-hue"]),
        (EVERYONE, {"city": "ile_x"}, ["of-ile"]),
        (EVERYONE, {"theme": "water"}, ["of-like"]),
        ((), {}, []),
    ],
)
async def test_actions_are_those_of_the_city_in_the_order_of_the_plan(
    concerned: Database, audiences: tuple[str, ...] | None, wanted: dict[str, Any], codes: list[str]
) -> None:
    async with concerned.snapshot() as read:
        found = await actions.actions(read, audiences, **wanted)
        assert [one.code for one in found] == codes
        first = (await actions.actions(read, None))[0]
        assert [await actions.action(read, one, first.id) for one in (None, EVERYONE, ())] == [first, first, None]
