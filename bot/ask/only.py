"""How the meetings that are asked for stand, or how they are held: "lesquelles sont annulées", "celles en visio"."""

from __future__ import annotations

from bot.ask.normalise import Normalised, Span
from bot.ask.turns import spans
from bot.network.languages import Language

_WORDS = ("cancelled", "moved", "video", "in_person", "open")


def only_of(message: Normalised, language: Language | None) -> tuple[str | None, list[Span]]:
    """Return what meetings are narrowed to (see ``bot.answers.meetings.ONLY``), and where that stands."""
    found = {name: spans(f"only_{name}", message, language) for name in _WORDS}
    said = [name for name in _WORDS if found[name]]
    every = [span for name in said for span in found[name]]
    if said[:2] == ["cancelled", "moved"]:
        return "changed", every
    return (said[0], every) if len(said) == 1 else (None, every)
