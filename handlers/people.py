"""Answers with a person called by name, or a partner, where somebody is looked for or it is not clear."""

from __future__ import annotations

import re

from bot.answers import called, contacts
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import Question, Understood
from bot.ask.titles import Titles
from bot.ask.turns import calls_somebody
from bot.texts.ask import with_coordination, with_line
from bot.texts.contacts import speaks, which_partner, whom_to_call
from bot.texts.layout import lines
from bot.texts.reply import Reply
from handlers.attending import coordination
from handlers.contacts import CONTACTS
from handlers.meant import Answered, unnarrowed
from handlers.turn import Turn
from storage import directory
from storage.network import ORGANISATIONS, THEMES

_ABOUT_PEOPLE: tuple[Intent, ...] = ("focal_point", "contact_coordinator")
_MISTAKEN: tuple[Intent, ...] = ("dues", "out_of_scope", "help", "language")
"""What a question for an institution's number may be taken for."""
_TO_REACH = frozenset({"phone", "email", "reach"})
_CLEARLY = 0.75
"""From this confidence on a question that names somebody is about something else."""
A_NAME = 24
"""Characters of a message that may be a name and nothing else."""


class People:
    """Answers with people."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def answer(self, turn: Turn, found: Understood, _titles: Titles) -> Answered | None:
        """Answer with a person called by name or a partner, where somebody is looked for or it is not clear."""
        question = found.question
        institution = "institution" in found.ranked.said and question.intent in _MISTAKEN
        calls = calls_somebody(normalise(found.text), found.language or turn.reader.language)
        about = question.intent in _ABOUT_PEOPLE or not found.sure or institution
        about = about or (question.intent == "language" and calls)
        told = found.ranked.confidence >= _CLEARLY and len(found.text) > A_NAME
        if not about and question.intent != "out_of_scope" and told:
            return None
        person = await called.of_name(turn.tx, turn.reader, found.text, in_full=not (about or calls))
        if person is not None:
            there = person.organisation.code if person.organisation else None
            return Answered(whom_to_call(turn.voice, person), Question("focal_point", there=there))
        if not about and _TO_REACH.isdisjoint(found.ranked.said):
            return None
        reply = await self._partner(turn, found)
        if reply is None and question.intent == "focal_point" and unnarrowed(question.stated) and calls:
            listed = await CONTACTS.commands["contacts"](turn)
            return Answered(with_line(turn.voice.say("ask.no_person"), listed), question)
        return Answered(reply, Question("focal_point", question.stated)) if reply else None

    async def calls(self, turn: Turn, found: Understood) -> bool:
        """Whether somebody of the network is called by name, after "Mme" or "លោក"."""
        calls = calls_somebody(normalise(found.text), found.language or turn.reader.language)
        return calls and await called.of_name(turn.tx, turn.reader, found.text, in_full=False) is not None

    async def languages_of(self, turn: Turn, found: Understood, _titles: Titles) -> Answered | None:
        """Say which languages those speak whose contact was shown: "elle parle vietnamien ?"."""
        stated = found.question.stated
        code = stated.organisation or stated.city if found.aspect == "translated" else None
        place = await ORGANISATIONS.get(turn.tx, code) if code and found.question.intent == "focal_point" else None
        theme = await THEMES.get(turn.tx, stated.theme) if place and stated.theme else None
        shown = (
            await contacts.of_organisation(turn.tx, turn.reader, place.id, theme.id if theme else None)
            if place
            else None
        )
        if shown is None:
            return None
        told = [line for one in shown.contacts if (line := speaks(turn.voice, one.person))]
        card = whom_to_call(turn.voice, shown)
        unknown = with_coordination(turn.voice, with_line(turn.voice.say("ask.not_told"), card))
        return Answered(with_line(lines(*told), card) if told else unknown, found.question)

    async def _partner(self, turn: Turn, found: Understood) -> Reply | None:
        stated = found.question.stated
        code = stated.organisation or self._known.organisation_in(found.text, found.language)
        organisation = await ORGANISATIONS.get(turn.tx, code) if code else None
        if organisation is None and "institution" in found.ranked.said:
            words = re.findall(r"[a-z]{5,}", normalise(found.text).folded)
            countries = self._known.countries_in(found.text, found.language)
            named = await contacts.partners_like(turn.tx, words, countries)
            if len(named) > 1:
                return which_partner(turn.voice, named)
            if not named and (stated.city or (stated.theme and stated.country)):
                return None
            if not named:
                return with_line(turn.voice.say("ask.no_organisation"), await coordination(turn))
            organisation = named[0]
        if organisation is None:
            return None
        if any(
            one.organisation == organisation.code for one in await directory.people(turn.tx, roles=("coordinator",))
        ):
            return await coordination(turn)
        answer = await contacts.of_organisation(turn.tx, turn.reader, organisation.id)
        return whom_to_call(turn.voice, answer) if answer else None
