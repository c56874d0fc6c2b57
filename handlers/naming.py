"""The row that a question names: by its title, by what its titles say, as the only one of its kind and place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.answers.asked import Asked, Codes, asked
from bot.answers.deadlines import EVENT_KINDS
from bot.answers.documents import DOCUMENT_KINDS, DocumentsRequest, documents
from bot.answers.meetings import MeetingsRequest, meetings
from bot.answers.narrowed import one_of
from bot.answers.subjects import EVENTFUL, WANTED, of_a_city, seen_by, subject
from bot.ask import kinds
from bot.ask.aspects import Aspect, asked_alone, without_asking, without_words
from bot.ask.known import Known
from bot.ask.normalise import normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from bot.ask.turns import looks_back, says_that_one
from bot.network.content import Content
from bot.network.records import Document
from bot.texts.reply import Listing, Reply
from handlers.meant import OF_CARDS, about_row, elsewhere, entry_of, rows_of, shared_meeting
from handlers.plan import Plan
from handlers.turn import Turn
from storage.network import DOCUMENTS, EVENTS

_MOSTLY = 0.7
_OF_A_MEETING: tuple[Aspect, ...] = ("held", "seats", "hotel", "comes", "register", "late", "still", "until")
"""What is asked of a meeting even where news of its city are shown."""
_OF_A_PAPER: tuple[Aspect, ...] = ("link", "papers", "template", "translated", "give", "format", "dated")
"""What is asked of a document itself, where documents of one meeting are shown."""
_OF_ITS_DEADLINE: tuple[Aspect, ...] = ("template", "send", "how", "until", "late", "still", "when")
"""What is asked of something that is to be handed in for a meeting."""
_SHORT = 48
"""Characters of a question about something of the meeting that was shown."""
_LONG = 64
"""Characters of a question about a row of the list that was shown."""
_OF_ONE = frozenset({"when", "where", "video_link", "link", "how_long", "days_left", "topic", "programme", "who"})
"""The concepts of a question about one meeting of a group."""
_MAY_COME = frozenset({"register", "attendance", "count_in"})
_CHANGED = ("moved", "cancelled")
_MOST = 3
"""Documents that a kind of meeting is answered with."""


class Naming:
    """Tells which row is meant."""

    def __init__(self, known: Known) -> None:
        self.known, self.plan = known, Plan(known)

    async def asked(self, turn: Turn, question: Question) -> Asked:
        """Return a question as its answer needs it."""
        stated = question.stated
        codes = Codes(stated.city, stated.theme)
        wanted = await asked(
            turn.tx, question.intent, codes, country=stated.country, first=stated.first, last=stated.last,
            kind=stated.kind, past=stated.past, only=stated.only,
        )  # fmt: skip
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        return replace(wanted, about=f"{entry.noun}-{entry.number}") if entry else wanted

    async def namer(self, turn: Turn, shown: Entry | None = None) -> Callable[[str], bool]:
        """Return whether a text names a meeting, deadline or form by its title, and not the one that was shown."""
        titles, seen = await self.known.titles(turn.tx), seen_by(turn.reader, turn.now)

        def names(part: str) -> bool:
            found = titles.find(normalise(part), EVENTFUL, seen)
            told = any(one.acronym or one.share > _MOSTLY for one in found)
            return told and all(one.entry != shown for one in found)

        return names

    async def named(self, turn: Turn, found: Understood) -> Question:
        """Return the question with the row that it names."""
        titles = await self.known.titles(turn.tx)
        return about_row(found.question, subject(titles, found.text, found, turn.reader, turn.now))

    async def title_of(self, turn: Turn, question: Question) -> Content | None:
        """Return the title of the row that a question is about, if it is about one."""
        entry = entry_of(await self.known.titles(turn.tx), question.about) if question.about else None
        return entry.title if entry else None

    async def event(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the event that a matter is about: carried, by its title, or the only one of its kind and place."""
        carried, names = entry_of(titles, found.question.about), await self.namer(turn)
        stated, there = found.question.stated, self.known.cities_in(found.text, found.language)
        stated = replace(stated, city=stated.city or (there[0] if there else None))
        elsewhere = carried is not None and stated.city not in (None, carried.city)
        if carried is not None and carried.noun == "event" and not elsewhere and not names(found.text):
            return carried
        kind = kinds.find(normalise(found.text), "meetings", found.language)
        back = found.matter == "who_goes" and looks_back(normalise(found.text), found.language)
        stated = replace(stated, kind=kind.code if kind else None, past=stated.past or back)
        as_meeting = replace(found, question=Question("meetings", stated), sure=True)
        named = subject(titles, found.text, as_meeting, turn.reader, turn.now)
        if named is not None or not (stated.city or stated.theme or stated.kind or stated.first):
            return named
        only = await self.only_one(turn, stated, titles)
        if only is None and stated.kind in kinds.ONLY_ONE and stated.city == turn.reader.organisation:
            only = await self.only_one(turn, replace(stated, city=None), titles)
        return only

    async def own(self, turn: Turn, found: Understood, last: Question | None) -> Understood:
        """Return a message with what a rare word of it names: a deadline of the meeting shown, a line of the plan."""
        if last is not None and last.intent == "action_plan":
            return await self.plan.of_plan(turn, found)
        titles = await self.known.titles(turn.tx)
        shown = entry_of(titles, last.about) if last is not None else None
        open_ = found.question.intent == "deadlines" or found.aspect in _OF_ITS_DEADLINE
        open_ = open_ or "deadline" in found.ranked.said
        open_ = open_ or not (found.sure or found.aspect or found.matter)
        code = shown.code if shown and shown.noun == "event" else shown and shown.event
        event = titles.of("event", code) if code else None
        if event is None or not open_ or len(found.text) > _SHORT or found.question.stated.first is not None:
            return found
        rows = [one for one in titles.of_noun("deadline") if one.event == event.code]
        named = titles.only_one_of(normalise(found.text), [*rows, event])
        if named is None or named in (event, shown):
            return found
        aspect = await self.aspect(turn, found, named)
        question = about_row(Question("deadlines"), named)
        return replace(found, question=question, aspect=aspect, matter=None, sure=True, carried=frozenset({"about"}))

    async def picked(self, turn: Turn, found: Understood, listing: Listing) -> Understood:
        """Return a message with the row of the list on the screen that a word of it names: "celui sur les bus ?"."""
        titles, stated = await self.known.titles(turn.tx), found.question.stated
        rows = rows_of(titles, listing)
        pointed = says_that_one(normalise(found.text), turn.reader.language)
        sure = found.sure and found.question.intent != "out_of_scope" and not pointed
        nouns = WANTED.get(found.question.intent, ()) if sure else ()
        closed = found.only_slots or found.matter is not None or len(found.text) > _LONG
        if (stated.country and not pointed) or closed or (sure and not any(one.noun in nouns for one in rows)):
            return found
        message = without_asking(normalise(found.text), turn.reader.language)
        message = message.masked(kinds.spans(message))
        entry = titles.only_one_of(message, rows)
        entry = elsewhere(titles, message, rows, turn.reader, turn.now) if pointed and entry is None else entry
        there = [one for one in rows if one.city == stated.city] if stated.city and entry is None else []
        entry = there[0] if len(there) == 1 else entry
        if entry is None or stated.city not in (None, entry.city) or (sure and stated.kind not in (None, entry.kind)):
            return found
        alone, aspect = await self._alone(turn, found, entry)
        said = alone and (aspect or not there)
        if not pointed and (found.sure or there) and not said and found.question.intent != "register":
            return found
        question = about_row(Question(found.question.intent if sure else OF_CARDS[entry.noun]), entry)
        return replace(found, question=question, aspect=aspect, sure=True, carried=frozenset({"about"}))

    async def only_one(self, turn: Turn, stated: Stated, titles: Titles) -> Entry | None:
        """Return the only meeting to come of a kind, place or theme, parts aside; None if there are more, or none."""
        wanted = await self.asked(turn, Question("meetings", stated))
        request = MeetingsRequest(kind=one_of(EVENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await meetings(turn.tx, turn.reader, turn.now, request)
        near = [one for one in page.events if one.part_of != page.events[0].code]
        return titles.of("event", near[0].code) if len(near) == 1 else None

    async def otherwise(self, turn: Turn, found: Understood, titles: Titles) -> tuple[Entry | None, Aspect | None]:
        """Return the event that is named by neither its title nor its place, with what is asked of it if that tells."""
        meant = await self._for_a_city(turn, found, titles)
        if meant is not None:
            return meant, "comes"
        return self._of_a_group(turn, found, titles) or self._in_a_city(turn, found, titles), None

    def _of_a_group(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the next meeting of the group that is named by its country: it meets by video, in none."""
        stated = found.question.stated
        if stated.kind != "group_meeting" or stated.country is None or _OF_ONE.isdisjoint(found.ranked.said):
            return None
        seen, language = seen_by(turn.reader, turn.now), turn.reader.language
        near = [
            one
            for one in titles.of_noun("event")
            if one.kind == stated.kind and seen(one) and one.last > turn.now.timestamp()
            if stated.country in self.known.countries_in(one.title.read(language).text, language)
        ]
        return min(near, key=lambda one: one.first, default=None)

    async def _for_a_city(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the only meeting of a kind or theme where the city named has none: it asks whether it may come."""
        stated = found.question.stated
        asks = found.question.intent in ("meetings", "register") and not _MAY_COME.isdisjoint(found.ranked.said)
        if not asks or stated.city is None or not (stated.kind or stated.theme):
            return None
        wanted = await self.asked(turn, Question("meetings", stated))
        there = MeetingsRequest(kind=one_of(EVENT_KINDS, wanted.kind), **wanted.narrowed)
        if (await meetings(turn.tx, turn.reader, turn.now, there)).total:
            return None
        return await self.only_one(turn, replace(stated, city=None), titles)

    async def one_of(self, turn: Turn, found: Understood, reply: Reply, titles: Titles) -> Entry | None:
        """Return what a list is asked about: the meeting that a city's news tell of, one row, the meeting of all."""
        city = found.question.stated.city if found.question.intent == "news" else None
        if city and found.aspect in _OF_A_MEETING:
            meant = await self.only_one(turn, Stated(city=city), titles)
            if meant is not None:
                return meant
        if found.aspect == "held":
            changed = await self.changed(turn, reply, titles)
            if changed is not None:
                return changed
        rows, cities = rows_of(titles, reply.listing), self.known.cities_in(turn.incoming.text, turn.reader.language)
        there = [one for one in rows if one.city in cities]
        if len(there) == 1:
            return there[0]
        message = without_asking(normalise(found.text), turn.reader.language)
        paper = found.question.intent == "documents" and found.aspect in _OF_A_PAPER
        return titles.only_one_of(message, rows) or (None if paper else shared_meeting(titles, reply))

    async def changed(self, turn: Turn, reply: Reply, titles: Titles) -> Entry | None:
        """Return the only meeting of a list that is moved or cancelled; None if there are more, or none."""
        listed = [one for one in rows_of(titles, reply.listing) if one.noun == "event"]
        rows = await EVENTS.several(turn.tx, {one.code for one in listed})
        found = [one for one in listed if one.code in rows and rows[one.code].status in _CHANGED]
        return found[0] if len(found) == 1 else None

    async def by_its_word(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the only deadline to come that is called by the word for its kind, where something is asked of it."""
        message, seen = normalise(found.text), seen_by(turn.reader, turn.now)
        words = [message.folded[start:end] for start, end in kinds.spans(message, ("deadlines",))]
        called = [
            one
            for one in titles.of_noun("deadline")
            if one.kind == found.question.stated.kind and one.last > turn.now.timestamp() and seen(one)
            if any(word in normalise(text.text).folded for text in one.title.root.values() for word in words)
        ]
        told = len(called) == 1 and await self.aspect(turn, found, called[0])
        return called[0] if told else None

    async def only_document(self, turn: Turn, wanted: Asked, titles: Titles) -> Entry | None:
        """Return the only document of what is asked for; None if there are more, or none."""
        request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await documents(turn.tx, turn.reader, turn.now, request)
        return titles.of("document", page.documents[0].code) if page.total == 1 else None

    async def form_on(self, turn: Turn, theme: str, titles: Titles) -> Entry | None:
        """Return the only form whose title names a theme; None if there are more, or none."""
        understanding, seen = await self.known.understanding(turn.tx), seen_by(turn.reader, turn.now)
        named = [
            one
            for one in titles.of_noun("form")
            if seen(one) and theme in {understanding.theme(text.text, code) for code, text in one.title.root.items()}
        ]
        return named[0] if len(named) == 1 else None

    async def aspect(self, turn: Turn, found: Understood, entry: Entry) -> Aspect | None:
        """Return what is asked of a row that is named in the same message."""
        aspect = (await self._alone(turn, found, entry))[1]
        if entry.noun == "form" and (aspect == "programme" or (aspect is None and "what_is" in found.ranked.said)):
            return "comes"  # its description says what it is, and whom it concerns
        return "register" if aspect == "where" and "register" in found.ranked.said else aspect

    async def _alone(self, turn: Turn, found: Understood, entry: Entry) -> tuple[bool, Aspect | None]:
        """Return whether a message says nothing but a row's name and an aspect of it, and which."""
        understanding, message = await self.known.understanding(turn.tx), normalise(found.text)
        title, today = " ".join(text.text for text in entry.title.root.values()), turn.reader.today(turn.now)
        alone = False
        for language in dict.fromkeys((turn.reader.language, found.language)):
            stated, _ = understanding.stated(found.text, language, today)
            bare = message.masked([*understanding.places(found.text, language).hidden, *stated.spans])
            for named in (kinds.spans(bare), kinds.spans(bare, ("events",))):  # "in which hotel" is no deadline
                rest = asked_alone(without_words(bare.masked(named), normalise(title)), language)
                if rest[1] is not None:
                    return rest
                alone = alone or rest[0]
        return alone, None

    def form(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the form that is named; where a thing is done by a form, the one whose title says most of it."""
        if found.matter == "unconfirmed":
            return next((one for one in titles.of_noun("form") if one.kind == "confirmation"), None)
        by_form = found.matter == "by_form"
        stated = replace(found.question.stated, first=None, last=None) if by_form else found.question.stated
        as_survey = replace(found, question=Question("survey", stated), sure=True)
        named = subject(titles, found.text, as_survey, turn.reader, turn.now)
        if named is not None or not by_form:
            return named
        near = titles.search(normalise(found.text), WANTED["survey"], seen_by(turn.reader, turn.now))
        return near[0].entry if near else None

    def _in_a_city(self, turn: Turn, found: Understood, titles: Titles) -> Entry | None:
        """Return the event of which nothing but words of its title and its city are said, where it is not clear."""
        if found.sure and found.question.intent != "out_of_scope":
            return None
        language = turn.reader.language
        cities = self.known.cities_in(found.text, language)
        return of_a_city(titles, found.text, found.language or language, cities, turn.reader, turn.now)

    async def papers(self, turn: Turn, found: Understood, titles: Titles, kind: str) -> list[Document]:
        """Return the newest documents of the kind that is asked for, of all meetings of a kind."""
        wanted = found.question.stated
        if wanted != Stated(kind=wanted.kind, past=wanted.past) or wanted.kind is None:
            return []
        seen = seen_by(turn.reader, turn.now)
        papers = [one for one in titles.of_noun("document") if one.event and one.kind == wanted.kind and seen(one)]
        meant = [one for one in papers if (event := titles.of("event", one.event or "")) and event.kind == kind]
        rows = await DOCUMENTS.several(turn.tx, {one.code for one in meant})
        return sorted(rows.values(), key=lambda one: one.dated, reverse=True)[:_MOST]
