"""Answers about the network itself: its members, its focal points, its rules, what membership costs."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.contacts import organisations, vacant
from bot.answers.documents import DocumentsRequest, documents
from bot.ask.matters import Matter
from bot.texts import dates
from bot.texts.ask import with_coordination, with_line
from bot.texts.contacts import organisations_list, without_focal_point
from bot.texts.documents import documents_list
from bot.texts.reply import Reply
from handlers import dues
from handlers.attending import About, Answer
from handlers.contacts import CONTACTS
from handlers.turn import Turn
from storage import directory


async def _yearly_dues(turn: Turn, about: About) -> Reply | None:
    """Show how the dues stand; what they amount to is in no table.  None where a city is named."""
    if about.city is not None:
        return None
    shown = await dues.show(turn)
    return with_line(turn.voice.say("ask.dues_amount"), shown) if turn.reader.is_coordinator else shown


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


OF_THE_NETWORK: Mapping[Matter, Answer] = {
    "yearly_dues": _yearly_dues, "vacant": _vacant, "members": _members, "focal_points": _focal_points,
    "network": _network,
}  # fmt: skip
