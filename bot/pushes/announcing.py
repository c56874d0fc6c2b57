"""Sends announcements off: each one whose time has come becomes a campaign, filled once, whatever is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import orjson
import structlog

from bot.announcements.audience import Audience
from bot.announcements.composing import Composing, correction_of, read
from bot.announcements.content import Announcement, Content
from bot.announcements.linked import Linked, linked_to
from bot.clock import Clock
from bot.delivery.broadcast import Broadcast, calls_of
from bot.delivery.calls import bubbles, dumped
from bot.delivery.fetching import Fetch, GoneError
from bot.delivery.made import Made
from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.network.recipients import ChannelName, Recipient
from bot.texts import announced
from bot.texts.cut import split
from bot.texts.event_calendar import event_calendar
from bot.texts.reply import File, Reply
from bot.texts.voice import Voice
from locales import Catalogues
from storage import announcements, campaigns, outbox
from storage.campaigns import Fate
from storage.database import Database
from storage.outbox import Message

_log = structlog.get_logger()
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
        self._broadcast, self._catalogues, self._made, self._files = broadcast, catalogues, made, files
        self._fetch = fetch

    async def go(self) -> None:
        """Send off every announcement whose time has come, and every correction; note those that are over."""
        now = self._clock.now()
        async with self._database.snapshot() as read_only:
            found = [read(one) for one in await announcements.in_states(read_only, ("scheduled", "sending"))]
            corrections = await campaigns.filling(read_only, f"{PREFIX}%:correction:%")
        for one in found:
            if one.state == "scheduled" and (one.starts or 0) <= now.timestamp():
                async with self._database.transaction() as tx:
                    due = await announcements.turn(tx, one.id, ("scheduled",), "sending", now)
                if due:
                    await self._fill(one, now)
            elif one.state == "sending":
                await self._go_on(one, now)
        for campaign, name in corrections:
            await self._correct(campaign, name, now)

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
        content, files = one.content, await self._attached(one.content)

        def render(reader: Reader, channel: ChannelName) -> Reply:
            bubble = self._bubble(one.id, content, linked, reader, channel, now)
            return replace(bubble, files=bubble.files + files)

        def at(recipient: Recipient) -> datetime:
            starts = content.when.starts(recipient.reader.time_zone, now)
            return starts if content.urgent else recipient.undisturbed(starts)

        await self._broadcast.fill(campaign, name, reached.people, render, at, now, urgent=content.urgent)

    def _bubble(
        self, number: int, content: Content, linked: Linked, reader: Reader, channel: ChannelName, now: datetime,
        *, erratum: bool = False,
    ) -> Reply:  # fmt: skip
        voice = Voice.of(self._catalogues, reader)
        files = [self._document(linked.document.file)] if linked.document and linked.document.file else []
        if linked.event is not None:
            files.append(self._made.file(f"{linked.event.code}.ics", event_calendar(voice, linked.event, now)))
        by_letter = tuple(files) if channel == "email" else ()  # in a chat, buttons give them
        return announced.bubble(voice, number, content, linked, by_letter, erratum=erratum)

    async def _attached(self, content: Content) -> tuple[File, ...]:
        """Return what the coordinator has sent along; what its channel does not give any more is left out."""
        files = []
        for one in content.attached:
            try:
                held = await self._fetch(one.channel, one.handle)
            except GoneError:
                _log.error("an attached file is gone", channel=one.channel)
                continue
            files.append(self._made.file(one.name, held, photo=one.photo))
        return tuple(files)

    def _document(self, file: str) -> File:
        return File(Path(file).name, self._files / file)

    async def _correct(self, campaign: int, name: str, now: datetime) -> None:
        """Queue the corrected text of a language to all who have the wrong one.

        Bubbles that can be edited are; who has it by e-mail, or in another number of bubbles, gets an erratum.
        """
        number, language = correction_of(name)
        async with self._database.snapshot() as read_only:
            one = await self._composing.get(read_only, number)
            if one is None or one.campaign is None:
                return
            linked = await linked_to(read_only, one.content)
            everybody = await self._composing.recipients(read_only, Audience(), now)
            fates = await campaigns.fates(read_only, one.campaign)
        readers = {recipient.reader.person: recipient.reader for recipient in everybody}
        messages = []
        for fate in fates:
            reader, known = readers.get(fate.person), cast("Language", fate.language)
            if fate.state == "sent" and reader is not None and one.content.text(known)[1] == language:
                reader = reader.model_copy(update={"language": known})  # in which the person has it
                messages.append(self._correction(one, linked, reader, fate, campaign, name, now))
        async with self._database.transaction() as tx:
            await outbox.add_many(tx, messages, now)
            await campaigns.turn(tx, campaign, ("filling",), "running")

    def _correction(
        self, one: Announcement, linked: Linked, reader: Reader, fate: Fate, campaign: int, name: str, now: datetime
    ) -> Message:
        channel = cast("ChannelName", fate.channel)
        numbers: Sequence[int] = orjson.loads(fate.sent_as) if fate.sent_as else ()
        edited = self._bubble(one.id, one.content, linked, reader, channel, now)
        if channel != "email" and len(split(edited.text)) == 1 and numbers:
            calls = tuple(bubbles(fate.address, edited, numbers[0]))
        else:
            again = self._bubble(one.id, one.content, linked, reader, channel, now, erratum=True)
            calls = calls_of(channel, again, reader)
        return Message(
            f"{name}:{fate.person}:{channel}", channel, fate.address, int(now.timestamp()),
            dumped(calls), campaign=campaign, person=fate.person, language=reader.language,
            if_unknown="again",
        )  # fmt: skip
