from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.network.content import Content
from bot.network.duties import Duty, Kind
from bot.network.reminding import allowed, later, occasions

PARIS, HUE, PP = "Europe/Paris", "Asia/Ho_Chi_Minh", "Asia/Phnom_Penh"


def duty(due: datetime, kind: Kind = "deadline", *, all_day: bool = True, zone: str = PP, **more: Any) -> Duty:
    return Duty(kind, 1, "report", Content.of("fr", fr="Rapport"), due, all_day, zone, "members", **more)


def midnight_after(day: date, zone: str = PP) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)


def told(one: Duty, zone: str, country: str | None, quiet: str = "21-7", asked: date | None = None) -> list[str]:
    found = occasions(one, zone, country, quiet, asked)
    return [f"{occasion.name} {occasion.at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for occasion in found]


def test_reminders_go_out_at_nine_of_the_reader_s_clock() -> None:
    one = duty(midnight_after(date(2027, 6, 30)))
    assert told(one, PP, "KH") == ["before-30 05-31 09:00", "before-7 06-23 09:00", "before-1 06-29 09:00"]
    assert told(one, PARIS, "FR") == ["before-30 05-31 09:00", "before-7 06-23 09:00", "before-1 06-29 09:00"]
    assert [one.at.astimezone(UTC).hour for one in occasions(one, PARIS, "FR", "21-7")] == [7, 7, 7]


def test_a_holiday_becomes_the_working_day_before_in_the_reader_s_country() -> None:
    one = duty(midnight_after(date(2027, 4, 16)), offsets=(7, 1))  # Khmer New Year is 14 to 16 April
    assert told(one, PP, "KH") == ["before-7 04-09 09:00", "before-1 04-13 09:00"]
    assert told(one, HUE, "VN") == ["before-7 04-09 09:00", "before-1 04-15 09:00"]
    tet = duty(midnight_after(date(2027, 2, 11)), offsets=(1,))
    assert told(tet, HUE, "VN") == ["before-1 02-03 09:00"]


def test_what_is_over_is_told_on_the_next_working_day() -> None:
    one = duty(midnight_after(date(2027, 4, 13)), offsets=(), late=True)
    assert (told(one, PP, "KH"), told(one, PARIS, "FR")) == (["overdue 04-19 09:00"], ["overdue 04-14 09:00"])


def test_nothing_is_said_before_a_thing_opens() -> None:
    one = duty(midnight_after(date(2027, 6, 30)), opens=datetime(2027, 6, 1, tzinfo=UTC))
    assert told(one, PP, "KH") == ["before-7 06-23 09:00", "before-1 06-29 09:00"]


@pytest.mark.parametrize(
    ("begins", "zone", "country", "expected"),
    [
        (datetime(2027, 5, 19, 14, tzinfo=ZoneInfo(PP)), PP, "KH", ["before-1 05-18 09:00", "hours 05-19 12:00"]),
        (datetime(2027, 5, 19, 8, tzinfo=ZoneInfo(PP)), PP, "KH", ["before-1 05-18 09:00", "hours 05-19 07:00"]),
        (datetime(2027, 5, 19, 7, 30, tzinfo=ZoneInfo(PP)), PP, "KH", ["before-1 05-18 09:00", "hours 05-18 20:00"]),
        (datetime(2027, 5, 19, 7, 31, tzinfo=ZoneInfo(PP)), PP, "KH", ["before-1 05-18 09:00", "hours 05-19 07:00"]),
        # 3:00 in France: after the quiet hours it would be over
        (datetime(2027, 5, 19, 8, tzinfo=ZoneInfo(PP)), PARIS, "FR", ["before-1 05-18 09:00", "hours 05-18 20:00"]),
        (datetime(2027, 7, 14, 14, tzinfo=ZoneInfo(PARIS)), PARIS, "FR", ["before-1 07-13 09:00"]),
        (datetime(2027, 5, 24, 14, tzinfo=ZoneInfo(HUE)), HUE, "VN", ["before-1 05-21 09:00", "hours 05-24 12:00"]),
    ],
)
def test_a_meeting_is_told_the_day_before_and_two_hours_before(
    begins: datetime, zone: str, country: str, expected: list[str]
) -> None:
    assert told(duty(begins, "event", all_day=False), zone, country) == expected


def test_a_survey_comes_when_its_meeting_is_over() -> None:
    over = datetime(2027, 5, 19, 17, tzinfo=ZoneInfo(PP))
    one = duty(midnight_after(date(2027, 5, 31)), opens=over, after_event=True, offsets=(1,))
    assert told(one, PP, "KH") == ["after 05-21 09:00", "before-1 05-28 09:00"]  # 20 May is a holiday there


def test_until_the_day_that_was_asked_for_nothing_is_said() -> None:
    one = duty(midnight_after(date(2027, 6, 30)))
    assert told(one, PP, "KH", asked=date(2027, 6, 25)) == ["asked-20270625 06-25 09:00", "before-1 06-29 09:00"]


@pytest.mark.parametrize(
    ("last", "now", "day"),
    [
        (date(2027, 6, 30), datetime(2027, 6, 21, 3, tzinfo=UTC), date(2027, 6, 24)),
        (date(2027, 6, 30), datetime(2027, 6, 23, 3, tzinfo=UTC), date(2027, 6, 25)),  # a Saturday
        (date(2027, 6, 30), datetime(2027, 6, 28, 3, tzinfo=UTC), date(2027, 6, 30)),
        (date(2027, 6, 30), datetime(2027, 6, 30, 3, tzinfo=UTC), None),
        (date(2027, 6, 30), datetime(2027, 7, 1, 3, tzinfo=UTC), date(2027, 7, 5)),
    ],
)
def test_later_is_three_days_on_and_never_after_the_last(last: date, now: datetime, day: date | None) -> None:
    assert later(duty(midnight_after(last)), PP, "KH", now) == day


@pytest.mark.parametrize(
    ("hour", "quiet", "latest", "found"),
    [
        (9, "21-7", 20, "18 09:00"), (23, "21-7", 30, "18 20:00"), (23, "21-7", 34, "19 07:00"),
        (3, "21-7", 6, "17 20:00"), (3, "none", 4, "18 03:00"), (5, "22-6", 20, "18 06:00"),
    ],
)  # fmt: skip
def test_quiet_hours_move_what_falls_into_them(hour: int, quiet: str, latest: int, found: str) -> None:
    midnight = datetime(2027, 5, 18, tzinfo=ZoneInfo(PP))
    at = allowed(midnight + timedelta(hours=hour), PP, quiet, midnight + timedelta(hours=latest))
    assert f"{at.astimezone(ZoneInfo(PP)):%d %H:%M}" == found


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 3, 29), 7), (date(2027, 11, 2), 8)])
def test_nine_stays_nine_when_clocks_change(day: date, utc: int) -> None:
    one = duty(midnight_after(day + timedelta(days=1), PARIS), zone=PARIS, offsets=(1,))
    (found,) = occasions(one, PARIS, None, "21-7")
    assert found.at.astimezone(UTC).hour == utc
