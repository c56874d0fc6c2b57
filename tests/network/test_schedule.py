from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.network.schedule import calendar, last_day

HUE, PARIS = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("due", "all_day", "day"),
    [
        (datetime(2027, 5, 19, tzinfo=PARIS), True, date(2027, 5, 18)),
        (datetime(2027, 5, 19, tzinfo=PARIS), False, date(2027, 5, 19)),
        (datetime(2027, 5, 18, 23, 59, tzinfo=PARIS), False, date(2027, 5, 18)),
        (datetime(2027, 5, 19, 5, tzinfo=HUE), True, date(2027, 5, 18)),
        (datetime(2027, 3, 29, tzinfo=PARIS), True, date(2027, 3, 28)),
    ],
)
def test_last_day_is_the_one_that_still_counts(due: datetime, all_day: bool, day: date) -> None:
    assert last_day(due, all_day=all_day, zone=PARIS) == day


def test_whole_days_are_the_venue_s_and_hours_the_reader_s() -> None:
    assert (calendar(PARIS, HUE, all_day=True), calendar(PARIS, HUE, all_day=False)) == (PARIS, HUE)
