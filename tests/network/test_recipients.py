from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.network.audiences import Reader
from bot.network.recipients import NEVER_QUIET, Chat, Recipient, Route, Unreached, awake, woken

EVERY = ("telegram", "web", "email")
TELEGRAM, BLOCKED = Chat("telegram", 700, False), Chat("telegram", 701, True)
PAGE = Chat("web", 5, False)


def recipient(
    *chats: Chat, email: bool = False, unsubscribed: bool = False, bounced: bool = False, quiet: str | None = None,
    zone: str = "Asia/Ho_Chi_Minh",
) -> Recipient:  # fmt: skip
    reader = Reader(
        account=0, channel="web", address=5, person="mai", name="Mai", role="member", organisation="hue", country="VN",
        groups=(), themes=(), dues_paid_until=None, language="vi", language_chosen=True, time_zone=zone, digits="latin",
    )  # fmt: skip
    return Recipient(5, reader, chats, email, unsubscribed, bounced, quiet)


@pytest.mark.parametrize(
    ("somebody", "served", "routes"),
    [
        (recipient(TELEGRAM), EVERY, [("telegram", 700, 1), ("web", 5, 2)]),
        (recipient(TELEGRAM, email=True), EVERY, [("telegram", 700, 1), ("web", 5, 2), ("email", 5, 2)]),
        (recipient(TELEGRAM, email=True), ["telegram"], [("telegram", 700, 1)]),
        (recipient(TELEGRAM, email=True), ["web", "email"], [("web", 5, 1), ("email", 5, 1)]),
        (recipient(BLOCKED, email=True), EVERY, [("web", 5, 1), ("email", 5, 1)]),
        (recipient(BLOCKED, TELEGRAM), EVERY, [("telegram", 700, 1), ("web", 5, 2)]),
        (recipient(TELEGRAM, Chat("telegram", 702, False)), ["telegram"], [("telegram", 700, 1)]),
        (recipient(PAGE), EVERY, [("web", 5, 1)]),
        (recipient(), EVERY, [("web", 5, 1)]),
        (recipient(email=True), ["telegram", "email"], [("email", 5, 1)]),
        (recipient(email=True, bounced=True), EVERY, [("web", 5, 1)]),
        (recipient(email=True, unsubscribed=True), EVERY, [("web", 5, 1)]),
        (recipient(TELEGRAM, email=True, bounced=True), ["telegram", "email"], [("telegram", 700, 1)]),
        (recipient(), ["telegram", "email"], []),
        (recipient(BLOCKED), ["telegram"], []),
        (recipient(TELEGRAM, email=True), [], []),
    ],
)
def test_routes_lead_by_telegram_alone_or_by_the_page_and_email(
    somebody: Recipient, served: list[str], routes: list[tuple[str, int, int]]
) -> None:
    assert somebody.routes(served) == tuple(Route(*route) for route in routes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("somebody", "served", "why"),
    [
        (recipient(TELEGRAM), ["telegram"], None),
        (recipient(), EVERY, None),
        (recipient(), ["telegram", "email"], "none"),
        (recipient(BLOCKED), ["telegram", "email"], "blocked"),
        (recipient(BLOCKED, email=True, bounced=True), ["telegram", "email"], "blocked"),
        (recipient(email=True, bounced=True), ["telegram", "email"], "bounced"),
        (recipient(email=True, unsubscribed=True), ["telegram", "email"], "unsubscribed"),
        (recipient(email=True, unsubscribed=True, bounced=True), ["email"], "bounced"),
        (recipient(email=True), ["telegram"], "none"),
    ],
)
def test_reason_is_told_where_no_channel_leads(somebody: Recipient, served: list[str], why: Unreached | None) -> None:
    assert somebody.unreached(served) == why


@pytest.mark.parametrize(
    ("at", "quiet", "zone", "then"),
    [
        ("2027-05-03T20:59", "21-7", "Asia/Ho_Chi_Minh", "2027-05-03T20:59"),
        ("2027-05-03T21:00", "21-7", "Asia/Ho_Chi_Minh", "2027-05-04T07:00"),
        ("2027-05-04T06:59", "21-7", "Asia/Ho_Chi_Minh", "2027-05-04T07:00"),
        ("2027-05-04T07:00", "21-7", "Asia/Ho_Chi_Minh", "2027-05-04T07:00"),
        ("2027-05-04T12:30", "12-14", "Asia/Ho_Chi_Minh", "2027-05-04T14:00"),
        ("2027-05-04T14:00", "12-14", "Asia/Ho_Chi_Minh", "2027-05-04T14:00"),
        ("2027-05-04T07:00", "7-7", "Asia/Ho_Chi_Minh", "2027-05-04T07:00"),
        ("2027-05-04T03:00", NEVER_QUIET, "Asia/Ho_Chi_Minh", "2027-05-04T03:00"),
        ("2027-12-31T22:00", "21-7", "Asia/Ho_Chi_Minh", "2028-01-01T07:00"),
        ("2027-03-27T23:00", "21-7", "Europe/Paris", "2027-03-28T07:00"),  # an hour is left out that night
        ("2027-10-30T23:00", "21-7", "Europe/Paris", "2027-10-31T07:00"),  # an hour comes twice
        ("2027-03-28T01:30", "23-2", "Europe/Paris", "2027-03-28T03:00"),  # 2:00 does not exist: 3:00 is that moment
        ("2027-03-14T01:59", "23-2", "America/Montreal", "2027-03-14T03:00"),
        ("2027-10-03T01:00", "22-2", "Australia/Lord_Howe", "2027-10-03T02:30"),  # half an hour is left out
    ],
)
def test_quiet_hours_are_the_readers_own(at: str, quiet: str, zone: str, then: str) -> None:
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))

    moment = local(at).astimezone(UTC)
    assert awake(moment, zone, quiet) == local(then).astimezone(UTC)
    assert recipient(quiet=quiet, zone=zone).undisturbed(moment) == local(then).astimezone(UTC)


def test_usual_hours_count_where_none_are_chosen() -> None:
    assert recipient(zone="Asia/Vientiane").undisturbed(datetime(2027, 5, 3, 15, tzinfo=UTC)) == datetime(
        2027, 5, 4, 0, tzinfo=UTC
    )


ZONES = st.sampled_from(
    ["Asia/Ho_Chi_Minh", "Europe/Paris", "America/Montreal", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
MOMENTS = st.integers(1_767_225_600, 1_861_920_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(MOMENTS, ZONES, st.integers(0, 23), st.integers(0, 23))
def test_moment_given_is_awake_not_earlier_not_a_day_later(at: datetime, zone: str, begins: int, ends: int) -> None:
    quiet = f"{begins}-{ends}"
    then = awake(at, zone, quiet)
    assert awake(then, zone, quiet) == then
    assert 0 <= (then - at).total_seconds() <= 25 * 3600


@given(MOMENTS, ZONES, st.integers(0, 23), st.integers(0, 23))
def test_what_is_remembered_of_quiet_hours_is_what_they_are(at: datetime, zone: str, begins: int, ends: int) -> None:
    assert woken(f"{begins}-{ends}@{zone}", at) == awake(at, zone, f"{begins}-{ends}")
    assert woken(None, at) == at


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [(None, "21-7@Asia/Ho_Chi_Minh"), ("22-6", "22-6@Asia/Ho_Chi_Minh"), (NEVER_QUIET, None)],
)
def test_telegram_and_letters_keep_quiet_hours_the_page_does_not(chosen: str | None, kept: str | None) -> None:
    person = recipient(quiet=chosen)
    assert [person.quiet_for(name) for name in ("telegram", "web", "email")] == [kept, None, kept]
