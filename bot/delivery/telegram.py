"""Carries calls over python-telegram-bot's request layer, and tells how they ended.

The same class serves both channels: on Telegram the request opens sockets, on the web it hands the call to the page.
Of an answer only what is needed is read; the library's ``Message`` objects are not built.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome


class NotConnected(NetworkError):
    """No connection was made, so nothing was sent."""


class TelegramApi:
    """A bot at a Bot API server."""

    def __init__(self, request: BaseRequest, root: str, token: str) -> None:
        """Take the request layer, the server's root (``https://api.telegram.org``) and the bot's token."""
        self._request = request
        self._base = f"{root.rstrip('/')}/bot{token}"

    async def make(self, call: Call) -> Outcome:
        """Make the call; an error of the other side is an outcome, never an exception."""
        try:
            return Outcome("sent", await self.ask(call.method, call.parameters, call.files))
        except TelegramError as error:
            return outcome_of(error)

    async def ask(
        self,
        method: str,
        parameters: Mapping[str, Any],
        files: Mapping[str, tuple[str, Path]] | None = None,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Make the call and return Telegram's ``result``; raises ``telegram.error.TelegramError``.

        ``timeout`` (seconds) bounds the wait for the answer.
        """
        data = [RequestParameter(name, value, None) for name, value in parameters.items()]
        for name, (file_name, path) in (files or {}).items():
            upload = InputFile(path.read_bytes(), filename=file_name, attach=False)
            data.append(RequestParameter(name, None, [upload]))
        waits = {} if timeout is None else {"read_timeout": timeout}
        return await self._request.post(f"{self._base}/{method}", RequestData(data), **waits)


def outcome_of(error: TelegramError) -> Outcome:
    """Return what an error of the library means for the call that it ended."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Outcome("wait", seconds=wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        case BadRequest() | ChatMigrated():  # BadRequest is a NetworkError to the library: it comes first
            return Outcome("refused", reason=error.message)
        case Forbidden():
            return Outcome("unreachable", reason=error.message)
        case InvalidToken():
            return Outcome("unauthorised", reason=error.message)
        case NotConnected():
            return Outcome("offline", reason=error.message)
        case TimedOut() | NetworkError():
            return Outcome("unknown", reason=error.message)
    return Outcome("refused", reason=error.message)
