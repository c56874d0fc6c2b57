"""Rows of the outbox for tests: queued in few words, read back in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import campaigns, outbox
from storage.database import Database
from storage.outbox import Leased, Message, Settled

NOW = datetime(2027, 5, 3, 9, tzinfo=UTC)
LEASE = timedelta(minutes=5)
CHAIN = (("telegram", 700, "queued"), ("web", 5, "waiting"), ("email", 5, "waiting"))


def row(key: str, address: int = 700, channel: str = "telegram", **more: Any) -> Message:
    """A message that is due now."""
    return Message(key, channel, address, more.pop("at", int(NOW.timestamp())), more.pop("calls", "[]"), **more)


def chain(name: str, **more: Any) -> list[Message]:
    """A message by Telegram, and by the page and e-mail if that fails."""
    return [row(f"{name}:{channel}", address, channel, state=state, **more) for channel, address, state in CHAIN]


async def begun(database: Database, *messages: Message, name: str = "a", state: str = "running") -> int:
    """Return a campaign in that state with these messages in it."""
    async with database.transaction() as tx:
        campaign = await campaigns.begin(tx, name, NOW)
        if state != "filling":
            await campaigns.turn(tx, campaign, ("filling",), "running")
        if state not in ("filling", "running"):
            await campaigns.turn(tx, campaign, ("running",), state)  # type: ignore[arg-type]
        await outbox.add_many(tx, [message._replace(campaign=campaign) for message in messages], NOW)
    return campaign


async def queued(database: Database, *messages: Message) -> None:
    async with database.transaction() as tx:
        await outbox.add_many(tx, messages, NOW)


async def leased(
    database: Database, channel: str = "telegram", campaign: int = 0, now: datetime = NOW, places: int = 10
) -> list[Leased]:
    async with database.transaction() as tx:
        return await outbox.lease(tx, channel, campaign, now, places, now + LEASE)


async def settled(database: Database, *ended: Settled, now: datetime = NOW) -> None:
    async with database.transaction() as tx:
        await outbox.settle(tx, ended, now)


async def states(database: Database) -> dict[str, str]:
    """The state of every row by its key."""
    async with database.snapshot() as read:
        found = await read.fetch_all("SELECT message_key, state FROM outbox ORDER BY id")
    return {one[0]: one[1] for one in found}


async def column(database: Database, name: str) -> list[Any]:
    """What every row has there."""
    async with database.snapshot() as read:
        return [one[0] for one in await read.fetch_all(f"SELECT {name} FROM outbox ORDER BY id")]
