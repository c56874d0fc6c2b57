"""Small rules of the rounds of reminders: which duties are near, when for whom, and how an occasion is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import cast

from bot.network.duties import Duty
from bot.network.recipients import QUIET, Recipient
from bot.network.reminding import Occasion, occasions
from bot.texts.duties import About, Reminded
from storage.reminders import Noted, day_of

_BEFORE, _AFTER = 2, 20
"""Days around a reminder's own within which it may fall elsewhere: time zones; holidays in a row with their Sundays."""


Timed = tuple[Duty, list[Occasion]]


class Times:
    """When people are reminded of some duties: told once for all who share zone, country and quiet hours."""

    def __init__(self, some: Sequence[Duty], asked: Collection[str], first: datetime, last: datetime) -> None:
        """Take the duties, the keys of those that somebody asked for, and between which moments occasions matter."""
        self._some, self._asked, self._first, self._last = some, asked, first, last
        self._by_key = {one.key: one for one in some}
        self._of: dict[tuple[str, str | None, str], list[Timed]] = {}

    def of(self, recipient: Recipient, asked: Mapping[str, date]) -> Iterator[Timed]:
        """Give the duties that have occasions for this person; ``asked`` are days by the duty's key."""
        zone, country, quiet = self._habits(recipient)
        yield from ((duty, found) for duty, found in self._usual(zone, country, quiet) if duty.key not in asked)
        for key, day in asked.items():
            if key in self._by_key:
                yield self._by_key[key], occasions(self._by_key[key], zone, country, quiet, day)

    def wanted(self, people: Iterable[Recipient]) -> list[Duty]:
        """Return the duties of which one of these people may be reminded."""
        found = {duty.key for habits in {self._habits(one) for one in people} for duty, _ in self._usual(*habits)}
        return [one for one in self._some if one.key in found or one.key in self._asked]

    def _usual(self, zone: str, country: str | None, quiet: str) -> list[Timed]:
        habits = (zone, country, quiet)
        if habits not in self._of:
            timed = ((one, self._between(occasions(one, *habits))) for one in self._some)
            self._of[habits] = [(one, found) for one, found in timed if found]
        return self._of[habits]

    def _between(self, found: Sequence[Occasion]) -> list[Occasion]:
        return [one for one in found if self._first < one.at <= self._last]

    @staticmethod
    def _habits(recipient: Recipient) -> tuple[str, str | None, str]:
        return recipient.reader.time_zone, recipient.reader.country, recipient.quiet or QUIET


def near(duty: Duty, today: date) -> bool:
    """Whether somebody somewhere may have to be reminded of it today or tomorrow."""
    day = duty.day("UTC")
    if any(-_BEFORE <= (day - today).days - offset <= _AFTER for offset in duty.offsets):
        return True
    if duty.kind == "event" and -_BEFORE <= (day - today).days <= _AFTER:
        return True
    opened = duty.opens.date() if duty.opens is not None and duty.after_event else None
    over = [one for one in (day if duty.late else None, opened) if one is not None]
    return any(-_BEFORE <= (today - one).days <= _AFTER for one in over)


def reminded(duty: Duty, one: Occasion, before: Sequence[Noted]) -> Reminded:
    """Return what is told: what it is about, and the day that the person was told last, if it has moved since."""
    about = one.name.partition("-")[0]
    told = [day_of(noted) for noted in before if noted.duty == duty.key and noted.state == "sent"]
    return Reminded(duty, cast("About", about), told[-1] if told and told[-1] != one.day else None)
