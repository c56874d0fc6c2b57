"""Answers about the network itself: its members, its focal points, its rules, what membership costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.answers.contacts import of_organisation, organisations, vacant
from bot.answers.documents import DocumentsRequest, documents
from bot.answers.meetings import MeetingsRequest, meetings
from bot.ask.matters import Matter
from bot.texts import dates
from bot.texts.ask import with_coordination, with_line
from bot.texts.contacts import organisations_list, whom_to_call, without_focal_point
from bot.texts.documents import documents_list
from bot.texts.meetings import meetings_list
from bot.texts.reply import Reply
from handlers import dues
from handlers import help as helping
from handlers.attending import About, Answer, coordination
from handlers.contacts import CONTACTS
from handlers.subjects import card_of
from handlers.turn import Turn
from storage import directory
from storage.network import ORGANISATIONS, THEMES

MONEY = "finance"
"""The theme that grants and donors are asked for with: it narrows nothing."""
_LINES: Mapping[Matter, str] = {
    "predecessor": "ask.predecessor",
    "since": "ask.since_not_told",
    "role": "ask.whom",
    "privacy": "ask.privacy",
    "address": "ask.no_address",
    "no_reply": "ask.whom",
    "own_data": "ask.own_data",
    "broken": "ask.broken",
    "passing_on": "ask.passes_nothing_on",
}
"""What is said above whom to reach at the coordination, where no table tells what was asked."""


async def _yearly_dues(turn: Turn, about: About) -> Reply | None:
    """Show how the dues stand; what they amount to is in no table.  None where a city is named."""
    if about.city is not None:
        return None
    shown = await dues.show(turn)
    return with_line(turn.voice.say("ask.dues_amount"), shown) if turn.reader.is_coordinator else shown


async def _unpaid_comes(turn: Turn, _about: About) -> Reply | None:
    """Say for whom meetings are where dues are not paid, with how the reader's own stand."""
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.unpaid_comes"), await dues.show(turn)))


async def _vacant(turn: Turn, _about: About) -> Reply | None:
    found = await vacant(turn.tx)
    return without_focal_point(turn.voice, found)


async def _members(turn: Turn, about: About) -> Reply | None:
    """Show how many members there are in which country, or those of the country named; None where a city is named."""
    page = await organisations(turn.tx, about.country, 0) if about.country else None
    if page is None and about.city is not None:
        return None
    count = len(await directory.organisations(turn.tx, country=about.country, membership="member"))
    told = turn.voice.say("ask.members", count=dates.number(turn.voice, count))
    shown = organisations_list(turn.voice, page) if page else await CONTACTS.commands["contacts"](turn)
    return with_line(told, shown) if count else shown


async def _is_member(turn: Turn, about: About) -> Reply | None:
    """Say whether the place that is named belongs to the network, with whom to reach there; None where none is."""
    if about.city is None:
        return None
    place = await ORGANISATIONS.get(turn.tx, about.city)
    if place is None:
        return with_line(turn.voice.say("ask.no_organisation"), await coordination(turn))
    key = "ask.member" if place.membership == "member" else "ask.no_member"
    told = turn.voice.say(key, place=turn.voice.noted(place.name))
    found = await of_organisation(turn.tx, turn.reader, place.id)
    return with_line(told, whom_to_call(turn.voice, found) if found else await coordination(turn))


async def _focal_points(turn: Turn, about: About) -> Reply | None:
    """Show how many focal points there are in which country, or in the one named; None where a city is named."""
    page = await organisations(turn.tx, about.country, 0) if about.country else None
    if page is None and about.city is not None:
        return None
    count = len(await directory.people(turn.tx, roles=("focal_point",), country=about.country))
    told = turn.voice.say("ask.focal_points", count=dates.number(turn.voice, count))
    return with_line(told, organisations_list(turn.voice, page) if page else await CONTACTS.commands["contacts"](turn))


async def _network(turn: Turn, _about: About) -> Reply | None:
    """Show what says what the network is: its rules; None where none are filed."""
    page = await documents(turn.tx, turn.reader, turn.now, DocumentsRequest(kind="statutes"))
    if not page.total:
        return None
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.network"), documents_list(turn.voice, page)))


async def _recording(turn: Turn, about: About) -> Reply | None:
    """Show the meeting that is named, or the presentations: what was filmed is in no table."""
    shown = await card_of(turn, about.event) if about.event else None
    if shown is None:
        page = await documents(turn.tx, turn.reader, turn.now, DocumentsRequest(kind="presentation"))
        shown = documents_list(turn.voice, page)
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.recording"), shown))


async def _funder(turn: Turn, about: About) -> Reply | None:
    """Show whom to ask who pays for a project: those of its city and theme, else the coordination."""
    place = await ORGANISATIONS.get(turn.tx, about.city) if about.city else None
    theme = await THEMES.get(turn.tx, about.theme) if about.theme and about.theme != MONEY else None
    found = await of_organisation(turn.tx, turn.reader, place.id, theme.id if theme else None) if place else None
    shown = whom_to_call(turn.voice, found) if found else await coordination(turn)
    return with_line(turn.voice.say("ask.funder"), shown)


async def _partnership(turn: Turn, about: About) -> Reply | None:
    """Show whom to ask which cities work together: it is in no table."""
    place = await ORGANISATIONS.get(turn.tx, about.city) if about.city else None
    found = await of_organisation(turn.tx, turn.reader, place.id) if place else None
    shown = with_coordination(turn.voice, whom_to_call(turn.voice, found)) if found else await coordination(turn)
    return with_line(turn.voice.say("ask.partnerships"), shown)


async def _adding(turn: Turn, _about: About) -> Reply | None:
    """Say how a meeting comes into the calendar: to a coordinator, who brings it there, otherwise than to others."""
    if turn.reader.is_coordinator:
        return Reply(turn.voice.say("ask.in_tables"))
    return with_coordination(turn.voice, Reply(turn.voice.say("ask.adding")))


async def _users(turn: Turn, _about: About) -> Reply | None:
    """Say how many people there are in the directory; only coordinators are told."""
    if not turn.reader.is_coordinator:
        return None
    return Reply(turn.voice.say("ask.users", people=dates.number(turn.voice, len(await directory.people(turn.tx)))))


async def _who_hosts(turn: Turn, _about: About) -> Reply | None:
    """Show where the annual meetings are; who hosts later ones is not known."""
    page = await meetings(turn.tx, turn.reader, turn.now, MeetingsRequest(kind="annual_meeting"))
    shown = with_line(turn.voice.say("ask.who_hosts"), meetings_list(turn.voice, page, turn.now))
    return with_coordination(turn.voice, shown)


async def _what_i_am(turn: Turn, _about: About) -> Reply | None:
    return with_line(turn.voice.say("ask.what_i_am"), await helping.show(turn))


async def _at_the_coordination(turn: Turn, _about: About, *, line: str) -> Reply:
    """Show whom to reach at the coordination, below a line."""
    return with_line(turn.voice.say(line), await coordination(turn))


OF_THE_NETWORK: Mapping[Matter, Answer] = {
    "yearly_dues": _yearly_dues, "vacant": _vacant, "is_member": _is_member, "members": _members,
    "focal_points": _focal_points, "network": _network, "funder": _funder, "partnership": _partnership,
    "unpaid_comes": _unpaid_comes, "adding": _adding, "users": _users, "who_hosts": _who_hosts,
    "recording": _recording, "what_i_am": _what_i_am,
    **{matter: partial(_at_the_coordination, line=line) for matter, line in _LINES.items()},
}  # fmt: skip
