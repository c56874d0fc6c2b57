"""The last steps of an announcement: its preview, the question before it goes, a second coordinator's agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.announcements.content import Announcement, Reach
from bot.announcements.course import course_of
from bot.delivery.outbox import notify, queue
from bot.members.identify import Identify
from bot.network.languages import LANGUAGES, Language
from bot.texts import announced
from bot.texts import announcement_report as reports
from bot.texts import announcement_sending as texts
from bot.texts import announcements as drafts_texts
from bot.texts.announcement_sight import Sight, headline
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.announce_drafts import Drafts, Step, place_of, refreshed
from handlers.turn import Turn
from storage import announcements, audit


class Sending:
    """Sends drafts off."""

    def __init__(self, drafts: Drafts, identify: Identify, again: Again) -> None:
        self._drafts, self._identify, self._again = drafts, identify, again
        self.steps: Mapping[str, Step] = {"preview": self._preview, "check": self._check, "go": self._go}

    async def _preview(self, turn: Turn, one: Announcement) -> Reply:
        sight = await self._drafts.sight(turn, one)
        offered = [code for code in LANGUAGES if code in sight.reach.languages or code in one.content.texts]
        wanted = next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
        language = wanted or (turn.reader.language if turn.reader.language in offered else one.content.source)
        bubble = self._bubble(turn, sight, language)
        return texts.preview(turn.voice, sight, language, bubble, offered)

    async def _check(self, turn: Turn, one: Announcement) -> Reply:
        sight = await self._drafts.sight(turn, one)
        if one.content.missing(sight.reach.languages):
            return drafts_texts.languages(turn.voice, sight)
        above = self._drafts.composing.approve_above
        approval = above if len(sight.reach.people) > above else None
        return texts.confirm(turn.voice, sight, self._delayed(one, sight.reach, turn.now), approval)

    async def _go(self, turn: Turn, one: Announcement) -> Reply:
        sight = await self._drafts.sight(turn, one)
        number = len(sight.reach.people)
        if turn.tap.number(2) != one.version or not number or one.content.missing(sight.reach.languages):
            return refreshed(turn, await self._check(turn, one))
        if number > self._drafts.composing.approve_above:
            return await self._ask_approval(turn, sight)
        return await self._send(turn, one, sight.reach, ("draft",))

    async def _send(self, turn: Turn, one: Announcement, found: Reach, states: tuple[str, ...]) -> Reply:
        zones = {recipient.reader.time_zone for recipient in found.people} or {turn.reader.time_zone}
        starts = min(one.content.when.starts(zone, turn.now) for zone in zones)
        if not await announcements.turn(turn.tx, one.id, states, "scheduled", turn.now):
            return texts.plain(turn.voice, "common.refreshed")
        shown_in = one.shown_in or place_of(turn)
        await announcements.send_off(turn.tx, one.id, starts, shown_in)
        await self.audit(turn, one, "send", f"{len(found.people)} people")
        one = one._replace(state="scheduled", starts=int(starts.timestamp()))
        if starts > turn.now:
            return reports.scheduled(turn.voice, one)
        return reports.progress(turn.voice, await course_of(turn.tx, one, turn.now))

    async def _ask_approval(self, turn: Turn, sight: Sight) -> Reply:
        one = sight.announcement
        others = [
            reader for reader in await self._identify.coordinators(turn.tx) if reader.person != turn.reader.person
        ]
        if not others:
            return texts.nobody_to_approve(turn.voice, one)
        if not await announcements.turn(turn.tx, one.id, ("draft",), "approval", turn.now):
            return texts.plain(turn.voice, "common.refreshed")
        await announcements.show_in(turn.tx, one.id, place_of(turn))
        asked = int(turn.now.timestamp())  # it may be refused, and asked for again as it is
        for reader in others:
            voice = self._again.voice(reader)
            bubble = announced.bubble(voice, one.id, one.content, sight.linked)
            asks = texts.please_approve(voice, one, turn.reader.name, len(sight.reach.people), bubble)
            key = f"approval:{one.id}:{one.version}:{asked}:{reader.account}"
            if one.content.urgent:
                await queue(turn.tx, key, reader.channel, reader.address, asks, turn.now)
            else:
                await notify(turn.tx, key, reader, asks, turn.now)
        await self.audit(turn, one, "ask approval")
        return texts.waits(turn.voice, one)

    async def approve(self, turn: Turn, one: Announcement) -> Reply:
        """Agree: it goes as it was shown."""
        author = await self._identify.again(turn.tx, one.author) if one.author is not None else None
        if one.state != "approval" or turn.tap.number(2) != one.version:
            return texts.plain(turn.voice, "common.refreshed")
        if author is not None and author.person == turn.reader.person:
            return texts.waits(turn.voice, one)
        found = await self._drafts.composing.reach(turn.tx, one.content, turn.now)
        await announcements.approve(turn.tx, one.id, turn.reader.account)
        await self.audit(turn, one, "approve")
        reply = await self._send(turn, one, found, ("approval",))
        if author is not None:
            await self._tell(turn, one, author.account, "announce.was_approved")
        return reply

    async def refuse(self, turn: Turn, one: Announcement) -> Reply:
        """Send it back to its author, as a draft."""
        if not await self._back(turn, one, ("approval",)):
            return texts.plain(turn.voice, "common.refreshed")
        await self.audit(turn, one, "refuse")
        if one.author is not None:
            await self._tell(turn, one, one.author, "announce.was_refused")
        return texts.plain(turn.voice, "announce.refused")

    async def unschedule(self, turn: Turn, one: Announcement) -> Reply:
        """Take it back before it goes: it is a draft again."""
        if not await self._back(turn, one, ("approval", "scheduled")):
            return texts.plain(turn.voice, "common.refreshed")
        await self.audit(turn, one, "take back")
        return texts.plain(turn.voice, "announce.unscheduled")

    async def _back(self, turn: Turn, one: Announcement, states: tuple[str, ...]) -> bool:
        """Make it a draft again, whose progress is shown nowhere; False if it is in none of these states."""
        if not await announcements.turn(turn.tx, one.id, states, "draft", turn.now):
            return False
        await announcements.show_in(turn.tx, one.id, None)
        return True

    async def audit(self, turn: Turn, one: Announcement, action: str, detail: str | None = None) -> None:
        """Keep who did what."""
        subject = f"announcement:{one.id}:{one.version}"
        await audit.note(turn.tx, turn.reader.account, turn.reader.name, action, subject, turn.now, detail)

    async def _tell(self, turn: Turn, one: Announcement, account: int, key: str) -> None:
        author = await self._identify.again(turn.tx, account)
        voice = self._again.voice(author)
        text = texts.plain(voice, key, name=turn.reader.name, headline=headline(one.content, voice))
        told = f"told:{key}:{one.id}:{one.version}:{int(turn.now.timestamp())}"
        await notify(turn.tx, told, author, text, turn.now)

    def _bubble(self, turn: Turn, sight: Sight, language: Language) -> Reply:
        reader = turn.reader.model_copy(update={"language": language, "language_chosen": True})
        one = sight.announcement
        return announced.bubble(self._again.voice(reader), one.id, one.content, sight.linked)

    def _delayed(self, one: Announcement, found: Reach, now: datetime) -> int:
        """Return how many sleep at the moment when it would reach them."""
        if one.content.urgent:
            return 0
        moments = [(one.content.when.starts(person.reader.time_zone, now), person) for person in found.people]
        return sum(person.undisturbed(at) > at for at, person in moments)
