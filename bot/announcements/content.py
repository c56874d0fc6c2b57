"""An announcement as its coordinator has made it so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.announcements.audience import Audience
from bot.network.content import Frozen
from bot.network.languages import LANGUAGES, Language
from bot.network.recipients import Recipient, Unreached

Answer = Literal["read", "come", "question"]
"""What a reader may answer with a button."""
ANSWERS: tuple[Answer, ...] = get_args(Answer)
State = Literal["draft", "approval", "scheduled", "sending", "sent", "deleted"]
CORRECTABLE: tuple[State, ...] = ("sending", "sent")


class Attached(Frozen):
    """A file or photo that the coordinator sent along."""

    name: str
    channel: str
    handle: str
    """How that channel finds it again."""
    photo: bool = False


class When(Frozen):
    """When it is sent."""

    kind: Literal["now", "at", "local"] = "now"
    """``at``: at a moment; ``local``: at an hour of each reader's own zone."""
    day_and_hour: str | None = None
    """ISO 8601 without a zone: by the clock of whoever wrote it (``at``) or of each reader (``local``)."""
    time_zone: str | None = None
    """IANA name, for ``at``."""

    def starts(self, recipient_zone: str, now: datetime) -> datetime:
        """Return from when on somebody in that zone gets it."""
        if self.kind == "now" or self.day_and_hour is None:
            return now
        zone = ZoneInfo(recipient_zone if self.kind == "local" else self.time_zone or recipient_zone)
        return max(now, datetime.fromisoformat(self.day_and_hour).replace(tzinfo=zone).astimezone(now.tzinfo))


class Content(Frozen):
    """What is announced, to whom, when, and what readers may answer."""

    source: Language
    """The language that it was written in first."""
    texts: dict[Language, str] = Field(default_factory=dict)
    """Plain text, by language."""
    waived: tuple[Language, ...] = ()
    """The languages whose readers get the source, with a note."""
    attached: tuple[Attached, ...] = ()
    document: str | None = None
    """Code of a document of the archive."""
    event: str | None = None
    form: str | None = None
    audience: Audience = Audience()
    when: When = When()
    answers: tuple[Answer, ...] = ()
    urgent: bool = False
    """Whether it is sent in quiet hours too."""
    corrected: bool = False

    def text(self, language: Language) -> tuple[str, Language]:
        """Return what a reader of that language gets, and in which language it is."""
        chosen = language if language in self.texts else self.source
        return self.texts.get(chosen, ""), chosen

    def moment(self, recipient: Recipient, now: datetime) -> datetime:
        """Return when this person gets it, if it is sent off at ``now``."""
        starts = self.when.starts(recipient.reader.time_zone, now)
        return starts if self.urgent else recipient.undisturbed(starts)

    def missing(self, read: Collection[Language]) -> list[Language]:
        """Return which of the languages that are read have neither a text nor leave to do without."""
        return [one for one in LANGUAGES if one in read and one not in self.texts and one not in self.waived]


class Announcement(NamedTuple):
    """An announcement's row."""

    id: int
    author: int | None
    """Account; None: it came from the command line."""
    content: Content
    state: State
    version: int
    approved_by: int | None
    starts: int | None
    """Epoch second; None until it was sent off."""
    campaign: int | None
    shown_in: str | None
    """JSON of the bubble in which its progress is shown: channel, chat, message."""


class Reach(NamedTuple):
    """Whom an announcement would reach now."""

    people: tuple[Recipient, ...]
    """Those whom at least one channel leads to."""
    unreached: tuple[tuple[Recipient, Unreached], ...]

    @property
    def languages(self) -> Counter[Language]:
        """How many read each language."""
        return Counter(one.reader.language for one in self.people)

    @property
    def countries(self) -> Counter[str]:
        """How many there are in each country (ISO 3166-1 alpha-2); empty: none."""
        return Counter(one.reader.country or "" for one in self.people)

    def channels(self, served: Collection[str]) -> Counter[str]:
        """How many are written to by each channel first; by page and e-mail both, somebody counts in both."""
        return Counter(route.channel for one in self.people for route in one.routes(served) if route.rank == 1)


def reach(recipients: Iterable[Recipient], served: Collection[str]) -> Reach:
    """Sort people by whether a channel leads to them."""
    people, unreached = [], []
    for one in recipients:
        why = one.unreached(served)
        if why is None:
            people.append(one)
        else:
            unreached.append((one, why))
    return Reach(tuple(people), tuple(unreached))
