"""Answers what a short question asks of what was just shown: a meeting, a deadline, a form, news, a document."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.answers.asked import Asked
from bot.answers.contacts import of_organisation
from bot.answers.deadlines import DeadlinesRequest, deadline
from bot.answers.meetings import MeetingCard, MeetingsRequest, meeting
from bot.answers.registrations import standing_of
from bot.answers.subjects import seen_by
from bot.ask.aspects import Aspect
from bot.ask.known import Known
from bot.ask.matters import Matter
from bot.ask.normalise import normalise
from bot.ask.titles import Entry, Noun, Titles
from bot.forms.filling import Filling
from bot.forms.standing import Standing
from bot.network.forms import Form
from bot.network.records import Event
from bot.texts import dates, form_cards
from bot.texts.ask import with_coordination, with_line
from bot.texts.contacts import whom_to_call
from bot.texts.deadlines import deadline_card, until_when, whom_it_concerns
from bot.texts.layout import lines
from bot.texts.meetings import meeting_card
from bot.texts.reply import Reply
from handlers.attending import About, coordination
from handlers.form_lists import sent_before
from handlers.matters import Matters
from handlers.subjects import Subjects, those
from handlers.told import FACTS, its_papers, same_day, to_register, with_fact, with_state, with_sum
from handlers.turn import Turn
from locales import Html
from storage import directory, submissions
from storage.network import DEADLINES, DOCUMENTS, EVENTS, NEWS, ORGANISATIONS

_TO_DO: tuple[Aspect, ...] = ("how", "send", "register", "link", "where")
"""What asks by which way a thing is done."""
_TO_REGISTER: tuple[Aspect, ...] = ("register", "how", "send")
"""Of a registration's deadline, what the meeting has the button for."""
_TIME: tuple[Aspect, ...] = ("when", "until", "still", "held", "length", "programme", "comes")
"""What a deadline's card tells."""
_ITSELF: tuple[Aspect, ...] = ("link", "papers", "template", "when", "programme", "where", "held")
"""What news or a document tells by itself."""
_OF_PAPER: tuple[Aspect, ...] = ("link", "papers", "template", "translated")
"""What is asked of a document itself, and not of its meeting."""
_MATTERS: Mapping[Aspect, Matter] = {
    "link": "video",
    "comes": "attendance",
    "cost": "event_cost",
    "translated": "practical",
}
"""The matters that answer it of a meeting."""
_MEANT: Mapping[Aspect, Aspect] = {"late": "still", "give": "papers"}
"""What is answered like another aspect: "send it to me" as the papers."""
_TIME_LEFT: tuple[Aspect, ...] = ("until", "still", "left")
"""What is asked of the deadline that news tell of."""
_OF_HANDING_IN: tuple[Aspect, ...] = (*_TIME_LEFT, "how", "send", "who", "comes", "register")
"""What is asked of the deadline that a template belongs to."""
_DEADLINES: tuple[Noun, ...] = ("deadline",)
_NEWS: tuple[Noun, ...] = ("news",)
_DOCUMENTS: tuple[Noun, ...] = ("document",)
_MOST = 3
"""Documents that a deadline seems to be about."""


class Shown:
    """Answers of one row; None where this reader may not see it (any more)."""

    def __init__(self, known: Known, filling: Filling, subjects: Subjects, matters: Matters) -> None:
        self._known, self._filling, self._subjects, self._matters = known, filling, subjects, matters
        self._nouns: Mapping[Noun, Callable[[Turn, Aspect, Entry], Awaitable[Reply | None]]] = {
            "event": self._event, "deadline": self._deadline, "form": self._form, "news": self._news,
            "document": self._document,
        }  # fmt: skip

    async def answer(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        """Answer what is asked of that row; where nothing tells it, say so, with the way to the coordination."""
        if aspect == "read_by" and entry.noun != "form":
            return None
        if aspect == "mine":
            return await sent_before(turn, self._filling.library)
        if aspect == "left" and entry.noun != "event":
            aspect = "until"
        if aspect == "dated" and entry.noun != "document":
            aspect = "when"
        if aspect == "format":
            return await self._made_how(turn, entry)
        meant: Aspect = _MEANT.get(aspect, aspect)
        reply = await self._nouns[entry.noun](turn, meant, entry)
        if aspect != "late" or reply is None:
            return reply
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.late"), reply))

    async def _made_how(self, turn: Turn, entry: Entry) -> Reply | None:
        """Answer how a file is to be made with all that is known of it, and the coordination: no table tells it."""
        due = await self._due_like(turn, entry) if entry.noun == "document" and entry.event is None else None
        shown = await self._subjects.show(turn, due or entry, Asked(intent="deadlines"))
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.practical_of"), shown)) if shown else None

    async def _event(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        card = await meeting(turn.tx, turn.reader, turn.now, entry.number)
        if card is None:
            return None
        shown = meeting_card(turn.voice, card, turn.now, MeetingsRequest())
        reply: Reply | None = shown
        if aspect in _MATTERS:
            reply = await self._matters.answer(turn, _MATTERS[aspect], About(entry, None))
        elif aspect in ("register", "how", "still"):
            reply = to_register(turn, card, shown)
        elif aspect == "seats":
            reply = await self._seats(turn, card, shown)
        elif aspect in ("who", "send"):
            reply = await self._whom(turn, card.event)
        elif aspect == "until":
            closing = [one.id for one in card.deadlines if one.kind == "registration"]
            reply = await self._due(turn, closing[0], "until") if closing else with_fact(turn, card, aspect, shown)
        elif aspect == "hotel":
            booked = any(one.kind == "hotel" for one in card.deadlines)
            whole = (await self._known.titles(turn.tx)).of("event", card.larger.code) if card.larger else None
            if whole is not None and not booked:
                return await self._event(turn, aspect, whole)
            reply = await self._matters.answer(turn, "hotel" if booked else "practical", About(entry, None))
        elif aspect in ("papers", "template", "programme"):
            reply = its_papers(turn, card, aspect, shown)
        elif aspect == "same_day":
            reply = await same_day(turn, card.event, shown)
        elif aspect == "held":
            reply = with_state(turn, card, shown, await self._told_of(turn, entry))
        elif aspect in FACTS:
            reply = with_fact(turn, card, aspect, shown)
        return reply

    async def _told_of(self, turn: Turn, entry: Entry) -> Html | None:
        """Return what the news of its city tell of a meeting: why it is moved or cancelled."""
        titles, seen = await self._known.titles(turn.tx), seen_by(turn.reader, turn.now)
        title = normalise(entry.title.read(turn.voice.language).text)
        near = [one.entry for one in titles.search(title, _NEWS, seen) if entry.city and one.entry.city == entry.city]
        row = await NEWS.numbered(turn.tx, near[0].number) if near else None
        return lines(turn.voice.noted(row.title), turn.voice.noted(row.body) if row.body else None) if row else None

    async def _seats(self, turn: Turn, card: MeetingCard, shown: Reply) -> Reply:
        """Say how many places are free; how the registration stands where they are not counted here."""
        counted = next((one for one in card.forms if one.places is not None), None)
        if counted is None or counted.places is None:
            reply = to_register(turn, card, shown)
            if standing_of(card.event, turn.now) != "open":
                return reply
            return with_coordination(turn.voice, with_line(turn.voice.say("ask.seats_not_told"), reply))
        free = max(0, counted.places - await submissions.people_in(turn.tx, counted.code))
        told = {"free": dates.number(turn.voice, free), "places": dates.number(turn.voice, counted.places)}
        return with_line(turn.voice.say("ask.seats", **told), shown)

    async def _whom(self, turn: Turn, event: Event | None) -> Reply:
        """Answer with who organises a meeting; with the coordination where that is nobody else."""
        line = turn.voice.say("ask.whom")
        organiser = await ORGANISATIONS.get(turn.tx, event.organiser) if event and event.organiser else None
        if organiser is None or organiser.code in {
            one.organisation for one in await directory.people(turn.tx, roles=("coordinator",))
        }:
            return with_line(line, await coordination(turn))
        found = await of_organisation(turn.tx, turn.reader, organiser.id)
        return with_line(line, whom_to_call(turn.voice, found) if found else await coordination(turn))

    async def _due(self, turn: Turn, number: int, aspect: Aspect | None = None) -> Reply | None:
        """Show a deadline's card, with the line of it that answers what is asked above it."""
        card = await deadline(turn.tx, turn.reader, turn.now, number)
        if card is None:
            return None
        shown = deadline_card(turn.voice, card, DeadlinesRequest())
        if aspect in ("when", "until", "still"):
            return with_line(until_when(turn.voice, card), shown)
        return with_line(whom_it_concerns(turn.voice, card), shown) if aspect == "comes" else shown

    async def _deadline(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        row, shown = await DEADLINES.numbered(turn.tx, entry.number), await self._due(turn, entry.number, aspect)
        if row is None or shown is None:
            return None
        titles = await self._known.titles(turn.tx)
        event = titles.of("event", row.event) if row.event else None
        form = titles.of("form", row.form) if row.form else None
        papers = await self._like_it(turn, titles, entry, aspect) if aspect in ("papers", "template") else None
        registers = aspect in _TO_REGISTER and row.kind == "registration" and row.due > turn.now
        if (aspect == "where" or registers) and event is not None:
            return await self._of_its_event(turn, "register" if registers else aspect, event, shown)
        if aspect in (*_TO_DO, "length", "template") and form is not None:
            return await self._form(turn, aspect, form)
        later = row.opens is not None and row.opens > turn.now
        if aspect in _TO_DO and (later or (row.link and row.due > turn.now)):
            return with_line(turn.voice.say("ask.not_open_yet" if later else "ask.by_link"), shown)
        if aspect == "who":
            return await self._whom(turn, await EVENTS.get(turn.tx, row.event) if row.event else None)
        if aspect in _TO_DO and row.kind == "contribution" and event is None:
            papers = await self._matters.answer(turn, "contributing", About(entry, None))
        event = None if aspect == "template" else event
        at_the_link = aspect in ("papers", "template") and row.link is not None
        if aspect == "cost" and row.kind == "call":
            papers = with_sum(turn, row, shown)
        return papers or (
            shown if aspect in _TIME or at_the_link else await self._of_its_event(turn, aspect, event, shown)
        )

    async def _like_it(self, turn: Turn, titles: Titles, entry: Entry, aspect: Aspect) -> Reply | None:
        """Answer with the documents whose titles are most like the deadline's; of its meeting, where it has one.

        That they only come nearest is said, unless a template was asked for and is there.
        """
        title = entry.title.read(turn.voice.language).text
        found = titles.search(normalise(title), _DOCUMENTS, seen_by(turn.reader, turn.now))
        near = [one.entry for one in found if entry.event is None or one.entry.event in (None, entry.event)]
        reply = await those(turn, near[:_MOST]) if near else None
        if reply is None or (aspect == "template" and near[0].kind == "form"):
            return reply
        return with_line(turn.voice.say("ask.nearest_documents"), reply)

    async def _due_like(self, turn: Turn, entry: Entry) -> Entry | None:
        """Return the deadline to come that a template is for or that news tell of: the one called most like it."""
        title, titles = entry.title.read(turn.voice.language).text, await self._known.titles(turn.tx)
        found = titles.search(normalise(title), _DEADLINES, seen_by(turn.reader, turn.now))
        ahead = (one.entry for one in found if one.entry.last > turn.now.timestamp())
        return next((one for one in ahead if self._cities(turn, one) == self._cities(turn, entry)), None)

    def _cities(self, turn: Turn, entry: Entry) -> set[str]:
        """Return the cities that a title names: what is due in one is not what is due in another."""
        return set(self._known.cities_in(entry.title.read(turn.voice.language).text, turn.voice.language))

    async def _of_its_event(self, turn: Turn, aspect: Aspect, event: Entry | None, shown: Reply) -> Reply:
        reply = await self._event(turn, aspect, event) if event else None
        return reply or with_coordination(turn.voice, with_line(turn.voice.say("ask.not_told"), shown))

    async def _form(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        standing = await self._filling.find(turn.tx, turn.reader, entry.number, turn.now)
        if standing is None:
            return None
        shown = form_cards.forms_list(turn.voice, [standing], turn.now, coordinates=False)
        event = (await self._known.titles(turn.tx)).of("event", entry.event) if entry.event else None
        if aspect in ("length", "read_by"):
            return with_line(_of_answers(turn, aspect, standing), shown)
        if aspect in ("when", "where", "programme") and event is not None:
            return await self._event(turn, aspect, event)
        if aspect in (*_TO_DO, "template"):
            is_open = standing.opening == "open"
            return with_line(turn.voice.say("ask.by_form"), shown) if is_open else shown
        if aspect in ("comes", "programme"):
            shown = await self._conditions(turn, standing.form, shown)
        if aspect == "who":
            return await self._who_of_form(turn, entry)
        return shown if aspect in _TIME else await self._of_its_event(turn, aspect, event, shown)

    async def _who_of_form(self, turn: Turn, entry: Entry) -> Reply | None:
        """Show a coordinator who has answered a form; others, who sees to its meeting."""
        if turn.reader.is_coordinator:
            return await self._matters.answer(turn, "results", About(None, entry))
        return await self._whom(turn, await EVENTS.get(turn.tx, entry.event) if entry.event else None)

    async def _conditions(self, turn: Turn, form: Form, shown: Reply) -> Reply:
        """Say what a form's and its deadline's descriptions tell of who may answer, and with what."""
        due = next((one for one in await DEADLINES.all(turn.tx) if one.form == form.code), None)
        told = [one for one in (form.description, due.description if due else None) if one]
        return with_line(lines(*(turn.voice.noted(one) for one in told)), shown) if told else shown

    async def _news(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        shown = await self._subjects.show(turn, entry, Asked(intent="news"))
        if shown is None or aspect in (*_ITSELF, "how"):
            return shown
        due = await self._due_like(turn, entry) if aspect in _TIME_LEFT else None
        if due is not None:
            return await self._deadline(turn, aspect, due)
        row = await NEWS.numbered(turn.tx, entry.number) if aspect in ("who", "send") else None
        place = await ORGANISATIONS.get(turn.tx, row.organisation) if row and row.organisation else None
        found = await of_organisation(turn.tx, turn.reader, place.id) if place else None
        if found is not None:
            return with_line(turn.voice.say("ask.whom"), whom_to_call(turn.voice, found))
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.not_told"), shown))

    async def _document(self, turn: Turn, aspect: Aspect, entry: Entry) -> Reply | None:
        shown = await those(turn, [entry])
        event = (await self._known.titles(turn.tx)).of("event", entry.event) if entry.event else None
        row = await DOCUMENTS.numbered(turn.tx, entry.number) if shown and aspect in ("translated", "dated") else None
        if shown and row and aspect == "dated":
            return with_line(turn.voice.say("ask.document_dated", day=dates.day(turn.voice, row.dated)), shown)
        if shown and row and row.languages:
            languages = turn.voice.joined(turn.voice.say(f"language.{code}") for code in row.languages)
            return with_line(turn.voice.say("ask.document_languages", languages=languages), shown)
        if shown is None or aspect in _OF_PAPER or (aspect in _ITSELF and event is None):
            return shown
        due = await self._due_like(turn, entry) if event is None and aspect in _OF_HANDING_IN else None
        if due is not None:
            return await self._deadline(turn, aspect, due)
        return await self._of_its_event(turn, aspect, event, shown)


def _of_answers(turn: Turn, aspect: Aspect, standing: Standing) -> Html:
    """Say how many questions a form asks, or who reads what is answered."""
    if aspect == "length":
        return turn.voice.say("ask.form_length", count=dates.number(turn.voice, len(standing.definition.fields)))
    whom = "nobody" if standing.form.anonymous else standing.form.seen_by
    return turn.voice.say(f"ask.read_by.{whom}")
