from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.meetings import MeetingsRequest
from bot.network.records import EventKind
from bot.texts.meeting_requests import arguments, request_of
from bot.texts.reply import CALLBACK_LIMIT, Tap

ARGUMENTS = st.lists(st.from_regex(r"[A-Za-z0-9_-]{0,8}", fullmatch=True), max_size=5).map(tuple)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31))
REQUESTS = st.builds(
    MeetingsRequest,
    past=st.booleans(),
    page=st.integers(0, 9_999),
    theme=st.none() | st.integers(1, 999_999),
    city=st.none() | st.integers(1, 999_999),
    country=st.none() | st.from_regex(r"[A-Z]{2}", fullmatch=True),
    first=DAYS,
    last=DAYS,
    kind=st.none() | st.sampled_from(get_args(EventKind)),
)


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(0, 9_999), ARGUMENTS)
def test_tap_comes_back_as_it_left(screen: str, version: int, arguments: tuple[str, ...]) -> None:
    tap = Tap(screen, version, arguments)
    assert Tap.read(tap.data) == tap


def test_tap_travels_in_short_words_and_numbers() -> None:
    assert Tap.to("e", 14, None, "KH", version=2).data == "e2:14::KH"
    assert Tap.to("c").data == "c1"


@pytest.mark.parametrize(
    "data", ["", "e", "1", "E1", "e1 ", "e1\n", "e1:é", "e1:a b", "e1;2", "e1:ក", "e១:2", "e12345", ":1", "e1:1:\n"]
)
def test_what_is_not_ours_is_no_tap(data: str) -> None:
    assert Tap.read(data) is None


@pytest.mark.parametrize("tap", [Tap.to("e", "x" * 62), Tap.to("e", "é"), Tap.to("e", "a:b c"), Tap.to("Écran")])
def test_data_that_telegram_would_refuse_is_never_sent(tap: Tap) -> None:
    with pytest.raises(ValueError, match="callback data that Telegram would refuse"):
        _ = tap.data


def test_arguments_are_read_by_their_place() -> None:
    tap = Tap("e", 1, ("14", "", "KH", "-3", "9" * 16))
    assert [tap.number(place) for place in range(6)] == [14, None, None, None, None, None]
    assert [tap.text(place) for place in range(6)] == ["14", None, "KH", "-3", "9" * 16, None]


@given(REQUESTS, st.integers(1, 999_999))
def test_request_for_meetings_comes_back_as_it_left(request: MeetingsRequest, event: int) -> None:
    taps = (
        Tap.to("m", *arguments(request)),
        Tap.to("mf", "t", *arguments(request)),
        Tap.to("e", event, *arguments(request)),
    )
    read = [Tap.read(tap.data) for tap in taps]
    assert [request_of(tap, start) for tap, start in zip(read, (0, 1, 1), strict=True) if tap] == [request] * 3
    assert all(len(tap.data) <= CALLBACK_LIMIT for tap in taps)


@given(ARGUMENTS)
def test_forged_request_asks_for_something_that_can_be_asked(arguments_: tuple[str, ...]) -> None:
    request = request_of(Tap("m", 1, arguments_))
    assert request.page >= 0
    assert all(day is None or 1900 <= day.year < 2200 for day in (request.first, request.last))


@pytest.mark.parametrize("day", ["00010101", "99991231", "20270230", "2027", "x", "20270132"])
def test_forged_day_asks_for_no_day(day: str) -> None:
    assert request_of(Tap("m", 1, ("n", "0", "", "", "", day, day, "99"))) == MeetingsRequest()
