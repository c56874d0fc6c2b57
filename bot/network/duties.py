"""What people are reminded of: one value for a deadline, a form, a registration, an action and an event; and for whom.

Whom a thing concerns is decided here, by rules alone; what people have done about it stands in ``Standing``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.network.audiences import EVERYONE, GROUP_PREFIX, MEMBER_ROLES, Reader
from bot.network.content import Content
from bot.network.records import Event
from bot.network.schedule import calendar, last_day

Kind = Literal["deadline", "form", "registration", "event", "action"]
LETTERS: Mapping[Kind, str] = {"deadline": "d", "form": "f", "registration": "r", "event": "e", "action": "a"}
"""How a kind travels in a button, before the row's number."""
USUAL = (30, 7, 1)
"""How many days before it those concerned are reminded, unless its row says otherwise."""
OF_CITIES = frozenset({"report", "survey", "confirmation", "dues", "contribution", "call"})
"""Kinds of deadlines that a city does once, by its focal point."""
LATE_IS_TAKEN = frozenset({"report", "confirmation", "dues"})
"""Kinds of deadlines that are worth a word when they are over."""
_DAYS = 16_384
"""So many answers to what day a reader is told are remembered."""
StanceName = Literal["done", "declined", "asked", "passed"]
"""``asked``: for a reminder on a day; ``passed``: to a colleague."""


class Duty(NamedTuple):
    """Something with a day, that is expected of somebody, or an event to come."""

    kind: Kind
    number: int
    """Of its row."""
    code: str
    title: Content
    due: datetime
    """The last instant that counts, exclusive for whole days; the beginning of an event."""
    all_day: bool
    time_zone: str
    audience: str
    organisations: tuple[str, ...] = ()
    """Those that it names; none: the whole audience."""
    themes: tuple[str, ...] = ()
    of_city: bool = False
    """Whether one answer does for a whole city."""
    opens: datetime | None = None
    """Before this nobody is reminded."""
    offsets: tuple[int, ...] = USUAL
    late: bool = False
    """Whether it is worth a word once it is over."""
    after_event: bool = False
    """Whether it is asked for when an event is over, at ``opens``."""
    form: str | None = None
    """The code of the form by which it is done here."""
    form_number: int | None = None
    link: str | None = None
    event: Event | None = None
    """The event that it is, or belongs to."""
    city: Content | None = None
    """The name of the city where the event is."""
    entrance: str | None = None
    """For what only participants need: the key of the registration by which they are known."""
    entrance_form: str | None = None
    """The same: the code of the form of that registration."""
    dues: bool = False
    registers: bool = False
    """Whether it is a registration."""

    @property
    def key(self) -> str:
        """What names it among all, whatever its number."""
        return f"{self.kind}:{self.code}"

    @property
    def reference(self) -> str:
        """How a button names it: ``d12``."""
        return f"{LETTERS[self.kind]}{self.number}"

    def day(self, zone: str) -> date:
        """Return the day that a reader in that IANA zone is told: the last that counts, an event's first."""
        return _told(self.due, self.time_zone, zone, first=self.kind == "event", all_day=self.all_day)


@lru_cache(_DAYS)
def _told(due: datetime, venue: str, zone: str, *, first: bool, all_day: bool) -> date:
    """Return the first day, or the last one that counts; it is asked of every duty for every reader."""
    there = calendar(ZoneInfo(venue), ZoneInfo(zone), all_day=all_day)
    return due.astimezone(there).date() if first else last_day(due, all_day=all_day, zone=there)


class Stance(NamedTuple):
    """What somebody has said about a duty."""

    person: str
    organisation: str
    duty: str
    """Key."""
    stance: StanceName
    day: date | None
    """For ``asked``: when to remind."""
    colleague: str | None
    """For ``passed``: who takes it, while that person is in the same organisation."""


class Standing:
    """Who has said and done what, as far as it matters for some duties."""

    def __init__(
        self,
        stances: Collection[Stance] = (),
        answered: Mapping[str, Collection[str]] | None = None,
        attending: Mapping[str, Collection[str]] | None = None,
        focal: Collection[str] = (),
    ) -> None:
        """Take who answered by form (``p:PERSON``, ``o:ORGANISATION``), who has a place, and who has a focal point.

        ``attending`` is by form the codes of people; ``focal`` the codes of organisations.
        """
        self._own = {(one.duty, one.person): one for one in stances}
        self._of: dict[tuple[str, str], list[Stance]] = {}
        self._asked: dict[str, dict[str, date]] = {}
        for one in stances:
            self._of.setdefault((one.duty, one.organisation), []).append(one)
            if one.day is not None:
                self._asked.setdefault(one.person, {})[one.duty] = one.day
        self._answered, self._attending, self._focal = answered or {}, attending or {}, focal

    def asked_by(self, reader: Reader) -> dict[str, date]:
        """Return the days on which the reader wants to be reminded, by the duty's key."""
        return self._asked.get(reader.person or "", {})

    def own(self, duty: Duty, reader: Reader) -> Stance | None:
        """Return what the reader said about it."""
        return self._own.get((duty.key, reader.person or ""))

    def is_done(self, duty: Duty, reader: Reader, day: date) -> bool:
        """Whether the reader, or for what a city does the reader's city, has done it; ``day`` is when it is due."""
        if duty.dues and reader.dues_paid_until is not None and day <= reader.dues_paid_until:
            return True
        owners = self._answered.get(duty.form or "", ())
        if f"p:{reader.person}" in owners or f"o:{reader.organisation}" in owners:
            return True
        own = self.own(duty, reader)
        if own is not None and own.stance == "done":
            return True
        return duty.of_city and any(one.stance == "done" for one in self._city(duty, reader))

    def handed_to(self, duty: Duty, reader: Reader) -> bool:
        """Whether a colleague has passed it on to the reader, who has not declined it."""
        own = self.own(duty, reader)
        given = any(one.stance == "passed" and one.colleague == reader.person for one in self._city(duty, reader))
        return given and (own is None or own.stance != "declined")

    def is_awaited(self, duty: Duty, reader: Reader, today: date, day: date) -> bool:
        """Whether the reader is the one to remind: concerned, and has neither done, declined nor passed it on."""
        own = self.own(duty, reader)
        if self.is_done(duty, reader, day) or (own is not None and own.stance == "declined"):
            return False
        if own is not None and own.stance == "passed" and self._is_taken(own):
            return False
        if self.handed_to(duty, reader):
            return True
        if duty.of_city and any(one.stance == "passed" and self._is_taken(one) for one in self._city(duty, reader)):
            return False
        return self.concerns(duty, reader, today)

    def concerns(self, duty: Duty, reader: Reader, today: date) -> bool:
        """Whether it is for the reader to do, or an event for the reader to come to."""
        audiences = reader.audiences(today)
        if audiences is None or duty.audience not in audiences:  # coordinators ask others
            return False
        if duty.organisations and reader.organisation not in duty.organisations:
            return False
        if duty.entrance is not None:
            registered = self._own.get((duty.entrance, reader.person or ""))
            return reader.person in self._attending.get(duty.entrance_form or "", ()) or (
                registered is not None and registered.stance == "done"
            )
        if duty.of_city:
            return self._speaks(reader) or (reader.role not in MEMBER_ROLES and bool(duty.organisations))
        follows = bool(set(duty.themes) & set(reader.themes))
        if reader.role not in MEMBER_ROLES:
            return follows or bool(duty.organisations)
        return follows or not duty.themes or duty.audience != EVERYONE  # what is open to all is for who follows it

    def _speaks(self, reader: Reader) -> bool:
        """Whether the reader speaks for a city: its focal point, or anybody where there is none."""
        if reader.role == "focal_point":
            return True
        return reader.role in MEMBER_ROLES and reader.organisation not in self._focal

    def _is_taken(self, passed: Stance) -> bool:
        """Whether whoever got it is there, and has not declined it."""
        taker = self._own.get((passed.duty, passed.colleague or ""))
        return passed.colleague is not None and (taker is None or taker.stance != "declined")

    def _city(self, duty: Duty, reader: Reader) -> list[Stance]:
        return self._of.get((duty.key, reader.organisation or ""), [])


class Alike:
    """Tells readers apart by what ``Standing`` reads of them, and by nothing else: those who are alike share a fate."""

    def __init__(self, some: Collection[Duty], views: Standing) -> None:
        """Take the duties that matter, and what is known about them."""
        self._views = views
        self._themes = {theme for one in some for theme in one.themes}
        self._groups = {one.audience for one in some}
        self._named = {code for one in some for code in one.organisations}
        self._own: dict[str, list[tuple[str, StanceName, date | None]]] = {}
        self._taking: set[str] = set()
        """Who has passed something on, or was given something: whoever takes it decides."""
        for one in views._own.values():
            self._own.setdefault(one.person, []).append((one.duty, one.stance, one.day))
            self._taking.update((one.person, one.colleague or "") if one.stance == "passed" else ())
        self._said: dict[str, list[Stance]] = {}
        for (_, place), stances in views._of.items():
            self._said.setdefault(place, []).extend(stances)
        self._cities: dict[str | None, tuple[object, ...]] = {}

    def of(self, reader: Reader) -> tuple[object, ...]:
        """Return what may make a difference."""
        person, views = reader.person or "", self._views
        own = f"p:{person}"
        return (
            reader.role,
            reader.dues_paid_until,
            tuple(sorted(self._themes.intersection(reader.themes))),
            tuple(one for one in reader.groups if GROUP_PREFIX + one in self._groups),
            self._city(reader.organisation),
            tuple(form for form, owners in views._answered.items() if own in owners),
            tuple(form for form, people in views._attending.items() if person in people),
            tuple(self._own.get(person, ())),
            person if person in self._taking else None,
        )

    def _city(self, organisation: str | None) -> tuple[object, ...]:
        if organisation not in self._cities:
            views, own = self._views, f"o:{organisation}"
            said = self._said.get(organisation or "", [])
            passed = any(one.stance == "passed" for one in said)
            self._cities[organisation] = (
                organisation if passed or organisation in self._named else None,
                organisation in views._focal,
                tuple(sorted({one.duty for one in said if one.stance == "done"})),
                tuple(form for form, owners in views._answered.items() if own in owners),
            )
        return self._cities[organisation]
