"""Notices a campaign that goes wrong before it has gone wrong for everybody."""

from __future__ import annotations

from collections import deque

from storage.outbox import NOTICES, Settled

WINDOW = 200
"""Messages of a campaign that are remembered."""
MOST = 10
"""A campaign goes wrong when more than this many of them failed or may not have arrived."""


class Troubles:
    """How the last messages of each campaign ended."""

    def __init__(self) -> None:
        self._ended: dict[int, deque[bool]] = {}
        self._reasons: dict[int, str | None] = {}

    def note(self, one: Settled) -> None:
        """Remember how a message ended; one that is tried again, or belongs to no campaign, says nothing."""
        campaign = one.leased.campaign
        if campaign == NOTICES or one.state == "queued":
            return
        bad = one.state in ("failed", "unknown")
        self._ended.setdefault(campaign, deque(maxlen=WINDOW)).append(bad)
        if bad:
            self._reasons[campaign] = one.failure

    def wrong(self) -> dict[int, str | None]:
        """Return the campaigns that go wrong, each with the last reason."""
        return {campaign: self._reasons[campaign] for campaign, ended in self._ended.items() if sum(ended) > MOST}

    def forget(self, campaign: int) -> None:
        """Begin anew for a campaign: it was paused, or is over."""
        self._ended.pop(campaign, None)
        self._reasons.pop(campaign, None)
