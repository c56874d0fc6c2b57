"""What a city gave, where it is read: whom it is from, and the way to its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.network.content import Content
from bot.texts.reply import Button, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

FILE = "gf"
"""Brings the file of what a city gave."""


class Credit(NamedTuple):
    """Who gave a piece of news or an event."""

    number: int
    """The contribution's."""
    cities: Sequence[Content]
    """The names of the organisations that gave it."""
    file: bool
    """Whether a file came with it."""


def credit_line(voice: Voice, cities: Sequence[Content]) -> Html:
    """Say whom it is from."""
    return voice.say("issue.by", cities=voice.joined(voice.text(name) for name in cities))


def file_row(voice: Voice, credit: Credit | None) -> Rows:
    """Return the button that brings the file, if one came with it."""
    return ((Button(voice.label("decide.file"), file_tap(credit.number)),),) if credit and credit.file else ()


def file_tap(number: int) -> Tap:
    """Return the tap that brings the file of the contribution of that number."""
    return Tap.to(FILE, number)
