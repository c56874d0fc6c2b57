"""Quiet hours at the moment of sending: whatever made a message late, its reader is not woken by it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.calls import Call, dumped
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outcome import Outcome
from storage import campaigns
from storage.database import Database, Transaction
from storage.outbox import Message
from tests.delivery.test_chains import BLOCKED, HELLO
from tests.storage.queued import begun, chain, column, queued, row, states
from tests.support.fakes import SENT, FakeApi, Naps

HANOI = "21-7@Asia/Ho_Chi_Minh"
PARIS = "21-7@Europe/Paris"


def there(text: str) -> datetime:
    """A moment of Viet Nam's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


EDITED = (("a", 700), ("b", 701))
EVENING, NIGHT, MORNING = there("2027-05-03T20:59"), there("2027-05-03T23:00"), there("2027-05-04T07:00")


class Still:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class House:
    """A dispatcher with three channels."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Still(EVENING)
        self.apis = {name: FakeApi() for name in ("telegram", "web", "email")}
        self.dispatcher = Dispatcher(
            database, self.apis, self.clock, sleep=Naps(), luck=lambda: 0.5,
            seconds=lambda: self.clock.now().timestamp(),
        )  # fmt: skip

    async def at(self, moment: datetime) -> dict[str, str]:
        """Send what is due then, later channels too; return every row's state."""
        self.clock.moment = moment
        for _ in range(3):
            await self.dispatcher.once()
        return await states(self.database)

    def due(self, key: str, quiet: str | None = HANOI, channel: str = "telegram", **more: object) -> Message:
        """A message that was due in the evening."""
        return row(key, channel=channel, at=int(EVENING.timestamp()), calls=HELLO, quiet=quiet, **more)

    @property
    def made(self) -> dict[str, int]:
        """How many calls, by channel."""
        return {name: len(api.calls) for name, api in self.apis.items() if api.calls}

    async def tap(self, do: Callable[[Transaction], Awaitable[object]]) -> None:
        """What somebody does meanwhile."""
        async with self.database.transaction() as tx:
            await do(tx)


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


async def test_what_is_found_due_at_night_is_sent_in_the_morning(house: House) -> None:
    await queued(house.database, house.due("a"), house.due("b", channel="email"))
    assert (await house.at(NIGHT), house.made) == ({"a": "queued", "b": "queued"}, {})
    assert await column(house.database, "next_try") == [int(MORNING.timestamp())] * 2
    assert await column(house.database, "attempts") == [0, 0]
    assert (await house.at(MORNING - timedelta(seconds=1)), house.made) == ({"a": "queued", "b": "queued"}, {})
    assert (await house.at(MORNING), house.made) == ({"a": "sent", "b": "sent"}, {"telegram": 1, "email": 1})


async def test_what_is_urgent_and_who_is_awake_waits_for_nothing(house: House) -> None:
    await queued(house.database, house.due("urgent", None), house.due("paris", PARIS), house.due("asleep"))
    assert await house.at(NIGHT) == {"urgent": "sent", "paris": "sent", "asleep": "queued"}


async def test_sleepers_at_the_head_hold_nobody_up(house: House) -> None:
    asleep = [house.due(f"a{number}", address=number, body=1) for number in range(700)]
    await begun(house.database, *asleep, name="a")
    await begun(house.database, house.due("b", PARIS), name="b")
    house.clock.moment = NIGHT
    await house.dispatcher.once()
    found = await states(house.database)
    assert ([key for key, state in found.items() if state == "sent"], house.made) == (["b"], {"telegram": 1})
    assert set((await column(house.database, "next_try"))[:-1]) == {int(MORNING.timestamp())}  # all in one look
    assert set((await house.at(MORNING + timedelta(minutes=1))).values()) <= {"sent", "queued"}
    assert house.made["telegram"] > 1


async def test_campaign_paused_in_the_evening_goes_on_in_the_morning(house: House) -> None:
    campaign = await begun(house.database, house.due("a"), state="paused")
    assert await house.at(EVENING) == {"a": "queued"}
    await house.tap(lambda tx: campaigns.turn(tx, campaign, ("paused",), "running"))
    assert await house.at(NIGHT) == {"a": "queued"}
    async with house.database.snapshot() as read:
        assert await campaigns.running(read) == [campaign]  # what waits for the morning is not over
    assert await house.at(MORNING) == {"a": "sent"}


@pytest.mark.parametrize(
    "outcome",
    [Outcome("offline"), Outcome("wait", seconds=90), Outcome("unknown", reason="timeout"), Outcome("busy")],
    ids=lambda outcome: outcome.kind,
)
async def test_what_failed_in_the_evening_is_tried_again_in_the_morning(house: House, outcome: Outcome) -> None:
    house.apis["telegram"].outcomes = [outcome]
    await queued(house.database, house.due("a"))
    assert (await house.at(EVENING), house.made) == ({"a": "queued"}, {"telegram": 1})
    assert (await house.at(NIGHT), house.made) == ({"a": "queued"}, {"telegram": 1})
    assert (await house.at(MORNING), house.made) == ({"a": "sent"}, {"telegram": 2})


async def test_later_channels_keep_the_night_but_for_the_page(house: House) -> None:
    house.apis["telegram"].outcomes = [Outcome("offline"), BLOCKED]
    quiet = {"telegram": None, "web": None, "email": HANOI}
    at = int(EVENING.timestamp())
    await begun(
        house.database, *(one._replace(at=at, quiet=quiet[one.channel]) for one in chain("a", calls=HELLO))
    )  # fmt: skip
    await house.at(EVENING)
    found = await house.at(NIGHT)
    assert (list(found.values()), house.made) == (["unreachable", "sent", "queued"], {"telegram": 2, "web": 1})
    assert list((await house.at(MORNING)).values()) == ["unreachable", "sent", "sent"]


async def test_what_is_sent_again_by_a_tap_at_night_waits_too(house: House) -> None:
    house.apis["telegram"].outcomes = [Outcome("unknown", reason="timeout")]
    campaign = await begun(house.database, house.due("a", if_unknown="held"))
    assert await house.at(EVENING) == {"a": "unknown"}
    house.clock.moment = NIGHT
    await house.tap(lambda tx: campaigns.again(tx, campaign, ("unknown",), NIGHT))
    assert await house.at(NIGHT) == {"a": "queued"}
    assert await house.at(MORNING) == {"a": "sent"}


async def test_what_is_put_off_is_not_undone_by_a_clock_that_is_set_back(house: House) -> None:
    await queued(house.database, house.due("a"))
    await house.at(NIGHT)
    assert await house.at(NIGHT - timedelta(minutes=30)) == {"a": "queued"}
    assert await column(house.database, "next_try") == [int(MORNING.timestamp())]


async def test_an_edit_goes_at_night_what_takes_its_place_in_the_morning(house: House) -> None:
    again = Call(method="sendMessage", parameters={"chat_id": 0, "text": "instead"})
    edit = Call(
        method="editMessageText", parameters={"chat_id": 0, "message_id": 3, "text": "right"}, otherwise=(again,)
    )
    house.apis["telegram"].outcomes = [SENT, Outcome("refused", reason="Bad Request: message to edit not found")]
    await queued(
        house.database, *(house.due(key, address=address)._replace(calls=dumped((edit,))) for key, address in EDITED)
    )
    assert await house.at(NIGHT) == {"a": "sent", "b": "queued"}
    assert await house.at(MORNING) == {"a": "sent", "b": "sent"}
    assert [call.method for call in house.apis["telegram"].calls] == [*["editMessageText"] * 2, "sendMessage"]
