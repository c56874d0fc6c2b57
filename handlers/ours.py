"""What is asked of the reader's own city: what it owes, what of that is late, whether it has handed something in."""

from __future__ import annotations

from dataclasses import replace

from bot.ask.aspects import asked_alone
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import Question, Understood
from handlers.turn import Turn

_LATE = frozenset({"overdue", "late"})
_LACKING = frozenset({"owed_work"})
_OF_PLAN = frozenset({"plan", "action", "dues", "own_dues", "event"})
_TO_HAND_IN: tuple[Intent, ...] = ("deadlines", "survey", "register", "my_registrations")
"""The intents of a question whether a city has handed something in."""


async def of_us(known: Known, turn: Turn, found: Understood) -> Understood:
    """Return a message about what the reader's city owes or has handed in, or what of the plan is late, as that."""
    own = turn.reader.organisation is not None and found.question.stated.city == turn.reader.organisation
    late = not _LATE.isdisjoint(found.ranked.said)
    if own and late and found.aspect != "late" and _OF_PLAN.isdisjoint(found.ranked.said):
        return replace(found, matter="owed", aspect=None)
    lacking = found.question.intent == "deadlines" and not _LACKING.isdisjoint(found.ranked.said)
    if own and lacking and found.aspect is None:
        return replace(found, matter="owed")
    if found.question.intent == "action_plan" and late and found.matter != "owed":
        stated = replace(found.question.stated, kind="late")
        return replace(found, question=replace(found.question, stated=stated), aspect=None)
    if found.aspect is None and (not found.sure or (own and found.question.intent in _TO_HAND_IN)):
        return await _handed_in(known, turn, found)
    return found


async def _handed_in(known: Known, turn: Turn, found: Understood) -> Understood:
    """Return "l'a-t-on rendu ?" and "laquelle concerne l'AFD ?" of the reader's own city or organisation as that."""
    language = found.language or turn.reader.language
    places = (await known.understanding(turn.tx)).places(found.text, language)
    if turn.reader.organisation not in (places.city, places.organisation) or turn.reader.organisation is None:
        return found
    aspect = asked_alone(normalise(found.text).masked(places.hidden), language)[1]
    if aspect == "mine" and places.city is not None:
        return replace(found, question=Question("my_registrations"), matter=None, sure=True)
    return replace(found, matter="owed") if aspect == "ours" else found
