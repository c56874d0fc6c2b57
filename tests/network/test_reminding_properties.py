"""What holds for any duty, reader and day: when people are reminded, and when the watch comes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.network.content import Content
from bot.network.duties import Duty
from bot.network.recipients import QUIETS, Recipient
from bot.network.reminding import HOUR, allowed, later, occasions
from bot.network.workdays import at_hour, is_workday
from bot.watch.moments import at_once, monthly, weekly
from tests.support.sample import stranger

ZONES = st.sampled_from((
    "Asia/Phnom_Penh", "Asia/Ho_Chi_Minh", "Asia/Vientiane", "Europe/Paris", "America/Montreal", "Asia/Kathmandu",
    "Pacific/Auckland", "UTC",
))  # fmt: skip
COUNTRIES = st.sampled_from(("KH", "VN", "LA", "FR", "CA", "XX", None))
QUIET = st.sampled_from(QUIETS)
DAYS = st.dates(date(2026, 6, 1), date(2029, 6, 1))
INSTANTS = st.integers(0, 3 * 366 * 24 * 60).map(lambda one: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=one))
DAY = timedelta(days=1)


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    zone, day = draw(ZONES), draw(DAYS)
    all_day, kind = draw(st.booleans()), draw(st.sampled_from(("deadline", "form", "registration", "event")))
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    due = midnight + draw(st.integers(0, 95)) * timedelta(minutes=15)
    if all_day:
        due = midnight if kind == "event" else datetime.combine(day + DAY, time(), ZoneInfo(zone))
    opens = draw(st.none() | st.integers(0, 60).map(lambda days: due - days * DAY))
    return Duty(
        kind, 1, "some", Content.of("fr", fr="Rapport"), due, all_day, zone, "members",
        opens=opens, offsets=draw(st.lists(st.integers(0, 60), max_size=4, unique=True).map(tuple)),
        late=kind != "event" and draw(st.booleans()), after_event=kind != "event" and draw(st.booleans()),
    )  # fmt: skip


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def sleeps(moment: datetime, zone: str, quiet: str) -> bool:
    """Whether it is one of the quiet hours, which begin in an evening and end in a morning."""
    if quiet == "none":
        return False
    begins, ends = map(int, quiet.split("-"))
    return not ends <= local(moment, zone).hour < begins


@given(duties(), ZONES, COUNTRIES, QUIET, st.none() | DAYS)
def test_reminders_come_in_hours_and_on_days_that_are_allowed(
    duty: Duty, zone: str, country: str | None, quiet: str, asked: date | None
) -> None:
    for one in occasions(duty, zone, country, quiet, asked):
        assert not sleeps(one.at, zone, quiet)
        assert one.name.startswith("asked") or is_workday(local(one.at, zone).date(), country)
        assert one.name == "hours" or (local(one.at, zone).hour, local(one.at, zone).minute) == (HOUR, 0)


@given(duties(), ZONES, COUNTRIES, QUIET)
def test_reminders_come_while_they_are_of_use(duty: Duty, zone: str, country: str | None, quiet: str) -> None:
    day = duty.day(zone)
    for one in occasions(duty, zone, country, quiet):
        there = local(one.at, zone).date()
        assert one.day == day
        if one.name.startswith("before"):
            assert there <= day - timedelta(days=int(one.name.partition("-")[2]))
        elif one.name == "hours":
            assert duty.due - DAY < one.at < duty.due
        elif one.name == "overdue":
            assert there > day
            assert one.at < one.until
        if one.name.startswith("before") and there < day and (duty.kind != "event" or duty.all_day):
            assert one.at < one.until
        if one.name != "after" and duty.opens is not None:
            assert one.at >= duty.opens


@given(duties(), ZONES, COUNTRIES, QUIET, st.none() | DAYS)
def test_each_reminder_has_a_name_and_they_are_as_many_as_promised(
    duty: Duty, zone: str, country: str | None, quiet: str, asked: date | None
) -> None:
    found = occasions(duty, zone, country, quiet, asked)
    assert len({one.name for one in found}) == len(found)
    assert [one.at for one in found] == sorted(one.at for one in found)
    offsets = 1 if duty.kind == "event" else len(duty.offsets)
    others = (duty.kind == "event" and not duty.all_day, duty.late, duty.after_event, asked is not None)
    assert len(found) <= offsets + sum(others)
    if asked is not None:
        assert all(local(one.at, zone).date() >= asked for one in found if not one.name.startswith(("asked", "after")))


@given(duties(), ZONES, COUNTRIES, QUIET)
def test_what_comes_at_nine_meets_only_where_a_holiday_brings_it_together(
    duty: Duty, zone: str, country: str | None, quiet: str
) -> None:
    """A day has as many occasions of a duty as offsets, moved to the working day before, fall on it: one bubble."""
    offsets = (1,) if duty.kind == "event" else duty.offsets
    wanted: Counter[date] = Counter()
    for offset in offsets:
        day = duty.day(zone) - timedelta(days=offset)
        while not is_workday(day, country):
            day -= DAY
        wanted[day] += 1
    found = Counter(
        local(one.at, zone).date() for one in occasions(duty, zone, country, quiet) if one.name.startswith("before")
    )
    assert all(times == wanted[day] for day, times in found.items() if duty.opens is None)
    useless = {day for day in wanted if at_hour(day, 9, zone) >= duty.due}
    assert duty.opens is not None or found.keys() == wanted.keys() - useless


@given(duties(), ZONES, QUIET, st.integers(1, 200))
def test_reminders_move_with_the_date(duty: Duty, zone: str, quiet: str, weeks: int) -> None:
    """Whole weeks on, without holidays, all is as before; names stay, so that the day tells them apart."""
    by = timedelta(weeks=weeks)
    due = (local(duty.due, duty.time_zone).replace(tzinfo=None) + by).replace(tzinfo=ZoneInfo(duty.time_zone))
    before, after = (
        occasions(one._replace(opens=None, after_event=False), zone, None, quiet)
        for one in (duty, duty._replace(due=due))
    )
    if duty.all_day:
        assert [(one.name, local(one.at, zone).replace(tzinfo=None) + by) for one in before] == [
            (one.name, local(one.at, zone).replace(tzinfo=None)) for one in after
        ]
    assert not {(one.name, one.day) for one in before} & {(one.name, one.day) for one in after}


@given(duties(), ZONES, COUNTRIES, INSTANTS)
def test_later_is_a_working_day_to_come_and_not_after_the_last(
    duty: Duty, zone: str, country: str | None, now: datetime
) -> None:
    found, today = later(duty, zone, country, now), local(now, zone).date()
    if found is not None:
        assert found > today
        assert is_workday(found, country)
        assert duty.day(zone) < today or found <= duty.day(zone)


@given(INSTANTS, ZONES, QUIET, st.integers(1, 48))
def test_what_falls_into_quiet_hours_moves_out_of_them(moment: datetime, zone: str, quiet: str, hours: int) -> None:
    latest = moment + timedelta(hours=hours)
    found = allowed(moment, zone, quiet, latest)
    assert not sleeps(found, zone, quiet)
    assert abs(found - moment) <= timedelta(hours=14)
    if found > moment:
        assert found < latest
    if not sleeps(moment, zone, quiet) and moment < latest:
        assert found == moment


@given(ZONES, COUNTRIES, st.none() | QUIET, DAYS, INSTANTS)
def test_the_watch_comes_on_a_working_day_in_working_hours(
    zone: str, country: str | None, quiet: str | None, day: date, now: datetime
) -> None:
    reader = stranger(zone=zone).model_copy(update={"country": country})
    one = Recipient(1, reader, (), email=False, unsubscribed=False, bounced=False, quiet=quiet)
    for found in (monthly(day, one, now), weekly(day, one, now), at_once(one, now)):
        there = local(found, zone)
        assert is_workday(there.date(), country)
        assert 9 <= there.hour < 18
        assert not sleeps(found, zone, quiet or "21-7")
    assert at_once(one, now) >= now
    first = local(monthly(day, one, datetime(2026, 1, 1, tzinfo=UTC)), zone)
    assert (first.year, first.month, first.hour, first.minute) == (day.year, day.month, 9, 0)
    assert not any(is_workday(first.date().replace(day=number), country) for number in range(1, first.day))
