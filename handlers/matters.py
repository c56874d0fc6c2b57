"""Answers to what is asked for beside the sixteen intents: being replaced, what a meeting costs, a dead link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answers.deadlines import DeadlinesRequest, deadline
from bot.answers.deadlines import deadlines as due
from bot.answers.meetings import meeting
from bot.ask.matters import Matter
from bot.delivery.made import Made
from bot.forms.filling import Filling
from bot.forms.standing import Standing
from bot.texts import form_cards
from bot.texts.announcement_chase import SCREEN as CHASE
from bot.texts.ask import with_coordination, with_every_form, with_line
from bot.texts.contacts import joining_row
from bot.texts.deadlines import deadline_card, deadlines_list
from bot.texts.event_calendar import event_calendar
from bot.texts.form_button import RESULTS
from bot.texts.layout import lines
from bot.texts.reply import Reply, Tap
from handlers import dues, misses
from handlers.attending import ATTENDING, About, Answer, coordination
from handlers.dues_file import unpaid_file
from handlers.expected import expected
from handlers.form_lists import sent_before, to_answer
from handlers.form_products import may_read
from handlers.meetings import MEETINGS
from handlers.network_matters import MONEY, OF_THE_NETWORK
from handlers.subjects import card_of
from handlers.turn import Handler, Turn
from storage.forms import to_register
from storage.network import EVENTS, THEMES


class Matters:
    """Answers matters; None where the reader may not, or there is nothing of the kind: then the intent is answered."""

    def __init__(self, filling: Filling, made: Made | None, screens: Mapping[str, Handler]) -> None:
        """Take what the screens need; ``screens`` holds those of other conversations, as far as they are there."""
        self._filling, self._made, self._screens = filling, made, screens
        self._answers: Mapping[Matter, Answer] = {
            "goes_instead": self._goes_instead, "replace_me": self._replace_me,
            "visa": _visa, "event_cost": _event_cost, "funding": _funding, "sent_state": self._sent,
            "calendar": self._calendar, "join": self._join, "unfinished": self._unfinished,
            **ATTENDING, **OF_THE_NETWORK, **expected(screens), "announcing": self._announcing,
            "chasing": self._chasing, "withdraw": self._withdraw, "sheet": self._sheet,
            "hotel": _hotel, "booking": _booking, "for_others": self._for_others,
            "contributing": _contributing, "settings": self._set, "given": self._given,
            "results": self._brought, "unconfirmed": self._brought, "by_form": self._by_form,
            "contacted": self._contacted, "misses": _misses, "requests": self._asking_to_join,
            "going_out": self._going_out, "file_here": _file_here, "tables": self._in_tables,
            "inviting": self._inviting,
        }  # fmt: skip

    async def answer(self, turn: Turn, matter: Matter, about: About) -> Reply | None:
        """Answer a matter."""
        return await self._answers[matter](turn, about)

    async def _by_form(self, turn: Turn, about: About) -> Reply | None:
        """Answer with the form by which a thing is done, or with the coordination where this reader has none."""
        elsewhere = about.form and about.form.event and about.event
        if elsewhere and about.form and about.form.event not in (elsewhere.code, elsewhere.event):
            there = await card_of(turn, elsewhere)
            line = turn.voice.say("ask.propose_there")
            return with_coordination(turn.voice, with_line(line, there)) if there else None
        number = about.form.number if about.form else None
        standing = await self._filling.find(turn.tx, turn.reader, number, turn.now) if number else None
        if standing is None:
            return await coordination(turn)
        shown = form_cards.forms_list(turn.voice, [standing], turn.now, coordinates=False)
        way = turn.voice.say("ask.by_form") if standing.opening == "open" else None
        told = lines(way, turn.voice.noted(standing.form.description) if standing.form.description else None)
        return with_line(told, shown) if told else shown

    async def _replace_me(self, turn: Turn, _about: About) -> Reply | None:
        found = [one for one in await self._open(turn) if one.form.kind == "confirmation"]
        if not found or not turn.reader.is_known:
            return with_line(turn.voice.say("ask.replace_me_ask"), await coordination(turn))
        shown = form_cards.forms_list(turn.voice, found, turn.now, coordinates=False)
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.replace_me"), shown))

    async def _sent(self, turn: Turn, about: About) -> Reply | None:
        """Show what was sent; what another city has sent, only coordinators see."""
        if about.city not in (None, turn.reader.organisation):
            return await self._brought(turn, about)
        return with_coordination(turn.voice, await sent_before(turn, self._filling.library))

    async def _withdraw(self, turn: Turn, _about: About) -> Reply | None:
        """Show what was sent, to be withdrawn; a place that is named is the meeting's."""
        return with_coordination(turn.voice, await sent_before(turn, self._filling.library))

    async def _calendar(self, turn: Turn, about: About) -> Reply | None:
        event = await EVENTS.get(turn.tx, about.event.code) if about.event else None
        shown = await card_of(turn, about.event) if about.event else None
        if event is None or shown is None or self._made is None:
            return with_line(turn.voice.say("ask.calendar_which"), await MEETINGS.commands["meetings"](turn))
        file = self._made.file(f"{event.code}.ics", event_calendar(turn.voice, event, turn.now))
        return replace(with_line(turn.voice.say("forms.calendar_sent"), shown), files=(file,))

    async def _for_others(self, turn: Turn, about: About) -> Reply | None:
        """Say who may register whom, with the meeting spoken of, else the forms of delegations; None for a place."""
        shown = await card_of(turn, about.event) if about.event else None
        if shown is None and about.city is not None:
            return None
        found = [one for one in await self._open(turn) if one.form.kind == "delegation"]
        if shown is None and found:
            shown = form_cards.forms_list(turn.voice, found, turn.now, coordinates=False)
        told = turn.voice.say("ask.for_others")
        return with_coordination(turn.voice, with_line(told, shown) if shown else Reply(told))

    async def _sheet(self, turn: Turn, about: About) -> Reply | None:
        """Give what was spoken of as a table: who has not paid, what a form brought; else how delegations are given."""
        if turn.reader.is_coordinator and about.form is not None:
            return await self._brought(turn, about)
        file = await unpaid_file(turn, self._made, about.country) if self._made and about.dues else None
        if file is not None:
            told = with_line(turn.voice.say("dues.sheet"), await dues.show(turn, country=about.country))
            return replace(told, files=(file,))
        found = [one for one in await self._open(turn) if one.form.kind == "delegation"]
        if not found:
            return None
        shown = form_cards.forms_list(turn.voice, found, turn.now, coordinates=False)
        return with_line(turn.voice.say("ask.sheet"), shown)

    async def _join(self, turn: Turn, _about: About) -> Reply | None:
        found = [one for one in await self._open(turn) if one.form.kind == "membership"]
        row = joining_row(turn.voice) if not turn.reader.is_known else ()
        if not found:
            return with_line(turn.voice.say("ask.join_ask"), await coordination(turn))
        shown = form_cards.forms_list(turn.voice, found, turn.now, coordinates=False)
        joined = replace(shown, buttons=(*shown.buttons, *((row,) if row else ())))
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.join"), joined))

    async def _unfinished(self, turn: Turn, _about: About) -> Reply | None:
        begun = [one for one in await self._open(turn) if one.session is not None]
        if not begun:
            return with_line(turn.voice.say("ask.nothing_begun"), await to_answer(turn, self._filling))
        shown = form_cards.forms_list(turn.voice, begun, turn.now, coordinates=False)
        return with_line(turn.voice.say("ask.begun"), shown)

    async def _brought(self, turn: Turn, about: About) -> Reply | None:
        results, number = self._screens.get("results"), await self.form_of(turn, about)
        if number is None and about.event is not None and turn.reader.is_coordinator:
            shown = await card_of(turn, about.event)
            return with_line(turn.voice.say("ask.registered_unknown"), shown) if shown else None
        if results is None or not await self._reads(turn, number):
            return with_line(turn.voice.say("ask.results"), await coordination(turn)) if turn.reader.is_known else None
        tap = Tap.to(RESULTS, number) if number else Tap.to(RESULTS)
        return await results(replace(turn, incoming=replace(turn.incoming, tap=tap)))

    async def form_of(self, turn: Turn, about: About) -> int | None:
        """Return the form whose answers are asked for: the one named, that of the meeting, the only one of the city."""
        if about.form is not None:
            return about.form.number
        if about.event is not None:
            forms = (await to_register(turn.tx, (about.event.code,))).get(about.event.code, [])
            return forms[0].id if forms else None
        return await self._form_there(turn, about.city) if about.city is not None else None

    async def _reads(self, turn: Turn, number: int | None) -> bool:
        """Whether the reader may see what a form brought; of all forms, only coordinators may."""
        standing = await self._filling.find(turn.tx, turn.reader, number, turn.now) if number else None
        return turn.reader.is_coordinator or bool(standing and may_read(standing.definition, turn.reader, turn.now))

    async def _form_there(self, turn: Turn, city: str) -> int | None:
        """Return the only form of the meetings in a city; None if there are more, or none."""
        there = []
        for one in await self._filling.library.every(turn.tx):
            event = await EVENTS.get(turn.tx, one.form.event) if one.form.event else None
            there += [one.form.id] if event is not None and event.city == city else []
        return there[0] if len(there) == 1 else None

    async def _goes_instead(self, turn: Turn, _about: About) -> Reply | None:
        sent = await sent_before(turn, self._filling.library)
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.goes_instead"), sent))

    async def _asking_to_join(self, turn: Turn, _about: About) -> Reply | None:
        return await self._screen(turn, "requests") if turn.reader.is_coordinator else None

    async def _in_tables(self, turn: Turn, about: About) -> Reply | None:
        """Tell a coordinator that the calendar is changed in the tables, and others whom to ask for it."""
        shown = await card_of(turn, about.event) if about.event else None
        if turn.reader.is_coordinator:
            told = turn.voice.say("ask.in_tables")
            return with_line(told, shown) if shown else Reply(told)
        return with_line(turn.voice.say("ask.whom"), await coordination(turn))

    async def _inviting(self, turn: Turn, about: About) -> Reply | None:
        """Say how somebody gets into the network; what a city does for it where the reader coordinates nothing."""
        return Reply(turn.voice.say("ask.inviting")) if turn.reader.is_coordinator else await self._join(turn, about)

    async def _given(self, turn: Turn, _about: About) -> Reply | None:
        return await self._screen(turn, "given") if turn.reader.is_coordinator else None

    async def _contacted(self, turn: Turn, _about: About) -> Reply | None:
        """Show what was sent from here: what was said or written otherwise is not recorded."""
        shown = await self._screen(turn, "announced") if turn.reader.is_coordinator else None
        return with_line(turn.voice.say("ask.contacts_not_kept"), shown or await coordination(turn))

    async def _going_out(self, turn: Turn, _about: About) -> Reply | None:
        return await self._screen(turn, "schedule") if turn.reader.is_coordinator else None

    async def _announcing(self, turn: Turn, _about: About) -> Reply | None:
        if turn.reader.is_coordinator:
            return await self._screen(turn, "announce")
        return with_line(turn.voice.say("ask.announcing"), await coordination(turn))

    async def _chasing(self, turn: Turn, about: About) -> Reply | None:
        """Begin to write to those who have not answered the form that was spoken of, or have not paid."""
        begin = self._screens.get("chase")
        if begin is None or not turn.reader.is_coordinator or not (about.form or about.dues):
            return await self._announcing(turn, about)
        tap = Tap.to(CHASE, about.form.number if about.form else None)
        return await begin(replace(turn, incoming=replace(turn.incoming, tap=tap)))

    async def _set(self, turn: Turn, _about: About) -> Reply | None:
        return await self._screen(turn, "settings")

    async def _screen(self, turn: Turn, name: str) -> Reply | None:
        handler = self._screens.get(name)
        return await handler(turn) if handler else None

    async def _open(self, turn: Turn) -> list[Standing]:
        return await self._filling.mine(turn.tx, turn.reader, turn.now)


async def _event_cost(turn: Turn, about: About) -> Reply | None:
    shown = await card_of(turn, about.event) if about.event else None
    if shown is None:
        return with_line(turn.voice.say("ask.cost"), await coordination(turn))
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.cost_of"), shown))


async def _funding(turn: Turn, about: About) -> Reply | None:
    """Show the calls on the theme that is named; all of them where there is none."""
    theme = await THEMES.get(turn.tx, about.theme) if about.theme and about.theme != MONEY else None
    page = await due(turn.tx, turn.reader, turn.now, DeadlinesRequest(kind="call", theme=theme.id if theme else None))
    if not page.total and theme:
        page = await due(turn.tx, turn.reader, turn.now, DeadlinesRequest(kind="call"))
    shown = with_line(turn.voice.say("ask.funding"), deadlines_list(turn.voice, page))
    return with_coordination(turn.voice, shown)


async def _visa(turn: Turn, about: About) -> Reply | None:
    shown = await card_of(turn, about.event) if about.event else None
    if shown is None:
        return with_line(turn.voice.say("ask.visa"), await coordination(turn))
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.visa"), shown))


async def _file_here(turn: Turn, _about: About) -> Reply | None:
    """Say what becomes of a file that is sent here."""
    if not turn.reader.is_known:
        return with_line(turn.voice.say("ask.whom"), await coordination(turn))
    told = Reply(turn.voice.say("ask.file_here"))
    return with_coordination(turn.voice, with_every_form(turn.voice, told))


async def _misses(turn: Turn, _about: About) -> Reply | None:
    return await misses.show(turn) if turn.reader.is_coordinator else None


async def _contributing(turn: Turn, _about: About) -> Reply | None:
    """Say how one gives to the watch, and until when."""
    page = await due(turn.tx, turn.reader, turn.now, DeadlinesRequest(kind="contribution"))
    return with_line(turn.voice.say("ask.contributing"), deadlines_list(turn.voice, page))


async def _booking(turn: Turn, about: About) -> Reply | None:
    shown = await _hotel(turn, about)
    return with_line(turn.voice.say("ask.no_booking"), shown) if shown else None


async def _hotel(turn: Turn, about: About) -> Reply | None:
    """Show until when rooms are to be booked: for the meeting that is named, else for all."""
    card = await meeting(turn.tx, turn.reader, turn.now, about.event.number) if about.event else None
    own = [one.id for one in card.deadlines if one.kind == "hotel"] if card else []
    until = await deadline(turn.tx, turn.reader, turn.now, own[0]) if own else None
    if until is not None:
        return deadline_card(turn.voice, until, DeadlinesRequest())
    if card is not None:
        return await ATTENDING["practical"](turn, about)
    page = await due(turn.tx, turn.reader, turn.now, DeadlinesRequest(kind="hotel"))
    return deadlines_list(turn.voice, page)
