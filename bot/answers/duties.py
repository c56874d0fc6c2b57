"""What is due and what is coming, from all tables together; and what of it is expected of a reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answers.narrowed import page_within
from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.duties import LATE_IS_TAKEN, LETTERS, OF_CITIES, USUAL, Duty, Stance, Standing
from bot.network.forms import Form
from bot.network.records import Deadline, Event
from storage import agenda, reminders, stances
from storage.agenda import EventFilter
from storage.database import Transaction
from storage.network import ACTIONS, EVENTS, FORMS, ORGANISATIONS

PAGE = 8
"""Duties a page."""
PAST = timedelta(days=30)
"""For how long what is over is still worth a word."""
_USUALLY = timedelta(days=max(USUAL) + 20)
"""How long before its day a deadline's first reminder is at most, holidays counted, unless it has days of its own."""
_ALL = 100_000


@dataclass(frozen=True)
class DutiesPage:
    """One page of what is expected of somebody, in the order of its days."""

    page: int
    pages: int
    total: int
    shown: tuple[Duty, ...]
    today: date
    known: bool
    """Whether the network knows the reader at all."""


@dataclass(frozen=True)
class DutyCard:
    """A duty, and how the reader stands with it."""

    duty: Duty
    own: Stance | None
    handed: bool
    """Whether a colleague has passed it on to the reader."""
    done: bool
    today: date


async def every(read: Transaction, now: datetime, until: datetime | None = None) -> list[Duty]:
    """Return everything that is due or coming, or was lately, for whomever it may be.

    ``until`` leaves out deadlines of which nobody is reminded by then.
    """
    since = now - PAST
    events = await agenda.events(read, None, EventFilter(ends_after=since), limit=_ALL)
    cities = {one.code: one.name for one in await ORGANISATIONS.all(read)}
    if until is None:
        deadlines = await agenda.deadlines(read, None, due_after=since)
    else:
        deadlines = await reminders.deadlines(read, since, until + _USUALLY)
    forms = await FORMS.all(read)
    named = {one.event for one in deadlines} | {one.event for one in forms if one.closes and one.closes > since}
    past = await EVENTS.several(read, {code for code in named if code} - {one.code for one in events})
    found = _Gathered(events, list(past.values()), forms, cities, since)
    for deadline in deadlines:
        found.deadline(deadline)
    return found.all(await reminders.registrations(read, since))


class _Gathered:
    """Puts the rows that tell of one thing together: a deadline, its form, and the registration of its event."""

    def __init__(
        self, events: list[Event], past: list[Event], forms: list[Form], cities: dict[str, Content], since: datetime
    ) -> None:
        self._cities = cities
        self._coming = [one for one in events if one.status != "cancelled"]
        self._events, self._forms = {one.code: one for one in (*past, *events)}, {one.code: one for one in forms}
        self._open = [one for one in forms if one.closes is not None and one.closes > since]
        """Those that tell when they close, and have not closed long since: they may stand alone."""
        self._found: list[Duty] = []
        self._told: set[str] = set()
        """The codes of the forms and events whose registration a deadline tells."""
        self._registering: dict[str, Form] = {}
        for form in sorted(forms, key=lambda one: (one not in self._open, one.code)):
            if form.event is not None and form.registers:
                self._registering.setdefault(form.event, form)
        self._entrances: dict[str, str] = {}

    def deadline(self, one: Deadline) -> None:
        event = self._events.get(one.event or "")
        if event is not None and event.status == "cancelled":
            return
        form = self._forms.get(one.form or "")
        if one.kind == "registration" and one.event is not None:
            form = form or self._registering.get(one.event)
            self._told.add(one.event)
            self._entrances[one.event] = f"deadline:{one.code}"
        if form is not None:
            self._told.add(form.code)
        after = one.kind == "survey" and event is not None and (one.opens or one.due) >= event.begins
        self._found.append(
            Duty(
                "deadline", one.id, one.code, one.title, one.due, one.all_day, one.time_zone, one.audience,
                one.organisations, one.themes or (event.themes if event else ()),
                of_city=form.answers == "one_per_city" if form else one.kind in OF_CITIES and not after,
                opens=_latest(one.opens, event.ends if event and after else None),
                offsets=one.reminders or USUAL, late=one.kind in LATE_IS_TAKEN and form is None, after_event=after,
                form=form.code if form else None, form_number=form.id if form else None,
                link=one.link or (event.registration_link if event and one.kind == "registration" else None),
                event=event, dues=one.kind == "dues", registers=one.kind == "registration",
            )
        )  # fmt: skip

    def all(self, closed: list[Deadline]) -> list[Duty]:
        """Return the duties, with the forms and events that no deadline tells.

        ``closed`` are registrations that were over long since: those who come to an event are still known by them.
        """
        found = self._found + [self._form(one) for one in self._open if self._stands_alone(one)]
        found += [one for event in self._coming if (one := self._registration(event)) is not None]
        found += [self._event(one) for one in self._coming if one.part_of is None and one.kind != "city_event"]
        for deadline in closed:
            self._entrances.setdefault(deadline.event or "", f"deadline:{deadline.code}")
        for code, form in self._registering.items():
            self._entrances.setdefault(code, f"form:{form.code}")
        for event in self._events.values():
            if event.registration_closes is not None:
                self._entrances.setdefault(event.code, f"registration:{event.code}")
        return [self._entered(one) for one in found]

    def _stands_alone(self, form: Form) -> bool:
        event = self._events.get(form.event or "")
        told = form.registers and form.event in self._told
        return form.code not in self._told and not told and (event is None or event.status != "cancelled")

    def _form(self, one: Form) -> Duty:
        event = self._events.get(one.event or "")
        after = one.kind == "survey" and event is not None
        if one.registers and one.event is not None:
            self._told.add(one.event)
            self._entrances.setdefault(one.event, f"form:{one.code}")
        assert one.closes is not None
        midnight = one.closes.astimezone(ZoneInfo(one.time_zone))
        return Duty(
            "form", one.id, one.code, one.title, one.closes, (midnight.hour, midnight.minute) == (0, 0), one.time_zone,
            one.audience, one.organisations, event.themes if event else (), of_city=one.answers == "one_per_city",
            opens=_latest(one.opens, event.ends if event and after else None), after_event=after, form=one.code,
            form_number=one.id, event=event, registers=one.registers,
        )  # fmt: skip

    def _registration(self, one: Event) -> Duty | None:
        if one.registration_closes is None or one.code in self._told:
            return None
        midnight = one.registration_closes.astimezone(ZoneInfo(one.time_zone))
        return Duty(
            "registration", one.id, one.code, one.title, one.registration_closes,
            (midnight.hour, midnight.minute) == (0, 0), one.time_zone, one.audience, (), one.themes,
            opens=one.registration_opens, link=one.registration_link, event=one, registers=True,
        )  # fmt: skip

    def _event(self, one: Event) -> Duty:
        return Duty(
            "event", one.id, one.code, one.title, one.begins, one.all_day, one.time_zone, one.audience, (),
            one.themes, link=one.link, event=one, city=self._cities.get(one.city or ""),
        )  # fmt: skip

    def _entered(self, one: Duty) -> Duty:
        """Say by which registration those are known whom alone it concerns."""
        if one.event is None or not (one.kind == "event" or one.after_event):
            return one
        form = self._registering.get(one.event.code)
        entrance = self._entrances.get(one.event.code)
        return one._replace(entrance=entrance, entrance_form=form.code if form else None)


async def standing(read: Transaction, some: Iterable[Duty], people: Collection[Reader] | None) -> Standing:
    """Return who of these people and their organisations has said and done what about these duties; None: of all."""
    duties = list(some)
    keys = {one.key for one in duties} | {one.entrance for one in duties if one.entrance}
    forms = {one.form for one in duties if one.form}
    entrances = {one.entrance_form for one in duties if one.entrance_form}
    persons = None if people is None else {one.person for one in people if one.person}
    places = None if people is None else {one.organisation for one in people if one.organisation}
    answered = await stances.answered(read, forms, persons, places)
    attending = await reminders.attending(read, entrances, persons)
    said = await stances.about(read, keys, persons, places)
    return Standing(said, answered, attending, await reminders.with_focal_points(read, places))


async def mine(read: Transaction, reader: Reader, now: datetime, page: int = 0) -> DutiesPage:
    """Return what is expected of the reader and the reader's city; a page past the end becomes the last one."""
    today = reader.today(now)
    if reader.person is None:
        return DutiesPage(0, 1, 0, (), today, known=False)
    some = [one for one in await every(read, now) if one.kind != "event" and _is_open(one, now)]
    some += await _actions(read, reader, now)
    views = await standing(read, some, [reader])
    found = [one for one in some if views.is_awaited(one, reader, today, one.day(reader.time_zone))]
    found.sort(key=lambda one: (one.day(reader.time_zone), one.due, one.key))
    page, pages = page_within(page, len(found), PAGE)
    return DutiesPage(page, pages, len(found), tuple(found[page * PAGE : (page + 1) * PAGE]), today, known=True)


async def card(read: Transaction, reader: Reader, now: datetime, reference: str) -> DutyCard | None:
    """Return what a button names, or None if it is not there for this reader."""
    kind = next((kind for kind, letter in LETTERS.items() if reference[:1] == letter), None)
    if kind is None or reader.person is None:
        return None
    some = await (_actions(read, reader, now) if kind == "action" else every(read, now))
    duty = next((one for one in some if one.reference == reference), None)
    today, audiences = reader.today(now), reader.audiences(reader.today(now))
    if duty is None:
        return None
    views = await standing(read, [duty], [reader])
    handed = views.handed_to(duty, reader)
    if not handed and audiences is not None and duty.audience not in audiences:
        return None
    done = views.is_done(duty, reader, duty.day(reader.time_zone))
    return DutyCard(duty, views.own(duty, reader), handed, done, today)


async def _actions(read: Transaction, reader: Reader, now: datetime) -> list[Duty]:
    """Return the lines of the action plan that the reader's organisation has to do."""
    zone, found = ZoneInfo(reader.time_zone), []
    for one in await ACTIONS.all(read):
        if one.due is None or one.state == "done" or reader.organisation not in one.organisations:
            continue
        due = datetime.combine(one.due + timedelta(days=1), datetime.min.time(), zone)
        found.append(
            Duty(
                "action", one.id, one.code, one.title, due, True, reader.time_zone, one.audience, one.organisations,
                one.themes, of_city=True,
            )
        )  # fmt: skip
    return found


def _is_open(duty: Duty, now: datetime) -> bool:
    """Whether it can be done now: it is not over, or a late answer is taken; and it has begun."""
    return (duty.due > now or duty.late) and (duty.opens is None or duty.opens <= now)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)
