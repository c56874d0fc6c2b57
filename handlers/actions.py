"""``/actions``: the action plan by axis, and one line of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.answers import actions
from bot.answers.actions import ActionsRequest
from bot.texts.actions import action_card, actions_list, request_of
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn, request: ActionsRequest) -> Reply:
    """Answer with the lines of the plan that are asked for."""
    return actions_list(turn.voice, await actions.actions(turn.tx, turn.reader, turn.now, request))


async def axis(turn: Turn, number: int) -> Reply:
    """Answer with the page of the plan on which an axis begins; the first page if there is no such axis."""
    return await show(turn, ActionsRequest(page=await actions.page_of_axis(turn.tx, turn.reader, turn.now, number)))


async def some(turn: Turn, numbers: Collection[int]) -> Reply:
    """Answer with the lines of these numbers alone."""
    return actions_list(turn.voice, await actions.some(turn.tx, turn.reader, turn.now, numbers))


async def line(turn: Turn, number: int) -> Reply | None:
    """Answer with the line that has this number in the plan; None if it is not there for this reader."""
    row = await actions.row_of(turn.tx, turn.reader, turn.now, number)
    card = await actions.action(turn.tx, turn.reader, turn.now, row) if row is not None else None
    return action_card(turn.voice, card, ActionsRequest()) if card else None


async def _command(turn: Turn) -> Reply:
    return await show(turn, ActionsRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _card(turn: Turn) -> Reply:
    back = request_of(turn.tap, 1)
    card = await actions.action(turn.tx, turn.reader, turn.now, turn.tap.number(0) or 0)
    if card is None:
        return replace(await show(turn, back), notice=turn.voice.say("actions.gone"))
    return action_card(turn.voice, card, back)


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


ACTIONS = Conversation(
    name="actions", commands={"actions": _command}, taps={("a", 1): _page, ("ac", 1): _card}, stale=_stale
)
