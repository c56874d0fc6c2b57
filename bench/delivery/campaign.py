"""Campaigns to made-up people, filled as real ones are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bench.delivery.harness import TEXT
from bot.clock import SystemClock
from bot.delivery.broadcast import Broadcast
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName, Recipient
from bot.texts.reply import Button, Reply, Tap
from locales import Html
from storage import campaigns, recipients
from storage.database import Database
from tests.support.sample import ZONE

ROWS = (("Programme", "Documents"), ("Register", "Back"))


def said(reader: Reader, channel: ChannelName) -> Reply:
    """What everybody reads."""
    rows = tuple(tuple(Button(label, Tap.to("m", label[0])) for label in row) for row in ROWS)
    return Reply(Html(TEXT), rows)


async def everybody(database: Database) -> list[Recipient]:
    """The made-up people, as an announcement finds them; whenever it is measured, it is no quiet hour for them."""
    async with database.snapshot() as read:
        found = await recipients.everybody(read, ZONE, "fr")
    now = SystemClock().now()
    return [
        one._replace(quiet=_later(one.reader.time_zone, now.date(), now.hour))
        for one in found
        if one.reader.person and one.reader.person.startswith("bench-")
    ]


@lru_cache
def _later(zone: str, day: date, hour: int) -> str:
    """Return hours that are quiet later, by the clocks of that zone, where it is this hour of UTC."""
    there = datetime.combine(day, time(hour), UTC).astimezone(ZoneInfo(zone)).hour
    return f"{(there + 8) % 24}-{(there + 16) % 24}"


async def filled(database: Database, name: str, to: list[Recipient], *, paused: bool = False) -> int:
    """Queue a campaign and return its number."""
    now = SystemClock().now()
    async with database.transaction() as tx:
        campaign = await campaigns.begin(tx, name, now)

    def at(_: Recipient) -> datetime:
        return now

    await Broadcast(database, ("telegram",)).fill(campaign, name, to, said, at, now)
    if paused:
        async with database.transaction() as tx:
            await campaigns.turn(tx, campaign, ("running",), "paused")
    return campaign
