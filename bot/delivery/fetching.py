"""Fetches files that people have sent: a channel keeps them under a handle of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram.error import TelegramError

from bot.delivery.outcome import Api
from bot.delivery.telegram import outcome_of
from bot.errors import RelaisError

Fetch = Callable[[str, str], Awaitable[bytes]]
"""From a channel and a handle to the content; raises GoneError, or OSError if it is worth trying again."""


class GoneError(RelaisError):
    """The channel does not give this file, and never will."""


def fetcher(apis: Mapping[str, Api]) -> Fetch:
    """Return what fetches from these channels, those included that are added later."""

    async def fetch(channel: str, handle: str) -> bytes:
        api: Any = apis.get(channel)
        if not hasattr(api, "fetch"):
            raise GoneError(f"the channel {channel} gives no files")
        try:
            return bytes(await api.fetch(handle))
        except TelegramError as error:
            outcome = outcome_of(error)
            if outcome.kind in ("refused", "unreachable", "unauthorised"):  # a 404 of a file looks like a wrong token
                raise GoneError(outcome.reason) from None
            raise OSError(outcome.reason or outcome.kind) from None

    return fetch
