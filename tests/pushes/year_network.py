"""An invented network for a simulated year: people of some thirty cities in five zones, and what is due from them.

These values are the test's own: the naive calculation reads them, and ``year_tables`` writes them into a database.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LANGUAGES = ("fr", "vi", "km", "lo", "en")
THEMES = ("water", "heritage", "youth", "tourism")
COUNTRIES = (
    ("KH", "Asia/Phnom_Penh", "km"), ("VN", "Asia/Ho_Chi_Minh", "vi"), ("LA", "Asia/Vientiane", "lo"),
    ("FR", "Europe/Paris", "fr"), ("CA", "America/Montreal", "fr"),
)  # fmt: skip
FIRST = date(2027, 1, 4)
"""A Monday: the day on which the simulated year begins."""


@dataclass
class City:
    code: str
    country: str
    zone: str
    member: bool
    paid_until: date | None
    groups: tuple[str, ...] = ()


@dataclass
class Somebody:
    code: str
    chat: int | None
    """On Telegram; None: nothing leads there."""
    city: City
    role: str
    languages: tuple[str, ...]
    themes: tuple[str, ...] = ()
    own_zone: str | None = None
    chosen: str | None = None
    """The language that was chosen in the chat."""
    quiet: str | None = None
    often: str = "monthly"
    followed: tuple[str, ...] | None = None
    snoozed: datetime | None = None

    @property
    def zone(self) -> str:
        return self.own_zone or self.city.zone

    @property
    def language(self) -> str:
        return self.chosen or self.languages[0]


@dataclass(frozen=True)
class Matter:
    """A deadline, a form, a registration or an event; its code stands in its titles."""

    kind: str
    code: str
    due: datetime
    """The last instant, exclusive for whole days; of an event, its beginning."""
    all_day: bool
    zone: str
    audience: str = "members"
    cities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    of_city: bool = False
    opens: datetime | None = None
    offsets: tuple[int, ...] = (30, 7, 1)
    own_offsets: bool = False
    late: bool = False
    after: str | None = None
    """The event after which it is asked for."""
    form: str | None = None
    entrance: str | None = None
    """The key of the registration by which those are known whom alone it concerns."""
    row_kind: str = ""
    event: str | None = None
    dues: bool = False
    ends: datetime | None = None
    status: str = "confirmed"
    titles: tuple[str, ...] = LANGUAGES

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class Item:
    """Something for the watch alone: news, a document, or what a member gave."""

    kind: str
    code: str
    day: date
    """Published, dated; of an event that was given, its first."""
    audience: str = "everyone"
    themes: tuple[str, ...] = ()
    of: str | None = None
    titles: tuple[str, ...] = LANGUAGES


@dataclass
class Network:
    cities: list[City]
    people: dict[str, Somebody]
    matters: dict[str, Matter] = field(default_factory=dict)


def midnight_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def at(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def network(luck: random.Random, people: int, cities: int, days: int) -> Network:
    """Invent a network whose matters fall due within so many days and a little later."""
    places = []
    for number in range(cities):
        country, zone, _ = COUNTRIES[min(number * 7 % 32 // 7, 4)] if number >= 5 else COUNTRIES[number]
        paid = luck.choice((None, date(2027, 12, 31), FIRST + timedelta(days=luck.randrange(20, max(days, 21)))))
        groups = ("delta",) if number % 3 == 0 else ()
        places.append(City(f"city-{number:02}", country, zone, number % 9 != 8, paid, groups))
    everybody = {}
    for number in range(people):
        city = places[number % cities]
        native = next(code for country, _, code in COUNTRIES if country == city.country)
        code = f"person-{number:03}"
        role = "focal_point" if number < cities and number % 5 != 4 else "member" if city.member else "guest"
        everybody[code] = Somebody(
            code, None if number % 41 == 40 else 1_000 + number, city, "coordinator" if number % 97 == 96 else role,
            (native,) if luck.random() < 0.75 else (luck.choice(LANGUAGES), native),
            tuple(sorted(luck.sample(THEMES, luck.choice((0, 1, 1, 2))))),
            own_zone="Europe/Paris" if luck.random() < 0.03 else None,
            chosen=luck.choice(LANGUAGES) if luck.random() < 0.1 else None,
            quiet=luck.choice((None, None, "20-7", "22-6", "none")),
            often=luck.choice(("monthly",) * 16 + ("weekly", "weekly", "once", "none")),
        )  # fmt: skip
    found = Network(places, everybody)
    for number in range(days // 5):
        for one in _some(luck, number, FIRST + timedelta(days=luck.randrange(3, days + 25)), places):
            found.matters[one.key] = one
    return found


def _some(luck: random.Random, number: int, day: date, cities: list[City]) -> list[Matter]:
    """Invent what falls due about a day: one matter, or an event with what belongs to it."""
    zone = luck.choice(COUNTRIES)[1]
    themes = tuple(luck.sample(THEMES, luck.choice((0, 0, 1, 2))))
    audience = luck.choice(("everyone", "members", "members", "members_paid", "group:delta"))
    named = tuple(sorted(one.code for one in luck.sample(cities, min(4, len(cities))))) if number % 6 == 0 else ()
    titles = LANGUAGES if luck.random() < 0.8 else ("fr", "en")
    hour = luck.choice((9, 11, 14, 17, 23))
    due = midnight_after(day, zone) if luck.random() < 0.6 else at(day, hour, zone, luck.choice((0, 30)))
    all_day = due == midnight_after(day, zone)
    base = Matter("", f"m{number:03}", due, all_day, zone, audience, titles=titles)
    opens = due - timedelta(days=luck.randrange(5, 40)) if luck.random() < 0.3 else None
    match number % 4:
        case 0 | 1:
            row = luck.choice(("report", "confirmation", "dues", "hotel", "contribution", "call"))
            own = luck.choice(((), (14, 3), (10,), (21, 7, 2, 0)))
            found = replace(
                base, kind="deadline", row_kind=row, cities=named, themes=themes, opens=opens, dues=row == "dues",
                of_city=row != "hotel", late=row in ("report", "confirmation", "dues"),
                offsets=own or (30, 7, 1), own_offsets=bool(own),
            )  # fmt: skip
            return [found]
        case 2:
            by_city = luck.random() < 0.5
            code = f"{base.code}f"
            row = luck.choice(("survey", "consultation"))
            return [
                replace(
                    base, kind="form", code=code, form=code, of_city=by_city, cities=named, opens=opens, row_kind=row
                )
            ]
        case _:
            return _meeting(luck, replace(base, kind="event", themes=themes, row_kind="workshop"), day)


def _meeting(luck: random.Random, event: Matter, day: date) -> list[Matter]:
    """Invent an event: open to all whom it concerns, or with a registration of its own, or with a form and a survey."""
    zone = event.zone
    begins = at(day, 0, zone) if event.all_day else event.due
    ends = midnight_after(day, zone) if event.all_day else begins + timedelta(hours=3)
    event = replace(event, due=begins, ends=ends, offsets=(1,))
    way = luck.randrange(3)
    closes = midnight_after(day - timedelta(days=luck.randrange(4, 12)), zone)
    if way == 0:
        return [event]
    if way == 1:
        registration = replace(
            event, kind="registration", due=closes, all_day=True, opens=closes - timedelta(days=luck.randrange(6, 50)),
            event=event.code, ends=None, offsets=(30, 7, 1),
        )  # fmt: skip
        return [replace(event, entrance=registration.key), registration]
    code = f"{event.code}r"
    form = replace(
        event, kind="form", code=code, form=code, due=closes, all_day=True, event=event.code, ends=None,
        row_kind="registration", offsets=(30, 7, 1), opens=None,
    )  # fmt: skip
    survey = replace(
        event, kind="deadline", code=f"{event.code}s", due=midnight_after(day + timedelta(days=12), zone),
        all_day=True, after=event.code, opens=ends, event=event.code, ends=None, row_kind="survey",
        entrance=form.key, offsets=(30, 7, 1),
    )  # fmt: skip
    return [replace(event, entrance=form.key), form, survey]
