"""A naive calculation of who must get what of the watch, when: by the rules of the issue alone, without ``bot``."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.pushes.year_network import Item, Network, Somebody
from tests.pushes.year_reminders import DAY, Reminders, clock, on, works

BACK = timedelta(days=62)
REMEMBERED = timedelta(days=400)


class Thing(NamedTuple):
    """Something that an issue may hold."""

    key: str
    """With what must not have changed for a reader to know it."""
    name: str
    code: str
    titles: tuple[str, ...]
    audience: str
    themes: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    of: str | None = None


class Sent(NamedTuple):
    """An issue for one reader."""

    person: str
    at: datetime
    what: frozenset[tuple[str, str]]
    """Codes, and the languages that they are told in."""


def month_after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


class Watch:
    """What has been published, and what has reached whom."""

    def __init__(self, network: Network, reminders: Reminders) -> None:
        self.network, self._reminders = network, reminders
        self.items: list[tuple[Item, datetime]] = []
        self.known: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
        self.dropped: set[str] = set()
        self.approved: dict[date, tuple[datetime, set[str], set[str]]] = {}
        """By month: when it starts, the names of what is in it, what was dropped from it."""
        self.weeks: set[date] = set()
        self.sent: list[Sent] = []

    def things(self, since: datetime, now: datetime, until: datetime, until_deadline: datetime) -> list[Thing]:
        found = []
        for key, one in self.network.matters.items():
            if one.kind == "event" and now <= one.due < until and one.status != "cancelled":
                version = f"{key}@{one.due}-{one.status}"
                found.append(Thing(version, key, one.code, one.titles, one.audience, one.themes))
            open_yet = one.after is not None or one.opens is None or one.opens <= now
            if one.kind == "deadline" and now < one.due <= until_deadline and open_yet:
                themes = () if one.after else one.themes
                found.append(Thing(f"{key}@{one.due}", key, one.code, one.titles, one.audience, themes, one.cities))
            if one.kind == "form" and one.due > now and open_yet:
                found.append(Thing(f"{key}@{one.due}", key, one.code, one.titles, one.audience, (), one.cities))
        zones = {one.code: one.zone for one in self.network.cities}
        for item, given in self.items:
            there = zones.get(item.of or "", "UTC")
            if item.kind == "given-event":
                fresh = clock(item.day + DAY, 0, there) > now and clock(item.day, 0, there) < until
            else:
                day = given.astimezone(ZoneInfo(there)).date() if item.kind == "given-news" else item.day
                fresh = since.astimezone(UTC).date() <= day <= now.astimezone(UTC).date()
            if fresh:
                name = f"{item.kind}:{item.code}"
                found.append(Thing(name, name, item.code, item.titles, item.audience, item.themes, (), item.of))
        return found

    def of_month(self, month: date, now: datetime) -> list[Thing]:
        start = max(now, datetime(month.year, month.month, 1, tzinfo=UTC))
        last = month_after(month_after(month))
        until = datetime(last.year, last.month, 1, tzinfo=UTC)
        return self.things(start - BACK, start, until, until)

    def for_reader(self, one: Somebody, things: list[Thing], now: datetime) -> list[Thing]:
        known = {key for key, begun in self.known[one.code] if begun >= now - REMEMBERED}
        audiences = self._reminders.audiences(one, now)
        follows = set(one.followed if one.followed is not None else one.themes)
        found = []
        for thing in things:
            if one.role != "coordinator":
                if thing.audience not in audiences or (thing.cities and one.city.code not in thing.cities):
                    continue
            elif thing.key in known:
                continue
            about = not thing.themes or not follows or set(thing.themes) & follows or thing.of == one.city.code
            if about and thing.key not in known:
                found.append(thing)
        return found

    def readers(self, often: str, now: datetime) -> list[Somebody]:
        return [
            one for one in self.network.people.values()
            if one.often == often and one.chat is not None and (one.snoozed is None or one.snoozed <= now)
        ]  # fmt: skip

    def approve(self, month: date, dropped: tuple[str, ...], now: datetime) -> None:
        things = [one for one in self.of_month(month, now) if one.name not in dropped]
        starts = [self.morning(month, one, now) for one in self.readers("monthly", now)
                  if self.for_reader(one, things, now)]  # fmt: skip
        self.approved[month] = (min(starts), {one.name for one in things}, set(dropped))
        self.dropped |= set(dropped)

    def morning(self, day: date, one: Somebody, now: datetime) -> datetime:
        """Nine o'clock of the first working day from a day on; once that is over, the next working hour."""
        nine = clock(on(day, one.city.country), 9, one.zone)
        return nine if now <= nine else self.next_hour(one, now)

    def next_hour(self, one: Somebody, now: datetime) -> datetime:
        local = now.astimezone(ZoneInfo(one.zone))
        if works(local.date(), one.city.country) and local.hour < 18:
            return max(now, clock(local.date(), 9, one.zone))
        return clock(on(local.date() + DAY, one.city.country), 9, one.zone)

    def round(self, now: datetime) -> None:
        """Send what is due at a moment at which the assistant looks."""
        for month, (starts, names, _) in sorted(self.approved.items()):
            if starts <= now:
                del self.approved[month]
                things = [one for one in self.of_month(month, now) if one.name in names]
                self._send(self.readers("monthly", now), things, now, month)
        monday = (now + timedelta(hours=3)).astimezone(UTC).date()
        if monday.weekday() < 5:
            monday -= timedelta(days=monday.weekday())
            followers = [one for one in self.network.people.values() if one.often == "weekly"]
            if followers and monday not in self.weeks:
                self.weeks.add(monday)
                self._send(self.readers("weekly", now), self._between(now), now, monday)
        at_once = [one for one in self.readers("once", now) if self.next_hour(one, now) <= now]
        if at_once:
            self._send(at_once, self._between(now), now, None)

    def _between(self, now: datetime) -> list[Thing]:
        ahead = now + BACK
        return [one for one in self.things(now - BACK, now, ahead, ahead) if one.name not in self.dropped]

    def _send(self, people: list[Somebody], things: list[Thing], now: datetime, day: date | None) -> None:
        for one in people:
            mine = self.for_reader(one, things, now)
            if mine:
                self.known[one.code] += [(thing.key, now) for thing in mine]
                moment = now if day is None else self.morning(day, one, now)
                what = {(each.code, one.language if one.language in each.titles else each.titles[0]) for each in mine}
                self.sent.append(Sent(one.code, moment.astimezone(UTC), frozenset(what)))
