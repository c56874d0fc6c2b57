"""When rounds of reminders have something to do: computed once for all who live alike, then a look costs little.

What is computed is of one version of the tables and one day; it is forgotten with the process, and made again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers import duties
from bot.network.recipients import QUIET
from bot.network.reminding import HOUR, TOO_LATE
from bot.network.workdays import at_hour, is_workday
from bot.pushes.reminded import Habits, Times
from storage import reminders
from storage.database import Transaction
from storage.version import version

_AHEAD = timedelta(days=2)
_DAY = timedelta(days=1)
QUARTER = 900
"""Seconds: every zone's clocks strike full hours at a quarter of an hour of UTC."""


class Moments:
    """Knows the moments at which somebody may have to be reminded."""

    def __init__(self, network_zone: str) -> None:
        """Take the network's zone (IANA)."""
        self._zone = network_zone
        self._times: Times | None = None
        self._of: tuple[str, date] | None = None
        """Of which version of the tables and which day these times are."""
        self._first = datetime.max.replace(tzinfo=UTC)
        self._habits: list[Habits] = []
        self._chosen: str | None = None
        """What people had chosen when these habits were looked up."""
        self._print: tuple[str, str] | None = None
        self._part: tuple[datetime, datetime, Times] | None = None

    async def is_quiet(self, read: Transaction, place: dict[str, Any], now: datetime) -> bool:
        """Whether nothing can be due since the last look, as far as that is known without looking further."""
        at, until, again = int(now.timestamp()), place.get("until"), place.get("again")
        if self._times is None or until is None or at < until or at // QUARTER != until // QUARTER:
            return False
        if (again is not None and again <= at) or await self._print_of_tables(read) != place.get("print"):
            return False
        return not self._due(datetime.fromtimestamp(until, UTC), now)

    async def computed(self, read: Transaction, place: dict[str, Any], now: datetime) -> bool:
        """Compute what is missing for ``now``; False if that is not over, and goes on in another transaction."""
        since, at = place.get("since", place.get("until")), place.get("at", now.timestamp())
        first = min(now, *(datetime.fromtimestamp(one, UTC) for one in (since, at) if one is not None)) - TOO_LATE
        wanted = (await version(read), now.date())
        if self._times is None or self._of != wanted or first < self._first:
            every = await duties.every(read, first, now + _AHEAD)
            self._first = first - _DAY
            self._times, self._of, self._part = Times(every, self._first, now + _AHEAD), wanted, None
            self._chosen = None
            return False
        missing = [one for one in self._habits if not self._times.knows(one)]
        if not missing and self._chosen != (chosen := await reminders.print_of_habits(read)):
            living = await reminders.habits(read, self._zone)
            self._habits = [(zone, country, quiet or QUIET) for zone, country, quiet in living]
            self._chosen = chosen
            missing = [one for one in self._habits if not self._times.knows(one)]
        if missing:
            self._times.usual(min(missing, key=str))
        return not missing

    async def begun(self, tx: Transaction, place: dict[str, Any], now: datetime) -> dict[str, Any] | None:
        """Return a run over those who may be due at ``now``; None if there is nobody, which is noted."""
        at, until, again = int(now.timestamp()), place.get("until"), place.get("again")
        tables = await self._print_of_tables(tx)
        fresh = until is None or at < until  # the first round, or a clock that was set back
        since = at if until is None or fresh else until
        whole = fresh or tables != place.get("print")
        woken = whole or (again is not None and again <= at)
        last = datetime.fromtimestamp(since, UTC)
        first = min(last, now - TOO_LATE) if whole else last
        zones = self._due(first, now)
        asked = await reminders.zones_asked(tx, first.date() - _DAY, now.date() + _DAY, self._zone)
        zones |= {zone for zone, day in asked if first < at_hour(day, HOUR, zone) <= now}
        struck = {zone for zone, country, _ in self._habits if woken or has_struck(zone, country, last, now)}
        if struck:
            zones |= struck & await reminders.zones_waiting(tx, self._zone)
        again = None if woken else again
        if not zones:
            await reminders.set_place(tx, {"until": at, "print": tables, "again": again, "run": None})
            return None
        return {"at": at, "since": since, "zones": sorted(zones), "after": 0, "again": again, "print": tables}

    def between(self, first: datetime, last: datetime) -> Times:
        """Return the times after ``first``, up to ``last``; both within what was computed."""
        assert self._times is not None
        if self._part is None or self._part[:2] != (first, last):
            self._part = first, last, self._times.within(first, last)
        return self._part[2]

    def _due(self, first: datetime, last: datetime) -> set[str]:
        """Return the time zones in which somebody may be reminded of something after ``first`` and by ``last``."""
        assert self._times is not None
        times = self._times
        return {habits[0] for habits in self._habits if times.has(habits, first, last)}

    async def _print_of_tables(self, read: Transaction) -> str:
        word = await version(read)
        if self._print is None or self._print[0] != word:
            self._print = word, await reminders.print_of_tables(read)
        return self._print[1]


def has_struck(zone: str, country: str | None, last: datetime, now: datetime) -> bool:
    """Whether the hour of reminders began there after ``last`` and by ``now``, and it is a working day now."""
    day = now.astimezone(ZoneInfo(zone)).date()
    return is_workday(day, country) and any(last < at_hour(one, HOUR, zone) <= now for one in (day, day - _DAY))
