"""What a member gives to the watch: an event or a piece of news, as far as it is known."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from bot.network.content import Frozen
from bot.network.languages import Language

Kind = Literal["event", "news"]
KINDS: tuple[Kind, ...] = ("event", "news")
State = Literal["draft", "waiting", "accepted", "refused", "merged", "dropped"]
Step = Literal["words", "kind", "day", "theme"]
NO_THEME = "all"
"""Stands for a theme where somebody said that it concerns everybody."""
LONGEST = 3_000
"""Characters of a contribution in one language."""


class Sent(Frozen):
    """A file or photo that came with it."""

    name: str
    channel: str
    handle: str
    """How that channel finds it again."""
    photo: bool = False


class Contribution(Frozen):
    """What is given."""

    source: Language
    """The language that it was written in."""
    texts: dict[Language, str] = Field(default_factory=dict)
    """Plain text, by language; the first line is its title."""
    kind: Kind | None = None
    first: date | None = None
    """An event's days, both included; of news, the day that it tells of."""
    last: date | None = None
    city: str | None = None
    """Code of the organisation that it is about, or where it takes place."""
    theme: str | None = None
    """Code, or ``all``; None: nobody has said."""
    link: str | None = None
    file: Sent | None = None
    credited: tuple[str, ...] = ()
    """Codes of the organisations that gave it: several once two were merged."""

    row: str | None = None
    """Once it is accepted, the row that it became: ``news:given-7``, ``event:given-8``."""

    unlike: bool = False
    """Whether its author has said that it is none of what resembles it."""

    def text(self, language: Language) -> tuple[str, Language]:
        """Return what a reader of that language gets, and in which language it is."""
        chosen = language if language in self.texts else self.source
        return self.texts.get(chosen, ""), chosen

    def title(self, language: Language) -> str:
        """Return its first line, in that language if it is there."""
        return self.text(language)[0].strip().partition("\n")[0]

    @property
    def themes(self) -> tuple[str, ...]:
        """Return the themes that it is filed under; none: it concerns everybody."""
        return (self.theme,) if self.theme and self.theme != NO_THEME else ()

    def step(self) -> Step | None:
        """Return what must still be asked, or None."""
        if not self.texts:
            return "words"
        if self.kind is None:
            return "kind"
        if self.kind == "event" and self.first is None:
            return "day"
        return "theme" if self.theme is None else None


class Given(NamedTuple):
    """A contribution's row."""

    id: int
    account: int
    organisation: str | None
    """Code of the contributor's organisation."""
    content: Contribution
    state: State
    version: int
    sent: int | None
    """Epoch second."""
    later: int | None
    """Epoch second at which a coordinator put it off."""
    decided_by: str | None
    reason: str | None
    merged: str | None
    """What it was merged with, as ``likeness`` names it: ``news:code``, ``contribution:7``."""
