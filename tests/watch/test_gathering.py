"""What stands in an issue by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.network.content import Content
from bot.network.records import Deadline, Event
from bot.watch.gathering import gathered, window_of
from storage.database import Database
from storage.network import DEADLINES, EVENTS, FORMS
from tests.forms.small import form
from tests.support.sample import ZONE

NOW = datetime(2027, 5, 1, tzinfo=UTC)
CLOSES = datetime(2027, 5, 31, 17, 0, tzinfo=UTC)


def deadline(**more: Any) -> Deadline:
    known: dict[str, Any] = {
        "code": "visit-closes", "title": Content.of("en", en="Visit"), "kind": "registration", "due": CLOSES,
        "all_day": True, "time_zone": ZONE,
    }  # fmt: skip
    return Deadline(**known | more)


def meeting(code: str) -> Event:
    return Event.model_validate(
        {
            "code": code, "title": Content.of("en", en="A visit"), "kind": "workshop", "begins": CLOSES, "ends": CLOSES,
            "all_day": False, "time_zone": ZONE, "format": "in_person",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"form": "visit"}, ["deadline:visit-closes"]),
        ({"event": "hue"}, ["deadline:visit-closes"]),
        ({"event": "hue", "kind": "hotel"}, ["deadline:visit-closes", "form:visit"]),
        ({"event": "vinh"}, ["deadline:visit-closes", "form:visit"]),
        ({"form": "visit", "audience": "coordinators"}, ["deadline:visit-closes", "form:visit"]),
        ({"form": "visit", "organisations": ("hue",)}, ["deadline:visit-closes", "form:visit"]),
        ({"form": "visit", "opens": datetime(2027, 5, 10, tzinfo=UTC)}, ["form:visit"]),
    ],
)
async def test_a_form_of_which_a_deadline_tells_does_not_stand_beside_it(
    database: Database, more: dict[str, Any], expected: list[str]
) -> None:
    async with database.transaction() as tx:
        for code in ("hue", "vinh"):
            await EVENTS.put(tx, meeting(code))
        await FORMS.put(tx, form(event="hue", kind="registration", closes=CLOSES))
        await DEADLINES.put(tx, deadline(**more))
        found = await gathered(tx, window_of(date(2027, 5, 1), NOW))
    assert [one.key.partition("@")[0] for one in found if one.section != "events"] == expected
