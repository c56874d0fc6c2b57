"""Forms as the coordinator's tables tell them: what is asked, of whom, and what happens with the answers.

Instants are in UTC and time zone aware; a form closes by the clock of its own ``time_zone``.
Source: the networks' registrations, questionnaires, candidacies, consultations and confirmations (``docs/tables.md``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.network.audiences import EVERYONE, Reader
from bot.network.content import Content
from bot.network.records import Audience, Code, Record

FormKind = Literal[
    "registration", "delegation", "survey", "candidacy", "call", "proposal", "consultation", "confirmation",
    "membership",
]  # fmt: skip
QuestionKind = Literal[
    "short_text", "long_text", "whole_number", "decimal", "date", "time", "date_range", "one_choice",
    "several_choices", "yes_no", "rating", "email", "phone", "city", "person", "file", "consent", "information",
    "rule",
]  # fmt: skip
"""``information`` is only shown; a ``rule`` is shown when its condition does not hold, until it does."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")]


class Form(Record):
    """What is asked together, and sent together."""

    title: Content
    kind: FormKind
    description: Content | None = None
    """Shown before the first question."""
    event: Code | None = None
    audience: Audience = EVERYONE
    organisations: tuple[Code, ...] = ()
    """The organisations that are asked; none means the whole audience."""
    opens: datetime | None = None
    closes: datetime | None = None
    """The last instant that still counts, exclusive; for a day without an hour, the midnight after it."""
    change_until: datetime | None = None
    """Until when what was sent can be changed; afterwards a change is a request.  None: until it closes."""
    time_zone: str
    answers: Literal["one_per_person", "one_per_city", "many"] = "one_per_person"
    anonymous: bool = False
    confirmed: bool = False
    """Whether a coordinator confirms each answer."""
    places: Annotated[int, Field(ge=1)] | None = None
    places_per_city: Annotated[int, Field(ge=1)] | None = None
    waiting_list: bool = False
    offer_hours: Annotated[int, Field(ge=1, le=720)] = 24
    """How long a place that came free is offered to the next on the waiting list."""
    seen_by: Literal["coordinators", "city", "members"] = "coordinators"
    """Who reads the answers besides whoever gave them."""
    secret_until_closed: bool = False
    """Whether a consultation shows only how many have answered until it closes."""
    quorum: Annotated[int, Field(ge=1, le=100)] | None = None
    """Per cent of the organisations asked that must have answered."""
    keep_days: Annotated[int, Field(ge=1)] | None = None
    """How long after closing the answers are kept; None: until the form is removed."""
    next_steps: Content | None = None
    """Shown after sending: what happens next."""

    @property
    def registers(self) -> bool:
        """Whether somebody who fills it in comes to its event."""
        return self.kind in ("registration", "delegation")


class Question(Record):
    """One question of a form; its ``code`` is ``form.name``."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}\.[a-z][a-z0-9_]{0,29}$")]
    form: Code
    name: Name
    """The short word by which conditions and columns of results name it."""
    number: int
    """Its place among the form's questions."""
    kind: QuestionKind
    label: Content
    help: Content | None = None
    example: Content | None = None
    """A good answer."""
    required: bool = True
    options: tuple[Code, ...] = ()
    """The codes of the choices, which are kept as answers."""
    choices: Content | None = None
    """What the choices are called, in the order of ``options``, separated by semicolons."""
    at_least: str | None = None
    """The smallest number, earliest day or hour, fewest letters or choices."""
    at_most: str | None = None
    """The largest number, latest day or hour, most letters or choices or files; the scale of a rating."""
    accepts: tuple[str, ...] = ()
    """The endings of the files that are taken, such as ``pdf``; none means any."""
    condition: str | None = None
    """Asked only when this holds, such as ``nights > 0 and hotel = yes``; for a rule: what must hold."""
    each_person: bool = False
    """Whether it is asked for every person of a delegation."""
    known: Literal["name", "function", "organisation", "email", "phone"] | None = None
    """What the tables know of the reader and offer as the answer."""


def is_for(form: Form, reader: Reader, now: datetime) -> bool:
    """Whether the reader may answer the form: by its audience, by the organisations asked, and for a city."""
    audiences = reader.audiences(reader.today(now))
    if audiences is not None and form.audience not in audiences:
        return False
    if form.answers == "one_per_city" and reader.organisation is None:
        return False
    return not form.organisations or reader.organisation in form.organisations or reader.is_coordinator
