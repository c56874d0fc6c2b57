"""What a conversation gives back: a text, buttons, files; nothing of any channel."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from locales import Html

_TAP = re.compile(r"([a-z]+)([0-9]{1,4})((?::[A-Za-z0-9_-]*)*)")
NOTHING = Html("")
BLANK = "\u2800"
"""A label that shows nothing: no channel takes an empty one."""
CALLBACK_LIMIT = 64
"""Bytes of callback data that Telegram carries."""


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks for: a screen, the version of its arguments, and the arguments.

    It travels as ``meetings1:2:14``: short words and row numbers, never text, and it opens nothing by itself:
    whoever taps is asked again who they are, and what they may see.
    """

    screen: str
    version: int = 1
    arguments: tuple[str, ...] = ()

    @classmethod
    def to(cls, screen: str, *arguments: object, version: int = 1) -> Tap:
        """Build a tap; None travels as nothing."""
        return cls(screen, version, tuple("" if value is None else str(value) for value in arguments))

    @classmethod
    def read(cls, data: str) -> Tap | None:
        """Read what travelled; None if it cannot be one of ours."""
        found = _TAP.fullmatch(data)
        if not found:
            return None
        return cls(found[1], int(found[2]), tuple(found[3].split(":")[1:]))

    @property
    def data(self) -> str:
        """The tap as it travels; raises ValueError over 64 bytes."""
        data = ":".join((f"{self.screen}{self.version}", *self.arguments))
        if len(data.encode()) > CALLBACK_LIMIT or not _TAP.fullmatch(data):
            raise ValueError(f"callback data that Telegram would refuse: {data}")
        return data

    def number(self, place: int) -> int | None:
        """Return the argument at ``place`` (from 0) as a number; None if it is missing or none."""
        text = self.text(place)
        return int(text) if text is not None and re.fullmatch(r"[0-9]{1,15}", text) else None

    def text(self, place: int) -> str | None:
        """Return the argument at ``place`` (from 0); None if it is missing or empty."""
        return (self.arguments[place] or None) if place < len(self.arguments) else None


STILL = Tap("no")
"""The tap of what is no button, though it stands among buttons: the names of days over a calendar."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a bubble: it taps, or it opens a link."""

    label: str
    tap: Tap | None = None
    url: str | None = None

    @classmethod
    def still(cls, label: str = BLANK) -> Button:
        """Return what fills a place among buttons and does nothing when it is tapped."""
        return cls(label, STILL)

    @property
    def is_still(self) -> bool:
        """Whether it does nothing."""
        return self.tap == STILL


@dataclass(frozen=True, slots=True)
class Share:
    """A bubble below the reply, with a key that shares one's phone number; only where the channel knows such keys."""

    text: Html
    label: str
    keyboard: tuple[tuple[str, ...], ...]
    """The usual keys, which stay below it."""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file to send after the text."""

    name: str
    path: Path
    caption: Html = NOTHING
    photo: bool = False
    """Whether it is shown as a picture in the chat."""


ORGANISATION = "organisation"
"""The noun of rows that open contacts."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows: the tap that shows it again, and its rows in the order of their numbers."""

    tap: Tap
    rows: tuple[tuple[str, int], ...] = ()
    """Noun and number of each row; none where the rows are told by other names than their numbers."""
    first: int = 1
    """The number that the first row has on the screen."""
    total: int | None = None
    """How many rows there are on all pages; None where that is not told."""

    @classmethod
    def of(cls, tap: Tap, noun: str, numbers: Iterable[int], first: int = 1, total: int | None = None) -> Listing:
        """Return the listing of rows of one noun."""
        return cls(tap, tuple((noun, number) for number in numbers), first, total)

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows on a page after it."""
        return self.total is not None and self.first + len(self.rows) <= self.total

    def at(self, place: int) -> tuple[str, int] | None:
        """Return the row that has this number on the screen, or stands at this place there; -1 is the last one."""
        shown = place - self.first if self.first <= place < self.first + len(self.rows) else place - 1
        return self.rows[-1 if place < 0 else shown] if self.rows and shown < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class Reply:
    """A bubble."""

    text: Html
    """Telegram's HTML, of any length: the channel splits it where it is too long."""
    buttons: Rows = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    """A keyboard of texts in place of the letters; kept until another one comes."""
    files: tuple[File, ...] = ()
    place: Literal["edit", "new"] = "edit"
    """Whether an answer to a tap takes the place of the bubble that was tapped, or stands below it.  An answer to a
    message always stands below."""
    notice: Html = NOTHING
    """A line shown for a moment where the button was tapped."""
    share: Share | None = None
    menu: bool = False
    """Whether the reader's command menu must be set again (a language or a role has changed)."""
    listing: Listing | None = None
    """What it lists, where it is a list that the next question may be about."""
