from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.answers.registrations import (
    PAGE,
    RegistrationsPage,
    RegistrationsRequest,
    Standing,
    registrations,
    standing_of,
)
from bot.network.content import Content
from bot.network.records import Event
from storage.database import Database
from storage.network import EVENTS, ORGANISATIONS
from tests.answers.visibility import MAY_SEE, somebody
from tests.support.sample import NOW

MEETING = Event(
    code="meeting", title=Content.of("fr", fr="Réunion"), kind="workshop", begins=NOW + timedelta(days=30),
    ends=NOW + timedelta(days=31), all_day=False, time_zone="Asia/Phnom_Penh", format="video",
)  # fmt: skip


def in_days(days: int) -> datetime:
    return (NOW + timedelta(days=days)).astimezone(UTC)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, None),
        ({"registration_link": "https://example.org"}, "open"),
        ({"registration_closes": in_days(1)}, "open"),
        ({"registration_opens": NOW}, "open"),
        ({"registration_opens": in_days(1)}, "later"),
        ({"registration_opens": in_days(1), "registration_closes": in_days(2)}, "later"),
        ({"registration_opens": in_days(-2), "registration_closes": NOW}, "closed"),
        ({"registration_opens": in_days(1), "status": "cancelled"}, None),
        ({"registration_closes": in_days(-1), "begins": in_days(-2), "ends": NOW}, None),
        ({"registration_closes": in_days(-1), "begins": in_days(-1), "ends": in_days(1)}, "closed"),
    ],
)
def test_registration_stands_as_its_days_say(changes: dict[str, Any], standing: Standing | None) -> None:
    assert standing_of(MEETING.model_copy(update=changes), NOW) == standing


async def of_kampot(database: Database, person: str = "stranger", **request: Any) -> RegistrationsPage:
    """What somebody finds who asks for Kampot."""
    async with database.snapshot() as read:
        kampot = await ORGANISATIONS.get(read, "kampot")
        assert kampot is not None
        wanted = RegistrationsRequest(city=kampot.id, **request)
        return await registrations(read, await somebody(read, person), NOW, wanted)


async def put(database: Database, *codes: str, **changes: Any) -> None:
    """Put events in Kampot that are like its workshop for the young."""
    async with database.transaction() as write:
        event = await EVENTS.get(write, "kampot-youth")
        assert event is not None
        for code in codes:
            await EVENTS.put(write, event.model_copy(update={"code": code, **changes}))


async def test_what_opens_later_is_there_where_nothing_is_open(sample_network: Database) -> None:
    page = await of_kampot(sample_network)
    assert (page.standing, [event.code for event in page.events], page.total) == ("later", ["kampot-youth"], 1)
    assert page.named.city is not None
    assert page.named.city.code == "kampot"


async def test_what_is_open_stands_before_what_opens_later(sample_network: Database) -> None:
    await put(sample_network, "soon", registration_opens=in_days(-1))
    page = await of_kampot(sample_network)
    assert (page.standing, [event.code for event in page.events]) == ("open", ["soon"])


async def test_what_opens_soonest_is_first_and_pages_are_turned(sample_network: Database) -> None:
    for days in range(1, PAGE + 1):
        await put(sample_network, f"in-{days}", registration_opens=in_days(days), begins=in_days(40 - days))
    pages = [await of_kampot(sample_network, page=number) for number in (0, 1, 9)]
    assert [[event.code for event in page.events] for page in pages] == [
        ["in-1", "in-2", "in-3", "in-4", "in-5"], ["kampot-youth"], ["kampot-youth"],
    ]  # fmt: skip
    assert [(page.standing, page.request.page, page.pages) for page in pages] == [
        ("later", 0, 2), ("later", 1, 2), ("later", 1, 2),
    ]  # fmt: skip


async def test_what_has_closed_is_there_only_alone(sample_network: Database) -> None:
    closed = {"registration_opens": in_days(-9), "registration_closes": in_days(-1)}
    await put(sample_network, "closed", **closed)
    assert (await of_kampot(sample_network)).standing == "later"
    await put(sample_network, "kampot-youth", **closed, begins=in_days(3))
    page = await of_kampot(sample_network)
    assert (page.standing, [event.code for event in page.events]) == ("closed", ["kampot-youth", "closed"])


async def test_period_and_kind_narrow_what_opens_later(sample_network: Database) -> None:
    begins = date(2027, 5, 12)
    assert (await of_kampot(sample_network, first=begins, last=begins, kind="workshop")).total == 1
    assert (await of_kampot(sample_network, last=begins - timedelta(days=1))).total == 0
    nothing = await of_kampot(sample_network, kind="webinar")
    assert (nothing.standing, nothing.events) == ("open", ())


@pytest.mark.parametrize("person", MAY_SEE)
async def test_what_one_may_not_see_does_not_open_later_either(sample_network: Database, person: str) -> None:
    await put(sample_network, "kampot-youth", audience="group:laos")
    page = await of_kampot(sample_network, person)
    assert page.total == ("group:laos" in MAY_SEE[person])
