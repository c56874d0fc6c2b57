"""``/misses``, for coordinators: what was not understood, grouped; each group is taught from, or forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.ask import misses
from bot.texts.misses import group_card, misses_list
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn, page: int = 0) -> Reply:
    """Answer with a page of what was not understood."""
    return misses_list(turn.voice, await misses.grouped(turn.tx, page))


async def _command(turn: Turn) -> Reply:
    return await show(turn)


async def _page(turn: Turn) -> Reply:
    return await show(turn, turn.tap.number(0) or 0)


async def _card(turn: Turn) -> Reply:
    group = await misses.group_of(turn.tx, turn.tap.number(0) or 0)
    page = turn.tap.number(1) or 0
    return group_card(turn.voice, group, page) if group else await refreshed(turn)


async def _drop(turn: Turn) -> Reply:
    await misses.forget(turn.tx, turn.tap.number(0) or 0)
    return replace(await show(turn, turn.tap.number(1) or 0), notice=turn.voice.say("misses.dropped"))


async def refreshed(turn: Turn) -> Reply:
    """Put the first page in the place of an outdated bubble."""
    return replace(await show(turn), notice=turn.voice.say("common.refreshed"))


MISSES = Conversation(
    name="misses",
    commands={"misses": _command},
    taps={("ms", 1): _page, ("mi", 1): _card, ("mx", 1): _drop},
    stale=refreshed,
    roles=frozenset({"coordinator"}),
)
