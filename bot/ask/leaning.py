"""How a question leans on the one before: "et à Hué ?", "son tel ?", "des réunions là-bas ?", "à quelle heure ?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.ask import kinds, turns
from bot.ask.intents import Intent
from bot.ask.matters import Matter
from bot.ask.normalise import Normalised
from bot.ask.question import LEANED_ON, Question, Stated, Understood, completed
from bot.ask.shown import (
    asks_ahead,
    asks_otherwise,
    of_another,
    of_members_there,
    of_the_results,
    of_what_was_shown,
    wants_paper,
)
from bot.ask.slots import Slots
from bot.ask.turns import begins_with_and, calls_somebody, place_in_row, points_there, points_to_it, points_to_person
from bot.network.languages import Language

_SHORT = 48
"""Characters of a question without a subject of its own."""
_SHORTER = 24
"""Characters of "son mail svp": more may name somebody."""
_OF_IT = frozenset({
    "when", "where", "how_long", "logistics", "video_link", "topic", "deadline", "too_late", "days_left", "seats",
    "postponed", "schedule", "happening", "who", "into_calendar", "money", "refund", "register", "count_in",
    "outcome", "link",
})  # fmt: skip
"""The concepts that ask for something of what was spoken of."""
_OF_AN_EVENT: tuple[Matter, ...] = ("calendar", "event_cost", "results", "visa")
"""The matters that are about an event, where none is named."""
_ATTENDING: tuple[Matter, ...] = (
    "video",
    "attendance",
    "practical",
    "programme",
    "hotel",
    "who_goes",
    "booking",
    "for_others",
)
"""Those of a short question about the event that was shown."""
OF_AN_EVENT = (*_OF_AN_EVENT, *_ATTENDING)
"""The matters after which the next question may be about the event."""
_OF_ANSWERS: tuple[Matter, ...] = ("chasing", "sheet")
"""Those of who has not paid, or of the form that was shown."""
_OF_A_DUTY: tuple[Matter, ...] = ("did_it", "remind_me")
"""Those of what is expected of somebody: a deadline, a meeting."""
_OF_NO_EVENT = ("report", "dues", "call", "survey")
"""The kinds of deadlines that belong to no meeting."""
_TO_REACH = frozenset({"phone", "email", "reach"})
LISTED: tuple[Intent, ...] = ("meetings", "deadlines", "register", "documents", "news")
"""The intents of which rows were shown."""
_OF_CITIES = frozenset({"which_not", "which_cities"})
"""What asks which cities have done something, or have not: paid, whatever was shown before."""
_SUBJECTS = frozenset({
    "event", "workshop", "network", "coordinator", "focal", "survey", "call", "doc", "minutes", "slides", "plan",
    "dues", "digest", "news", "mine", "directory", "in_charge", "institution", "owed_work", "human", "own_dues",
    "nobody_answers", "action",
})  # fmt: skip
"""The concepts that give a question a subject of its own."""


def is_bare(fresh: Understood) -> bool:
    """Whether nothing is named that a question could be about, in the network or outside."""
    own, said = fresh.question.stated, fresh.ranked.said
    return not fresh.outside and _SUBJECTS.isdisjoint(said) and own == Stated(past=own.past)


def leaning(
    fresh: Understood, last: Question, message: Normalised, language: Language | None, slots: Callable[[Intent], Slots]
) -> Understood:
    """Complete a message by what was asked before, where it leans on that; ``slots`` reads it for an intent."""
    chosen = _of_the_offer(fresh, last, message, language) if last.offered else None
    if chosen is not None:
        return chosen
    last = last.before or last
    if fresh.sure and fresh.question.intent == "dues" and not _OF_CITIES.isdisjoint(fresh.ranked.said):
        return replace(fresh, aspect=None)
    topic = _of_its_topic(fresh, last, message, language) or of_the_results(fresh, last, message, language)
    topic = topic or of_members_there(fresh, last, message, language, slots)
    topic = topic or of_another(fresh, last, message, language)
    if topic is not None:
        return topic
    otherwise = asks_otherwise(fresh, last, message, language)
    otherwise = otherwise and not (fresh.aspect == "translated" and (last.about or "").startswith("document:"))
    otherwise = otherwise or (fresh.matter == "owed" and last.about is None)  # no list but the reader's own tells it
    if fresh.aspect is not None and not otherwise:
        found = of_what_was_shown(fresh, last, message, language)
        if found is not None:
            return found
    fresh = _of_the_list(replace(fresh, aspect=None), last)
    for way in (_of_the_person, _of_the_place, _of_the_plan, _of_its_matter, _of_it):
        found = way(fresh, last, message, language)
        if found is not None:
            return found
    return _going_on(fresh, last, message, language, slots)


def _of_its_topic(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "des documents là-dessus ?" and "qui d'autre fait ça ?" by the place and theme that were spoken of."""
    own, before = fresh.question.stated, last.stated
    if own.names_place or own.theme or not (before.theme or (before.city and last.about is None)):
        return None
    if before.theme and turns.spans("who_else", message, language):
        others = Question("focal_point", Stated(theme=before.theme))
        return replace(fresh.completed_by(others, frozenset({"theme"})), aspect=None, matter=None)
    intent = fresh.question.intent
    if intent not in LISTED or intent == last.intent or not turns.spans("about_it", message, language):
        return None
    question = Question(intent, replace(own, city=before.city, theme=before.theme))
    return replace(fresh.completed_by(question, frozenset({"city", "theme"})), aspect=None, matter=None)


def _of_the_list(fresh: Understood, last: Question) -> Understood:
    """Add the days of the list before to "à Hué, à combien ?", and dues to "avant quel mois, l'an prochain ?"."""
    own, question = fresh.question.stated, fresh.question
    if fresh.matter in _ATTENDING and own.city and own.first is None and last.intent in ("meetings", "register"):
        own = replace(own, first=last.stated.first, last=last.stated.last)
    if last.intent == "dues" and question.intent == "deadlines" and own == Stated(first=own.first, last=own.last):
        own = replace(own, kind="dues")
    return replace(fresh, question=replace(question, stated=own))


def _of_the_offer(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "la première" or "les réunions" by what could not be told before and was offered."""
    meant = replace(last, offered=(), about=None, there=None)
    place, more = place_in_row(message, language) or (0, "")
    if place and not more and place <= len(last.offered):
        intent = last.offered[place - 1 if place > 0 else place]
        return fresh.completed_by(replace(meant, intent=intent), frozenset({"city", "theme"}))
    own = fresh.question.stated
    stated, carried = completed(own, last.stated, same=False)
    if fresh.only_slots:
        return replace(fresh, question=Question(last.intent, stated), carried=carried)
    named = fresh.ranked.first
    if fresh.sure and named in last.offered and len(message.text) <= _SHORT and own.says_nothing and carried:
        return fresh.completed_by(replace(meant, intent=named, stated=stated), carried)
    return None


def stated_of(found: Slots) -> Stated:
    """Return what was stated, without where it stands."""
    period = found.period
    return Stated(
        city=found.city,
        country=found.country,
        theme=found.theme,
        first=period.first if period else None,
        last=period.last if period else None,
        kind=found.kind,
        organisation=found.organisation,
    )


def _of_the_person(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "son tel ?" by whose focal point was shown."""
    things, place = fresh.ranked.said, last.stated.city or last.there
    whose = last.stated.organisation if last.intent in ("focal_point", "contact_coordinator") else None
    if fresh.question.stated.names_place or not (place or whose):
        return None
    short = len(message.text) <= _SHORTER and _is_bare(message, things)
    bare = short and last.intent == "focal_point" and not _TO_REACH.isdisjoint(things)
    pointed = points_to_person(message, language) and len(message.text) <= _SHORT
    if not pointed and (calls_somebody(message, language) or not bare):
        return None
    theme = last.stated.theme if last.intent == "focal_point" and not whose else None
    stated = Stated(city=None if whose else place, organisation=whose, theme=theme)
    return fresh.completed_by(Question("focal_point", stated), frozenset({"city"}))


def _of_its_matter(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "où se garer ?" or "ses documents" by the row that was shown."""
    short, shown = len(message.text) <= _SHORT, last.about or ""
    if fresh.matter in _OF_ANSWERS and (last.intent == "dues" or shown.startswith("form:")):
        question = Question("dues", last.stated) if last.intent == "dues" else Question("survey", about=shown)
        return replace(fresh, question=question, carried=frozenset({"about"}))
    if fresh.question.stated.names_place or fresh.question.stated.first or not shown:
        return None
    if fresh.matter in _OF_A_DUTY and shown.startswith(("deadline:", "event:")):
        return replace(fresh, question=replace(fresh.question, about=shown), carried=frozenset({"about"}))
    other = kinds.find(message, "meetings", language)
    same = other is None or other.code == kinds.ANY or points_to_it(message, language)
    own = other is not None and other.code in kinds.ONLY_ONE and not same  # there is one: it is found without
    attending = fresh.matter in _ATTENDING and short and same and shown.startswith("event:")
    if attending or (fresh.matter in _OF_AN_EVENT and not own):
        return replace(fresh, question=replace(fresh.question, about=shown), carried=frozenset({"about"}))
    if shown.startswith("event:") and short and wants_paper(fresh, message, language):
        question = replace(last, intent="documents", stated=fresh.question.stated)
        return fresh.completed_by(question, frozenset({"about"}))
    return None


def _of_it(fresh: Understood, last: Question, message: Normalised, language: Language | None) -> Understood | None:
    """Complete "c'est à quelle heure ?" by the event or the list that was shown."""
    things, stated = fresh.ranked.said, fresh.question.stated
    asks = not _OF_IT.isdisjoint(things) or (begins_with_and(message, language) and not _TO_REACH.isdisjoint(things))
    own = fresh.question.intent == "my_registrations" or (fresh.question.intent == "out_of_scope" and fresh.outside)
    own = fresh.only_slots or (own and fresh.sure) or asks_ahead(last, message, language)
    own = own or (stated.kind in _OF_NO_EVENT and (last.about or "").startswith("event:"))
    if own or not asks or not _is_bare(message, things) or not stated.says_nothing or fresh.question.stated.names_place:
        return None
    if last.intent == "dues" and not {"money", "how_much"}.isdisjoint(things):
        return fresh.completed_by(replace(last, about=None), frozenset({"intent"}))
    if last.about is not None and fresh.question.intent not in ("language", "help", "greeting"):
        intent: Intent = fresh.question.intent if fresh.question.intent in LEANED_ON else last.intent
        cost = not {"money", "refund"}.isdisjoint(things) and "own_dues" not in things
        found = fresh.completed_by(replace(last, intent=intent), frozenset({"about"}))
        return replace(found, matter="event_cost") if cost else found
    return None


def _of_the_place(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "là-bas" by the place of what was asked before."""
    place = last.stated.city or last.there
    reaches = fresh.question.intent == "contact_coordinator" or not _TO_REACH.isdisjoint(fresh.ranked.said)
    intent: Intent = "focal_point" if reaches else fresh.question.intent
    if fresh.question.stated.names_place or intent not in LEANED_ON or not points_there(message, language):
        return None
    if place is None and last.stated.country is None:
        return None
    stated = replace(fresh.question.stated, city=place, country=None if place else last.stated.country)
    return replace(fresh, question=Question(intent, stated), carried=frozenset({"city"}), sure=True)


def _of_the_plan(
    fresh: Understood, last: Question, message: Normalised, language: Language | None
) -> Understood | None:
    """Complete "et ce qui est prévu pour 2027 ?" by the plan: what is due in those days."""
    own = fresh.question.stated
    other = fresh.question.intent != "meetings" or not _SUBJECTS.isdisjoint(fresh.ranked.said)
    other = other or bool(turns.spans("meeting_word", message, language))
    if last.intent != "action_plan" or other or own.first is None or own != Stated(first=own.first, last=own.last):
        return None
    return fresh.completed_by(Question("action_plan", own), frozenset({"intent"}))


def _is_bare(message: Normalised, things: frozenset[str]) -> bool:
    """Whether a question is short and names nothing that it could be about."""
    return len(message.text) <= _SHORT and _SUBJECTS.isdisjoint(things)


def _going_on(
    fresh: Understood, last: Question, message: Normalised, language: Language | None, slots: Callable[[Intent], Slots]
) -> Understood:
    """Complete a message that begins with "et …", or names nothing but a place, a day or a theme."""
    some = _asks_for_some(fresh, last, message, language, slots)
    if not (some or fresh.only_slots or begins_with_and(message, language)):
        return fresh
    whole = fresh.sure and not (some or fresh.only_slots) and fresh.question.intent != "greeting"
    whole = whole and not turns.spans("that_one", message, language)
    intent = fresh.question.intent if whole else last.intent
    if intent not in LEANED_ON:
        return fresh
    own = stated_of(slots(intent))
    if intent == last.intent and own == Stated() and not turns.spans("that_one", message, language):
        return fresh
    whose = replace(last.stated, city=last.there) if (last.intent, intent) == ("survey", "dues") else last.stated
    if (
        intent == "documents"
        and turns.spans("that_one", message, language)
        and kinds.find(message, "meetings", language)
    ):
        whose = Stated(kind=whose.kind)  # another meeting has another place and day
    stated, carried = completed(own, whose, same=intent == last.intent)
    if intent == last.intent:
        carried |= {"intent"}
    about = last.about if intent != last.intent and own == Stated(kind=own.kind) and whose == last.stated else None
    question = Question(intent, stated, about)
    return replace(fresh, question=question, carried=carried, sure=True, only_slots=False)


def _asks_for_some(
    fresh: Understood, last: Question, message: Normalised, language: Language | None, slots: Callable[[Intent], Slots]
) -> bool:
    """Whether it is asked of the rows that were shown if some are of a place, a theme or a day: "y en a à Hué ?"."""
    of_country = last.intent == "focal_point" and last.stated.country is not None and last.there is None
    rows = last.intent in LISTED or of_country
    if not rows or last.about or last.offered or fresh.question.stated.kind is not None:
        return False
    return turns.only_slots(message, slots(last.intent).spans, language, "any")
