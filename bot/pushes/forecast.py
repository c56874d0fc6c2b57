"""What goes out by itself from now on, to whom and when, found by the rules that send it; nothing is written.

What is read is read in one snapshot; the rest is computed without the database, and may be done in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from bot.announcements import composing as announced
from bot.announcements.composing import read as read_announcement
from bot.announcements.content import Announcement
from bot.network.languages import Language
from bot.network.recipients import Recipient
from bot.pushes import announcing, forecast_reminders, forecast_watch, watching
from bot.pushes.forecast_reminders import Rounds
from bot.pushes.forecast_watch import WatchAhead
from bot.texts.forecast import Announced, Batch, Forecast, Going, Watch, What
from bot.watch.composing import Composing, month_of
from bot.watch.issue import IssueContent
from bot.watch.sharing import Sharing
from storage import announcements, campaigns, recipients
from storage.campaigns import Ahead
from storage.database import Database, Transaction


class _Facts(NamedTuple):
    people: Sequence[Recipient]
    rounds: Rounds
    watch: WatchAhead
    scheduled: Sequence[tuple[Announcement, Sequence[Recipient]]]
    waiting: Sequence[tuple[Ahead, What]]
    """What campaigns have queued already."""


class Forecasting:
    """Makes forecasts."""

    def __init__(self, network_zone: str, default: Language, served: Collection[str], a_week: int) -> None:
        """Take the network's zone and language, the channels that are served, and the reminders a week."""
        self._zone, self._default, self._served, self._a_week = network_zone, default, served, a_week
        self._issues, self._sharing = Composing(network_zone, default), Sharing(network_zone, default, served)
        self._announcements = announced.Composing(network_zone, default, served, 0)

    async def person(self, read: Transaction, number: int) -> Recipient | None:
        """Return the person of that row's number."""
        return await recipients.numbered(read, number, self._zone, self._default)

    async def forecast(self, database: Database, now: datetime, until: datetime) -> Forecast:
        """Return what goes out from ``now`` until ``until``; others use the database while it is computed."""
        async with database.snapshot() as read:
            facts = await self._facts(read, now, until)
        return await asyncio.to_thread(self._computed, facts, now, until)

    async def _facts(self, read: Transaction, now: datetime, until: datetime) -> _Facts:
        audience = await self._sharing.audience(read, now)
        scheduled = []
        for kept in await announcements.in_states(read, ("scheduled",)):
            one = read_announcement(kept)
            reached = await self._announcements.reach(read, one.content, now)
            scheduled.append((one, reached.people))
        waiting, told = [], dict[str, What | None]()
        for row in await campaigns.ahead(read, now):
            if row.name not in told:
                told[row.name] = await self._told(read, row)
            what = told[row.name]
            if what is not None:
                waiting.append((row, what._replace(body=row.body) if isinstance(what, Watch) else what))
        rounds = await forecast_reminders.gathered(read, self._a_week, self._zone, now)
        watch = await forecast_watch.gathered(read, self._issues, audience, self._zone, now, until)
        return _Facts(audience.everybody, rounds, watch, scheduled, waiting)

    async def _told(self, read: Transaction, row: Ahead) -> What | None:
        """Return what a campaign tells; None if that is no announcement, and not of the watch."""
        if row.name.startswith(announcing.PREFIX):
            number = row.name.removeprefix(announcing.PREFIX)
            one = await self._announcements.get(read, int(number)) if number.isdecimal() else None
            return Announced(one.id, one.content) if one else None
        kind, _, day = row.name.removeprefix(watching.PREFIX).partition(":")
        if not row.name.startswith(watching.PREFIX):
            return None
        if kind == "week":
            return Watch("weekly", date.fromisoformat(day), (), IssueContent())
        if kind == "once":
            return Watch("once", datetime.fromtimestamp(row.at, UTC).date(), (), IssueContent())
        month = month_of(kind)
        return Watch("monthly", month, (), IssueContent()) if month else None

    def _computed(self, facts: _Facts, now: datetime, until: datetime) -> Forecast:
        reached = [one for one in facts.people if one.routes(self._served)]
        unreached = {one.reader.person or "": why for one in facts.people if (why := one.unreached(self._served))}
        watch, without = forecast_watch.ahead(facts.watch, self._sharing, now, until)
        found: list[tuple[Recipient, Going]] = []
        for announcement, people in facts.scheduled:
            what = Announced(announcement.id, announcement.content)
            found += [(one, Going(announcement.content.moment(one, now), what)) for one in people]
        known = {one.reader.person: one for one in reached}
        found += [
            (known[row.person], Going(datetime.fromtimestamp(row.at, UTC), what))
            for row, what in facts.waiting
            if row.person in known
        ]
        batches = [
            *forecast_reminders.ahead(facts.rounds, reached, now, until),
            *watch,
            *_together([(one, going) for one, going in found if going.at <= until]),
        ]
        return Forecast(now, until, batches, unreached, without)


def _together(found: Sequence[tuple[Recipient, Going]]) -> list[Batch]:
    groups: dict[object, tuple[list[Recipient], Going]] = {}
    for one, going in found:
        body = going.what.body if isinstance(going.what, Watch) else None
        key = (one.reader.time_zone, going.at, going.what.keys, body)
        groups.setdefault(key, ([], going))[0].append(one)
    return [Batch(people, (going,)) for people, going in groups.values()]
