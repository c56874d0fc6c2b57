"""What is of no use any more when its turn comes is skipped, by every channel: absurdly late is worse than never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outcome import Outcome
from bot.delivery.policy import USELESS, Attempt, Next, after, before
from storage import campaigns
from storage.database import Database
from tests.delivery.test_chains import BLOCKED, HELLO
from tests.delivery.test_quiet_hours import EVENING, HANOI, MORNING, NIGHT, House
from tests.storage.queued import begun, chain, column, queued, row, states
from tests.support.fakes import FakeApi, Naps

NOW = datetime(2027, 5, 3, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


@pytest.mark.parametrize(
    ("quiet", "useless_after", "now", "expected"),
    [
        (None, None, NIGHT, None),
        (None, NIGHT + SECOND, NIGHT, None),
        (None, NIGHT, NIGHT, Next("skipped", NIGHT, USELESS)),
        (HANOI, NIGHT, EVENING, None),
        (HANOI, MORNING + SECOND, NIGHT, Next("queued", MORNING)),
        (HANOI, MORNING, NIGHT, Next("skipped", NIGHT, USELESS)),
        (HANOI, None, NIGHT, Next("queued", MORNING)),
    ],
)
def test_message_waits_for_the_morning_only_if_it_is_of_use_then(
    quiet: str | None, useless_after: datetime | None, now: datetime, expected: Next | None
) -> None:
    assert before(quiet, useless_after, now) == expected


@pytest.mark.parametrize(
    ("outcome", "state", "failure"),
    [
        (Outcome("offline", reason="why"), "skipped", USELESS),
        (Outcome("busy", reason="why"), "skipped", USELESS),
        (Outcome("wait", seconds=4, reason="why"), "skipped", USELESS),
        (Outcome("unknown", reason="why"), "unknown", "why"),
        (Outcome("unreachable", reason="why"), "unreachable", "why"),
        (Outcome("refused", reason="why"), "failed", "why"),
        (Outcome("sent"), "sent", None),
    ],
    ids=lambda value: value.kind if isinstance(value, Outcome) else None,
)
def test_no_try_comes_when_it_is_of_no_use(outcome: Outcome, state: str, failure: str | None) -> None:
    in_time, too_late = (Attempt(3, "again", NOW, NOW + timedelta(seconds=seconds)) for seconds in (5, 4))
    usual = after(Attempt(3, "again", NOW), outcome, NOW, 0.5)
    assert after(in_time, outcome, NOW, 0.5) == usual
    late = after(too_late, outcome, NOW, 0.5)
    assert (late.state, late.failure) == (state, failure)


def test_refused_token_is_told_of_whatever_the_message() -> None:
    found = after(Attempt(1, "again", NOW, NOW), Outcome("unauthorised", reason="why"), NOW, 0.5)
    assert (found.state, found.stop) == ("skipped", True)


async def test_what_lay_too_long_is_skipped_by_every_channel(house: House) -> None:
    until = int(MORNING.timestamp())
    campaign = await begun(
        house.database,
        *chain("a", calls=HELLO, useless_after=until),
        *chain("b", calls=HELLO, useless_after=until + 1),
        *chain("c", calls=HELLO),
    )
    found = await house.at(MORNING)
    assert list(found.values()) == [*["skipped"] * 3, *["sent", "skipped", "skipped"] * 2]
    assert await column(house.database, "failure") == [*[USELESS] * 3, *[None] * 6]
    assert (await column(house.database, "calls"))[0] == "[]"
    assert house.made == {"telegram": 2}
    async with house.database.snapshot() as read:
        assert await campaigns.progress(read, campaign) == {"sent": 2, "skipped": 4, "useless": 3}
        assert await campaigns.running(read) == []


async def test_what_would_wait_past_its_use_is_skipped_at_night(house: House) -> None:
    until = int(MORNING.timestamp())
    await queued(house.database, house.due("a", useless_after=until), house.due("b", useless_after=until + 1))
    assert (await house.at(NIGHT), house.made) == ({"a": "skipped", "b": "queued"}, {})
    assert (await house.at(MORNING), house.made) == ({"a": "skipped", "b": "sent"}, {"telegram": 1})


async def test_a_later_channel_whose_turn_comes_too_late_is_skipped(house: House) -> None:
    house.apis["telegram"].outcomes = [Outcome("offline"), BLOCKED]
    await begun(house.database, *chain("a", calls=HELLO, useless_after=int(MORNING.timestamp()), quiet=HANOI))
    house.clock.moment = EVENING
    await house.dispatcher.once()
    house.clock.moment += timedelta(seconds=30)
    await house.dispatcher.once()
    assert list((await states(house.database)).values()) == ["unreachable", "queued", "queued"]
    assert list((await house.at(MORNING)).values()) == ["unreachable", "skipped", "skipped"]


async def test_many_of_no_use_hold_nobody_up(database: Database) -> None:
    api, until = FakeApi(), int((MORNING - timedelta(days=1)).timestamp())
    dispatcher = Dispatcher(database, {"telegram": api}, House(database).clock, places=8, sleep=Naps())
    await queued(
        database, *(row(f"a{number}", number, calls=HELLO, useless_after=until) for number in range(40)),
        row("b", calls=HELLO),
    )  # fmt: skip
    api.at_call = lambda call: dispatcher.stop()
    await dispatcher.run()
    assert list((await states(database)).values()) == [*["skipped"] * 40, "sent"]
