"""The network's tables as frozen values: one class a table, one field a column.

Every record is named by its ``code``, a short word of ``a-z 0-9 -`` chosen by the coordinator, unique in its table.
Instants are in UTC and time zone aware; a record that happens somewhere keeps the IANA name of its venue's zone.
Countries are ISO 3166-1 alpha-2.  The columns are explained for coordinators in ``docs/tables.md``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.network.audiences import AUDIENCE_PATTERN, EVERYONE, Role
from bot.network.content import Content, Frozen
from bot.network.languages import Language

Code = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?$")]
Audience = Annotated[str, Field(pattern=AUDIENCE_PATTERN)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Link = Annotated[str, Field(pattern=r"^https?://\S+$")]

Days = Annotated[tuple[int, ...], AfterValidator(lambda days: tuple(dict.fromkeys(days)))]
"""Numbers of days, each once."""

OrganisationKind = Literal["city", "province", "region", "department", "association", "partner"]
EventKind = Literal[
    "general_assembly", "annual_meeting", "bureau", "technical_committee", "workshop", "webinar", "training",
    "conference", "study_visit", "group_meeting", "city_event",
]  # fmt: skip
EventFormat = Literal["in_person", "video", "hybrid"]
EventStatus = Literal["planned", "confirmed", "moved", "cancelled"]
DeadlineKind = Literal["registration", "call", "report", "survey", "confirmation", "hotel", "dues", "contribution"]
DocumentKind = Literal[
    "minutes", "agenda", "presentation", "report", "statutes", "form", "invitation", "guide", "photos",
]  # fmt: skip
ActionState = Literal["planned", "under_way", "done", "late"]


class Record(Frozen):
    """What every row of every table has."""

    code: Code
    id: int = 0
    """The row's number in this database, for buttons; 0 before it is stored, and no part of what the row says."""

    def says_the_same(self, other: Record) -> bool:
        """Whether both rows say the same, whatever their numbers."""
        return self.model_copy(update={"id": 0}) == other.model_copy(update={"id": 0})


class Theme(Record):
    """A subject that the network works on."""

    name: Content
    spellings: tuple[str, ...] = ()
    axis: Literal["main", "cross_cutting", "wish"]


class Organisation(Record):
    """A city, province, region, association or partner."""

    name: Content
    spellings: tuple[str, ...] = ()
    kind: OrganisationKind
    country: Country
    time_zone: str
    membership: Literal["member", "guest", "partner"]
    dues_paid_until: date | None = None
    """The last day on which the dues count as paid."""
    groups: tuple[Code, ...] = ()
    """The groups whose audiences (``group:CODE``) its people belong to."""
    website: Link | None = None


class Person(Record):
    """A named person of an organisation."""

    name: str
    organisation: Code
    function: Content
    role: Role
    languages: tuple[Language, ...]
    """The languages that the person reads, the preferred one first."""
    themes: tuple[Code, ...] = ()
    email: str | None = None
    phone: str | None = None
    telegram_id: int | None = None


class Event(Record):
    """A meeting, conference, training or visit."""

    title: Content
    kind: EventKind
    begins: datetime
    ends: datetime
    """The end, exclusive: for a day without hours, the next midnight at the venue."""
    all_day: bool
    """Whether only days are known, without hours."""
    time_zone: str
    format: EventFormat
    city: Code | None = None
    """The organisation on whose ground it takes place."""
    country: Country | None = None
    place: Content | None = None
    link: Link | None = None
    """Where to join by video, or the event's own page."""
    audience: Audience = EVERYONE
    themes: tuple[Code, ...] = ()
    status: EventStatus = "confirmed"
    organiser: Code | None = None
    part_of: Code | None = None
    """The larger event that this one belongs to."""
    description: Content | None = None
    programme: Content | None = None
    """One line an item, such as ``08:30 Opening``."""
    registration_opens: datetime | None = None
    registration_closes: datetime | None = None
    registration_link: Link | None = None


class Deadline(Record):
    """Something that is due, or a call that opens and closes."""

    title: Content
    kind: DeadlineKind
    opens: datetime | None = None
    due: datetime
    """The last instant that still counts; for a day without an hour, the midnight after it, where it is due."""
    all_day: bool
    time_zone: str
    audience: Audience = EVERYONE
    organisations: tuple[Code, ...] = ()
    """The organisations concerned; none means the whole audience."""
    event: Code | None = None
    themes: tuple[Code, ...] = ()
    link: Link | None = None
    description: Content | None = None
    form: Code | None = None
    """The form by which it is done here."""
    reminders: Days = ()
    """How many days before it those concerned are reminded; none means the usual days."""


class NewsItem(Record):
    """A piece of news of the network or of a city."""

    title: Content
    body: Content | None = None
    published: date
    organisation: Code | None = None
    themes: tuple[Code, ...] = ()
    link: Link | None = None
    audience: Audience = EVERYONE


class Document(Record):
    """Minutes, an agenda, a report: a file beside the tables, or a link."""

    title: Content
    kind: DocumentKind
    dated: date
    languages: tuple[Language, ...]
    """The languages that the document itself is written in."""
    event: Code | None = None
    organisation: Code | None = None
    themes: tuple[Code, ...] = ()
    file: str | None = None
    """A path inside the folder of the tables."""
    link: Link | None = None
    audience: Audience = EVERYONE


class Action(Record):
    """A line of the action plan."""

    number: int
    axis: Content
    title: Content
    state: ActionState
    done: Content | None = None
    planned: Content | None = None
    proposed: Content | None = None
    who: Content | None = None
    due: date | None = None
    organisations: tuple[Code, ...] = ()
    themes: tuple[Code, ...] = ()
    audience: Audience = EVERYONE
