"""What is spoken of once a matter was answered: the question that the next one may lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.ask.intents import Intent
from bot.ask.leaning import OF_AN_EVENT
from bot.ask.matters import Matter
from bot.ask.question import BROUGHT, LEANED_ON, Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from handlers.meant import about_row

_OF_A_CITY: tuple[Matter, ...] = ("contacted", "partnership", "is_member")
"""The matters after which the next question is about whoever is to be reached in the city that was named."""
_AFTER: Mapping[Matter, Intent] = {
    "contributing": "digest",
    "members": "focal_point",
    "owed": "deadlines",
    "focal_points": "focal_point",
    "by_form": "survey",
    "settings": "help",
    "pausing": "help",
    "resuming": "help",
    "stop_sending": "help",
}
"""What is spoken of once a matter was answered, whatever the message seemed to ask for."""
_OF_A_FORM: tuple[Matter, ...] = ("results", "chasing", "unconfirmed", "sent_state")
"""The matters that are about the answers to a form."""
_LISTED: Mapping[Matter, str] = {"funding": "call", "hotel": "hotel"}
"""The kind of the deadlines that a matter is answered with."""


def spoken_of_after(
    matter: Matter, titles: Titles, found: Understood, event: Entry | None, form: Entry | None
) -> Question:
    """Return the question that the next one may lean on; ``event`` and ``form`` are what the matter was about."""
    city = found.question.stated.city
    own = about_row(found.question, event if matter in OF_AN_EVENT else None)
    question = Question(_AFTER[matter]) if matter in _AFTER else own
    booked = [one for one in titles.of_noun("deadline") if event and one.event == event.code and one.kind == "hotel"]
    if matter in _LISTED and question.intent not in LEANED_ON:
        question = replace(question, intent="deadlines", stated=Stated(kind=_LISTED[matter]))
    if matter in _OF_A_CITY and city is not None:
        question = Question("focal_point", Stated(city=city))
    if matter in _OF_A_FORM and form is not None:
        question = about_row(Question("survey", Stated(kind=BROUGHT if matter == "results" else None)), form)
    elif matter == "hotel" and booked:
        question = about_row(Question("deadlines"), booked[0])
    elif matter == "vacant":
        question = Question("focal_point", Stated(kind="confirmation"))
    elif matter == "by_form":
        question = about_row(question, form) if form else Question("contact_coordinator")
    return question
