from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.network.workdays import at_hour, first_workday, is_workday, workday_before, workday_by, workday_from


def days(first: str, last: str) -> list[date]:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]


@pytest.mark.parametrize(
    ("country", "first", "last"),
    [
        ("VN", "2027-02-04", "2027-02-10"),  # Tết
        ("VN", "2027-04-16", "2027-04-16"),  # the Hùng Kings' day, by the moon
        ("KH", "2027-04-14", "2027-04-16"),  # Khmer New Year
        ("KH", "2027-09-29", "2027-10-01"),  # Pchum Ben, by the moon
        ("KH", "2027-11-12", "2027-11-14"),  # the Water Festival, by the moon
        ("LA", "2027-04-14", "2027-04-16"),  # Pi Mai
        ("LA", "2027-12-02", "2027-12-02"),
        ("FR", "2027-05-06", "2027-05-06"),  # Ascension Day
        ("FR", "2027-07-14", "2027-07-14"),
    ],
)
def test_public_holidays_are_no_working_days(country: str, first: str, last: str) -> None:
    assert [day for day in days(first, last) if is_workday(day, country)] == []


def test_one_country_s_holiday_is_another_s_working_day() -> None:
    assert [is_workday(date(2027, 7, 14), country) for country in ("FR", "KH", "LA", "VN", None)] == [
        False, True, True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("country", ["KH", "LA", "VN", "FR", None, "ZZ"])
def test_saturdays_and_sundays_are_off_everywhere(country: str | None) -> None:
    assert [is_workday(day, country) for day in days("2027-06-11", "2027-06-14")] == [True, False, False, True]


def test_the_working_day_before_passes_over_a_feast_and_its_week_end() -> None:
    assert workday_before(date(2027, 4, 19), "KH") == date(2027, 4, 13)
    assert (workday_by(date(2027, 4, 15), "KH"), workday_by(date(2027, 4, 13), "KH")) == (
        date(2027, 4, 13), date(2027, 4, 13),
    )  # fmt: skip
    assert workday_from(date(2027, 2, 4), "VN") == date(2027, 2, 11)


@pytest.mark.parametrize(
    ("country", "month", "day"),
    [
        ("FR", date(2027, 1, 20), date(2027, 1, 4)),
        ("VN", date(2027, 5, 1), date(2027, 5, 4)),  # 1 May is a Saturday: the Monday is given in its place
        ("FR", date(2027, 11, 30), date(2027, 11, 2)),
        ("KH", date(2027, 10, 1), date(2027, 10, 4)),
    ],
)
def test_the_first_working_day_of_a_month(country: str, month: date, day: date) -> None:
    assert first_workday(month, country) == day


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        (date(2027, 5, 18), 9, "Asia/Phnom_Penh", datetime(2027, 5, 18, 2, tzinfo=UTC)),
        (date(2027, 3, 27), 9, "Europe/Paris", datetime(2027, 3, 27, 8, tzinfo=UTC)),
        (date(2027, 3, 28), 9, "Europe/Paris", datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (date(2027, 3, 28), 2, "Europe/Paris", datetime(2027, 3, 28, 1, tzinfo=UTC)),  # leapt over: 3:00
        (date(2027, 10, 31), 2, "Europe/Paris", datetime(2027, 10, 31, 0, tzinfo=UTC)),  # repeated: the first
        (date(2027, 10, 31), 9, "Europe/Paris", datetime(2027, 10, 31, 8, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_the_clocks_there(day: date, hour: int, zone: str, moment: datetime) -> None:
    assert at_hour(day, hour, zone).astimezone(UTC) == moment
