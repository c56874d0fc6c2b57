"""Pictures of results, to be read on a telephone: PNG, 1080 pixels wide, the question as their title."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from bot.results.blocks import blocks
from bot.results.shapes import Results
from bot.results.typeset import picture
from bot.results.wording import Wording
from bot.texts.voice import Voice


class Chart(NamedTuple):
    """One picture."""

    name: str
    """The question's name; ``NAME.country`` for its answers by country, ``cities`` for who has answered."""
    title: str
    png: bytes


def charts(results: Results, voice: Voice, only: Collection[str] | None = None) -> tuple[Chart, ...]:
    """Return the pictures of all questions that can be drawn, in order, then who has answered.

    Questions for free words have none, and while the results are secret there is none at all.

    Args:
        results: What to draw.
        voice: Whose words are used.
        only: The names of the pictures that are wanted; None: all.
    """
    wanted = [one for one in blocks(results, voice) if only is None or one["name"] in only]
    if not wanted:
        return ()
    title = Wording.of(results, voice).read(results.definition.form.title)
    pages = picture("charts", voice, {"blocks": wanted, "foot": title})
    return tuple(Chart(one["name"], one["title"], png) for one, png in zip(wanted, pages, strict=True))
