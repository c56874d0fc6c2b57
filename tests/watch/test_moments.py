from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.network.recipients import Recipient
from bot.watch.moments import at_once, monthly, weekly
from tests.support.sample import stranger

EARLY = datetime(2027, 1, 1, tzinfo=UTC)


def somebody(country: str, zone: str, quiet: str | None = None) -> Recipient:
    reader = stranger(zone=zone).model_copy(update={"country": country})
    return Recipient(1, reader, (), email=False, unsubscribed=False, bounced=False, quiet=quiet)


HUE = somebody("VN", "Asia/Ho_Chi_Minh")
PHNOM_PENH = somebody("KH", "Asia/Phnom_Penh")
BREST = somebody("FR", "Europe/Paris")


@pytest.mark.parametrize(
    ("who", "month", "expected"),
    [
        (HUE, date(2027, 4, 1), "2027-04-01 09:00+07:00"),
        (BREST, date(2027, 4, 1), "2027-04-01 09:00+02:00"),
        (BREST, date(2027, 2, 1), "2027-02-01 09:00+01:00"),
        (BREST, date(2028, 5, 1), "2028-05-02 09:00+02:00"),  # 1 May is a holiday, a Monday
        (PHNOM_PENH, date(2027, 5, 1), "2027-05-03 09:00+07:00"),  # a Saturday
        (somebody("VN", "Asia/Ho_Chi_Minh", "20-11"), date(2027, 4, 1), "2027-04-01 11:00+07:00"),
    ],
)
def test_the_issue_goes_out_at_nine_of_the_first_working_day(who: Recipient, month: date, expected: str) -> None:
    assert monthly(month, who, EARLY).isoformat(" ", "minutes") == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-04-05T10:30+07:00", "2027-04-05 10:30+07:00"),
        ("2027-04-05T19:00+07:00", "2027-04-06 09:00+07:00"),
        ("2027-04-05T03:00+07:00", "2027-04-05 09:00+07:00"),
        ("2027-04-10T10:00+07:00", "2027-04-12 09:00+07:00"),
        ("2027-04-13T19:00+07:00", "2027-04-19 09:00+07:00"),  # Khmer New Year, then a weekend
    ],
)
def test_what_is_late_goes_out_in_the_next_working_hour(now: str, expected: str) -> None:
    moment = datetime.fromisoformat(now)
    assert monthly(date(2027, 4, 1), PHNOM_PENH, moment).isoformat(" ", "minutes") == expected
    assert at_once(PHNOM_PENH, moment).isoformat(" ", "minutes") == expected


def test_a_week_begins_on_its_first_working_day() -> None:
    assert weekly(date(2027, 2, 8), HUE, EARLY).date() > date(2027, 2, 8)  # Tết
    assert weekly(date(2027, 2, 8), BREST, EARLY).date() == date(2027, 2, 8)
