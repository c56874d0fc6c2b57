"""``/deadlines``: the grouped list, and the card of one."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.deadlines import deadline, deadlines
from bot.texts.deadlines import deadline_card, deadlines_list
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def _show(turn: Turn, page: int = 0, *, mine: bool = False) -> Reply:
    return deadlines_list(turn.voice, await deadlines(turn.tx, turn.reader, turn.now, page, mine=mine))


async def _command(turn: Turn) -> Reply:
    return await _show(turn)


async def _page(turn: Turn) -> Reply:
    return await _show(turn, turn.tap.number(0) or 0, mine=turn.tap.number(1) == 1)


async def _card(turn: Turn) -> Reply:
    page, mine = turn.tap.number(1) or 0, turn.tap.number(2) == 1
    card = await deadline(turn.tx, turn.reader, turn.now, turn.tap.number(0) or 0)
    if card is None:
        return replace(await _show(turn, page, mine=mine), notice=turn.voice.say("deadlines.gone"))
    return deadline_card(turn.voice, card, page, mine=mine)


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


DEADLINES = Conversation(
    name="deadlines",
    commands={"deadlines": _command},
    taps={("d", 1): _page, ("dl", 1): _card},
    stale=_stale,
)
