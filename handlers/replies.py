"""What one question is answered with: a matter of its own, a person, a partner, one row by its title, or a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.asked import Asked, Codes, asked, codes_of
from bot.answers.deadlines import EVENT_KINDS
from bot.answers.documents import DOCUMENT_KINDS, DocumentsRequest
from bot.answers.documents import documents as documents_page
from bot.answers.meetings import MeetingsRequest, meeting, meetings
from bot.answers.narrowed import one_of, resolved
from bot.answers.subjects import EVENTFUL, documents_named, seen_by, subject
from bot.ask import kinds
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.leaning import OF_AN_EVENT
from bot.ask.normalise import normalise
from bot.ask.question import LEANED_ON, Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from bot.network.content import Content
from bot.texts.ask import greeted, is_it_one_of, no_such_document, out_of_scope, with_line
from bot.texts.reply import Reply
from handlers.answering import Answer
from handlers.attending import ATTENDING, About
from handlers.matters import Matters
from handlers.meant import Answered, about_row, entry_of, only_event, unnarrowed, wants_papers
from handlers.people import A_NAME, People
from handlers.subjects import Subjects, documents_of, those
from handlers.turn import Turn
from storage.network import EVENTS, ORGANISATIONS

_CARDS = {"e": "event", "dl": "deadline", "nw": "news"}
"""The screens that show one row, and which."""
_LATE = frozenset({"overdue", "late"})
_OF_MEETINGS: tuple[Intent, ...] = ("meetings", "register", "documents", "contact_coordinator")
"""The intents of a question about going to a meeting."""
_MOSTLY = 0.7
_NEAREST = 3
"""Documents that are shown where none is what was wanted."""


class Replies:
    """Answers what was understood."""

    def __init__(self, known: Known, answers: Mapping[Intent, Answer], subjects: Subjects, matters: Matters) -> None:
        self.known = known
        self._answers, self._subjects, self._matters = answers, subjects, matters
        self._people = People(known)

    def answers_to(self, intent: str) -> Intent | None:
        """Return the intent of that name; None for one that nothing answers."""
        return next((one for one in self._answers if one == intent), None)

    async def to(self, turn: Turn, found: Understood) -> Answered:
        """Answer what was understood, or ask back."""
        titles = await self.known.titles(turn.tx)
        if found.question.intent == "action_plan" and _LATE & found.ranked.said:
            found = replace(found, question=replace(found.question, stated=replace(found.question.stated, kind="late")))
        for way in (self._matter, self._people.answer, self._row):
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

    async def nth(self, turn: Turn, question: Question, place: int) -> Answered | None:
        """Answer with the meeting that stands at that place of the list that a question is answered with."""
        reply = (await self.of(turn, question)).reply
        taps = [button.tap for row in reply.buttons for button in row if button.tap and button.tap.screen in _CARDS]
        shown = list(dict.fromkeys((tap.screen, number) for tap in taps if (number := tap.number(0)) is not None))
        titles = await self.known.titles(turn.tx)
        entry = titles.numbered(_CARDS[shown[place][0]], shown[place][1]) if place < len(shown) else None
        card = await self._subjects.show(turn, entry, await self.asked(turn, question)) if entry else None
        opened = await self.opened(turn, "e", shown[place][1]) if entry and entry.noun == "event" else None
        return Answered(card, opened or about_row(question, entry)) if card else None

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
        meant = found.question.about is not None or found.question.intent in _OF_MEETINGS or not found.sure
        meant = meant or (found.matter == "video" and len(found.text) <= A_NAME)
        if found.matter in ATTENDING and not (meant or (await self.namer(turn))(found.text)):
            return None
        about = About(event, self._form(turn, found, titles), city)
        reply = await self._matters.answer(turn, found.matter, about)
        event = event if found.matter in OF_AN_EVENT else None
        return Answered(reply, about_row(found.question, event)) if reply else None

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

    async def _form_on(self, turn: Turn, theme: str, titles: Titles) -> Entry | None:
        """Return the only form whose title names a theme; None if there are more, or none."""
        understanding, seen = await self.known.understanding(turn.tx), seen_by(turn.reader, turn.now)
        named = [
            one
            for one in titles.of_noun("form")
            if seen(one) and theme in {understanding.theme(text.text, code) for code, text in one.title.root.items()}
        ]
        return named[0] if len(named) == 1 else None

    def _form(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        as_survey = replace(found, question=Question("survey", found.question.stated), sure=True)
        return subject(titles, found.text, as_survey, turn.reader, turn.now)

    async def _row(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer with the one row that is named, or was spoken of before."""
        question = found.question
        entry = entry_of(titles, question.about) or subject(titles, found.text, found, turn.reader, turn.now)
        if entry is None and question.intent == "survey" and question.stated.theme:
            entry = await self._form_on(turn, question.stated.theme, titles)
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
        papers = await self._papers(turn, found, titles)
        if papers is not None:
            return papers
        listed = (await self.of(turn, found.question)).reply
        if words is None or not unnarrowed(found.question.stated) or not titles.tells(words, language):
            return listed
        wanted = await self.asked(turn, found.question)
        request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await documents_page(turn.tx, turn.reader, turn.now, request)
        return no_such_document(turn.voice, words, documents_of(turn, page.documents[:_NEAREST]))

    async def _papers(self, turn: Turn, found: Understood, titles: Titles) -> Reply | None:
        """Answer with the papers of the one meeting of a kind of which there is one: "l'invitation à l'AG"."""
        kind = kinds.find(normalise(found.text), "meetings", found.language or turn.reader.language)
        if kind is None or kind.code not in kinds.ONLY_ONE:
            return None
        entry = await self._event(turn, found, titles)
        card = await meeting(turn.tx, turn.reader, turn.now, entry.number) if entry else None
        papers = [one for one in card.documents if found.question.stated.kind in (None, one.kind)] if card else []
        return documents_of(turn, papers) if papers else None

    async def _offers(self, turn: Turn, found: Understood) -> Reply:
        offered = [await self.asked(turn, replace(found.question, intent=intent)) for intent in found.offers]
        return is_it_one_of(turn.voice, [await resolved(turn.tx, one) for one in offered])
