"""Days that count from the event or from an earlier answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from bot.forms.around import Around
from bot.forms.bounds import Bound, read_bound
from bot.forms.definition import Definition, FormError, build, counts_from_event
from bot.forms.engine import Advance, advance
from bot.forms.entries import Entry, Picked, Went, Written
from bot.forms.opening import begin, reconcile
from bot.forms.path import field_at
from bot.forms.session import REVIEW, Session
from bot.network.forms import Question
from tests.forms.small import form, question

NOW = datetime(2027, 5, 3, 2, tzinfo=UTC)
AROUND = Around(today=date(2027, 5, 3), language="en")
DAYS = (date(2027, 5, 18), date(2027, 5, 20))
STAY = (
    question("arrival", 1, "date", at_least="event_start-3d", at_most="event_start"),
    question("departure", 2, "date", at_least="arrival", at_most="event_end + 3d"),
    question("rooms", 3, "yes_no"),
)


def stay(days: tuple[date, date] | None = DAYS) -> Definition:
    return build(form(event="meeting"), STAY, days)


def walk(definition: Definition, *entries: Entry, session: Session | None = None) -> Advance:
    came = Advance(session or begin(definition, NOW))
    for entry in entries:
        came = advance(definition, came.session, entry, NOW, AROUND)
    return came


def limits(definition: Definition, key: str, **answers: object) -> tuple[object, object]:
    field = field_at(definition, key, answers)
    assert field is not None
    return field.least, field.most


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arrival", Bound("arrival", 0)), ("event_end+2d", Bound("event_end", 2)),
        (" arrival - 1d ", Bound("arrival", -1)),
    ],
)  # fmt: skip
def test_bound_is_read(text: str, expected: Bound) -> None:
    assert read_bound(text) == expected


@pytest.mark.parametrize("text", ["", "2027-05", "arrival+", "arrival+2", "arrival+2w", "Arrival", "+2d", "a b"])
def test_bound_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_bound(text)


def test_limits_count_from_the_event_and_from_an_earlier_answer() -> None:
    assert limits(stay(), "arrival") == (date(2027, 5, 15), date(2027, 5, 18))
    assert limits(stay(), "departure", arrival="2027-05-17") == (date(2027, 5, 17), date(2027, 5, 23))


def test_limit_of_what_was_not_answered_is_open() -> None:
    assert limits(stay(), "departure") == (None, date(2027, 5, 23))
    assert limits(stay(None), "arrival") == (None, None)


def test_limits_that_leave_no_day_leave_one() -> None:
    assert limits(stay(), "departure", arrival="2027-06-01") == (date(2027, 6, 1), date(2027, 6, 1))


def test_range_gives_its_first_day_as_the_first_and_its_last_as_the_last() -> None:
    talk = (question("stay", 1, "date_range"), question("talk", 2, "date", at_least="stay", at_most="stay"))
    assert limits(build(form(), talk), "talk", stay=["2027-05-18", "2027-05-20"]) == DAYS


def test_departure_is_not_before_the_arrival_whatever_way_it_is_said() -> None:
    definition = stay()
    arrived = walk(definition, Written("17/5")).session
    for entry in (Written("16/5"), Picked("2027-05-16")):
        came = walk(definition, entry, session=arrived)
        assert came.problem is not None
        assert (came.problem.name, came.problem.values) == ("too_early", {"least": date(2027, 5, 17)})
    assert walk(definition, Written("le 21"), session=arrived).session.answers["departure"] == "2027-05-21"


def test_later_arrival_asks_again_for_a_departure_that_no_longer_fits() -> None:
    definition = stay()
    whole = walk(definition, Written("15/5"), Written("16/5"), Picked("yes")).session
    later = walk(definition, Went("arrival"), Written("17/5"), session=whole).session
    assert (later.step, later.answers) == ("departure", {"arrival": "2027-05-17", "rooms": "yes"})
    assert walk(definition, Written("20/5"), session=later).session.step == REVIEW
    earlier = walk(definition, Went("arrival"), Written("16/5"), session=whole).session
    assert (earlier.step, earlier.answers["departure"]) == (REVIEW, "2027-05-16")


def test_each_person_of_a_delegation_has_limits_of_their_own() -> None:
    questions = [one.model_copy(update={"each_person": True}) for one in STAY[:2]]
    definition = build(form(event="meeting", kind="delegation"), questions, DAYS)
    answers = {"arrival@1": "2027-05-15", "arrival@2": "2027-05-18"}
    assert [limits(definition, f"departure@{person}", **answers)[0] for person in (1, 2)] == [
        date(2027, 5, 15), date(2027, 5, 18),
    ]  # fmt: skip


def test_event_that_moves_asks_again_for_days_that_no_longer_fit() -> None:
    session = walk(stay(), Written("16/5"), Written("20/5")).session
    moved = stay((date(2027, 5, 17), date(2027, 5, 17)))
    kept = reconcile(moved, session, AROUND)
    assert (kept.step, kept.answers) == ("rooms", session.answers)
    away = reconcile(stay((date(2027, 6, 1), date(2027, 6, 3))), session, AROUND)
    assert (away.step, away.answers) == ("arrival", {"departure": "2027-05-20"})


def test_event_changes_the_version_only_where_limits_count_from_it() -> None:
    other = (date(2027, 6, 1), date(2027, 6, 3))
    assert stay().version != stay(other).version
    assert build(form(), STAY[2:], DAYS).version == build(form(), STAY[2:], other).version
    assert (counts_from_event(["event_end"]), counts_from_event([None, "arrival", "2027-05-18"])) == (True, False)


@pytest.mark.parametrize(
    ("questions", "text"),
    [
        ((question("a", 1, "date", at_most="event_end"),), "counts from an event; the form has none"),
        ((question("a", 1, "date", at_most="a"),), 'counts from "a", which is not asked before'),
        ((question("a", 1, "date", at_most="b"), question("b", 2, "date")),
         'counts from "b", which is not asked before'),
        ((question("a", 1, "yes_no"), question("b", 2, "date", at_least="a")),
         'counts from "a", which does not ask for a day'),
        ((question("a", 1, "date", each_person=True), question("b", 2, "date", at_least="a")),
         'counts from "a", which each person answers otherwise'),
        ((question("a", 1, "date", at_most="19 May"),),
         "is no limit; expected one such as 2027-05-18, event_end+2d or arrival"),
    ],
)  # fmt: skip
def test_limit_that_cannot_count_is_told(questions: tuple[Question, ...], text: str) -> None:
    with pytest.raises(FormError) as raised:
        build(form(), questions)
    assert [problem[2] for problem in raised.value.problems] == [text]
