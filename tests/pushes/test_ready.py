from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.network.content import Content
from bot.network.duties import Duty, Standing
from bot.network.recipients import Recipient
from bot.network.reminding import occasions
from bot.pushes.ready import Found, Ready, find, fits, is_belated
from bot.pushes.reminded import Times
from storage.reminders import Noted
from tests.support.sample import ZONE, stranger

DAY = timedelta(days=1)
REPORT = Duty(
    "deadline", 1, "report", Content.of("fr", fr="Rapport"), datetime(2027, 7, 1, tzinfo=ZoneInfo(ZONE)), True, ZONE,
    "members",
)  # fmt: skip
MEMBER = stranger(zone=ZONE).model_copy(update={"person": "sok-dara", "role": "member", "country": "KH"})
SOMEBODY = Recipient(1, MEMBER, (), email=False, unsubscribed=False, bounced=False, quiet=None)
LAST = "2027-06-30"


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=ZoneInfo(ZONE))


def noted(occasion: str, state: str, **more: Any) -> Noted:
    return Noted("sok-dara", "deadline:report", occasion, LAST, state, 0, None)._replace(**more)


def found(now: datetime, since: datetime, *before: Noted, duty: Duty = REPORT) -> Found:
    some = occasions(duty, ZONE, "KH", "21-7")
    return find(SOMEBODY, [(duty, some)], Standing(), before, since, now)


def told(some: Found) -> list[str]:
    return [one.occasion.name for one in some.ready]


def test_the_last_of_several_is_told_and_those_before_it_are_late() -> None:
    some = found(at(6, 23), at(5, 20))
    assert told(some) == ["before-7"]
    assert some.late == [("deadline:report", "before-30", LAST)]


def test_what_was_noted_or_is_older_than_asked_for_is_not_told() -> None:
    assert found(at(6, 23), at(6, 22), noted("before-7", "sent")) == Found()
    assert found(at(6, 28), at(6, 24)) == Found()


def test_what_waits_is_told_however_old_it_is() -> None:
    some = found(at(6, 28), at(6, 27), noted("before-7", "full"))
    assert [(one.occasion.name, one.waited) for one in some.ready] == [("before-7", "full")]
    assert not is_belated(some.ready, at(6, 28))
    held = found(at(6, 28), at(6, 27), noted("before-7", "held"))
    assert is_belated(held.ready, at(6, 28))


def test_what_waits_is_told_at_an_hour_of_reminders_or_with_what_is_told_anyway() -> None:
    some, now = [(REPORT, occasions(REPORT, ZONE, "KH", "21-7"))], at(6, 28, 14)

    def later(state: str, since: datetime) -> Found:
        return find(SOMEBODY, some, Standing(), [noted("before-7", state)], since, now, struck=False)

    assert later("full", at(6, 27)) == later("held", at(6, 27)) == Found()
    assert told(later("quiet", at(6, 27))) == ["before-7"]
    other = REPORT._replace(code="other", due=at(6, 29, 0), offsets=(0,))
    both = [*some, (other, occasions(other, ZONE, "KH", "21-7"))]
    merged = find(SOMEBODY, both, Standing(), [noted("before-7", "full")], at(6, 27), now, struck=False)
    assert told(merged) == ["before-0", "before-7"]


def test_what_waited_is_told_by_the_next_reminder_of_the_same_duty() -> None:
    some = found(at(6, 29), at(6, 28), noted("before-7", "full"))
    assert (told(some), some.late) == (["before-1"], [("deadline:report", "before-7", LAST)])


def test_what_waited_for_a_day_that_has_moved_is_left_out() -> None:
    moved = REPORT._replace(due=REPORT.due + 9 * DAY)
    some = found(at(6, 24), at(6, 23), noted("before-7", "full"), duty=moved)
    assert (some.ready, some.late) == ([], [("deadline:report", "before-7", LAST)])


def test_what_is_over_is_left_out() -> None:
    some = found(at(7, 2), at(6, 1), noted("before-30", "full"))
    assert some.ready == []
    assert {name for _, name, _ in some.late} == {"before-30", "before-7", "before-1"}


def test_only_what_is_urgent_is_told_on_a_day_off() -> None:
    assert [one.occasion.name for one in found(at(6, 26), at(6, 22)).held] == ["before-7"]  # a Saturday
    tomorrow = REPORT._replace(due=at(6, 28, 0))
    assert told(found(at(6, 26), at(6, 24), duty=tomorrow)) == ["before-1"]


@pytest.mark.parametrize(("bubbles", "urgent", "room"), [(2, False, True), (3, False, False), (3, True, True)])
def test_a_week_has_room_for_so_many_bubbles_and_for_what_is_urgent(bubbles: int, *, urgent: bool, room: bool) -> None:
    now = at(6, 23)
    first, late = int((at(6, 17, 0)).timestamp()), int((at(6, 16) + timedelta(minutes=6)).timestamp())
    before = [noted(str(one), "sent", bubble=str(one), noted=first) for one in range(bubbles)]
    before.append(noted("old", "sent", bubble="old", noted=late))
    ready = [Ready(REPORT, occasions(REPORT, ZONE, "KH", "21-7")[0], urgent, None)]
    assert fits(ready, before, 3, ZONE, now) is room


def test_times_are_the_same_in_whole_and_in_part() -> None:
    duties = [REPORT._replace(code=str(day), due=REPORT.due + day * DAY) for day in range(-60, 60)]
    first, last = datetime(2027, 6, 20, tzinfo=UTC), datetime(2027, 6, 22, tzinfo=UTC)
    whole = Times(duties, first - 9 * DAY, last + 9 * DAY)
    habits = (ZONE, "KH", "21-7")
    assert whole.has(habits, first, last)
    naive = [
        (one, some) for one in duties if (some := [at for at in occasions(one, *habits) if first < at.at <= last])
    ]  # fmt: skip
    assert whole.within(first, last).usual(habits) == Times(duties, first, last).usual(habits) == naive
    assert [one for one, _ in whole.within(first, last).of(SOMEBODY, {})] == [one for one, _ in naive]
    asked = list(whole.within(first, last).of(SOMEBODY, {"deadline:0": date(2027, 6, 25)}, ["deadline:59"]))
    names = {duty.code: [one.name for one in some] for duty, some in asked if duty.code in ("0", "59")}
    assert names == {"0": ["asked-20270625", "before-1"], "59": ["before-30", "before-7", "before-1"]}
