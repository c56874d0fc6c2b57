from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from bot.network.content import Content
from bot.network.records import Deadline
from tests.storage.rows import EVERY_RECORD, HUE, MAI, MEETING


@pytest.mark.parametrize("code", ["", "-a", "a-", "A", "a b", "é", "a" * 41, "a/b", 'a"b'])
def test_code_is_a_short_word_of_plain_letters(code: str) -> None:
    with pytest.raises(ValidationError):
        HUE.model_validate({**HUE.model_dump(), "code": code})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("audience", "group:"), ("audience", "group:Viet-Nam"), ("audience", "friends"), ("country", "vn"),
        ("country", "VNM"), ("link", "javascript:alert(1)"), ("link", "https://example.org/a b"), ("kind", "party"),
        ("unknown", 1),
    ],
)  # fmt: skip
def test_event_refuses_what_no_column_may_hold(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        MEETING.model_validate({**MEETING.model_dump(), field: value})


def test_record_says_the_same_whatever_its_number() -> None:
    assert MAI.model_copy(update={"id": 7}).says_the_same(MAI)
    assert not MAI.model_copy(update={"name": "Mai"}).says_the_same(MAI)


@pytest.mark.parametrize("field", ["code", "id"])
def test_records_cannot_be_changed(field: str) -> None:
    for record in EVERY_RECORD:
        with pytest.raises(ValidationError):
            setattr(record, field, getattr(record, field))


def test_a_deadline_names_the_days_of_its_reminders_once() -> None:
    given = {"code": "a", "title": Content.of("fr", fr="a"), "kind": "call", "due": datetime(2027, 3, 1, tzinfo=UTC)}
    one = Deadline.model_validate({**given, "all_day": False, "time_zone": "Asia/Phnom_Penh", "reminders": (7, 1, 7)})
    assert one.reminders == (7, 1)
