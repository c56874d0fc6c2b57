from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from bot.delivery.pace import UNLIMITED, Counted, Limits, Pace
from tests.support.fakes import FakeApi

TELEGRAM = Limits()
EDGE = 1e-9
"""What floating point may lose."""


class Run(NamedTuple):
    """When calls began, each with its chat."""

    calls: list[tuple[float, int]]
    everything: list[tuple[float, bool]]
    """The same with the answers among them, in the order in which they went; whether it is a call."""


def carry(pace: Pace, messages: Iterable[int], answers: Iterable[tuple[float, int]], late: Iterable[float]) -> Run:
    """Send messages as the courier does, all of them waiting at once; each wakes `late` seconds after its moment."""
    late, now, run = iter(late), 0.0, Run([], [])
    waiting = [(0.0, place, address, False) for place, address in enumerate(messages)]
    heapq.heapify(waiting)
    speaking = sorted(answers, reverse=True)
    while waiting:
        at, place, address, planned = heapq.heappop(waiting)
        while speaking and speaking[-1][0] <= max(now, at):
            moment, chat = speaking.pop()
            pace.spend(chat, moment)
            run.everything.append((moment, False))
        now = max(now, at)
        if not planned and pace.free(address) > now:
            heapq.heappush(waiting, (pace.free(address), place, address, False))
        elif not planned:
            heapq.heappush(waiting, (pace.reserve(address, now) + next(late, 0.0), place, address, True))
        elif (wait := pace.begin(now)) > 0.0:
            heapq.heappush(waiting, (now + wait, place, address, True))
        else:
            run.calls.append((now, address))
            run.everything.append((now, True))
    return run


def busiest(moments: Iterable[float], seconds: float) -> int:
    """How many moments lie in the fullest half-open window of that length."""
    ordered = sorted(moments)
    return max((place - bisect_left(ordered, at - seconds + EDGE) + 1 for place, at in enumerate(ordered)), default=0)


lateness = st.lists(st.one_of(st.just(0.0), st.floats(0, 0.01), st.floats(0, 0.5)), max_size=200)


@given(st.lists(st.integers(1, 1_000), max_size=150, unique=True), lateness)
def test_any_second_sees_thirty_calls_at_most_however_late_they_wake(people: list[int], late: list[float]) -> None:
    run = carry(Pace(TELEGRAM), people, (), late)
    assert sorted(address for _, address in run.calls) == sorted(people)
    assert busiest((at for at, _ in run.calls), 1.0) <= 30


@pytest.mark.parametrize("held_up", [5, 15, 25])
def test_calls_that_were_all_held_up_do_not_begin_at_once(held_up: int) -> None:
    late = [(held_up - place) / 30 for place in range(held_up)]  # a slow disk: all of them wake when it is over
    run = carry(Pace(TELEGRAM), range(1, 101), (), late)
    assert busiest((at for at, _ in run.calls), 1.0) <= 30


@given(st.lists(st.integers(1, 1_000), max_size=100, unique=True), st.lists(st.floats(0, 4), max_size=60), lateness)
def test_answers_never_wait_and_are_counted(people: list[int], answers: list[float], late: list[float]) -> None:
    run = carry(Pace(TELEGRAM), people, [(at, -(2_000 + place)) for place, at in enumerate(answers)], late)
    went = [at for at, is_call in run.everything if not is_call]
    assert went == sorted(answers)[: len(went)]
    for place, (at, is_call) in enumerate(run.everything):  # a message begins only where the limit holds for all
        before = [one for one, _ in run.everything[: place + 1] if one > at - 1.0 + EDGE]
        assert len(before) <= 30 or not is_call


@given(st.lists(st.integers(1, 5), max_size=40), lateness)
def test_a_person_gets_one_call_a_second(people: list[int], late: list[float]) -> None:
    run = carry(Pace(Limits(overall=1_000)), people, (), ())
    for person in set(people):
        assert busiest((at for at, address in run.calls if address == person), 1.0) == 1


@given(st.lists(st.integers(-3, -1), max_size=80))
def test_a_group_gets_twenty_calls_a_minute(groups: list[int]) -> None:
    run = carry(Pace(TELEGRAM), groups, (), ())
    for group in set(groups):
        assert busiest((at for at, address in run.calls if address == group), 60.0) <= 20


def test_thirty_a_second_are_used_within_a_hundredth() -> None:
    run = carry(Pace(TELEGRAM), range(1, 3_001), (), [0.002] * 3_000)
    assert 29.7 <= 2_999 / run.calls[-1][0] <= 30.0


def test_lateness_of_single_calls_does_not_slow_the_others() -> None:
    run = carry(Pace(TELEGRAM), range(1, 3_001), (), [0.02 if place % 10 == 0 else 0.0 for place in range(3_000)])
    assert 29.6 <= 2_999 / run.calls[-1][0] <= 30.0


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0, 3.9, 30.0, 1_000.0])
def test_slots_of_any_rate_are_used(rate: float) -> None:
    pace, begun, now = Pace(Limits(overall=rate)), 0, 0.0
    while now < 20.0:  # as the dispatcher looks: every twentieth of a second, a quarter ahead
        for _ in range(pace.slots(now, now + 0.25)):
            pace.reserve(10_000 + begun, now)
            begun += 1
        now += 0.05
    assert rate * 0.97 - 1 <= begun / 20.25 <= rate + 1


def test_no_limit_lets_everything_begin_at_once() -> None:
    pace = Pace(UNLIMITED)
    assert pace.slots(5.0, 5.25) >= 1_000
    assert [pace.reserve(1, 5.0) for _ in range(3)] == [5.0] * 3
    assert [pace.begin(5.0) for _ in range(5_000)] == [0.0] * 5_000


@pytest.mark.parametrize("limits", [TELEGRAM, UNLIMITED])
def test_a_chat_that_was_refused_waits_alone(limits: Limits) -> None:
    pace = Pace(limits)
    pace.refused(7, 40.0, 10.0)
    assert (pace.free(7), pace.free(8)) == (40.0, 0.0)
    assert pace.slots(10.0, 10.25) > 0


@pytest.mark.parametrize("limits", [TELEGRAM, UNLIMITED])
def test_two_people_refused_at_a_time_close_the_channel(limits: Limits) -> None:
    pace = Pace(limits)
    pace.refused(7, 40.0, 10.0)
    pace.refused(7, 41.0, 11.0)
    assert pace.free(9) == 0.0
    pace.refused(8, 45.0, 12.0)
    assert (pace.free(9), pace.slots(12.0, 12.25), pace.begin(12.0)) == (45.0, 0, 33.0)
    assert pace.slots(45.0, 45.25) > 0
    assert pace.begin(45.0) == 0.0


def test_two_people_refused_long_after_each_other_wait_alone() -> None:
    pace = Pace(TELEGRAM)
    pace.refused(7, 20.0, 10.0)
    pace.refused(8, 40.0, 30.0)
    assert pace.free(9) == 0.0


def test_groups_that_were_refused_never_close_the_channel() -> None:
    pace = Pace(TELEGRAM)
    for group in (-1, -2, -3):
        pace.refused(group, 40.0, 10.0)
    assert (pace.free(-1), pace.free(9)) == (40.0, 0.0)


def test_a_short_answer_does_not_open_a_chat_that_was_refused() -> None:
    pace = Pace(TELEGRAM)
    pace.refused(7, 40.0, 10.0)
    pace.spend(7, 11.0)
    assert pace.free(7) == 40.0


def test_what_was_planned_before_the_channel_was_closed_waits_too() -> None:
    pace = Pace(TELEGRAM)
    assert pace.reserve(9, 10.0) == 10.0
    pace.refused(7, 40.0, 10.0)
    pace.refused(8, 40.0, 10.0)
    assert pace.begin(10.0) == 30.0


def test_chats_whose_time_has_come_are_forgotten() -> None:
    pace = Pace(Limits(overall=float("inf")))
    for person in range(1, 20_001):
        pace.reserve(person, float(person))
    assert len(pace._chats) <= 4_096


async def test_answers_are_counted_where_they_have_a_chat() -> None:
    pace, api = Pace(TELEGRAM), FakeApi(Outcome("sent"), Outcome("sent"))
    counted = Counted(api, pace, lambda: 10.0)
    await counted.make(Call(method="sendMessage", parameters={"chat_id": 7, "text": "hello"}))
    await counted.make(Call(method="answerCallbackQuery", parameters={"callback_query_id": "1"}))
    assert (pace.free(7), pace.free(8), len(api.calls)) == (11.0, 0.0, 2)
    assert pace.reserve(8, 10.0) > 10.0


def test_calls_of_a_fast_channel_begin_together_and_keep_its_limit() -> None:
    pace = Pace(Limits(1_000.0, 1.0, 1.0))
    run = carry(pace, range(1, 3_001), (), ())
    moments = [at for at, _ in run.calls]
    assert busiest(moments, 1.0) <= 1_000
    assert len(set(moments)) < 3_000 / 8
    assert moments[-1] < 3.06


def test_bulk_leaves_room_for_answers_once_somebody_is_answered() -> None:
    pace = Pace(TELEGRAM)
    quiet = carry(pace, range(1, 91), (), ())
    assert busiest([at for at, _ in quiet.calls], 1.0) == 30
    pace = Pace(TELEGRAM)
    talking = carry(pace, range(1, 91), [(0.5 * place, -place) for place in range(1, 9)], ())
    assert busiest([at for at, called in talking.everything if called and at > 1.5], 1.0) <= 25
    assert busiest([at for at, _ in talking.everything if at > 1.5], 1.0) <= 30
