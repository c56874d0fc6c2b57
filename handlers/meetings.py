"""``/meetings``: the list, its pages and filters, the card of one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from bot.answers.meetings import MeetingsRequest, choices, meeting, meetings
from bot.texts.meeting_requests import request_of
from bot.texts.meetings import Narrowing, meeting_card, meetings_list, narrowing
from bot.texts.reply import Reply
from handlers.given import credit
from handlers.kept import Kept
from handlers.turn import Conversation, Turn
from storage.agenda import next_end

_NARROWINGS = ("t", "c", "m")


_LISTS = Kept(next_end)


async def show(turn: Turn, request: MeetingsRequest) -> Reply:
    """Show a page of the list."""

    async def make() -> Reply:
        page = await meetings(turn.tx, turn.reader, turn.now, request)
        return meetings_list(turn.voice, page, turn.now)

    return await _LISTS.get(turn, request, make)


async def _command(turn: Turn) -> Reply:
    return await show(turn, MeetingsRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _narrow(turn: Turn) -> Reply:
    by, request = turn.tap.text(0), request_of(turn.tap, 1)
    if by not in _NARROWINGS:
        return await show(turn, request)
    found = await choices(turn.tx, turn.reader, turn.now, past=request.past, within=request)
    return narrowing(turn.voice, cast("Narrowing", by), found, request)


async def _card(turn: Turn) -> Reply:
    back = request_of(turn.tap, 1)
    card = await meeting(turn.tx, turn.reader, turn.now, turn.tap.number(0) or 0)
    if card is None:
        return replace(await show(turn, back), notice=turn.voice.say("meetings.gone"))
    return meeting_card(turn.voice, card, turn.now, back, await credit(turn, card.event))


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


MEETINGS = Conversation(
    name="meetings",
    commands={"meetings": _command},
    taps={("m", 1): _page, ("mf", 1): _narrow, ("e", 1): _card},
    stale=_stale,
)
