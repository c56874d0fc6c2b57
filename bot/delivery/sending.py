"""Makes the calls that answer an update, and keeps trying while the channel is out of reach."""

from __future__ import annotations

import asyncio
from typing import Literal

import structlog

from bot.delivery.calls import Call
from bot.delivery.outcome import Api, Outcome
from bot.delivery.patience import Sleep, waits
from bot.errors import SettingsError

_log = structlog.get_logger()
REFUSED_BOT = "Telegram refuses RELAIS_TOKEN: ask BotFather for the token again (/token)."
UNCHANGED = "message is not modified"
"""Why an edit is refused that changes nothing."""
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)


async def answer(api: Api, calls: tuple[Call, ...], sleep: Sleep = asyncio.sleep) -> Literal["sent", "unreachable"]:
    """Make the calls in order; return once all of them were made or refused for good.

    A person who waits for an answer is better served by one twice than by none: what may have arrived is sent again.
    Raises SettingsError if the token is refused.
    """
    for call in calls:
        outcome = await _until_settled(api, call, sleep)
        if outcome.kind == "unreachable" and not call.optional:
            return "unreachable"
        if outcome.kind == "refused" and not call.optional:
            await _otherwise(api, call, outcome.reason, sleep)
    return "sent"


async def _until_settled(api: Api, call: Call, sleep: Sleep) -> Outcome:
    growing = waits()
    while True:
        outcome = await api.make(call)
        if outcome.kind == "unauthorised":
            raise SettingsError(REFUSED_BOT)
        if call.optional:
            return outcome
        if outcome.kind == "wait":
            await sleep(outcome.seconds)
        elif outcome.kind in ("offline", "busy", "unknown"):
            seconds = next(growing)
            _log.warning("channel out of reach", method=call.method, outcome=outcome.kind, next_try_in=seconds)
            await sleep(seconds)
        else:
            return outcome


async def _otherwise(api: Api, call: Call, reason: str, sleep: Sleep) -> None:
    """A bubble that cannot be edited any more is sent anew; the same bubble twice is no matter."""
    lowered = reason.lower()
    if call.method == "editMessageText" and any(words in lowered for words in _NOT_EDITABLE):
        parameters = {name: value for name, value in call.parameters.items() if name != "message_id"}
        await _until_settled(api, Call(method="sendMessage", parameters=parameters), sleep)
    elif UNCHANGED not in lowered:
        _log.error("call refused", method=call.method, reason=reason)
