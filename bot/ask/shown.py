"""What a short question is about: the row, somebody, or the list that was just shown ("le lien ?", "ai lo vụ này")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.ask import kinds
from bot.ask.aspects import Aspect
from bot.ask.intents import Intent
from bot.ask.matters import BETTER, Matter
from bot.ask.normalise import Normalised
from bot.ask.question import BROUGHT, LEANED_ON, Question, Stated, Understood
from bot.ask.slots import Slots
from bot.ask.turns import (
    asks_for_the_next,
    begins_with_and,
    looks_back,
    only_slots,
    points_there,
    points_to_it,
    points_to_person,
    spans,
)
from bot.network.languages import Language

_PAPERS = ("agenda", "minutes", "presentation", "invitation", "photos")
"""The kinds of documents that belong to a meeting."""
_WHEREVER: tuple[Aspect, ...] = ("hotel", "cost", "length", "translated", "where")
"""What is asked of what was shown even where its place is pointed to: "comment y aller"."""
_OF_SOMEBODY: tuple[Aspect, ...] = ("who", "send", "link", "translated")
"""What can be asked of somebody whose contact was shown."""
_OURS: tuple[Intent, ...] = ("deadlines", "survey")
"""The intents of whose list it can be told what of it is for the reader's city."""
COUNTED: tuple[Intent, ...] = ("meetings", "deadlines", "register", "documents", "news", "survey")
"""The intents of whose list it can be told how long it is."""
_LISTS: tuple[Intent, ...] = (
    "meetings", "deadlines", "register", "documents", "news", "digest", "survey", "action_plan", "dues",
)  # fmt: skip
"""The intents whose list a short question may be about."""
_TO_GIVE: tuple[Aspect, ...] = ("how", "send", "where", "link", "until", "late", "still", "when", "template", "who")
"""What is asked of giving something to the watch."""
_OF_TIME: tuple[Aspect, ...] = ("until", "late", "still", "register", "seats", "left")
"""What no list of documents is asked for."""
_SHORT = 48
"""Characters of a question about the answers that were shown."""
_OWN: tuple[Matter, ...] = (
    "no_reply",
    "withdraw",
    "own_data",
    "predecessor",
    "funder",
    "did_it",
    "settings",
    "pausing",
    "resuming",
    "stop_sending",
)
"""The matters that are asked for whatever was shown."""
_FROM_MEETINGS: Mapping[Aspect, Intent] = {
    "how": "register", "register": "register", "late": "register", "still": "register", "until": "deadlines",
    "papers": "documents", "template": "documents", "programme": "documents",
}  # fmt: skip
"""What a short question asks for where several meetings were shown."""


def asks_otherwise(fresh: Understood, last: Question, message: Normalised, language: Language | None) -> bool:
    """Whether a day or another language is asked for, the place before is pointed to, "où se garer" has an answer."""
    stated, said = fresh.question.stated, fresh.ranked.said
    asked = _asks_which_language(message, language) or points_to_person(message, language)
    asked = asked or bool(spans("version", message, language))
    switch = fresh.ranked.first == "language" and "switch" in said and not asked
    other = stated.first or stated.last or switch
    papers = last.intent == "documents" and not (last.about or "").startswith("event:")
    paper = fresh.aspect == "papers" and not papers and wants_paper(fresh, message, language)
    ahead = "schedule" in said or asks_ahead(last, message, language)
    own = (fresh.aspect == "where" and fresh.matter is not None) or (fresh.aspect == "until" and ahead)
    own = own or (fresh.aspect == "papers" and asks_ahead(last, message, language))
    own = own or paper or fresh.matter in _OWN or (fresh.aspect, fresh.matter) in BETTER
    there = points_there(message, language) and fresh.aspect not in _WHEREVER
    return bool(other) or there or own


def asks_ahead(last: Question, message: Normalised, language: Language | None) -> bool:
    """Whether what is near or new is asked for, and nothing of the row shown: "les prochaines échéances"."""
    near = spans("ahead", message, language) or spans("newest", message, language)
    return last.about is not None and bool(near)


def of_another(fresh: Understood, last: Question, message: Normalised, language: Language | None) -> Understood | None:
    """Leave alone what names a meeting of which there is one, after another was shown: "qui vient à l'AG ?"."""
    if not (fresh.sure and fresh.question.intent in LEANED_ON and (last.about or "").startswith("event:")):
        return None
    named = kinds.find(message, "meetings", language)
    alone = named is not None and named.code in kinds.ONLY_ONE and not points_to_it(message, language)
    return replace(fresh, aspect=None) if alone else None


def of_what_was_shown(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "le lien ?" by what was shown: a row, somebody, a list."""
    until = last.intent == "focal_point" and last.stated.kind is not None and fresh.aspect in _OF_TIME
    if until or fresh.aspect in ("count", "more", "ours"):
        return _of_the_whole_list(fresh, last)
    if last.about is None and last.intent == "focal_point":
        whose = last.stated.city or last.there or last.stated.organisation
        if whose is None and last.stated.theme and fresh.aspect == "who":
            return replace(fresh.completed_by(last, frozenset({"theme"})), aspect=None)
        return None if fresh.aspect not in _OF_SOMEBODY or not whose else _of_somebody(fresh, last)
    which = last.intent in ("meetings", "register") and _asks_which_language(message, language)
    which = which or (last.intent == "documents" and bool(spans("version", message, language)))
    if fresh.aspect == "translated" and fresh.question.intent == "language" and last.about is None and not which:
        return None
    if last.about is not None:
        return fresh.completed_by(replace(last, offered=()), frozenset({"about"}))
    return None if last.offered or last.intent not in _LISTS else _of_a_list(fresh, last)


def of_the_results(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "et à Vientiane ?" and "combien de végétariens ?" by what a form has brought."""
    if last.stated.kind != BROUGHT or len(message.text) > _SHORT:
        return None
    own, other = fresh.question.stated, fresh.sure and fresh.question.intent != "out_of_scope"
    there = own.city is not None and (fresh.only_slots or begins_with_and(message, language))
    counts = fresh.aspect == "count" or ("how_much" in fresh.ranked.said and not other)
    if not there and (own.names_place or not counts):
        return None
    question = Question("survey", Stated(city=own.city)) if there else last
    return replace(fresh.completed_by(question, frozenset({"about"})), matter="results", aspect=None)


def of_members_there(
    fresh: Understood, last: Question, message: Normalised, language: Language | None, slots: Callable[[Intent], Slots]
) -> Understood | None:
    """Complete "combien en France ?" by the members that were shown."""
    found = slots("focal_point")
    if last.intent != "focal_point" or last.there or last.stated.city or found.country is None:
        return None
    if not spans("how_many", message, language) or not only_slots(message, found.spans, language, "how_many", "any"):
        return None
    question = Question("focal_point", Stated(country=found.country))
    return replace(fresh.completed_by(question, frozenset({"intent"})), matter="members", aspect=None)


def _of_the_whole_list(fresh: Understood, last: Question) -> Understood | None:
    """Complete "how many?" and "which for us?" by the list shown, "what else?" by all that it was taken from."""
    carried, members = frozenset({"intent"}), last.intent == "focal_point" and last.stated.city is None
    if fresh.aspect in _OF_TIME:  # until when focal points are to be named
        due = Question("deadlines", Stated(kind=last.stated.kind))
        return replace(fresh.completed_by(due, carried), aspect=None)
    if fresh.aspect == "ours":
        mine = replace(fresh.completed_by(last, carried), aspect=None, matter="owed")
        return mine if last.intent in _OURS and last.about is None else None
    if fresh.aspect == "more":
        meant = Question(last.intent) if last.intent in (*_LISTS, "focal_point") and not last.offered else None
        return replace(fresh.completed_by(meant, carried), aspect=None) if meant else None
    if members and not last.stated.organisation and last.there is None:
        return replace(fresh.completed_by(last, carried), aspect=None, matter="members")
    return (
        fresh.completed_by(replace(last, about=None), carried) if last.intent in COUNTED and not last.offered else None
    )


def _asks_which_language(message: Normalised, language: Language | None) -> bool:
    return bool(spans("which_language", message, language))


def _of_a_list(fresh: Understood, last: Question) -> Understood | None:
    """Complete it by the list that was shown: another list of the same, or the same one, to choose from."""
    aspect, carried = fresh.aspect, frozenset({"intent"})
    if (last.intent == "digest" and aspect not in _TO_GIVE) or (last.intent == "documents" and aspect in _OF_TIME):
        return None
    if last.intent == "digest":
        return replace(fresh.completed_by(last, carried), matter="contributing", aspect=None)
    kind = fresh.question.stated.kind
    if last.intent == fresh.question.intent == "documents" and kind not in (None, last.stated.kind):
        last = replace(last, stated=replace(last.stated, kind=kind))
        return replace(fresh.completed_by(last, carried), aspect=None)
    if aspect == "mine":
        return replace(fresh.completed_by(Question("my_registrations"), carried), aspect=None)
    of_meetings = last.intent in ("meetings", "register") and fresh.matter != "practical"
    intent = _FROM_MEETINGS.get(aspect) if aspect and of_meetings else None
    if intent is not None and intent != last.intent:
        wanted = Question(intent, replace(last.stated, kind=None if intent == "documents" else last.stated.kind))
        return replace(fresh.completed_by(wanted, carried), aspect=None)
    return fresh.completed_by(last, carried)


def _of_somebody(fresh: Understood, last: Question) -> Understood:
    whose = last.stated.organisation
    place = None if whose else last.stated.city or last.there
    stated = Stated(organisation=whose, city=place, theme=None if whose else last.stated.theme)
    found = fresh.completed_by(Question("focal_point", stated), frozenset({"city"}))
    return found if fresh.aspect == "translated" else replace(found, aspect=None)


def wants_paper(fresh: Understood, message: Normalised, language: Language | None) -> bool:
    """Whether nothing but a paper of the meeting shown is asked for: its minutes, its agenda, "ses documents"."""
    stated = fresh.question.stated
    if fresh.question.intent != "documents" or stated != Stated(kind=stated.kind):
        return False
    other = kinds.find(message, "meetings", language)
    back = looks_back(message, language) or asks_for_the_next(message, language)
    return points_to_it(message, language) or (stated.kind in _PAPERS and other is None and not back)
