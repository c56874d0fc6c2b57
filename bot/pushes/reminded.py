"""Small rules of the rounds of reminders: which duties are near, when for whom, and how an occasion is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import cast

from bot.network.duties import Duty
from bot.network.recipients import QUIET, Recipient
from bot.network.reminding import Occasion, occasions
from bot.texts.duties import About, Reminded
from storage.reminders import Noted, day_of

_SLACK, _MANY = timedelta(days=2), timedelta(days=20)
"""Around a reminder's own day it may fall elsewhere: by time zones; by holidays in a row with their Sundays."""


Timed = tuple[Duty, list[Occasion]]
Habits = tuple[str, str | None, str]
"""By what occasions differ: time zone (IANA), country, quiet hours."""


class Times:
    """When people are reminded of duties: found once for all who share zone, country and quiet hours."""

    def __init__(self, every: Sequence[Duty], first: datetime, last: datetime) -> None:
        """Take the duties, and between which moments occasions matter: after ``first``, up to ``last``."""
        self._first, self._last = first, last
        self._near = [one for one in every if near(one, first.date(), last.date())]
        self._by_key = {one.key: one for one in every}
        self._of: dict[Habits, list[Timed]] = {}
        self._shown: dict[tuple[Habits, tuple[str, ...] | None, str | None], list[Timed]] = {}
        self._moments: dict[Habits, list[datetime]] = {}

    def of(self, recipient: Recipient, asked: Mapping[str, date], theirs: Collection[str] = ()) -> Iterator[Timed]:
        """Give the duties that have occasions for this person.

        ``asked`` are days by the duty's key; of them, and of the duties of the keys in ``theirs``, all occasions are
        given, whenever.
        """
        habits, whole = habits_of(recipient), {*asked, *theirs}
        yield from ((duty, found) for duty, found in self._seen(recipient) if duty.key not in whole)
        for key in sorted(whole & self._by_key.keys()):
            yield self._by_key[key], occasions(self._by_key[key], *habits, asked.get(key))

    def wanted(self, people: Iterable[Recipient], whole: Collection[str] = ()) -> list[Duty]:
        """Return the duties of which one of these people may be reminded; with those of the keys in ``whole``."""
        found = {duty.key for person in people for duty, _ in self._seen(person)}
        return [one for key, one in self._by_key.items() if key in found or key in whole]

    def _seen(self, recipient: Recipient) -> list[Timed]:
        """Return those of the usual ones that may be shown to this person, on one day or another."""
        reader, habits = recipient.reader, habits_of(recipient)
        audiences = reader.audiences(date.min)
        key = (habits, audiences, reader.organisation)
        if key not in self._shown:
            self._shown[key] = [
                (one, found)
                for one, found in self.usual(habits)
                if (audiences is None or one.audience in audiences)
                and (not one.organisations or reader.organisation in one.organisations)
            ]
        return self._shown[key]

    def usual(self, habits: Habits) -> list[Timed]:
        """Return the duties with occasions between the moments, for those who asked for nothing else."""
        if habits not in self._of:
            timed = ((one, self._between(occasions(one, *habits))) for one in self._near)
            self._of[habits] = [(one, found) for one, found in timed if found]
        return self._of[habits]

    def knows(self, habits: Habits) -> bool:
        """Whether ``usual`` costs nothing for them."""
        return habits in self._of

    def has(self, habits: Habits, first: datetime, last: datetime) -> bool:
        """Whether there is an occasion for those who live so, after ``first`` and by ``last``."""
        if habits not in self._moments:
            self._moments[habits] = sorted({one.at for _, found in self.usual(habits) for one in found})
        moments = self._moments[habits]
        return bisect_right(moments, first) < bisect_right(moments, last)

    def within(self, first: datetime, last: datetime) -> Times:
        """Return the same for a part of the time; what was found already is not computed again."""
        part = Times((), first, last)
        part._near, part._by_key = self._near, self._by_key
        for habits, some in self._of.items():
            timed = ((one, part._between(found)) for one, found in some)
            part._of[habits] = [(one, found) for one, found in timed if found]
        return part

    def _between(self, found: Sequence[Occasion]) -> list[Occasion]:
        return [one for one in found if self._first < one.at <= self._last]


def habits_of(recipient: Recipient) -> Habits:
    """Return by what this person's occasions differ from others'."""
    return recipient.reader.time_zone, recipient.reader.country, recipient.quiet or QUIET


def near(duty: Duty, first: date, last: date) -> bool:
    """Whether somebody somewhere may have to be reminded of it on one of these days."""
    day, offsets = duty.day("UTC"), (0, 1) if duty.kind == "event" else duty.offsets
    if any(
        first <= day - timedelta(days=one) + _SLACK and day - timedelta(days=one) - _MANY <= last for one in offsets
    ):
        return True
    opened = duty.opens.date() if duty.opens is not None and duty.after_event else None
    over = [one for one in (day if duty.late else None, opened) if one is not None]
    return any(one - _SLACK <= last and first <= one + _MANY for one in over)


def reminded(duty: Duty, one: Occasion, before: Sequence[Noted]) -> Reminded:
    """Return what is told: what it is about, and the day that the person was told last, if it has moved since."""
    about = one.name.partition("-")[0]
    told = [day_of(noted) for noted in before if noted.duty == duty.key and noted.state == "sent"]
    return Reminded(duty, cast("About", about), told[-1] if told and told[-1] != one.day else None)
