"""Which reminders go out in the next days: the rounds of ``bot/pushes/reminding.py`` made ahead, on paper.

People of whom the rules read the same get the same: a round is made once for all of them.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.answers import duties
from bot.network.audiences import Reader
from bot.network.duties import Alike, Duty, Standing
from bot.network.recipients import QUIET, Recipient
from bot.network.reminding import HOUR, TOO_LATE
from bot.network.workdays import at_hour
from bot.pushes.moments import has_struck
from bot.pushes.ready import WEEK, find, is_belated, key_of, settled, states_of
from bot.pushes.reminded import Habits, Timed, Times, habits_of
from bot.texts.forecast import Batch, Going, Reminders, Told
from storage import reminders
from storage.database import Transaction
from storage.reminders import WAITING, Noted

_MOMENT = timedelta(minutes=1)
_PAST = timedelta(days=60)
"""How long what was left out of a full week may still be of use."""
_MARGIN = 4
"""Days after a reminder's own by which it has gone out wherever people live."""


class Rounds(NamedTuple):
    """All that the rounds of the next days look at."""

    duties: Sequence[Duty]
    views: Standing
    told: Mapping[str, Sequence[Noted]]
    """By person, what is noted already."""
    since: datetime
    """What falls due after this has not been looked at yet."""
    last: datetime
    """When rounds looked last."""
    living: Collection[Habits]
    """How people may live: at each moment of a zone, everybody there for whom something waits is looked at."""
    a_week: int


async def gathered(read: Transaction, a_week: int, zone: str, now: datetime) -> Rounds:
    """Return what the rounds from ``now`` on look at; ``zone`` (IANA) is the network's."""
    some = await duties.every(read, now) if a_week else []
    views = await duties.standing(read, some, None)
    today = now.date()
    named = [
        (one.key, name)
        for one in some
        for name in (
            *(f"before-{day}" for day in one.offsets if (one.day("UTC") - today).days - day >= -_MARGIN),
            "before-1", "hours", "overdue", "after",
        )
    ]  # fmt: skip
    told = await reminders.told_before(read, sorted(set(named)), now - WEEK, today - _PAST)
    living = {(place, country, quiet or QUIET) for place, country, quiet in await reminders.habits(read, zone)}
    return Rounds(some, views, told, *await _looked_until(read, now), living, a_week)


async def _looked_until(read: Transaction, now: datetime) -> tuple[datetime, datetime]:
    """Return the moment after which what falls due makes a round look, and that of the last look.

    The first is at least a day ago where everything is looked at again.
    """
    place = await reminders.place(read)
    place = place.get("run") or place
    until, longest = place.get("since", place.get("until")), now - TOO_LATE
    if until is None or until > now.timestamp():
        return longest, now
    last = datetime.fromtimestamp(until, UTC)
    changed = place.get("print") != await reminders.print_of_tables(read)
    return (min(last, longest) if changed else last), last


def ahead(rounds: Rounds, people: Sequence[Recipient], now: datetime, until: datetime) -> list[Batch]:
    """Return the reminders of these people from ``now`` until ``until``."""
    if not rounds.duties:
        return []
    fates, groups = _Fates(rounds, now, until), dict[object, list[Recipient]]()
    for one in people:
        groups.setdefault((fates.of(one), tuple(rounds.told.get(one.reader.person or "", ()))), []).append(one)
    found = []
    for some in groups.values():
        going = list(_Walk(rounds, fates, some[0], now).going())
        if going:
            found.append(Batch(some, going))
    return found


class _Fate(NamedTuple):
    """All that the rules read of somebody, besides what was told: those of whom it is the same get the same."""

    habits: Habits
    paused: date | None
    asked: tuple[tuple[str, date], ...]
    paid: date | None
    """The last day of paid dues, if what is awaited changes with it on the way."""
    awaited: frozenset[str]
    """Keys of the duties that the person is reminded of, until that day."""
    after: frozenset[str]
    """The same after it."""


class _Known(Standing):
    """Knows already of what somebody is reminded."""

    def __init__(self, fate: _Fate) -> None:
        self._fate = fate

    def is_awaited(self, duty: Duty, reader: Reader, today: date, day: date) -> bool:
        fate = self._fate
        return duty.key in (fate.awaited if fate.paid is None or today <= fate.paid else fate.after)


class _Agenda(NamedTuple):
    """What falls due, as far as it can be told."""

    duties: Sequence[Duty]
    due: Mapping[datetime, Sequence[Timed]]
    """By the moment at which it is looked at, in UTC: seven days of a zone's clock may be an hour more or less."""
    before: Sequence[Timed]
    """What fell due before that."""

    def of(self, keys: Collection[str]) -> _Agenda:
        """Return what is in it of the duties of these keys."""
        due = {at: some for at, every in self.due.items() if (some := [one for one in every if one[0].key in keys])}
        return _Agenda((), due, [one for one in self.before if one[0].key in keys])


class _Fates:
    """What falls due when, and for whom: found once for all who live alike and of whom the rules read the same."""

    def __init__(self, rounds: Rounds, now: datetime, until: datetime) -> None:
        self._times = Times(rounds.duties, min(now - _PAST, rounds.since), until)
        self._rounds, self._now, self._until = rounds, now, until
        self._last = until.date() + timedelta(days=1)
        self._alike = Alike(rounds.duties, rounds.views)
        self._fates: dict[object, _Fate] = {}
        self._usual: dict[Habits, _Agenda] = {}
        self._agendas: dict[_Fate, _Agenda] = {}
        self._looks: dict[str, list[datetime]] = {}

    def of(self, one: Recipient) -> _Fate:
        """Return what the rules read of this person."""
        habits = habits_of(one)
        key = (habits, one.paused, self._alike.of(one.reader))
        if key not in self._fates:
            self._fates[key] = self._found(one, habits)
        return self._fates[key]

    def agenda(self, fate: _Fate) -> _Agenda:
        """Return what falls due for those of that fate."""
        return self._agendas[fate]

    def _found(self, one: Recipient, habits: Habits) -> _Fate:
        reader, asked = one.reader, self._rounds.views.asked_by(one.reader)
        if asked:
            agenda = self._made(self._times.of(one, asked))
        elif (known := self._usual.get(habits)) is not None:
            agenda = known
        else:
            agenda = self._usual[habits] = self._made(self._times.usual(habits))
        today, paid = reader.today(self._now), reader.dues_paid_until
        awaited = after = self._awaited(agenda, reader, today)
        if paid is not None and today <= paid <= self._last:
            after = self._awaited(agenda, reader, paid + timedelta(days=1))
        else:
            paid = None
        fate = _Fate(habits, one.paused, tuple(sorted(asked.items())), paid, awaited, after)
        if fate not in self._agendas:
            self._agendas[fate] = agenda.of(awaited | after)
        return fate

    def _awaited(self, agenda: _Agenda, reader: Reader, today: date) -> frozenset[str]:
        views, zone = self._rounds.views, reader.time_zone
        return frozenset(one.key for one in agenda.duties if views.is_awaited(one, reader, today, one.day(zone)))

    def looks(self, zone: str) -> list[datetime]:
        """Return the moments at which those in that zone are looked at for whom something waits, in order, in UTC."""
        if zone not in self._looks:
            day, found = self._now.astimezone(ZoneInfo(zone)).date(), set[datetime]()
            while (hour := at_hour(day, HOUR, zone)) <= self._until:
                found.add(hour.astimezone(UTC))
                day += timedelta(days=1)
            for habits in self._rounds.living:
                if habits[0] == zone:
                    found.update(one.at.astimezone(UTC) for _, some in self._times.usual(habits) for one in some)
            self._looks[zone] = sorted(one for one in found if self._now < one <= self._until)
        return self._looks[zone]

    def _made(self, timed: Iterable[Timed]) -> _Agenda:
        duties: list[Duty] = []
        due: dict[datetime, list[Timed]] = {}
        before: list[Timed] = []
        for duty, some in timed:
            if not any(one.until > self._now for one in some):
                continue
            duties.append(duty)
            for occasion in some:
                if self._rounds.since < occasion.at <= self._until:
                    at = max(occasion.at, self._now).astimezone(UTC)
                    due.setdefault(at, []).append((duty, [occasion]))
                elif occasion.at <= self._now:
                    before.append((duty, [occasion]))
        return _Agenda(duties, due, before)


class _Walk:
    """Goes from moment to moment for one person, and notes what is told there as a round does."""

    def __init__(self, rounds: Rounds, fates: _Fates, one: Recipient, now: datetime) -> None:
        fate = fates.of(one)
        agenda, self._looks = fates.agenda(fate), fates.looks(one.reader.time_zone)
        self._views, self._one, self._a_week = _Known(fate), one, rounds.a_week
        self._now, self._since, self._last = now, rounds.since, rounds.last
        self._notes = list(rounds.told.get(one.reader.person or "", ()))
        self._due = agenda.due
        noted = states_of(self._notes)
        self._left = [
            timed
            for timed in agenda.before
            if noted.get(key := key_of(timed[0], timed[1][0])) in WAITING
            or (key not in noted and timed[1][0].at > now - TOO_LATE)
        ]
        """What waits, or was not looked at for this person when its time came."""
        self._moments = list(self._due)
        heapq.heapify(self._moments)
        self._look_after(now)

    def going(self) -> Iterator[Going]:
        """Give what is told, in its order."""
        last = None
        while self._moments:
            at = heapq.heappop(self._moments)
            if at != last and (bubble := self._looked(at)) is not None:
                yield Going(at, bubble)
            last = at

    def _looked(self, at: datetime) -> Reminders | None:
        """Return what is told at a moment, and note it with what is left for later."""
        timed: dict[str, Timed] = {}
        for duty, some in (*self._left, *self._due.get(at, ())):
            timed.setdefault(duty.key, (duty, []))[1].extend(some)
        now = at <= self._now
        since, last = min(at - TOO_LATE, self._since) if now else at - TOO_LATE, self._last if now else at - _MOMENT
        struck = has_struck(self._one.reader.time_zone, self._one.reader.country, last, at)
        found = find(self._one, timed.values(), self._views, self._notes, since, at, struck=struck)
        awake = self._one.undisturbed(at)
        if found.ready and awake > at:
            heapq.heappush(self._moments, awake.astimezone(UTC))
        bubble, notes = settled(self._one, found, self._notes, self._a_week, at)
        belated = is_belated(found.ready, at)
        self._notes += notes
        noted = states_of(self._notes)
        self._left = [
            (duty, [one]) for duty, some in timed.values() for one in some if noted.get(key_of(duty, one)) in WAITING
        ]
        self._look_after(at)
        return Reminders(tuple(Told(one.duty, one.occasion) for one in found.ready), belated) if bubble else None

    def _look_after(self, at: datetime) -> None:
        """Look again at the next moment, if something is left."""
        place = bisect_right(self._looks, at)
        if self._left and place < len(self._looks):
            heapq.heappush(self._moments, self._looks[place])
