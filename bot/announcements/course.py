"""How far an announcement has come: its messages, those that wait for their hour, its corrections."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.announcements.composing import correction_of, corrections
from bot.announcements.content import Announcement
from bot.announcements.figures import standing
from bot.network.languages import Language
from storage import campaigns
from storage.campaigns import Campaign, State
from storage.database import Transaction

_SOON = timedelta(minutes=10)
"""What is due within that is on its way."""


class Correction(NamedTuple):
    """How a correction stands."""

    language: Language
    state: State
    """The campaign's."""
    standing: Counter[str]
    """Messages by state."""

    @property
    def over(self) -> bool:
        """Whether nothing of it moves any more."""
        return self.state in ("ended", "stopped")


class Course(NamedTuple):
    """How an announcement stands."""

    announcement: Announcement
    campaign: Campaign | None
    standing: Counter[str]
    """Messages by state."""
    later: int = 0
    """Messages, of those that remain, that wait for an hour of their readers."""
    until: datetime | None = None
    """When the last of them goes out."""
    corrections: tuple[Correction, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing of it moves any more."""
        return self.announcement.state == "sent" and all(one.over for one in self.corrections)

    @property
    def done(self) -> int:
        """How many messages do not remain."""
        return sum(self.standing.values()) - self.standing["remaining"]


async def course_of(read: Transaction, one: Announcement, now: datetime) -> Course:
    """Return how an announcement stands."""
    if one.campaign is None:
        return Course(one, None, Counter())
    later, until = await campaigns.later(read, one.campaign, now + _SOON)
    return Course(
        one,
        await campaigns.get(read, one.campaign),
        standing(await campaigns.progress(read, one.campaign)),
        later,
        datetime.fromtimestamp(until, now.tzinfo) if until is not None else None,
        tuple([
            Correction(
                correction_of(campaign.name)[1],
                campaign.state,
                standing(await campaigns.progress(read, campaign.id)),
            )
            for campaign in await campaigns.named(read, corrections(one.id))
        ]),
    )  # fmt: skip
