"""A naive calculation of who must be reminded of what, when: people × hours × duties, by the rules of the issue alone.

Nothing of ``bot`` is used here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from tests.pushes.year_network import Matter, Network, Somebody

LATE_IS_TOLD = True
"""Whether what could not go out for longer than a day is told while it is of use, rather than dropped."""
FULL_WAITS = True
"""Whether what does not fit into a week is told at an hour of reminders at which there is room, rather than dropped."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_WEEK = 3
MEMBERS = ("focal_point", "member", "coordinator")


class Moment(NamedTuple):
    """A time at which somebody ought to hear of a matter."""

    name: str
    at: datetime
    until: datetime
    urgent: bool


Row = tuple[str, str, str]
"""The key of a matter, the name of a moment, the day that is told."""


class Said(NamedTuple):
    """A bubble of reminders."""

    person: str
    at: datetime
    what: frozenset[tuple[str, str, bool]]
    """Codes, the languages that their titles are in, and whether it is said that the date has moved."""
    rows: frozenset[Row]


@lru_cache(None)
def off(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def works(day: date, country: str) -> bool:
    return day.weekday() < 5 and day not in off(country, day.year)


def back(day: date, country: str) -> date:
    return day if works(day, country) else back(day - DAY, country)


def on(day: date, country: str) -> date:
    return day if works(day, country) else on(day + DAY, country)


def clock(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone))


def is_quiet(at: datetime, zone: str, quiet: str | None) -> bool:
    """Whether somebody sleeps, in one of the choices that there are: from an evening to a morning."""
    if quiet == "none":
        return False
    begins, ends = (int(hour) for hour in (quiet or "21-7").split("-"))
    return at.astimezone(ZoneInfo(zone)).hour >= begins or at.astimezone(ZoneInfo(zone)).hour < ends


def awake(at: datetime, zone: str, quiet: str | None) -> datetime:
    """The first full hour at which somebody does not sleep, or the moment itself."""
    while is_quiet(at, zone, quiet):
        at = at.replace(minute=0) + timedelta(hours=1)
    return at


def told_day(one: Matter, zone: str) -> date:
    """The day that a reader is told: by the venue's calendar if it has no hour, else by the reader's."""
    if one.kind == "event":
        return one.due.astimezone(ZoneInfo(one.zone if one.all_day else zone)).date()
    if one.all_day:
        return one.due.astimezone(ZoneInfo(one.zone)).date() - DAY
    return one.due.astimezone(ZoneInfo(zone)).date()


@lru_cache(100_000)
def moments(one: Matter, zone: str, country: str, quiet: str | None, asked: date | None = None) -> list[Moment]:
    """Every time at which somebody there ought to hear of it."""
    day, found = told_day(one, zone), []
    for before in (1,) if one.kind == "event" else one.offsets:
        there = clock(back(day - timedelta(days=before), country), 9, zone)
        found.append(Moment(f"before-{before}", there, one.due, before <= 1))
    if one.kind == "event" and not one.all_day:
        soon = one.due - timedelta(hours=2)
        if is_quiet(soon, zone, quiet) and awake(soon, zone, quiet) >= one.due - timedelta(minutes=30):
            while is_quiet(soon, zone, quiet):
                soon = soon.replace(minute=0) - timedelta(hours=1)
        soon = awake(soon, zone, quiet)
        if works(soon.astimezone(ZoneInfo(zone)).date(), country):
            found.append(Moment("hours", soon, one.due, True))
    if one.late:
        found.append(Moment("overdue", clock(on(day + DAY, country), 9, zone), one.due + timedelta(days=60), True))
    if one.opens is not None:
        found = [each for each in found if each.at >= one.opens]
    if one.after and one.opens is not None:
        ended = one.opens.astimezone(ZoneInfo(zone)).date()
        found.append(Moment("after", clock(on(ended + DAY, country), 9, zone), one.due, False))
    if asked is not None:
        found = [each for each in found if each.at.astimezone(ZoneInfo(zone)).date() >= asked]
        name = f"asked-{asked:%Y%m%d}"
        found.append(Moment(name, clock(asked, 9, zone), one.due + timedelta(days=60), True))
    return sorted(found, key=lambda each: each.at)


class Reminders:
    """What people have said and heard of what is due."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.stances: dict[tuple[str, str], tuple[str, date | None, str | None]] = {}
        self._asked: dict[str, dict[str, date]] = defaultdict(dict)
        self._found: dict[tuple[str, str, str | None, datetime, datetime], list[str]] = {}
        self.answers: dict[str, set[str]] = defaultdict(set)
        """By form: ``p:PERSON`` and ``o:CITY``."""
        self._dealt: dict[str, set[Row]] = defaultdict(set)
        """By person: what was said, or will never be."""
        self._waiting: dict[str, dict[Row, str]] = defaultdict(dict)
        self._heard: dict[tuple[str, str], date] = {}
        """Which day a person was told of a matter last."""
        self._bubbles: dict[str, list[datetime]] = defaultdict(list)
        self.said: list[Said] = []
        self._with_focal = {one.city.code for one in network.people.values() if one.role == "focal_point"}
        self._cities: dict[str, list[str]] = defaultdict(list)
        for one in network.people.values():
            self._cities[one.city.code].append(one.code)

    def say(self, code: str, key: str, stance: str, day: date | None, colleague: str | None) -> None:
        """Note what somebody says about a matter; ``back``: nothing any more."""
        self._asked[code].pop(key, None)
        self.stances.pop((code, key), None)
        if stance != "back":
            self.stances[code, key] = (stance, day, colleague)
        if stance == "asked" and day is not None:
            self._asked[code][key] = day

    def audiences(self, one: Somebody, now: datetime) -> set[str]:
        found = {"everyone", *(f"group:{group}" for group in one.city.groups)}
        if one.role in MEMBERS:
            found.add("members")
            paid = one.city.paid_until
            if paid is not None and now.astimezone(ZoneInfo(one.zone)).date() <= paid:
                found.add("members_paid")
        return found

    def is_done(self, matter: Matter, one: Somebody) -> bool:
        paid: date | None = one.city.paid_until
        if matter.dues and paid is not None and told_day(matter, one.zone) <= paid:
            return True
        if {f"p:{one.code}", f"o:{one.city.code}"} & self.answers[matter.form or ""]:
            return True
        those = self._cities[one.city.code] if matter.of_city else [one.code]
        return any(self.stances.get((code, matter.key), ("",))[0] == "done" for code in those)

    def is_for(self, matter: Matter, one: Somebody, now: datetime) -> bool:
        if one.role == "coordinator" or matter.audience not in self.audiences(one, now):
            return False
        if matter.cities and one.city.code not in matter.cities:
            return False
        if matter.entrance is not None:
            said = self.stances.get((one.code, matter.entrance), ("",))[0]
            return said == "done" or f"p:{one.code}" in self.answers[matter.entrance.partition(":")[2]]
        if matter.of_city:
            speaks = one.role == "focal_point" or (one.role in MEMBERS and one.city.code not in self._with_focal)
            return speaks or (one.role not in MEMBERS and bool(matter.cities))
        follows = bool(set(matter.themes) & set(one.themes))
        if one.role not in MEMBERS:
            return follows or bool(matter.cities)
        return follows or not matter.themes or matter.audience != "everyone"

    def _taken(self, key: str, giver: str) -> str | None:
        """Who has got it from somebody and has not declined it."""
        stance, _, colleague = self.stances.get((giver, key), ("", None, None))
        if stance != "passed" or colleague is None or self.stances.get((colleague, key), ("",))[0] == "declined":
            return None
        return colleague

    def is_awaited(self, matter: Matter, one: Somebody, now: datetime) -> bool:
        own = self.stances.get((one.code, matter.key), ("",))[0]
        if matter.status == "cancelled" or own == "declined" or self.is_done(matter, one):
            return False
        if self._taken(matter.key, one.code):
            return False
        takers = {self._taken(matter.key, code) for code in self._cities[one.city.code]}
        if one.code in takers:
            return True
        if matter.of_city and takers - {None}:
            return False
        return self.is_for(matter, one, now)

    def look(self, one: Somebody, before: datetime, now: datetime, *, nine: bool) -> Said | None:
        """Say to somebody what is to be said now.

        The last time that anybody was looked at was ``before``; ``nine`` says whether it is an hour of reminders.
        """
        since = min(before, now - DAY) if LATE_IS_TOLD else now - DAY
        waiting, asked = self._waiting.pop(one.code, {}), self._asked[one.code]
        new = self._new(one.zone, one.city.country, one.quiet, since, now)
        ready: dict[str, list[Moment]] = {}
        for key in sorted({*new, *asked, *(key for key, _, _ in waiting)}):
            matter = self.network.matters[key]
            told = told_day(matter, one.zone).isoformat()
            passed = [
                each
                for each in moments(matter, one.zone, one.city.country, one.quiet, asked.get(key))
                if each.at <= now
                and ((key, each.name, told) in waiting or since < each.at)
                and (key, each.name, told) not in self._dealt[one.code]
            ]
            if passed and self.is_awaited(matter, one, now):
                ready[key] = passed
        return self._told(one, ready, waiting, now, nine=nine) if ready and one.chat is not None else None

    def _new(self, zone: str, country: str, quiet: str | None, since: datetime, now: datetime) -> list[str]:
        """The keys of what has a moment in between, for all who live alike."""
        habits = (zone, country, quiet, since, now)
        if habits not in self._found:
            self._found[habits] = [
                key
                for key, one in self.network.matters.items()
                if any(since < each.at <= now for each in moments(one, zone, country, quiet))
            ]
        return self._found[habits]

    def _told(
        self, one: Somebody, ready: dict[str, list[Moment]], waiting: dict[Row, str], now: datetime, *, nine: bool
    ) -> Said | None:
        today = now.astimezone(ZoneInfo(one.zone)).date()
        working, asleep = works(today, one.city.country), is_quiet(now, one.zone, one.quiet)
        days = {key: told_day(self.network.matters[key], one.zone) for key in ready}
        latest: dict[str, Moment] = {}
        urgent = False
        for key, passed in ready.items():
            useful = [each for each in passed if now < each.until]
            self._dealt[one.code] |= {
                (key, each.name, days[key].isoformat()) for each in passed if each not in useful[-1:]
            }
            if not useful:
                continue
            row = (key, useful[-1].name, days[key].isoformat())
            is_urgent = any(each.urgent for each in useful)
            if waiting.get(row) == "full" and not nine:
                self._waiting[one.code][row] = "full"
            elif asleep or not (working or is_urgent):
                self._waiting[one.code][row] = "held"
            else:
                latest[key], urgent = useful[-1], urgent or is_urgent
        week = [each for each in self._bubbles[one.code] if today - each.astimezone(ZoneInfo(one.zone)).date() < WEEK]
        rows = {(key, each.name, days[key].isoformat()) for key, each in latest.items()}
        if len(week) >= A_WEEK and not urgent:
            if FULL_WAITS:
                self._waiting[one.code] |= dict.fromkeys(rows, "full")
            else:
                self._dealt[one.code] |= rows
            return None
        if not latest:
            return None
        self._dealt[one.code] |= rows
        what = set()
        for key in latest:
            matter, heard = self.network.matters[key], self._heard.get((one.code, key))
            language = one.language if one.language in matter.titles else matter.titles[0]
            what.add((matter.code, language, heard is not None and heard != days[key]))
            self._heard[one.code, key] = days[key]
        self._bubbles[one.code].append(now)
        said = Said(one.code, now, frozenset(what), frozenset(rows))
        self.said.append(said)
        return said
