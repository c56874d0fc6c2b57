"""From one channel to the next, with a dispatcher in between."""

from __future__ import annotations

import pytest

from bot.clock import SimulatedClock
from bot.delivery.calls import CALLS, Call
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outcome import Outcome
from bot.members.identify import Identify
from storage import accounts, campaigns
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.storage.queued import NOW, begun, chain, row, states
from tests.storage.rows import HUE, MAI
from tests.support.fakes import FakeApi, Naps

HELLO = CALLS.dump_json((Call(method="sendMessage", parameters={"chat_id": 0, "text": "hello"}),)).decode()
BLOCKED = Outcome("unreachable", reason="Forbidden: bot was blocked by the user")


class Channels:
    """A dispatcher with three channels."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.naps = database, SimulatedClock(NOW), Naps()
        self.apis = {name: FakeApi() for name in ("telegram", "web", "email")}
        self.dispatcher = Dispatcher(database, self.apis, self.clock, sleep=self.naps, luck=lambda: 0.5)

    async def send(self) -> dict[str, str]:
        """Send what is due, twice, because the second channel is due after the first; return every row's state."""
        await self.dispatcher.once()
        await self.dispatcher.once()
        return await states(self.database)

    @property
    def made(self) -> dict[str, list[int]]:
        """To whom, by channel."""
        return {name: [call.parameters["chat_id"] for call in api.calls] for name, api in self.apis.items()}


@pytest.fixture
def channels(file: Database) -> Channels:
    return Channels(file)


async def test_what_arrived_by_the_first_channel_is_not_sent_by_the_others(channels: Channels) -> None:
    await begun(channels.database, *chain("a", calls=HELLO))
    assert list((await channels.send()).values()) == ["sent", "skipped", "skipped"]
    assert channels.made == {"telegram": [700], "web": [], "email": []}


@pytest.mark.parametrize(
    "outcome",
    [BLOCKED, Outcome("refused", reason="Bad Request: chat not found"), Outcome("refused", reason="Forbidden")],
)
async def test_what_failed_by_the_first_channel_is_sent_by_all_others(channels: Channels, outcome: Outcome) -> None:
    channels.apis["telegram"].outcomes = [outcome]
    await begun(channels.database, *chain("a", calls=HELLO))
    found = await channels.send()
    assert list(found.values()) == ["failed" if outcome.kind == "refused" else "unreachable", "sent", "sent"]
    assert channels.made == {"telegram": [700], "web": [5], "email": [5]}


async def test_what_may_have_arrived_is_not_sent_by_the_others(channels: Channels) -> None:
    channels.apis["telegram"].outcomes = [Outcome("unknown", reason="timeout")]
    await begun(channels.database, *chain("a", calls=HELLO, if_unknown="held"))
    assert list((await channels.send()).values()) == ["unknown", "waiting", "waiting"]
    assert channels.made == {"telegram": [700], "web": [], "email": []}


async def test_campaign_ends_after_the_last_channel(channels: Channels) -> None:
    channels.apis["telegram"].outcomes = [BLOCKED]
    campaign = await begun(channels.database, *chain("a", calls=HELLO))
    await channels.dispatcher.once()
    async with channels.database.snapshot() as read:
        assert await campaigns.running(read) == [campaign]
    await channels.send()
    await channels.dispatcher.once()
    async with channels.database.snapshot() as read:
        assert await campaigns.running(read) == []


async def test_account_that_blocked_is_marked_and_found_again_when_it_writes(channels: Channels) -> None:
    identify = Identify("UTC", "en")
    async with channels.database.transaction() as tx:
        assert (await identify(tx, "telegram", 700, "Mai", "vi", NOW)).unreachable is False
        await identify(tx, "telegram", 701, "Linh", "vi", NOW)
    channels.apis["telegram"].outcomes = [BLOCKED, Outcome("refused", reason="Bad Request: chat not found")]
    await begun(channels.database, row("a", calls=HELLO), row("b", 701, calls=HELLO))
    await channels.send()
    async with channels.database.transaction() as tx:
        lost = [await accounts.find(tx, "telegram", address, "UTC") for address in (700, 701)]
        assert [one and one.unreachable for one in lost] == [True, False]
        assert (await identify(tx, "telegram", 700, "Mai", "vi", NOW)).unreachable is False
        found = await accounts.find(tx, "telegram", 700, "UTC")
        assert found is not None
        assert found.unreachable is False


async def test_letter_that_comes_back_marks_the_mailbox(channels: Channels) -> None:
    channels.apis["email"].outcomes = [Outcome("unreachable", reason="550 no such user")]
    async with channels.database.transaction() as tx:
        await ORGANISATIONS.put(tx, HUE)
        await PEOPLE.put(tx, MAI)
    await begun(channels.database, row("a:email", 1, "email", calls=HELLO))
    assert await channels.send() == {"a:email": "unreachable"}
    async with channels.database.snapshot() as read:
        assert [tuple(one) for one in await read.fetch_all("SELECT person, reason FROM mailboxes")] == [
            ("mai", "550 no such user")
        ]
