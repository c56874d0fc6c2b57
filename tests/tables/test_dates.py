from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.tables import dates
from bot.tables.dates import Moment, read_day, read_moment
from bot.tables.problems import CellError

START = date(2027, 3, 10)  # a Wednesday
PARIS = ZoneInfo("Europe/Paris")
CAIRO = ZoneInfo("Africa/Cairo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-05-18", Moment(date(2027, 5, 18))),
        ("18/05/2027", Moment(date(2027, 5, 18))),
        ("1/5/2027", Moment(date(2027, 5, 1))),
        ("2027-05-18 08:00", Moment(date(2027, 5, 18), time(8))),
        ("18/05/2027 08:30", Moment(date(2027, 5, 18), time(8, 30))),
        ("2027-05-18T08:00:00", Moment(date(2027, 5, 18), time(8))),
        ("2027-05-18 00:00", Moment(date(2027, 5, 18), time(0))),
        ("+12d", Moment(date(2027, 3, 22))),
        ("+0d", Moment(START)),
        ("-40d", Moment(date(2027, 1, 29))),
        ("+12d/tue", Moment(date(2027, 3, 23))),
        ("+0d/wed", Moment(START)),
        ("+70d/tue+2d", Moment(date(2027, 5, 27))),
        ("+70d/tue-1d 14:15", Moment(date(2027, 5, 24), time(14, 15))),
        ("+1d+1d", Moment(date(2027, 3, 12))),
        ("@06-15", Moment(date(2027, 6, 15))),
        ("@03-10", Moment(START)),
        ("@03-09", Moment(date(2028, 3, 9))),
        ("@02-29", Moment(date(2028, 2, 29))),
        ("@06-15+3d 09:00", Moment(date(2027, 6, 18), time(9))),
    ],
)
def test_moment_reads_every_form(text: str, expected: Moment) -> None:
    assert read_moment(text, START) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "32/05/2027", "2027-02-29", "05-18-2027", "18.05.2027", "12d", "+12", "+12d/lun", "+12d tue", "@02-30",
        "@6-15", "2027-05-18 25:00", "2027-05-18 08h00", "tomorrow", "0207-05-18", "20270518", "+99999d", "២០២៧-០៥-១៨",
        "+12d/tue+2d+3d", "2027-05-18  08:00",
    ],
)  # fmt: skip
def test_moment_refuses_what_is_no_day(text: str) -> None:
    with pytest.raises(CellError) as refused:
        read_moment(text, START)
    assert str(refused.value) == (
        "is not a day; expected 2027-05-18, 18/05/2027 or +12d, each with an hour or without: 2027-05-18 08:00"
    )


def test_moment_of_29_february_waits_for_a_leap_year_across_a_century() -> None:
    assert read_moment("@02-29", date(2096, 3, 1)) == Moment(date(2104, 2, 29))


def test_day_refuses_an_hour() -> None:
    assert read_day("+12d/tue", START) == date(2027, 3, 23)
    with pytest.raises(CellError, match=r"^has an hour; expected 2027-05-18, 18/05/2027 or \+12d$"):
        read_day("2027-05-18 08:00", START)


def test_day_runs_from_midnight_to_midnight_at_the_venue() -> None:
    moment = Moment(date(2027, 7, 14))
    assert dates.opening(moment, PARIS) == datetime(2027, 7, 13, 22, tzinfo=UTC)
    assert dates.closing(moment, PARIS) == datetime(2027, 7, 14, 22, tzinfo=UTC)


def test_hour_counts_on_the_clock_of_the_venue() -> None:
    moment = Moment(date(2027, 7, 14), time(9, 30))
    assert dates.opening(moment, PARIS) == dates.closing(moment, PARIS) == datetime(2027, 7, 14, 7, 30, tzinfo=UTC)
    assert dates.hour_later(moment, PARIS) == datetime(2027, 7, 14, 8, 30, tzinfo=UTC)


def test_hour_that_the_clock_leaps_over_is_refused() -> None:
    with pytest.raises(CellError) as refused:
        dates.opening(Moment(date(2027, 3, 28), time(2, 30)), PARIS)
    assert str(refused.value) == (
        "does not exist in Europe/Paris: the clocks are put forward over it; expected another hour"
    )


def test_hour_that_exists_twice_means_the_first() -> None:
    assert dates.opening(Moment(date(2027, 10, 31), time(2, 30)), PARIS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_day_whose_midnight_is_leapt_over_is_still_that_day() -> None:
    day = Moment(date(2027, 4, 30))  # in Cairo it begins at 01:00
    begins, ends = dates.opening(day, CAIRO), dates.closing(day, CAIRO)
    assert (dates.written_day(begins, CAIRO), dates.written_last_day(ends, CAIRO)) == ("2027-04-30", "2027-04-30")
    before = dates.closing(Moment(date(2027, 4, 29)), CAIRO)
    assert before == begins
    assert dates.written_last_day(before, CAIRO) == "2027-04-29"


def test_instants_are_written_as_a_coordinator_writes_them() -> None:
    noon, midnight = datetime(2027, 7, 14, 10, tzinfo=UTC), datetime(2027, 7, 13, 22, tzinfo=UTC)
    assert dates.written(noon, PARIS) == "2027-07-14 12:00"
    assert (dates.written_opening(noon, PARIS), dates.written_closing(noon, PARIS)) == ("2027-07-14 12:00",) * 2
    assert dates.written_opening(midnight, PARIS) == "2027-07-14"
    assert dates.written_closing(midnight, PARIS) == "2027-07-13"
