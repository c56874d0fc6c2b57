"""An issue with all that its coordinator must know of it, as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from bot.announcements.figures import standing as counts
from bot.texts.issue_desk import Desk, first_reader
from bot.watch import contributing
from bot.watch.composing import Composing
from bot.watch.gathering import gathered, window_of
from bot.watch.issue import Entry, Issue, arranged, missing
from bot.watch.moments import monthly
from bot.watch.sharing import Sharing
from handlers.turn import Turn
from storage import campaigns

PageOf = Callable[[date, str], str | None]
"""From a month and a language to the address of that issue's page; None where there is none."""


class Issues:
    """Reads issues."""

    def __init__(self, composing: Composing, sharing: Sharing, page: PageOf) -> None:
        """Take what opens issues, what finds out who gets what, and what gives the addresses of issues' pages."""
        self.composing, self.sharing, self.page = composing, sharing, page

    async def inside(self, turn: Turn, one: Issue) -> tuple[list[Entry], list[Entry]]:
        """Return what is in the issue, in its order, and what was dropped from it."""
        at = turn.now if one.starts is None else datetime.fromtimestamp(one.starts, turn.now.tzinfo)
        every = await gathered(turn.tx, window_of(one.month, min(at, turn.now)))
        return arranged(every, one.content), [entry for entry in every if entry.name in one.content.dropped]

    async def desk(self, turn: Turn, one: Issue) -> Desk:
        """Return the issue with what is in it, who gets it, and how far it has come."""
        entries, _ = await self.inside(turn, one)
        shares = await self.sharing.shares(turn.tx, entries, one.content.pinned, turn.now)
        starts = min((monthly(one.month, share.recipient, turn.now) for share in shares.people), default=None)
        standing: Counter[str] = Counter()
        if one.campaign is not None:
            standing = counts(await campaigns.progress(turn.tx, one.campaign))
        lacking = missing(entries, one.content, set(shares.languages))
        return Desk(
            one, entries, lacking, shares, first_reader(one.starts) or starts, standing,
            len(await contributing.waiting(turn.tx)),
        )  # fmt: skip
