from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.network.audiences import Role
from tests.support.sample import ROLES, stranger

TODAY = date(2027, 3, 10)
EVERYONE, MEMBERS, PAID, GROUP = "everyone", "members", "members_paid", "group:viet-nam"
EXPECTED: dict[Role, tuple[str, ...] | None] = {
    "coordinator": None,
    "focal_point": (EVERYONE, MEMBERS, PAID, GROUP),
    "member": (EVERYONE, MEMBERS, PAID, GROUP),
    "guest": (EVERYONE, GROUP),
    "partner": (EVERYONE, GROUP),
    "stranger": (EVERYONE,),
}


@pytest.mark.parametrize("role", ROLES)
def test_role_decides_which_audiences_a_reader_belongs_to(role: Role) -> None:
    known = stranger().model_copy(update={"role": role, "groups": ("viet-nam",), "dues_paid_until": TODAY})
    assert known.audiences(TODAY) == EXPECTED[role]
    assert (known.is_coordinator, known.is_known) == (role == "coordinator", role != "stranger")


@pytest.mark.parametrize(
    ("paid_until", "audiences"),
    [
        (None, (EVERYONE, MEMBERS)),
        (date(2027, 3, 9), (EVERYONE, MEMBERS)),
        (date(2027, 3, 10), (EVERYONE, MEMBERS, PAID)),
        (date(2027, 3, 11), (EVERYONE, MEMBERS, PAID)),
    ],
)
def test_dues_count_to_the_end_of_their_last_day(paid_until: date | None, audiences: tuple[str, ...]) -> None:
    member = stranger().model_copy(update={"role": "member", "dues_paid_until": paid_until})
    assert member.audiences(TODAY) == audiences


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Phnom_Penh", 11), ("Europe/Paris", 10), ("America/New_York", 10), ("Pacific/Auckland", 11)]
)
def test_today_is_the_reader_s_own_day(zone: str, day: int) -> None:
    assert stranger(zone=zone).today(datetime(2027, 3, 10, 18, 30, tzinfo=UTC)) == date(2027, 3, day)
