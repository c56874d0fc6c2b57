"""What of the watch goes out in the next days, as far as what stands in it is known today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.network.recipients import QUIET, Recipient
from bot.network.workdays import MORNING, at_hour
from bot.pushes.reminded import habits_of
from bot.pushes.watching import week_name
from bot.texts.forecast import Batch, Going, Watch
from bot.watch.composing import Composing, between_issues, entries_of
from bot.watch.gathering import following
from bot.watch.issue import Entry, Issue, IssueContent
from bot.watch.moments import at_once, made_at, monthly, next_week, week_at, weekly
from bot.watch.sharing import Audience, LeftOut, Share, Shares, Sharing
from storage import campaigns, followed
from storage.database import Transaction

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_COMING = ("open", "edited", "approved")


class Between(NamedTuple):
    """What may go out between two issues, as it is found at a moment."""

    day: date
    """The week's Monday, or the day."""
    at: datetime
    entries: Sequence[Entry]
    content: IssueContent


class WatchAhead(NamedTuple):
    """All that the watch of the next days is made of."""

    audience: Audience
    issues: Sequence[tuple[Issue, Sequence[Entry]]]
    """Those that have not begun to go out, with what stands in them now."""
    weeks: Sequence[Between]
    days: Sequence[Between]
    """For those who want everything at once: now, and every morning."""


async def gathered(
    read: Transaction, composing: Composing, audience: Audience, zone: str, now: datetime, until: datetime
) -> WatchAhead:
    """Return what is known of the watch from ``now`` until ``until``; ``zone`` (IANA) is the network's."""
    issues: list[tuple[Issue, Sequence[Entry]]] = []
    month = await composing.current_month(read, now)
    while month <= until.date():
        one = await composing.look(read, month)
        if one.state in _COMING:
            issues.append((one, await entries_of(read, one, now)))
        month = following(month)
    weeks: list[Between] = []
    if await followed.any_of(read, "weekly"):
        this = week_at(now)
        if this is not None and not await campaigns.has_begun(read, week_name(this)):
            weeks.append(Between(this, now, *await between_issues(read, now)))
        monday = next_week(now)
        while made_at(monday) <= until:
            made = made_at(monday)
            weeks.append(Between(monday, made, *await between_issues(read, made)))
            monday += _WEEK
    days: list[Between] = []
    if await followed.any_of(read, "once"):
        today = now.astimezone(ZoneInfo(zone)).date()
        morning = at_hour(today, MORNING, zone)
        while morning <= until:
            at = max(morning, now)
            days.append(Between(today, at, *await between_issues(read, at)))
            today += _DAY
            morning = at_hour(today, MORNING, zone)
    return WatchAhead(audience, issues, weeks, days)


def ahead(
    watch: WatchAhead, sharing: Sharing, now: datetime, until: datetime
) -> tuple[list[Batch], Mapping[str, LeftOut]]:
    """Return the watch from ``now`` until ``until``, and why people do not get the next issue."""
    known = {person: set(keys) for person, keys in watch.audience.known.items()}
    found, audience = _Found(now, until, known), watch.audience._replace(known=known)
    left_out: dict[str, LeftOut] = {}
    for place, (one, entries) in enumerate(watch.issues):
        at = datetime.fromtimestamp(one.starts, UTC) if one.starts else _begins(one.month, now)
        shares = sharing.among(audience, entries, one.content.pinned, max(at, now), "monthly")
        for some in found.alike(shares):
            when, nominal = (monthly(one.month, some[0].recipient, moment) for moment in (now, _EVER))
            if when == nominal or one.state == "approved":  # else nobody knows whether it will be approved at all
                approved = one.state == "approved"
                found.add(some, when, Watch("monthly", one.month, some[0].entries, one.content, approved))
        if not place:
            left_out = {recipient.reader.person or "": why for recipient, why in shares.left_out}
    for week in watch.weeks:
        for some in found.alike(sharing.among(audience, week.entries, (), week.at, "weekly")):
            when = weekly(week.day, some[0].recipient, week.at)
            found.add(some, when, Watch("weekly", week.day, some[0].entries, week.content))
    for day in watch.days:
        for some in found.alike(sharing.among(audience, day.entries, (), day.at, "once")):
            found.add(some, at_once(some[0].recipient, day.at), Watch("once", day.day, some[0].entries, day.content))
    return found.batches(), left_out


class _Found:
    """Puts those together who get the same at the same moment."""

    def __init__(self, now: datetime, until: datetime, known: dict[str, set[str]]) -> None:
        """Take what people know, to which is added what they get."""
        self._now, self._until, self._known = now, until, known
        self._of: dict[object, tuple[list[Recipient], Going]] = {}

    def alike(self, shares: Shares) -> list[list[Share]]:
        """Return those together who live alike and get one list of entries; they know it from then on."""
        groups: dict[object, list[Share]] = {}
        for share in shares.people:
            groups.setdefault((habits_of(share.recipient), id(share.entries)), []).append(share)
        for some in groups.values():
            keys = [entry.key for entry in some[0].entries]
            for share in some:
                self._known.setdefault(share.recipient.reader.person or "", set()).update(keys)
        return list(groups.values())

    def add(self, some: Sequence[Share], at: datetime, what: Watch) -> None:
        if not self._now <= at <= self._until:
            return
        one, people = some[0].recipient, [share.recipient for share in some]
        key = (one.reader.time_zone, one.quiet or QUIET, at, what.keys, tuple(entry.key for entry in what.entries))
        self._of.setdefault(key, ([], Going(at, what)))[0].extend(people)

    def batches(self) -> list[Batch]:
        return [Batch(people, (going,)) for people, going in self._of.values()]


def _begins(month: date, now: datetime) -> datetime:
    return max(datetime(month.year, month.month, 1, tzinfo=UTC), now)
