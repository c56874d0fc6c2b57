"""What one question is answered with: a matter of its own, a person, a partner, one row by its title, or a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.answers.contacts import of_organisation
from bot.answers.narrowed import resolved
from bot.answers.subjects import documents_named, subject
from bot.ask import kinds
from bot.ask.aspects import ABOVE, BESIDE, Aspect, asks_for
from bot.ask.intents import Intent
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.periods.lasting import over_on
from bot.ask.question import LEANED_ON, Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from bot.forms.filling import Filling
from bot.texts.ask import greeted, is_it_one_of, out_of_scope, with_line
from bot.texts.contacts import whom_to_call
from bot.texts.reply import ORGANISATION, Listing, Reply
from handlers.afterwards import spoken_of_after
from handlers.answering import Answer, answers
from handlers.aspects import OF_ROWS, Aspects
from handlers.attending import ATTENDING, About
from handlers.listed import which_into_calendar, wider
from handlers.matters import Matters
from handlers.meant import (
    Answered,
    about_row,
    by_its_kind,
    entry_of,
    hands_in,
    only_row,
    to_choose_from,
    wants_papers,
    wants_the_next,
)
from handlers.naming import Naming
from handlers.ours import of_us
from handlers.papers import Papers
from handlers.people import A_NAME, People
from handlers.shown import Shown
from handlers.spoken import Spoken
from handlers.subjects import Subjects, those
from handlers.told import which_of_them
from handlers.turn import Turn
from storage.network import EVENTS

_OF_NO_PLACE: tuple[Intent, ...] = ("survey", "my_registrations")
"""The intents whose lists no place narrows."""
_OF_MEETINGS: tuple[Intent, ...] = ("meetings", "register", "documents", "contact_coordinator")
"""The intents of a question about going to a meeting."""


class Replies:
    """Answers what was understood."""

    def __init__(self, known: Known, filling: Filling, matters: Matters) -> None:
        self.known, self._matters = known, matters
        self._answers: Mapping[Intent, Answer] = answers(filling)
        self._subjects = Subjects(filling)
        self._shown = Shown(known, filling, self._subjects, matters)
        self._people, self.naming, self.spoken = People(known), Naming(known), Spoken(known)
        self._aspects = Aspects(known, self._shown, self.naming, self.spoken, self.of, self.to)
        self._papers, plan = Papers(self.naming), self.naming.plan
        self._line, self.line = plan.answer, plan.line

    def answers_to(self, intent: str) -> Intent | None:
        """Return the intent of that name; None for one that nothing answers."""
        return next((one for one in self._answers if one == intent), None)

    async def to(self, turn: Turn, found: Understood, listing: Listing | None = None) -> Answered:
        """Answer what was understood, or ask back; ``listing`` is the list that stands on the screen."""
        titles = await self.known.titles(turn.tx)
        shown, leans = entry_of(titles, found.question.about), found.aspect is not None or "about" in found.carried
        named = leans and (await self.naming.namer(turn, shown))(found.text)
        if named or (found.aspect is not None and await self._people.calls(turn, found)):
            understanding = await self.known.understanding(turn.tx)
            found = understanding.understand(found.text, turn.reader.language, turn.reader.today(turn.now))
        found = await of_us(self.known, turn, found)
        aspect_of, matter_of = partial(self._aspects.answer, listing=listing), partial(self._matter, listing=listing)
        ways = (self._line, self._aspects.count, self._people.languages_of, self._papers.of_language, aspect_of)
        for way in (self._papers.of_role, *ways, matter_of, self._people.answer, self._row):
            answered = await way(turn, found, titles)
            if answered is not None:
                return answered
        if found.question.intent == "documents" and found.sure:
            if hands_in(found, turn.reader.language):
                return which_of_them(turn, found, await self.of(turn, replace(found.question, intent="deadlines")))
            return await self._papers.answer(turn, found, titles) or await self.of(turn, found.question)
        if not found.sure:
            return await self._unsure(turn, found, titles)
        if found.question.intent == "greeting":
            return Answered(greeted(turn.voice, turn.reader, found.manner), found.question)
        first = await self.nth(turn, found.question, 1) if wants_the_next(found, turn.reader.language) else None
        answered = first or await self.of(turn, found.question)
        other = found.question.about or wider(answered.reply.listing, found.question.stated.theme)
        entry = None if other else entry_of(titles, answered.question.about)
        aspect = await self.naming.aspect(turn, found, entry) if entry else None
        if entry is None and found.question.intent == "meetings" and "postponed" in found.ranked.said:
            entry, aspect = await self.naming.changed(turn, answered.reply, titles), "held"
            answered = Answered(answered.reply, about_row(answered.question, entry))
        besides = aspect in (ABOVE if first else BESIDE) or (aspect == "programme" and "topic" in found.ranked.said)
        told = await self._shown.answer(turn, aspect, entry) if aspect and besides and entry else None
        told = told or await self._without_registration(turn, found, answered.reply, titles)
        return Answered(told, answered.question) if told else which_of_them(turn, found, answered)

    async def going_out(self, turn: Turn) -> Reply | None:
        """Answer what is asked of what goes out by itself: the list of it tells, and opens each."""
        shown = await self._matters.answer(turn, "going_out", About(None, None))
        return with_line(turn.voice.say("ask.of_schedule"), shown) if shown else None

    async def _without_registration(self, turn: Turn, found: Understood, reply: Reply, titles: Titles) -> Reply | None:
        """Answer who may come to the next meeting of a kind for which nobody registers: "j'y ai droit, au bureau ?"."""
        if found.question.intent != "register" or found.question.stated.kind is None or to_choose_from(reply):
            return None
        first = await self.nth(turn, replace(found.question, intent="meetings"), 1)
        entry = entry_of(titles, first.question.about) if first else None
        return await self._shown.answer(turn, "comes", entry) if entry else None

    async def _unsure(self, turn: Turn, found: Understood, titles: Titles) -> Answered:
        """Answer by the kind of document, meeting or deadline that is named; ask back where none is."""
        if kinds.spans(normalise(found.text), ("documents",)):
            named = await those(turn, documents_named(titles, found.text, found.question, turn.reader, turn.now))
            if named is not None:
                own = found.question.stated if found.question.intent == "documents" else Stated()
                return Answered(named, Question("documents", own))
        likely = by_its_kind(found) if not found.only_slots else None
        if likely is not None:
            return which_of_them(turn, found, await self.of(turn, likely))
        return Answered(await self._offers(turn, found), replace(found.question, offered=found.offers))

    async def of(self, turn: Turn, question: Question) -> Answered:
        """Answer a question."""
        answer = self._answers.get(question.intent)
        if answer is None:
            return Answered(out_of_scope(turn.voice), question)
        wanted = await self.naming.asked(turn, question)
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        reply = await self._subjects.show(turn, entry, wanted) if entry else None
        if reply is None:
            reply = await answer(turn, wanted)
        unknown = question.stated.city is not None and wanted.city is None and question.intent in LEANED_ON
        reply = with_line(turn.voice.say("ask.place_unknown"), reply) if unknown else reply
        whole = question.intent in _OF_NO_PLACE and (wanted.city or wanted.country) and to_choose_from(reply)
        reply = with_line(turn.voice.say("ask.not_by_place"), reply) if whole else reply
        titles = await self.known.titles(turn.tx)
        only = await self.naming.only_document(turn, wanted, titles) if question.intent == "documents" else None
        question = question if entry else about_row(self._with_row(titles, reply, question), only)
        return Answered(reply, await self.spoken.there(turn, question))

    def _with_row(self, titles: Titles, reply: Reply, question: Question) -> Question:
        """Return the question about the only row of its answer; as it is where there are more, or none."""
        return about_row(question, only_row(titles, reply) if question.intent in OF_ROWS else None)

    async def nth(self, turn: Turn, question: Question, place: int, listing: Listing | None = None) -> Answered | None:
        """Answer with the row that has that number, or stands at that place, of the list that was shown.

        Args:
            turn: The update.
            question: What the list answers.
            place: From 1; -1 is the last row.
            listing: The list as it stands on the screen; None: it is made again.
        """
        listing = listing or (await self.of(turn, question)).reply.listing
        if listing is None and question.about is not None:
            whole = (await self.of(turn, replace(question, about=None))).reply.listing
            listing = whole if whole and len(whole.rows) == 1 else None
        row = listing.at(place) if listing else None
        if row and row[0] == ORGANISATION:
            found = await of_organisation(turn.tx, turn.reader, row[1])
            opened = await self.spoken.of_card(turn, "co", row[1])
            return Answered(whom_to_call(turn.voice, found), opened) if found and opened else None
        entry = (await self.known.titles(turn.tx)).numbered(*row) if row else None
        return await self.opened(turn, entry, question) if entry else None

    async def opened(self, turn: Turn, entry: Entry, question: Question) -> Answered | None:
        """Answer with a row, of which that was asked; None where the reader may not see it."""
        card = await self._subjects.show(turn, entry, await self.naming.asked(turn, question))
        return Answered(card, await self.spoken.of_row(turn, entry)) if card else None

    async def _matter(self, turn: Turn, found: Understood, titles: Titles, listing: Listing | None) -> Answered | None:
        language = found.language or turn.reader.language
        paper = found.matter == "programme" and found.question.intent == "documents"
        if found.matter is None or (paper and asks_for("translated", normalise(found.text), language)):
            return None
        city, event = found.question.stated.city, await self.naming.event(turn, found, titles)
        if found.matter == "calendar" and event is None and (which := await which_into_calendar(turn, listing)):
            return Answered(which, found.question)
        if found.matter == "who_goes" and event is None:
            there = Question("meetings", Stated(city=city))
            return await self.of(turn, there) if city and found.question.intent == "focal_point" else None
        meant = found.question.about is not None or found.question.intent in _OF_MEETINGS or not found.sure
        meant = meant or found.matter == "who_goes"
        meant = meant or (found.matter == "video" and len(found.text) <= A_NAME)
        if found.matter in ATTENDING and not (meant or (await self.naming.namer(turn))(found.text)):
            return None
        named = entry_of(titles, (await self.naming.named(turn, found)).about) if found.matter == "funding" else None
        if named is not None and named.noun == "deadline":
            told = await self._shown.answer(turn, "cost", named)
            return Answered(told, about_row(found.question, named)) if told else None
        carried = entry_of(titles, found.question.about)
        own = carried is not None and carried.noun == "form" and event is None
        form = self.naming.form(turn, found, titles) or (carried if own else None)
        stated = found.question.stated
        over = over_on(normalise(found.text), language, turn.reader.today(turn.now))
        dues = found.question.intent == "dues"
        about = About(event, form, city, stated.country, stated.theme, carried, over[0] if over else None, dues)
        if found.matter == "results":
            number = await self._matters.form_of(turn, about)
            form = titles.numbered("form", number) if number else None
            about = replace(about, form=form)
        reply = await self._matters.answer(turn, found.matter, about)
        question = spoken_of_after(found.matter, titles, found, event, form)
        if found.matter == "join" and reply is not None:
            question = self._with_row(titles, reply, Question("survey"))
        return Answered(reply, question) if reply else None

    async def _row(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer with the one row that is named, or was spoken of before."""
        question = found.question
        entry = entry_of(titles, question.about)
        if entry is None and question.intent == "survey" and question.stated.theme:
            entry = await self.naming.form_on(turn, question.stated.theme, titles)
        entry = entry or subject(titles, found.text, found, turn.reader, turn.now)
        if entry and entry.noun == "event" and question.intent == "deadlines" and question.about is not None:
            own = [one for one in titles.of_noun("deadline") if one.event == entry.code]
            entry = titles.only_one_of(normalise(found.text), own) or entry
        if entry and entry.noun == "document" and "kind" in found.carried and entry.kind != question.stated.kind:
            return None
        aspect: Aspect | None = None
        if entry is None and question.intent == "deadlines" and question.stated.kind is not None:
            entry = await self.naming.by_its_word(turn, found, titles)
        if entry is None and question.intent == "deadlines" and question.stated.kind in kinds.ONLY_ONE:
            entry = await self.naming.event(turn, found, titles)
            aspect = await self.naming.aspect(turn, found, entry) if entry else None
            entry, aspect = (entry, "until" if aspect == "register" else aspect) if aspect in ABOVE else (None, None)
        if entry is None:
            entry, aspect = await self.naming.otherwise(turn, found, titles)
            question = replace(question, intent="meetings")
        if entry is None:
            return None
        whole = titles.all_of_it(normalise(found.text), found.language or turn.reader.language, entry)
        if entry.noun == "event" and question.intent == "documents" and (whole or not wants_papers(found)):
            question = replace(question, intent="meetings")
        wanted = await self.naming.asked(turn, question)
        near = documents_named(titles, found.text, question, turn.reader, turn.now)
        written = await self._papers.written_in(turn, found, near)
        entry, near = written[0] if entry in near and entry not in written else entry, written
        if aspect is None and found.question.about is None:
            aspect = await self.naming.aspect(turn, found, entry)
        papers = entry.noun == "document" and entry in near and aspect != "format"
        several = papers and len(near) > 1
        reply = await self._shown.answer(turn, aspect, entry) if aspect in ABOVE and not papers else None
        reply = await those(turn, near) if papers else reply or await self._subjects.show(turn, entry, wanted)
        if reply is None:
            return None
        intent = question.intent if found.sure and question.intent in LEANED_ON else "meetings"
        event = await EVENTS.get(turn.tx, entry.code) if entry.noun == "event" else None
        alone = question.intent == "documents" and question.about is None
        paper = only_row(titles, reply) if alone else None
        only = None if several else paper or entry
        return Answered(reply, replace(about_row(question, only), intent=intent, there=event.city if event else None))

    async def _offers(self, turn: Turn, found: Understood) -> Reply:
        offered = [await self.naming.asked(turn, replace(found.question, intent=intent)) for intent in found.offers]
        return is_it_one_of(turn.voice, [await resolved(turn.tx, one) for one in offered])
