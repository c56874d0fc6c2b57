"""An announcement with all that belongs to it, and what its screens have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from bot.announcements.content import Announcement, Content, Reach
from bot.announcements.linked import Linked
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.reply import Tap
from bot.texts.voice import Voice
from locales import Html

SCREEN = "an"
"""Everything that a coordinator does with a draft."""
_HEADLINE = 60


class Sight(NamedTuple):
    """A draft with all that belongs to it."""

    announcement: Announcement
    reach: Reach
    linked: Linked
    names: dict[str, str]
    """What the terms of its audience are called, by ``kind:value``."""
    channels: Collection[str]
    """The channels that are served."""


def tap(one: Announcement, step: str = "", *more: object) -> Tap:
    """Return the tap that goes on with a draft."""
    return Tap.to(SCREEN, one.id, step, *more)


def headline(content: Content, voice: Voice, limit: int = _HEADLINE) -> str:
    """Return what an announcement is called in lists."""
    return shorten(content.text(voice.language)[0].strip().partition("\n")[0], limit)


def people(voice: Voice, number: int) -> Html:
    """Return ``12 personnes``."""
    if number == 0:
        return voice.say("announce.nobody")
    return voice.count("announce.people", number, number=dates.number(voice, number))


def counted(voice: Voice, pairs: Iterable[tuple[Any, int]]) -> Html:
    """Return an enumeration with numbers: ``Vietnam (12), Laos (3)``."""
    return voice.joined(
        voice.say("announce.counted", what=what, number=dates.number(voice, number)) for what, number in pairs
    )
