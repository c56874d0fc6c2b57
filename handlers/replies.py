"""What one question is answered with: a matter of its own, a person, a partner, one row by its title, or a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.answers import called, contacts
from bot.answers.asked import Asked, Codes, asked, codes_of
from bot.answers.deadlines import EVENT_KINDS
from bot.answers.documents import DOCUMENT_KINDS, DocumentsRequest
from bot.answers.documents import documents as documents_page
from bot.answers.meetings import MeetingsRequest, meetings
from bot.answers.narrowed import one_of, resolved
from bot.answers.subjects import EVENTFUL, documents_named, seen_by, subject
from bot.ask import kinds
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import LEANED_ON, Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from bot.ask.turns import calls_somebody
from bot.network.content import Content
from bot.texts.ask import greeted, is_it_one_of, no_such_document, out_of_scope, with_line
from bot.texts.contacts import which_partner, whom_to_call
from bot.texts.reply import Reply
from handlers.answering import Answer
from handlers.attending import ATTENDING, About, coordination
from handlers.matters import Matters
from handlers.meant import about_row, entry_of, only_event, unnarrowed, wants_papers
from handlers.subjects import Subjects, documents_of, those
from handlers.turn import Turn
from storage import directory
from storage.network import EVENTS, ORGANISATIONS

_ABOUT_PEOPLE: tuple[Intent, ...] = ("focal_point", "contact_coordinator")
_MISTAKEN: tuple[Intent, ...] = ("dues", "out_of_scope", "help", "language")
"""What a question for an institution's number may be taken for."""
_TO_REACH = frozenset({"phone", "email", "reach"})
_LATE = frozenset({"overdue", "late"})
_OF_MEETINGS: tuple[Intent, ...] = ("meetings", "register", "documents", "contact_coordinator")
"""The intents of a question about going to a meeting."""
_CLEARLY = 0.75
"""From this confidence on a question that names somebody is about something else."""
_A_NAME = 24
"""Characters of a message that may be a name and nothing else."""
_MOSTLY = 0.7
_NEAREST = 3
"""Documents that are shown where none is what was wanted."""


@dataclass(frozen=True)
class Answered:
    """A reply, and the question as the next one can lean on it."""

    reply: Reply
    question: Question


class Replies:
    """Answers what was understood."""

    def __init__(self, known: Known, answers: Mapping[Intent, Answer], subjects: Subjects, matters: Matters) -> None:
        self.known = known
        self._answers, self._subjects, self._matters = answers, subjects, matters

    def answers_to(self, intent: str) -> Intent | None:
        """Return the intent of that name; None for one that nothing answers."""
        return next((one for one in self._answers if one == intent), None)

    async def to(self, turn: Turn, found: Understood) -> Answered:
        """Answer what was understood, or ask back."""
        titles = await self.known.titles(turn.tx)
        if found.question.intent == "action_plan" and _LATE & found.ranked.said:
            found = replace(found, question=replace(found.question, stated=replace(found.question.stated, kind="late")))
        for way in (self._matter, self._people, self._row):
            answered = await way(turn, found, titles)
            if answered is not None:
                return answered
        if found.question.intent == "documents" and found.sure:
            return Answered(await self._documents(turn, found, titles), found.question)
        if not found.sure and kinds.spans(normalise(found.text), ("documents",)):
            named = await those(turn, documents_named(titles, found.text, found.question, turn.reader, turn.now))
            if named is not None:
                return Answered(named, Question("documents"))
        if not found.sure:
            return Answered(await self._offers(turn, found), replace(found.question, offered=found.offers))
        if found.question.intent == "greeting":
            return Answered(greeted(turn.voice, turn.reader, found.manner), found.question)
        return await self.of(turn, found.question)

    async def of(self, turn: Turn, question: Question) -> Answered:
        """Answer a question."""
        answer = self._answers.get(question.intent)
        if answer is None:
            return Answered(out_of_scope(turn.voice), question)
        wanted = await self.asked(turn, question)
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        reply = await self._subjects.show(turn, entry, wanted) if entry else None
        if reply is None:
            reply = await answer(turn, wanted)
        unknown = question.stated.city is not None and wanted.city is None and question.intent in LEANED_ON
        reply = with_line(turn.voice.say("ask.place_unknown"), reply) if unknown else reply
        only = only_event(reply) if question.intent in ("meetings", "register") and entry is None else None
        shown = await self.opened(turn, "e", only) if only is not None else None
        return Answered(reply, replace(question, about=shown.about, there=shown.there) if shown else question)

    async def asked(self, turn: Turn, question: Question) -> Asked:
        """Return a question as its answer needs it."""
        stated = question.stated
        codes = Codes(stated.city, stated.theme)
        wanted = await asked(
            turn.tx, question.intent, codes, country=stated.country, first=stated.first, last=stated.last,
            kind=stated.kind, past=stated.past,
        )  # fmt: skip
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        return replace(wanted, about=f"{entry.noun}-{entry.number}") if entry else wanted

    async def question_of(self, turn: Turn, wanted: Asked) -> Question | None:
        """Return the question that a button carries, by codes again; None for an intent that nothing answers."""
        intent = self.answers_to(wanted.intent)
        if intent is None:
            return None
        codes = await codes_of(turn.tx, wanted)
        stated = Stated(codes.city, wanted.country, codes.theme, wanted.first, wanted.last, wanted.kind)
        noun, _, number = (wanted.about or "").partition("-")
        entry = (await self.known.titles(turn.tx)).numbered(noun, int(number)) if number.isdigit() else None
        return Question(intent, stated, f"{entry.noun}:{entry.code}" if entry else None)

    async def namer(self, turn: Turn) -> Callable[[str], bool]:
        """Return whether a text names a meeting, deadline or form by its title."""
        titles, seen = await self.known.titles(turn.tx), seen_by(turn.reader, turn.now)
        return lambda part: any(
            one.acronym or one.share > _MOSTLY for one in titles.find(normalise(part), EVENTFUL, seen)
        )

    async def named(self, turn: Turn, found: Understood) -> Question:
        """Return the question with the row that it names."""
        titles = await self.known.titles(turn.tx)
        return about_row(found.question, subject(titles, found.text, found, turn.reader, turn.now))

    async def title_of(self, turn: Turn, question: Question) -> Content | None:
        """Return the title of the row that a question is about, if it is about one."""
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        return entry.title if entry else None

    async def opened(self, turn: Turn, screen: str, number: int) -> Question | None:
        """Return what is spoken of once a meeting's card (``e``) or an organisation's contacts (``co``) are opened."""
        if screen == "co":
            organisation = await ORGANISATIONS.numbered(turn.tx, number)
            return Question("focal_point", there=organisation.code) if organisation else None
        event = await EVENTS.numbered(turn.tx, number)
        return Question("meetings", about=f"event:{event.code}", there=event.city) if event else None

    async def _matter(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        if found.matter is None:
            return None
        city, event = found.question.stated.city, await self._event(turn, found, titles)
        if event is None and found.matter in ATTENDING and found.question.intent not in _OF_MEETINGS and found.sure:
            return None
        about = About(event, self._form(turn, found, titles), city)
        reply = await self._matters.answer(turn, found.matter, about)
        return Answered(reply, about_row(found.question, about.event)) if reply else None

    async def _event(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the event that a matter is about: carried, by its title, or the only one of its kind and place."""
        carried, names = entry_of(titles, found.question.about), await self.namer(turn)
        if carried is not None and carried.noun == "event" and not names(found.text):
            return carried
        kind = kinds.find(normalise(found.text), "meetings", found.language)
        stated = replace(found.question.stated, kind=kind.code if kind else None)
        as_meeting = replace(found, question=Question("meetings", stated), sure=True)
        named = subject(titles, found.text, as_meeting, turn.reader, turn.now)
        if named is not None or not (stated.city or stated.theme or stated.kind):
            return named
        wanted = await self.asked(turn, Question("meetings", stated))
        request = MeetingsRequest(kind=one_of(EVENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await meetings(turn.tx, turn.reader, turn.now, request)
        return titles.of("event", page.events[0].code) if page.total == 1 else None

    def _form(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        as_survey = replace(found, question=Question("survey", found.question.stated), sure=True)
        return subject(titles, found.text, as_survey, turn.reader, turn.now)

    async def _people(self, turn: Turn, found: Understood, _titles: Titles) -> Answered | None:
        """Answer with a person called by name or a partner, where somebody is looked for or it is not clear."""
        question = found.question
        institution = "institution" in found.ranked.said and question.intent in _MISTAKEN
        about = question.intent in _ABOUT_PEOPLE or not found.sure or institution
        told = found.ranked.confidence >= _CLEARLY and len(found.text) > _A_NAME
        if not about and question.intent != "out_of_scope" and told:
            return None
        person = await called.of_name(turn.tx, turn.reader, found.text, in_full=not about)
        if person is not None:
            there = person.organisation.code if person.organisation else None
            return Answered(whom_to_call(turn.voice, person), Question("focal_point", there=there))
        if not about and _TO_REACH.isdisjoint(found.ranked.said):
            return None
        reply = await self._partner(turn, found)
        if reply is None and question.intent == "focal_point" and unnarrowed(question.stated):
            message = normalise(found.text)
            if calls_somebody(message, found.language or turn.reader.language):
                listed = (await self.of(turn, question)).reply
                return Answered(with_line(turn.voice.say("ask.no_person"), listed), question)
        return Answered(reply, Question("focal_point", question.stated)) if reply else None

    async def _partner(self, turn: Turn, found: Understood) -> Reply | None:
        stated = found.question.stated
        code = stated.organisation or self.known.organisation_in(found.text, found.language)
        organisation = await ORGANISATIONS.get(turn.tx, code) if code else None
        if organisation is None and "institution" in found.ranked.said:
            words = re.findall(r"[a-z]{5,}", normalise(found.text).folded)
            countries = self.known.countries_in(found.text, found.language)
            named = await contacts.partners_like(turn.tx, words, countries)
            if len(named) > 1:
                return which_partner(turn.voice, named)
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

    async def _row(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer with the one row that is named, or was spoken of before."""
        question = found.question
        entry = entry_of(titles, question.about) or subject(titles, found.text, found, turn.reader, turn.now)
        if entry is None:
            return None
        if entry.noun == "event" and question.intent == "documents" and not wants_papers(found):
            question = replace(question, intent="meetings")
        wanted = await self.asked(turn, question)
        near = documents_named(titles, found.text, question, turn.reader, turn.now)
        if entry.noun == "document" and entry in near:
            reply = await those(turn, near)
        else:
            reply = await self._subjects.show(turn, entry, wanted)
        if reply is None:
            return None
        intent = question.intent if found.sure and question.intent in LEANED_ON else "meetings"
        there = None
        if entry.noun == "event":
            event = await EVENTS.get(turn.tx, entry.code)
            there = event.city if event else None
        return Answered(reply, replace(about_row(question, entry), intent=intent, there=there))

    async def _documents(self, turn: Turn, found: Understood, titles: Titles) -> Reply:
        """Answer with the documents that are named; where what is wanted is in no title, say so, with the nearest."""
        understanding, today = await self.known.understanding(turn.tx), turn.reader.today(turn.now)
        language = found.language or turn.reader.language
        words = understanding.wanted_about(found.text, language, today)
        named = documents_named(titles, words, found.question, turn.reader, turn.now) if words else []
        reply = await those(turn, named) if named and unnarrowed(found.question.stated) else None
        if reply is not None:
            return reply
        listed = (await self.of(turn, found.question)).reply
        if words is None or not unnarrowed(found.question.stated) or not titles.tells(words, language):
            return listed
        wanted = await self.asked(turn, found.question)
        request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await documents_page(turn.tx, turn.reader, turn.now, request)
        return no_such_document(turn.voice, words, documents_of(turn, page.documents[:_NEAREST]))

    async def _offers(self, turn: Turn, found: Understood) -> Reply:
        offered = [await self.asked(turn, replace(found.question, intent=intent)) for intent in found.offers]
        return is_it_one_of(turn.voice, [await resolved(turn.tx, one) for one in offered])
