"""``/deadlines``: the grouped list, and the card of one."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.deadlines import DeadlinesRequest, deadline, deadlines
from bot.texts.deadlines import deadline_card, deadlines_list, request_of
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn, request: DeadlinesRequest) -> Reply:
    """Answer with the deadlines that are asked for."""
    return deadlines_list(turn.voice, await deadlines(turn.tx, turn.reader, turn.now, request))


async def _command(turn: Turn) -> Reply:
    return await show(turn, DeadlinesRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _card(turn: Turn) -> Reply:
    back = request_of(turn.tap, 1)
    card = await deadline(turn.tx, turn.reader, turn.now, turn.tap.number(0) or 0)
    if card is None:
        return replace(await show(turn, back), notice=turn.voice.say("deadlines.gone"))
    return deadline_card(turn.voice, card, back)


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


DEADLINES = Conversation(
    name="deadlines",
    commands={"deadlines": _command},
    taps={("d", 1): _page, ("dl", 1): _card},
    stale=_stale,
)
