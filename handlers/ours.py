"""What is asked of the reader's own city: what it owes, what of that is late, whether it has handed something in."""

from __future__ import annotations

from dataclasses import replace

from bot.ask.aspects import asked_alone
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.turns import begins_with_and
from bot.network.audiences import MEMBER_ROLES
from handlers.turn import Turn

_LATE = frozenset({"overdue", "late"})
_LACKING = frozenset({"owed_work"})
_OF_PLAN = frozenset({"plan", "action", "dues", "own_dues", "event"})
_OUR_FOCAL_POINT = frozenset({"us", "focal"})
_TO_HAND_IN: tuple[Intent, ...] = ("deadlines", "survey", "register", "my_registrations")
"""The intents of a question whether a city has handed something in."""


async def of_us(known: Known, turn: Turn, found: Understood) -> Understood:
    """Return a message about what the reader's city owes or has handed in, or what of the plan is late, as that."""
    if _asks_for_our_own(turn, found):
        stated = replace(found.question.stated, city=turn.reader.organisation)
        return replace(found, question=replace(found.question, stated=stated), sure=True, aspect=None)
    listed = found.question.intent == "deadlines" and found.question.about is None and turn.reader.is_known
    of_them = listed and found.aspect == "late" and begins_with_and(normalise(found.text), turn.reader.language)
    own = turn.reader.organisation is not None and found.question.stated.city == turn.reader.organisation
    late = not _LATE.isdisjoint(found.ranked.said)
    ours = own and late and found.aspect != "late" and _OF_PLAN.isdisjoint(found.ranked.said)
    if ours or of_them:  # "et en retard ?" of the deadlines that were shown
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


def _asks_for_our_own(turn: Turn, found: Understood) -> bool:
    """Whether the focal point of the reader's own city is asked for: "notre point focal, c'est qui ?"."""
    mine = turn.reader.role in MEMBER_ROLES and not turn.reader.is_coordinator and turn.reader.organisation is not None
    asked = found.question.intent == "focal_point" and _OUR_FOCAL_POINT.issubset(found.ranked.said)
    return mine and asked and found.matter is None and found.question.stated == Stated()


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
