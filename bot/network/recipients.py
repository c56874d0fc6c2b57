"""Whom a message goes to, and by which channels, in which order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.network.audiences import Reader

ChannelName = Literal["telegram", "web", "email"]
QUIET = "21-7"
"""From which to which hour nobody is disturbed, unless the person chose otherwise."""
NEVER_QUIET = "none"
QUIETS = ("20-7", QUIET, "22-6", NEVER_QUIET)
"""What a person may choose; no choice lasts until the hour of reminders."""
_QUARTER = 900
"""Seconds."""
Unreached = Literal["none", "blocked", "bounced", "unsubscribed"]
"""Why no channel leads to somebody: no address at all, the assistant was blocked, letters come back or are unwanted."""


class Chat(NamedTuple):
    """A chat that somebody has with the assistant."""

    channel: str
    address: int
    unreachable: bool


class Route(NamedTuple):
    """A channel by which somebody is reached."""

    channel: ChannelName
    address: int
    """The chat's id; on the web and by e-mail the number of the person's row."""
    rank: Literal[1, 2]
    """1: tried first; 2: only if all before it failed."""


class Recipient(NamedTuple):
    """One of the network's people, as somebody to write to."""

    number: int
    """The number of the person's row."""
    reader: Reader
    """In the language, zone and digits in which this person is spoken to; its account may be 0: none yet."""
    chats: tuple[Chat, ...]
    email: bool
    """Whether there is an address."""
    unsubscribed: bool
    bounced: bool
    quiet: str | None
    """``21-7``: the hours in which this person is not disturbed; ``none``; None: the usual ones."""
    paused: date | None = None
    """The day from which this person wants to be reminded again; None, or a day that is over: they are."""

    def routes(self, served: Collection[str]) -> tuple[Route, ...]:
        """Return the ways to this person through the channels that are served.

        Telegram alone where it leads there; else, or if it fails, the page and e-mail, because nobody may be looking
        at the page.
        """
        found = [
            Route("telegram", chat.address, 1)
            for chat in self.chats
            if chat.channel == "telegram" and not chat.unreachable and "telegram" in served
        ][:1]
        rank: Literal[1, 2] = 2 if found else 1
        if "web" in served:
            found.append(Route("web", self.number, rank))
        if "email" in served and self.email and not (self.bounced or self.unsubscribed):
            found.append(Route("email", self.number, rank))
        return tuple(found)

    def unreached(self, served: Collection[str]) -> Unreached | None:
        """Return why no channel leads to this person; None if one does."""
        if self.routes(served):
            return None
        if any(chat.unreachable for chat in self.chats):
            return "blocked"
        if self.email and "email" in served:
            return "bounced" if self.bounced else "unsubscribed"
        return "none"

    def undisturbed(self, at: datetime) -> datetime:
        """Return the first moment from ``at`` on at which this person may be disturbed."""
        return awake(at, self.reader.time_zone, self.quiet or QUIET)

    def pauses(self, at: datetime) -> bool:
        """Whether this person wants no reminders at that moment, not even of what is urgent."""
        return self.paused is not None and self.reader.today(at) < self.paused

    def quiet_for(self, channel: ChannelName) -> str | None:
        """Return the hours in which that channel disturbs this person, and by whose clock (``21-7@Asia/Vientiane``).

        None: it never does; what is shown on the page is there when the person looks.
        """
        return quiet_hours(self.quiet, self.reader.time_zone, channel)


def quiet_hours(chosen: str | None, zone: str, channel: str) -> str | None:
    """Return what ``Recipient.quiet_for`` does, for somebody in that zone who chose these hours, or none."""
    hours = chosen or QUIET
    return None if hours == NEVER_QUIET or channel == "web" else f"{hours}@{zone}"


def awake(at: datetime, zone: str, quiet: str) -> datetime:
    """Return the first moment from ``at`` on outside the quiet hours (``21-7``, in that IANA zone)."""
    if quiet == NEVER_QUIET:
        return at
    begins, _, ends = quiet.partition("-")
    local = at.astimezone(ZoneInfo(zone))
    first, last, hour = int(begins), int(ends), local.hour
    if first > last:
        inside = hour >= first or hour < last
        day = local.date() + timedelta(days=1 if hour >= first else 0)
    else:
        inside, day = first <= hour < last, local.date()
    return datetime.combine(day, time(last), ZoneInfo(zone)).astimezone(at.tzinfo) if inside else at


def woken(quiet: str | None, now: datetime) -> datetime:
    """Return the first moment from ``now`` on outside the quiet hours (``21-7@Asia/Vientiane``; None: there are none).

    It is asked of every message that is sent, so what was found is remembered for a quarter of an hour: the clocks of
    every zone strike full hours at one of UTC.
    """
    if quiet is None:
        return now
    until = _asleep(quiet, int(now.timestamp()) // _QUARTER)
    return now if until is None else datetime.fromtimestamp(until, now.tzinfo)


@lru_cache(1_024)
def _asleep(quiet: str, quarter: int) -> int | None:
    """Return the epoch second at which the quiet hours end that hold that quarter of an hour; None if none do."""
    hours, _, zone = quiet.partition("@")
    begins = datetime.fromtimestamp(quarter * _QUARTER, UTC)
    ends = awake(begins, zone, hours)
    return None if ends == begins else int(ends.timestamp())
