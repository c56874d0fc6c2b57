"""``/register``: the meetings whose registration is open, or when it opens."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.registrations import RegistrationsRequest, registrations
from bot.texts.registrations import registrations_list, request_of
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn, request: RegistrationsRequest) -> Reply:
    """Answer with the registrations that are asked for: the open ones, else when they open or that they closed."""
    return registrations_list(turn.voice, await registrations(turn.tx, turn.reader, turn.now, request))


async def _command(turn: Turn) -> Reply:
    return await show(turn, RegistrationsRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


REGISTER = Conversation(name="register", commands={"register": _command}, taps={("rg", 1): _page}, stale=_stale)
