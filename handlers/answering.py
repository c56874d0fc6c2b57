"""What answers which question: the same screens as the commands', narrowed to what was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.answers import contacts
from bot.answers.actions import STATES, ActionsRequest
from bot.answers.asked import Asked
from bot.answers.deadlines import DEADLINE_KINDS, EVENT_KINDS, DeadlinesRequest
from bot.answers.deadlines import deadlines as due
from bot.answers.documents import DOCUMENT_KINDS, DocumentsRequest, documents
from bot.answers.meetings import ONLY, MeetingsRequest, meetings
from bot.answers.narrowed import one_of
from bot.answers.news import NewsRequest, news
from bot.answers.registrations import RegistrationsRequest, registrations
from bot.ask.intents import Intent
from bot.forms.filling import Filling
from bot.network.audiences import MEMBERS, MEMBERS_PAID
from bot.network.workdays import first_workday
from bot.texts import dates
from bot.texts.ask import for_members, for_paid, with_every_form, with_line
from bot.texts.contacts import organisations_list, whom_to_call
from bot.texts.deadlines import deadlines_list
from bot.texts.documents import documents_list
from bot.texts.form_cards import forms_list
from bot.texts.meetings import meetings_list
from bot.texts.members import languages
from bot.texts.news import news_list
from bot.texts.registrations import registrations_list
from bot.texts.reply import Reply
from bot.watch.gathering import following
from handlers import actions, dues
from handlers import help as helping
from handlers.contacts import CONTACTS
from handlers.form_lists import sent_before, to_answer
from handlers.meant import to_choose_from
from handlers.turn import Turn

_SURVEYS = ("survey", "consultation")
"""The kinds of forms that ask for an opinion."""
_MONTH = 27
"""Days between the first and the last of the shortest month."""
Answer = Callable[[Turn, Asked], Awaitable[Reply]]


async def _meetings(turn: Turn, asked: Asked) -> Reply:
    past = asked.past or (asked.last is not None and asked.last < turn.reader.today(turn.now))
    kind, only = one_of(EVENT_KINDS, asked.kind), one_of(ONLY, asked.only)
    request = MeetingsRequest(past=past, kind=kind, only=only, **asked.narrowed)
    page = await meetings(turn.tx, turn.reader, turn.now, request)
    reply = meetings_list(turn.voice, page, turn.now)
    if not page.total and _in_no_place(asked):
        return await _meetings(turn, replace(asked, country=None, city=None))
    reply = await _or_any_time(turn, replace(asked, past=past), reply, _meetings)
    if to_choose_from(reply) or not _too_narrow(asked):
        return reply
    wider = await meetings(turn.tx, turn.reader, turn.now, replace(request, kind=None))
    if not wider.total and (asked.city is not None or asked.theme is None):
        wider = await meetings(turn.tx, turn.reader, turn.now, replace(request, theme=None, kind=None))
    return with_line(reply.text, meetings_list(turn.voice, wider, turn.now)) if wider.total else reply


def _too_narrow(asked: Asked) -> bool:
    """Whether more is shown too where nothing was found: a city or a kind has little of each theme, a month of each."""
    dated = asked.first is not None or asked.last is not None
    themed = asked.theme is not None and (asked.city is not None or asked.kind is not None)
    return themed or (asked.kind is not None and dated)


def _in_no_place(asked: Asked) -> bool:
    """Whether what meets by video is asked for by a place: a group named by its country, a webinar after a city."""
    place = asked.country is not None or asked.city is not None
    return place and (asked.kind in ("group_meeting", "webinar") or asked.only == "video")


async def _deadlines(turn: Turn, asked: Asked) -> Reply:
    kind = one_of((*DEADLINE_KINDS, *EVENT_KINDS), asked.kind)
    request = DeadlinesRequest(kind=kind, **asked.narrowed)
    page = await due(turn.tx, turn.reader, turn.now, request)
    reply = await _or_any_time(turn, asked, deadlines_list(turn.voice, page), _deadlines)
    if to_choose_from(reply) or kind is None or asked.city is None:
        return reply
    wider = await due(turn.tx, turn.reader, turn.now, replace(request, kind=None))
    return with_line(reply.text, deadlines_list(turn.voice, wider)) if wider.total else reply


async def _focal_point(turn: Turn, asked: Asked) -> Reply:
    found = await contacts.of_organisation(turn.tx, turn.reader, asked.city, asked.theme) if asked.city else None
    if found is None and asked.theme:
        found = await contacts.of_theme(turn.tx, turn.reader, asked.theme, asked.country)
    theirs = {one.person.organisation for one in found.coordinators} if found else set()
    if found and not found.contacts and found.organisation and found.organisation.code in theirs:
        return await CONTACTS.taps["cs", 1](turn)
    if found is not None:
        return whom_to_call(turn.voice, found)
    page = await contacts.organisations(turn.tx, asked.country, 0) if asked.country else None
    return organisations_list(turn.voice, page) if page else await CONTACTS.commands["contacts"](turn)


async def _register(turn: Turn, asked: Asked) -> Reply:
    request = RegistrationsRequest(kind=one_of(EVENT_KINDS, asked.kind), **asked.narrowed)
    page = await registrations(turn.tx, turn.reader, turn.now, request)
    reply = await _or_any_time(turn, asked, registrations_list(turn.voice, page), _register)
    if to_choose_from(reply) or not _too_narrow(asked):
        return reply
    wider = await registrations(turn.tx, turn.reader, turn.now, replace(request, theme=None))
    return with_line(reply.text, registrations_list(turn.voice, wider)) if wider.total else reply


async def _documents(turn: Turn, asked: Asked) -> Reply:
    request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, asked.kind), **asked.narrowed)
    page = await documents(turn.tx, turn.reader, turn.now, request)
    reply = await _or_any_time(turn, asked, documents_list(turn.voice, page), _documents)
    if to_choose_from(reply) or asked.kind is None or asked.theme is None:
        return reply
    wider = await documents(turn.tx, turn.reader, turn.now, replace(request, kind=None))
    wider = wider if wider.total else await documents(turn.tx, turn.reader, turn.now, replace(request, theme=None))
    return with_line(reply.text, documents_list(turn.voice, wider)) if wider.total else reply


async def _news(turn: Turn, asked: Asked) -> Reply:
    if _lies_ahead(turn, asked):
        return await _meetings(turn, asked)
    request = NewsRequest(**asked.narrowed)
    page = await news(turn.tx, turn.reader, turn.now, request)
    reply = await _or_any_time(turn, asked, news_list(turn.voice, page), _news)
    if to_choose_from(reply) or not _too_narrow(asked):
        return reply
    wider = await news(turn.tx, turn.reader, turn.now, replace(request, theme=None))
    return with_line(reply.text, news_list(turn.voice, wider)) if wider.total else reply


def _lies_ahead(turn: Turn, asked: Asked) -> bool:
    """Whether days to come are asked about, of which there are meetings but no news: "what is on next week?"."""
    return asked.first is not None and asked.first > turn.reader.today(turn.now)


def _is_month(asked: Asked) -> bool:
    """Whether a whole month is named, as an issue of the monthly watch is."""
    return asked.first is not None and asked.last is not None and (asked.last - asked.first).days >= _MONTH


async def _digest(turn: Turn, asked: Asked) -> Reply:
    ahead = _lies_ahead(turn, asked)
    if ahead and not _is_month(asked):
        return await _meetings(turn, asked)
    asked = replace(asked, first=None, last=None) if ahead else asked
    return with_line(
        turn.voice.say("ask.digest", day=dates.day(turn.voice, _next_issue(turn))), await _news(turn, asked)
    )


def _next_issue(turn: Turn) -> date:
    """Return the day on which the next monthly watch goes out to the reader."""
    today, country = turn.reader.today(turn.now), turn.reader.country
    this = first_workday(today, country)
    return this if today < this else first_workday(following(today), country)


async def _action_plan(turn: Turn, asked: Asked) -> Reply:
    return await actions.show(turn, ActionsRequest(state=one_of(STATES, asked.kind), **asked.narrowed))


async def _dues(turn: Turn, asked: Asked) -> Reply:
    return await dues.show(turn, asked.city, country=asked.country)


async def _language(turn: Turn, asked: Asked) -> Reply:
    return languages(turn.voice)


async def _help(turn: Turn, asked: Asked) -> Reply:
    return await helping.show(turn)


async def _coordination(turn: Turn, asked: Asked) -> Reply:
    return await CONTACTS.taps["cs", 1](turn)


async def _or_any_time(turn: Turn, asked: Asked, reply: Reply, answer: Answer) -> Reply:
    """Return the reply; where nothing was found in a period, with the same at any time below."""
    if to_choose_from(reply):
        return reply
    dated = asked.first is not None or asked.last is not None
    wider = await answer(turn, replace(asked, first=None, last=None)) if dated else None
    if wider is not None and to_choose_from(wider):
        return with_line(reply.text, wider)
    return why_not_shown(turn, reply)


def why_not_shown(turn: Turn, reply: Reply) -> Reply:
    """Return what may lack something that this reader does not see, with why that may be."""
    audiences = turn.reader.audiences(turn.reader.today(turn.now)) or ()
    if MEMBERS in audiences and MEMBERS_PAID not in audiences:
        return for_paid(turn.voice, reply)
    return for_members(turn.voice, turn.reader, reply)


def answers(filling: Filling) -> Mapping[Intent, Answer]:
    """Return what answers each intent; greetings and what is out of scope are answered without looking anything up."""

    async def my_registrations(turn: Turn, _asked: Asked) -> Reply:
        return await sent_before(turn, filling.library)

    async def survey(turn: Turn, _asked: Asked) -> Reply:
        found = [one for one in await filling.mine(turn.tx, turn.reader, turn.now) if one.form.kind in _SURVEYS]
        if not found:
            return await to_answer(turn, filling)
        shown = forms_list(turn.voice, found, turn.now, coordinates=turn.reader.is_coordinator)
        shown = with_every_form(turn.voice, shown)
        return shown if turn.reader.is_known else for_members(turn.voice, turn.reader, shown)

    return {**_ANSWERS, "my_registrations": my_registrations, "survey": survey}


_ANSWERS: Mapping[Intent, Answer] = {
    "meetings": _meetings,
    "deadlines": _deadlines,
    "focal_point": _focal_point,
    "register": _register,
    "documents": _documents,
    "news": _news,
    "digest": _digest,
    "action_plan": _action_plan,
    "dues": _dues,
    "language": _language,
    "help": _help,
    "contact_coordinator": _coordination,
}
