"""An issue with all that its coordinator must know of it, as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.announcements.figures import standing as counts
from bot.texts.issue_desk import Desk, first_reader
from bot.watch import contributing
from bot.watch.composing import Composing
from bot.watch.gathering import gathered, window_of
from bot.watch.issue import Entry, Issue, arranged, missing
from bot.watch.moments import monthly
from bot.watch.sharing import Audience, Sharing
from storage import campaigns, followed, recipients
from storage.database import Transaction
from storage.version import version

PageOf = Callable[[date, str], str | None]
"""From a month and a language to the address of that issue's page; None where there is none."""
_FRESH = timedelta(minutes=10)


class Issues:
    """Reads issues."""

    def __init__(self, composing: Composing, sharing: Sharing, page: PageOf, small: int = 1_000) -> None:
        """Take what opens issues, what finds out who gets what, and what gives the addresses of issues' pages.

        In a network of more than ``small`` people, who may get an issue is looked up aside, and kept for ten minutes.
        """
        self.composing, self.sharing, self.page, self._small = composing, sharing, page, small
        self._kept: tuple[str, datetime, Audience] | None = None
        """With what was chosen and stood in the tables then."""

    async def is_ready(self, read: Transaction, now: datetime) -> bool:
        """Whether the figures of an issue are there at once."""
        return await self._known(read, now) is not None or await recipients.count(read) <= self._small

    async def look_up(self, read: Transaction, now: datetime) -> None:
        """Look up who may get an issue, and keep it."""
        self._kept = await _words(read), now, await self.sharing.audience(read, now)

    async def _known(self, read: Transaction, now: datetime) -> Audience | None:
        if self._kept is None or not self._kept[1] <= now < self._kept[1] + _FRESH:
            return None
        return self._kept[2] if self._kept[0] == await _words(read) else None

    async def inside(self, read: Transaction, one: Issue, now: datetime) -> tuple[list[Entry], list[Entry]]:
        """Return what is in the issue, in its order, and what was dropped from it."""
        at = now if one.starts is None else datetime.fromtimestamp(one.starts, now.tzinfo)
        every = await gathered(read, window_of(one.month, min(at, now)))
        return arranged(every, one.content), [entry for entry in every if entry.name in one.content.dropped]

    async def desk(self, read: Transaction, one: Issue, now: datetime) -> Desk:
        """Return the issue with what is in it, who gets it, and how far it has come."""
        entries, _ = await self.inside(read, one, now)
        known, pinned = await self._known(read, now), one.content.pinned
        if known is None:
            shares = await self.sharing.shares(read, entries, pinned, now)
        else:
            shares = await self.sharing.of_audience(known, entries, pinned, now)
        starts = min((monthly(one.month, share.recipient, now) for share in shares.people), default=None)
        standing: Counter[str] = Counter()
        if one.campaign is not None:
            standing = counts(await campaigns.progress(read, one.campaign))
        lacking = missing(entries, one.content, set(shares.languages))
        return Desk(
            one, entries, lacking, shares, first_reader(one.starts) or starts, standing,
            len(await contributing.waiting(read)),
        )  # fmt: skip


async def _words(read: Transaction) -> str:
    return f"{await version(read)} {await followed.version(read)}"
