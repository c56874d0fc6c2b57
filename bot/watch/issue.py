"""An issue of the monthly watch as its coordinator has it: what is in it, its opening word, how far it has come."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from bot.network.audiences import EVERYONE, Reader
from bot.network.content import Content, Frozen
from bot.network.languages import LANGUAGES, Language

Section = Literal["events", "deadlines", "forms", "news", "cities", "documents"]
SECTIONS: tuple[Section, ...] = ("events", "deadlines", "forms", "news", "cities", "documents")
State = Literal["open", "edited", "approved", "sending", "sent", "missed"]
CHANGEABLE: tuple[State, ...] = ("open", "edited")
READABLE: tuple[State, ...] = ("sending", "sent")


class IssueContent(Frozen):
    """What a coordinator has made of an issue."""

    source: Language = "fr"
    opening: dict[Language, str] = Field(default_factory=dict)
    """The opening word, by language."""
    first: tuple[str, ...] = ()
    """Entries put before the others of their section, in this order."""
    dropped: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    """Entries that stand at the head of the issue, whatever themes a reader follows."""
    waived: tuple[Language, ...] = ()
    """The languages whose readers get the source where a translation is missing."""
    entries: tuple[str, ...] | None = None
    """What it held when it was approved, in order."""


class Issue(NamedTuple):
    """An issue's row."""

    id: int
    month: date
    """Its first day."""
    content: IssueContent
    state: State
    version: int
    approved_by: str | None
    starts: int | None
    """Epoch second at which its first reader gets it; None until it is approved."""
    campaign: int | None


class Entry(NamedTuple):
    """Something that stands in an issue."""

    name: str
    """``event:code``, ``contribution:7``: the same whatever it says."""
    version: str
    """What must not have changed for a reader to know it already: its day, its state."""
    section: Section
    number: int
    """Its row's."""
    title: Content
    body: Content | None = None
    audience: str = EVERYONE
    themes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    """The organisations that it concerns; none: all."""
    of: tuple[str, ...] = ()
    """The organisations that it comes from."""
    link: str | None = None
    begins: float = 0.0
    """Epoch second by which its section is ordered."""
    ends: float = 0.0
    all_day: bool = False
    zone: str = "UTC"
    """IANA name, of its venue."""
    place: str | None = None
    """Code of the organisation on whose ground it takes place."""
    file: bool = False
    """Whether a file came with it."""

    @property
    def key(self) -> str:
        """Return by what it is known whether a reader has it already."""
        return f"{self.name}@{self.version}" if self.version else self.name

    def lacks(self, language: Language) -> bool:
        """Whether it is not translated into that language."""
        texts = (self.title, self.body) if self.body else (self.title,)
        return any(language not in text.root for text in texts)


Often = Literal["monthly", "weekly", "once", "none"]


class Wish(NamedTuple):
    """How somebody wants the watch."""

    frequency: Often = "monthly"
    themes: tuple[str, ...] | None = None
    """Chosen in the chat; None: those that the tables tell of the person."""
    snoozed: int | None = None
    """Epoch second until which nothing of the watch is sent."""


def arranged(entries: list[Entry], content: IssueContent) -> list[Entry]:
    """Return what is in the issue, in its order: what is pinned, then section by section."""
    if content.entries is not None:
        places = {name: place for place, name in enumerate(content.entries)}
        return sorted((one for one in entries if one.name in places), key=lambda one: places[one.name])
    first = {name: place for place, name in enumerate(content.first)}
    pinned = {name: place for place, name in enumerate(content.pinned)}

    def order(one: Entry) -> tuple[float, ...]:
        descending = one.section in ("news", "documents", "cities")
        return (
            pinned.get(one.name, len(pinned)),
            SECTIONS.index(one.section),
            first.get(one.name, len(first)),
            -one.begins if descending else one.begins,
            one.number,
        )

    return sorted((one for one in entries if one.name not in content.dropped), key=order)


def concerns(entry: Entry, reader: Reader, today: date, wish: Wish, pinned: tuple[str, ...] = ()) -> bool:
    """Whether an entry is for this reader: audience and organisations first, then the themes that are followed."""
    audiences = reader.audiences(today)
    if audiences is not None and entry.audience not in audiences:
        return False
    if entry.only and reader.organisation not in entry.only and not reader.is_coordinator:
        return False
    followed = wish.themes if wish.themes is not None else reader.themes
    if entry.name in pinned or not entry.themes or not followed or reader.organisation in entry.of:
        return True
    return not set(entry.themes).isdisjoint(followed)


def missing(entries: list[Entry], content: IssueContent, read: set[Language]) -> dict[Language, list[Entry]]:
    """Return, by language that is read and not waived, what is not translated."""
    found = {
        code: [one for one in entries if one.lacks(code)]
        for code in LANGUAGES
        if code in read and code not in content.waived
    }
    return {code: entries for code, entries in found.items() if entries}


def lacks_opening(content: IssueContent, language: Language) -> bool:
    """Whether there is an opening word, though not in that language."""
    return bool(content.opening) and language not in content.opening and language not in content.waived
