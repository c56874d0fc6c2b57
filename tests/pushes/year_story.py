"""A simulated year before it is run: what everybody does, and what the naive calculation says they must be told.

People react to what they are told, so both are found together; the same story is then done in a real database.
"""

from __future__ import annotations

import bisect
import copy
import heapq
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.pushes import year_network as invented
from tests.pushes.year_network import FIRST, Item, Matter, Network, Somebody, at, network
from tests.pushes.year_reminders import DAY, Reminders, Said, awake, back, clock, moments, told_day
from tests.pushes.year_watch import Sent, Watch, month_after

HALF, HOUR = timedelta(minutes=30), timedelta(hours=1)
START = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
Act = tuple[Any, ...]


class Step(NamedTuple):
    """A round, and what people have done since the last one."""

    now: datetime
    acts: tuple[tuple[datetime, Act], ...]


@dataclass
class Story:
    """A year: the network at its beginning, its steps, and what must be said."""

    network: Network
    steps: list[Step]
    reminders: list[Said]
    watch: list[Sent]
    people: dict[str, Somebody]
    """As they are at the end."""

    @property
    def changing(self) -> set[str]:
        """The codes of those who choose another language or other hours on their way."""
        acts = (act for step in self.steps for _, act in step.acts)
        return {act[1] for act in acts if act[0] in ("language", "quiet")}


class _World:
    """The network while the story is told."""

    def __init__(self, network: Network, luck: random.Random) -> None:
        self.network, self._luck = network, luck
        self.reminders = Reminders(network)
        self.watch = Watch(network, self.reminders)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()
        self._extra: dict[str, datetime] = {}

    def plan(self, when: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (when, next(self._numbers), act))

    def step(self, before: datetime, now: datetime) -> Step:
        """Let people do what they planned, then look around."""
        done, changed = [], False
        while self._acts and self._acts[0][0] < now:
            when, _, act = heapq.heappop(self._acts)
            self.enact(act, when)
            done.append((when, act))
            changed = changed or act[0] == "change"
        self.watch.round(now)
        times: dict[tuple[str, str, str | None], tuple[bool, bool]] = {}
        for one in self.network.people.values():
            habits = (one.zone, one.city.country, one.quiet)
            if habits not in times:
                nine = before < clock(now.astimezone(ZoneInfo(one.zone)).date(), 9, one.zone) <= now
                times[habits] = nine, self._is_near(one, before, now)
            nine, near = times[habits]
            woken = changed or now - before > HOUR or self._extra_is_over(one, now)
            if nine or woken or near:
                moment = awake(now, one.zone, one.quiet)
                if moment > now:
                    self._extra[one.code] = moment
                if said := self.reminders.look(one, before, now, nine=nine):
                    self._react(one, said)
        return Step(now, tuple(done))

    def _extra_is_over(self, one: Somebody, now: datetime) -> bool:
        if self._extra.get(one.code, now + DAY) > now:
            return False
        del self._extra[one.code]
        return True

    def _is_near(self, one: Somebody, before: datetime, now: datetime) -> bool:
        """Whether a meeting is two hours off for those who live like somebody."""
        near = (each for each in self.network.matters.values() if each.kind == "event" and now < each.due < now + DAY)
        return any(
            before < moment.at <= now
            for event in near
            for moment in moments(event, one.zone, one.city.country, one.quiet)
            if moment.name == "hours"
        )

    def enact(self, act: Act, now: datetime) -> None:
        match act:
            case ("say", code, key, stance, day, colleague):
                self.reminders.say(code, key, stance, day, colleague)
            case ("answer", code, form):
                one = self.network.people[code]
                of_city = self.network.matters[f"form:{form}"].of_city
                owners = self.reminders.answers[form]
                if not of_city or f"o:{one.city.code}" not in owners:
                    owners |= {f"p:{code}", *([f"o:{one.city.code}"] if of_city else [])}
            case ("change", *found):
                self.network.matters |= {one.key: one for one in found}
            case ("pay", number, until):
                self.network.cities[number].paid_until = until
            case ("language", code, language):
                self.network.people[code].chosen = language
            case ("quiet", code, quiet):
                self.network.people[code].quiet = quiet
            case ("follow", code, often, themes, snoozed):
                one = self.network.people[code]
                one.often, one.followed, one.snoozed = often, themes, snoozed
            case ("publish", item):
                self.watch.items.append((item, now))
            case ("approve", month, dropped):
                self.watch.approve(month, dropped, now)

    def _react(self, one: Somebody, said: Said) -> None:
        """Have somebody do something about a reminder, perhaps: half an hour before a later hour of reminders."""
        for key, _, _ in sorted(said.rows):
            matter, luck = self.network.matters[key], self._luck
            today = said.at.astimezone(ZoneInfo(one.zone)).date()
            morning = at(today + timedelta(days=luck.randrange(1, 5)), 8, one.zone, 30)
            chance = luck.random()
            if chance < 0.12 and matter.form:
                self.plan(morning, ("answer", one.code, matter.form))
            elif chance < 0.22 and matter.kind != "event":
                soon = morning if matter.kind == "registration" else said.at + HALF + luck.randrange(90) * HOUR
                self.plan(soon, ("say", one.code, key, "done", None, None))
            elif chance < 0.30:
                self.plan(morning, ("say", one.code, key, "declined", None, None))
                if luck.random() < 0.2:
                    self.plan(morning + luck.randrange(1, 6) * DAY, ("say", one.code, key, "back", None, None))
            elif chance < 0.38 and matter.kind != "event":
                others = [
                    each.code for each in self.network.people.values()
                    if each.city is one.city and each.zone == one.zone and each.code != one.code
                ]  # fmt: skip
                if others:
                    self.plan(morning, ("say", one.code, key, "passed", None, luck.choice(others)))
            elif chance < 0.5 and matter.kind != "event" and (day := self._later(matter, one, today)):
                self.plan(said.at + HALF, ("say", one.code, key, "asked", day, None))

    def _later(self, matter: Matter, one: Somebody, today: date) -> date | None:
        """The working day in three days, or the last one before the matter is over."""
        if told_day(matter, one.zone) < today:
            return None
        found = back(min(today + 3 * DAY, told_day(matter, one.zone)), one.city.country)
        return found if found > today else None


def story(seed: int, people: int = 500, cities: int = 30, days: int = 365, *, reactions: bool = True) -> Story:
    """Tell a year, or less."""
    luck = random.Random(seed)
    begun = network(luck, people, cities, days)
    world = _World(copy.deepcopy(begun), luck)
    if not reactions:
        world._react = lambda one, said: None  # type: ignore[method-assign]
    planned = list(_planned(luck, begun, days))
    for when, act in planned:
        world.plan(when, act)
    special = {
        one.due - timedelta(hours=2)
        for one in [*begun.matters.values(), *(one for _, act in planned if act[0] == "change" for one in act[1:])]
        if one.kind == "event" and not one.all_day and one.due.minute
    }
    every = {START + hour * HOUR for hour in range(24 * days)} | {one for one in special if one > START}
    down = _down(luck, days)
    steps, before = [], START - HOUR
    for now in sorted(every):
        if now < START + timedelta(days=days) and not any(first < now < last for first, last in down):
            steps.append(world.step(before, now))
            before = now
    end = START + timedelta(days=days)
    said = [one for one in world.reminders.said if one.at < end]
    times = [one.now for one in steps]  # what is queued for a time at which it is down goes out when it is back
    places = [(one, bisect.bisect_left(times, one.at)) for one in world.watch.sent]
    sent = [one._replace(at=times[place]) for one, place in places if place < len(times)]
    return Story(begun, steps, said, sent, world.network.people)


def _down(luck: random.Random, days: int) -> list[tuple[datetime, datetime]]:
    """When the assistant does not run: some hours around nine o'clock, a night and a day, half a week."""
    found = []
    for number, hours in enumerate((5, 9, 31, 80)[: 2 + days // 180]):
        first = START + timedelta(days=days * (number + 1) // 6 + 3, hours=luck.randrange(24))
        found.append((first, first + hours * HOUR))
    return found


def _planned(luck: random.Random, begun: Network, days: int) -> Iterator[tuple[datetime, Act]]:
    """What does not depend on what people are told."""
    yield from _changes(luck, begun, days)
    for number in range(days // 3):
        day = FIRST + timedelta(days=luck.randrange(days))
        kind = luck.choice(("news", "news", "document", "given-news", "given-event"))
        shown = day + timedelta(days=luck.randrange(5, 60)) if kind == "given-event" else day
        item = Item(
            kind, f"n{number:03}", shown, luck.choice(("everyone", "members", "group:delta")),
            tuple(luck.sample(invented.THEMES, luck.choice((0, 1)))), luck.choice(begun.cities).code,
            luck.choice((invented.LANGUAGES, ("fr", "vi", "en"))),
        )  # fmt: skip
        if kind.startswith("given"):
            item = replace(item, audience="everyone")
        yield _second(luck, day), ("publish", item)
    known = [one for one in begun.people.values() if one.chat is not None]
    for one in luck.sample(known, len(known) // 8):
        middle = FIRST + timedelta(days=luck.randrange(days))
        middle = middle.replace(day=14) + timedelta(days=(3 - middle.replace(day=14).weekday()) % 7)
        yield at(middle, 12, one.zone, 30), ("language", one.code, luck.choice(invented.LANGUAGES))
    for one in luck.sample(known, len(known) // 8):
        day = FIRST + timedelta(days=luck.randrange(days))
        yield at(day, 12, one.zone, 30), ("quiet", one.code, luck.choice(("20-7", "21-7", "22-6", "none")))
    for one in luck.sample(known, len(known) // 8):
        when = _second(luck, FIRST + timedelta(days=luck.randrange(days)))
        themes = luck.choice((None, (), tuple(luck.sample(invented.THEMES, 2))))
        snoozed = when + timedelta(days=61) if luck.random() < 0.3 else None
        yield when, ("follow", one.code, luck.choice(("monthly", "weekly", "once", "none")), themes, snoozed)
    yield from _issues(luck, begun, days)


def _second(luck: random.Random, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, luck.randrange(24), 30, tzinfo=UTC)


def _changes(luck: random.Random, begun: Network, days: int) -> Iterator[tuple[datetime, Act]]:
    """Dates that move, meetings that are called off, dues that are paid."""
    alone = [one for one in begun.matters.values() if one.event is None and one.entrance is None]
    for one in luck.sample(alone, len(alone) // 5):
        when = _second(luck, (one.due - timedelta(days=luck.randrange(2, 30))).date())
        if when < START + DAY:
            continue
        if one.kind == "event" and luck.random() < 0.4:
            yield when, ("change", replace(one, status="cancelled"))
            continue
        by = timedelta(days=luck.choice((-1, 3, 8, 14, 40)))
        moved = replace(one, due=_days_on(one, one.due, by), ends=one.ends and _days_on(one, one.ends, by))
        if moved.due > when + DAY:
            yield when, ("change", replace(moved, status="moved") if one.kind == "event" else moved)
    for number in luck.sample(range(len(begun.cities)), len(begun.cities) // 4):
        day = FIRST + timedelta(days=luck.randrange(days))
        yield _second(luck, day), ("pay", number, date(2027, 12, 31))


def _days_on(one: Matter, moment: datetime, by: timedelta) -> datetime:
    """The same hour by the clocks of the venue, some days on."""
    local = moment.astimezone(ZoneInfo(one.zone))
    return (local.replace(tzinfo=None) + by).replace(tzinfo=ZoneInfo(one.zone)).astimezone(UTC)


def _issues(luck: random.Random, begun: Network, days: int) -> Iterator[tuple[datetime, Act]]:
    """An issue approved every month: mostly in time, two of them late, one never."""
    month, number = date(FIRST.year, FIRST.month + 1, 1), 0
    while month < FIRST + timedelta(days=days):
        opened = at(month + 1 * DAY, 10, "Asia/Phnom_Penh", 30)
        drop = (f"news:n{luck.randrange(20):03}",) if luck.random() < 0.5 else ()
        if number % 11 == 3:
            yield opened, ("open", month)
            yield at(month + 7 * DAY, 15, "Asia/Phnom_Penh", 30), ("approve", month, drop)
        elif number % 11 == 5:
            yield opened, ("approve", month, drop)
        elif number % 11 != 7:
            yield at(month - luck.randrange(2, 9) * DAY, 15, "Asia/Phnom_Penh", 30), ("approve", month, drop)
        month, number = month_after(month), number + 1
