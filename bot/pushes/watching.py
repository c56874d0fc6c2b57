"""Sends the watch off: the approved issue of a month, what is new each week, and what is new at once.

Every time it goes out is a campaign with a name of its own, filled once whatever is killed; what a reader has already
is known from what reached them, so that a campaign that is filled again repeats nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

import structlog

from bot.clock import Clock
from bot.delivery.broadcast import Broadcast
from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.recipients import ChannelName, Recipient
from bot.texts import issue as texts
from bot.texts.issue import Told
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from bot.watch.composing import Composing, between_issues, entries_of, names, read
from bot.watch.gathering import AHEAD, following
from bot.watch.issue import Entry, Issue, IssueContent
from bot.watch.moments import at_once, made_at, monthly, week_at, weekly
from bot.watch.sharing import Shares, Sharing, holds
from locales import Catalogues
from storage import campaigns, followed, issues
from storage.database import Database, Transaction
from storage.version import version

_log = structlog.get_logger()
PREFIX = "watch:"
"""How the names of its campaigns begin."""
_NEWS = timedelta(days=7)
"""How long what is told at once is worth being told."""
_ABANDONED = timedelta(minutes=10)
"""After which nobody is filling a campaign any more that is not filled; one of before the start, nobody at all."""
PageOf = Callable[[date, str], str | None]
"""From a month and a language to the address of that issue's page; None where there is none."""


class _New(NamedTuple):
    """What goes out between two issues."""

    shares: Shares
    content: IssueContent
    called: dict[str, Content]
    again: datetime | None
    """When the next of those can be told who cannot be told now."""


class Watching:
    """Fills the campaigns of the watch."""

    def __init__(
        self, database: Database, clock: Clock, composing: Composing, sharing: Sharing, broadcast: Broadcast,
        catalogues: Catalogues, page: PageOf,
    ) -> None:  # fmt: skip
        """Take what finds out who gets what, and what gives the addresses of issues' pages."""
        self._database, self._clock, self._composing, self._sharing = database, clock, composing, sharing
        self._broadcast, self._catalogues, self._page = broadcast, catalogues, page
        self._began = clock.now()
        self._seen = ""
        """What there was at the last look for who wants everything at once: nothing new, nothing to find out."""
        self._looked = self._again = datetime.min.replace(tzinfo=UTC)
        """When that look was, and when time alone may bring something new, or somebody can be told again."""

    async def go(self) -> None:
        """Send off what is due."""
        now = self._clock.now()
        async with self._database.snapshot() as read_only:
            found = [read(kept) for kept in await issues.in_states(read_only, ("approved", "sending"))]
            left = await campaigns.filling(read_only, f"{PREFIX}once:%", max(self._began, now - _ABANDONED))
            often = [one for one in ("weekly", "once") if await followed.any_of(read_only, one)]
        for one in found:
            await self._monthly(one, now)
        if "weekly" in often:
            await self._weekly(now)
        if "once" in often:
            await self._at_once(now)
        for number, _ in left:  # a kill left it half filled: whom it misses has had a campaign since
            async with self._database.transaction() as tx:
                await campaigns.turn(tx, number, ("filling",), "running")

    async def _monthly(self, one: Issue, now: datetime) -> None:
        if one.state == "approved" and (one.starts is None or one.starts > now.timestamp()):
            return
        over = datetime.combine(following(one.month), datetime.min.time(), UTC)
        name = f"{PREFIX}{one.month:%Y-%m}"
        async with self._database.transaction() as tx:
            if one.state == "approved" and now >= over:
                await issues.turn(tx, one.id, ("approved",), "missed", now)  # nobody wants last month's any more
                _log.warning("an issue of the watch was not sent in its month", month=f"{one.month:%Y-%m}")
                return
            if not await issues.turn(tx, one.id, ("approved",), "sending", now) and one.state == "approved":
                return  # taken back meanwhile
            campaign = await campaigns.begin(tx, name, now)
            await issues.belongs_to(tx, one.id, campaign)
            state = await campaigns.get(tx, campaign)
            if state is not None and state.state in ("ended", "stopped"):
                await issues.turn(tx, one.id, ("sending",), "sent", now)
        if state is None or state.state != "filling":
            return
        async with self._database.snapshot() as read_only:
            entries = await entries_of(read_only, one, now)
            shares = await self._sharing.shares(read_only, entries, one.content.pinned, now)
            called = await names(read_only)

        def told(reader: Reader, entries: tuple[Entry, ...]) -> Told:
            page = self._page(one.month, reader.language)
            return Told("monthly", one.month, entries, called, one.content, page)

        await self._fill(campaign, name, shares, told, lambda person: monthly(one.month, person, now), now, over)

    async def _weekly(self, now: datetime) -> None:
        monday = week_at(now)
        if monday is not None:
            await self._between("weekly", week_name(monday), monday, now)

    async def _at_once(self, now: datetime) -> None:
        async with self._database.snapshot() as read_only:
            words = [await version(read_only), await followed.version(read_only), await issues.version(read_only)]
            seen = " ".join([*words, f"{now:%Y-%m-%d}"])
            if seen == self._seen and self._looked <= now < self._again:
                return
            found = await self._new(read_only, "once", now)
            entry = await issues.next_entry(read_only, now, AHEAD)
            pause = await followed.next_end(read_only, "once", now)
        if found.shares.people:
            keys = sorted(f"{one.recipient.number}:{holds(one.entries)}" for one in found.shares.people)
            await self._between("once", f"{PREFIX}once:{_digest(keys)}", now.date(), now, found)
        moments = [one for one in (entry, pause, found.again) if one is not None]
        self._seen, self._looked, self._again = seen, now, min(moments, default=now + timedelta(days=1))

    async def _between(
        self, kind: Literal["weekly", "once"], name: str, day: date, now: datetime, found: _New | None = None
    ) -> None:
        """Send what is new between two issues, unless that was done under this name."""
        async with self._database.snapshot() as read_only:
            if await campaigns.is_filled(read_only, name):
                return
        async with self._database.transaction() as tx:
            campaign = await campaigns.begin(tx, name, now)
        if found is None:
            async with self._database.snapshot() as read_only:
                found = await self._new(read_only, kind, now)
        called, content = found.called, found.content

        def told(reader: Reader, entries: tuple[Entry, ...]) -> Told:
            return Told(kind, day, entries, called, content)

        over = made_at(day + _NEWS) if kind == "weekly" else now + _NEWS
        await self._fill(
            campaign, name, found.shares, told, lambda one: weekly(day, one, now) if kind == "weekly" else now, now,
            over,
        )  # fmt: skip

    async def _new(self, tx: Transaction, kind: Literal["weekly", "once"], now: datetime) -> _New:
        """Return who gets what between two issues."""
        entries, content = await between_issues(tx, now)
        shares = await self._sharing.shares(tx, entries, (), now, kind)
        again: datetime | None = None
        if kind == "once":  # what comes at night is told in the morning, in one bubble
            moments = [at_once(one.recipient, now) for one in shares.people]
            again = min((one for one in moments if one > now), default=None)
            awake = tuple(one for one, at in zip(shares.people, moments, strict=True) if at <= now)
            shares = shares._replace(people=awake)
        return _New(shares, content, await names(tx), again)

    async def _fill(
        self, campaign: int, name: str, shares: Shares, told: Callable[[Reader, tuple[Entry, ...]], Told],
        at: Callable[[Recipient], datetime], now: datetime, useless_after: datetime,
    ) -> None:  # fmt: skip
        theirs = {one.recipient.reader.person: one.entries for one in shares.people}
        held = {id(entries): holds(entries) for entries in theirs.values()}

        def render(reader: Reader, channel: ChannelName) -> Reply:
            voice = Voice.of(self._catalogues, reader)
            return texts.issue(voice, told(reader, theirs[reader.person]), letter=channel == "email")

        await self._broadcast.fill(
            campaign, name, [one.recipient for one in shares.people], render, at, now,
            useless_after=useless_after, holds=lambda reader: held[id(theirs[reader.person])],
        )  # fmt: skip


def week_name(monday: date) -> str:
    """Return what the campaign of that week's watch is called."""
    return f"{PREFIX}week:{monday}"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
