"""Sends announcements off: each one whose time has come becomes a campaign, filled once, whatever is killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.announcements.composing import Composing, corrections, read
from bot.announcements.content import Announcement
from bot.announcements.linked import linked_to
from bot.clock import Clock
from bot.delivery.broadcast import Broadcast
from bot.delivery.fetching import Fetch
from bot.delivery.made import Made
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName
from bot.network.records import Event
from bot.pushes.bubbles import Bubbles
from bot.pushes.correcting import Correcting
from bot.texts.reply import Reply
from locales import Catalogues
from storage import announcements, campaigns
from storage.database import Database

PREFIX = "announcement:"
"""How the names of their campaigns begin."""


class Announcing:
    """Fills the campaigns of announcements."""

    def __init__(
        self, database: Database, clock: Clock, composing: Composing, broadcast: Broadcast, catalogues: Catalogues,
        made: Made, files: Path, fetch: Fetch,
    ) -> None:  # fmt: skip
        """Take where made files are kept, the folder of the network's documents, and what fetches what people sent."""
        self._database, self._clock, self._composing = database, clock, composing
        self._broadcast, self._bubbles = broadcast, Bubbles(catalogues, made, files, fetch)
        self._correcting = Correcting(database, composing, self._bubbles)

    async def go(self) -> None:
        """Send off every announcement whose time has come, and every correction; note those that are over."""
        now = self._clock.now()
        async with self._database.snapshot() as read_only:
            found = [read(one) for one in await announcements.in_states(read_only, ("scheduled", "sending"))]
            corrected = await campaigns.filling(read_only, corrections(), now)
        for one in found:
            if one.state == "scheduled" and (one.starts or 0) <= now.timestamp():
                async with self._database.transaction() as tx:
                    due = await announcements.turn(tx, one.id, ("scheduled",), "sending", now)
                if due:
                    await self._fill(one, now)
            elif one.state == "sending":
                await self._go_on(one, now)
        for campaign, name in corrected:
            await self._correcting.correct(campaign, name, now)

    async def _go_on(self, one: Announcement, now: datetime) -> None:
        async with self._database.transaction() as tx:
            campaign = await campaigns.get(tx, one.campaign) if one.campaign is not None else None
            if campaign is not None and campaign.state in ("ended", "stopped"):
                await announcements.turn(tx, one.id, ("sending",), "sent", now)
        if campaign is None or campaign.state == "filling":
            await self._fill(one, now)

    async def _fill(self, one: Announcement, now: datetime) -> None:
        name = f"{PREFIX}{one.id}"
        async with self._database.transaction() as tx:
            campaign = await campaigns.begin(tx, name, now)
            await announcements.belongs_to(tx, one.id, campaign)
        async with self._database.snapshot() as read_only:  # of everybody: nobody who writes waits for it
            reached = await self._composing.reach(read_only, one.content, now)
            linked = await linked_to(read_only, one.content)
        content, files = one.content, await self._bubbles.attached(one.content)

        def render(reader: Reader, channel: ChannelName) -> Reply:
            bubble = self._bubbles.bubble(one.id, content, linked, reader, channel, now)
            return replace(bubble, files=bubble.files + files)

        await self._broadcast.fill(
            campaign, name, reached.people, render, lambda recipient: content.moment(recipient, now), now,
            urgent=content.urgent, useless_after=_useless_after(linked.event, now),
        )  # fmt: skip


def _useless_after(event: Event | None, now: datetime) -> datetime | None:
    """Return from when on it is of no use: what goes out before an event begins is about coming to it."""
    return event.ends if event is not None and now < event.begins else None
