"""How the meetings that are asked for stand, or how they are held: "lesquelles sont annulées", "celles en visio"."""

from __future__ import annotations

from dataclasses import replace

from bot.ask import kinds
from bot.ask.normalise import Normalised, Span, normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.themes import Named
from bot.ask.turns import only_slots, spans
from bot.network.languages import Language

_WORDS = ("cancelled", "moved", "video", "in_person", "open")
_STATES = ("cancelled", "moved", "changed")
"""How meetings stand: asked of one where its city is named, and of all where none is."""


def only_of(message: Normalised, language: Language | None) -> tuple[str | None, list[Span]]:
    """Return what meetings are narrowed to (see ``bot.answers.meetings.ONLY``), and where that stands."""
    found = {name: spans(f"only_{name}", message, language) for name in _WORDS}
    said = [name for name in _WORDS if found[name]]
    every = [span for name in said for span in found[name]]
    if said[:2] == ["cancelled", "moved"]:
        return "changed", every
    return (said[0], every) if len(said) == 1 else (None, every)


def narrowed(found: Understood, language: Language | None) -> Understood:
    """Return a question for a list of meetings with how they stand or are held, if that is said."""
    if found.question.intent != "meetings" and found.aspect != "held":
        return found
    message, written, about = normalise(found.text), found.language or language, found.question.about
    only, where = only_of(message, written)
    if only is None or about is not None:
        return found
    if found.aspect == "held" and only in _STATES and "event" in found.ranked.said:
        return replace(found, question=Question("meetings", Stated(only=only)), aspect=None, matter=None, sure=True)
    if found.matter == "attendance" and only == "open":
        found = replace(found, matter=None, sure=True)
    if found.aspect and "intent" in found.carried and only_slots(message, where, written):
        found = replace(found, aspect=None)
    of_list = found.question.intent == "meetings" and not (found.aspect or found.matter)
    return _with_only(found, only, kinds.find(message, "meetings", written), where) if of_list else found


def _with_only(found: Understood, only: str, called: Named | None, where: list[Span]) -> Understood:
    stated = found.question.stated
    if stated.kind in kinds.ONLY_ONE:
        return replace(found, matter="video") if only == "video" else found
    inside = called is not None and any(start <= called.span[0] and called.span[1] <= end for start, end in where)
    within = called is not None and any(called.span[0] <= start and end <= called.span[1] for start, end in where)
    if (only in _STATES and stated.city) or (within and not inside):  # a webinar is called so by its name
        return found
    kind = None if inside else stated.kind
    return replace(found, question=replace(found.question, stated=replace(stated, only=only, kind=kind)))
