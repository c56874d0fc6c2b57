"""Asks Telegram for what came, and tells it what arrived only once that is on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import structlog
from telegram.error import TelegramError

from bot.delivery.outcome import Outcome
from bot.delivery.patience import Sleep, waits
from bot.delivery.sending import REFUSED_BOT
from bot.delivery.telegram import outcome_of
from bot.errors import SettingsError

_log = structlog.get_logger()
HELD = 30
"""Seconds for which Telegram holds the question open when there is nothing new."""
_GRACE = 10.0
"""Seconds beyond that until the connection counts as dead."""
_KINDS = ("message", "callback_query", "my_chat_member")


class Source(Protocol):
    """Where updates come from."""

    async def ask(self, method: str, parameters: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
        """Make the call and return Telegram's ``result``; raises ``telegram.error.TelegramError``."""
        ...


class Keeper(Protocol):
    """Who keeps updates."""

    async def room(self) -> None:
        """Return when more may come."""
        ...

    async def receive(self, channel: str, received: Sequence[Mapping[str, object]]) -> None:
        """Keep updates; when this returns they are on the disk."""
        ...


class Poller:
    """Takes a bot's updates by long polling.

    Telegram forgets an update when it is asked for a later one.  So what was received is kept first, and after a
    restart the first question names none: what was not acknowledged comes again, and the inbox knows it.
    """

    def __init__(
        self, api: Source, inbox: Keeper, channel: str = "telegram", *, sleep: Sleep = asyncio.sleep, held: int = HELD
    ) -> None:
        """Take where updates come from and who keeps them; ``held`` is in seconds."""
        self._api, self._inbox, self._channel = api, inbox, channel
        self._sleep, self._held = sleep, held
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled; while Telegram or the database is out of reach, try again after growing waits.

        Raises SettingsError if Telegram refuses the token.
        """
        growing = waits()
        while True:
            await self._inbox.room()
            try:
                await self._once()
            except TelegramError as error:
                _end_if_cancelled()
                await self._overcome(outcome_of(error), growing)
            except Exception:  # it could not be kept: Telegram keeps it for a day
                _end_if_cancelled()
                _log.exception("updates could not be kept")
                await self._sleep(next(growing))
            else:
                growing = waits()

    async def _once(self) -> None:
        parameters: dict[str, Any] = {"timeout": self._held, "allowed_updates": _KINDS}
        if self._offset is not None:
            parameters["offset"] = self._offset
        received = await self._api.ask("getUpdates", parameters, read_timeout=self._held + _GRACE)
        if received:
            await self._inbox.receive(self._channel, received)
            self._offset = max(update["update_id"] for update in received) + 1

    async def _overcome(self, outcome: Outcome, growing: Iterator[float]) -> None:
        if outcome.kind == "unauthorised":
            raise SettingsError(REFUSED_BOT)
        if outcome.kind == "conflict" and "webhook" in outcome.reason.lower():
            await self._remove_webhook()
            return
        seconds = max(outcome.seconds, next(growing))
        if outcome.kind == "conflict":
            _log.error("another process takes this bot's updates: stop it, or give it a bot of its own")
        else:
            _log.warning("telegram out of reach", outcome=outcome.kind, reason=outcome.reason, next_try_in=seconds)
        await self._sleep(seconds)

    async def _remove_webhook(self) -> None:
        _log.warning("a webhook was set for this bot: it is removed, what it had waiting is kept")
        try:
            await self._api.ask("deleteWebhook", {"drop_pending_updates": False})
        except TelegramError as error:
            _log.warning("the webhook could not be removed", reason=outcome_of(error).reason)
            await self._sleep(1.0)


def _end_if_cancelled() -> None:
    """Raise CancelledError where this task was told to end: a question that is cut off may come back as an error."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
