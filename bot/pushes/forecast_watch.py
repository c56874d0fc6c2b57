"""What of the watch goes out in the next days, as far as what stands in it is known today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.network.recipients import QUIET, Recipient
from bot.network.workdays import MORNING, at_hour
from bot.pushes.watching import week_name
from bot.texts.forecast import Batch, Going, Watch
from bot.watch.composing import Composing, between_issues, entries_of
from bot.watch.gathering import following
from bot.watch.issue import Entry, Issue, IssueContent
from bot.watch.moments import at_once, made_at, monthly, week_at, weekly
from bot.watch.sharing import Audience, LeftOut, Share, Sharing
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
        monday = (now + timedelta(hours=3)).astimezone(UTC).date()
        monday += _WEEK - timedelta(days=monday.weekday())
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
    found, known = _Found(now, until), {person: set(keys) for person, keys in watch.audience.known.items()}
    audience = watch.audience._replace(known=known)
    left_out: dict[str, LeftOut] = {}
    for place, (one, entries) in enumerate(watch.issues):
        at = datetime.fromtimestamp(one.starts, UTC) if one.starts else _begins(one.month, now)
        shares = sharing.among(audience, entries, one.content.pinned, max(at, now), "monthly")
        for share in shares.people:
            when = monthly(one.month, share.recipient, now)
            nominal = monthly(one.month, share.recipient, _EVER)
            if when == nominal or one.state == "approved":  # else nobody knows whether it will be approved at all
                found.add(share, when, Watch("monthly", one.month, share.entries, one.content, one.state == "approved"))
        _learn(known, shares.people)
        if not place:
            left_out = {recipient.reader.person or "": why for recipient, why in shares.left_out}
    for week in watch.weeks:
        shares = sharing.among(audience, week.entries, (), week.at, "weekly")
        for share in shares.people:
            when = weekly(week.day, share.recipient, week.at)
            found.add(share, when, Watch("weekly", week.day, share.entries, week.content))
        _learn(known, shares.people)
    for day in watch.days:
        shares = sharing.among(audience, day.entries, (), day.at, "once")
        for share in shares.people:
            when = at_once(share.recipient, day.at)
            found.add(share, when, Watch("once", day.day, share.entries, day.content))
        _learn(known, shares.people)
    return found.batches(), left_out


class _Found:
    """Puts those together who get the same at the same moment."""

    def __init__(self, now: datetime, until: datetime) -> None:
        self._now, self._until = now, until
        self._of: dict[object, tuple[list[Recipient], Going]] = {}

    def add(self, share: Share, at: datetime, what: Watch) -> None:
        one = share.recipient
        if not self._now <= at <= self._until:
            return
        key = (one.reader.time_zone, one.quiet or QUIET, at, what.keys, tuple(entry.key for entry in what.entries))
        self._of.setdefault(key, ([], Going(at, what)))[0].append(one)

    def batches(self) -> list[Batch]:
        return [Batch(people, (going,)) for people, going in self._of.values()]


def _begins(month: date, now: datetime) -> datetime:
    return max(datetime(month.year, month.month, 1, tzinfo=UTC), now)


def _learn(known: dict[str, set[str]], people: Collection[Share]) -> None:
    for share in people:
        known.setdefault(share.recipient.reader.person or "", set()).update(entry.key for entry in share.entries)
