"""Carries calls over python-telegram-bot's request layer, and tells how they ended.

The same class serves both channels: on Telegram the request opens sockets, on the web it hands the call to the page.
Answers are read here rather than by ``BaseRequest.post``: that takes any 404 for a wrong token and a proxy's 403 page
for a person who blocked the assistant, and raises KeyError where an answer is not Telegram's.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import orjson
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData

from bot.delivery.calls import Call
from bot.delivery.outcome import Kind, Outcome

_log = structlog.get_logger()
HURRY = 5.0
"""Seconds to wait after a 429 that does not say how long."""
_GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot can't send messages to bots",
    "bot was kicked from",
    "bot is not a member of",
    "the group chat was deleted",
)
"""How Telegram describes a 403 that concerns the person; any other 403 concerns the call."""

_ERRORS: Mapping[int, type[TelegramError]] = {
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,  # a token that does not even look like one; a method that does not exist is told apart
    409: Conflict,
}


class NotConnectedError(NetworkError):
    """No connection was made, so nothing was sent."""


class NotTelegramError(NetworkError):
    """Something answered that is not a Bot API server, such as a proxy."""


class BusyError(NetworkError):
    """Telegram itself says that it could not do it now."""


class TooFastError(TelegramError):
    """Too many calls; the library's ``RetryAfter`` gives its seconds in two types, with a warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many calls: again in {seconds:g} s")
        self.seconds = seconds


class Form:
    """What a request reads of a call: the documented attributes of ``telegram.request.RequestData``.

    The library says that how its own class is built is nobody's business, so this stands in for it.
    """

    def __init__(self, parameters: Mapping[str, Any], files: Mapping[str, tuple[str, bytes, str]]) -> None:
        """Take JSON values by parameter, and name, content and media type by form field."""
        self.parameters = dict(parameters)
        self.multipart_data = dict(files)
        self.contains_files = bool(files)

    @property
    def json_parameters(self) -> dict[str, str]:
        """The parameters as they travel in a form: texts as they are, everything else as JSON."""
        return {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in self.parameters.items()
        }

    @property
    def json_payload(self) -> bytes:
        """The parameters as one JSON object."""
        return orjson.dumps(self.parameters)


class TelegramApi:
    """A bot at a Bot API server."""

    def __init__(self, request: BaseRequest, root: str, token: str) -> None:
        """Take the request layer, the server's root (``https://api.telegram.org``) and the bot's token."""
        self._request = request
        self._base = f"{root.rstrip('/')}/bot{token}"
        self._files = f"{root.rstrip('/')}/file/bot{token}"

    async def make(self, call: Call) -> Outcome:
        """Make the call; an error of the other side, or a file that is gone, is an outcome, never an exception."""
        try:
            return Outcome("sent", await self.ask(call.method, call.parameters, call.files))
        except TelegramError as error:
            return outcome_of(error)
        except OSError as error:
            return Outcome("refused", reason=f"the file cannot be read: {error.strerror}")
        except Exception:
            _log.exception("a call could not be made", method=call.method)
            return Outcome("refused", reason="an error of ours")

    async def ask(
        self,
        method: str,
        parameters: Mapping[str, Any],
        files: Mapping[str, tuple[str, Path]] | None = None,
        *,
        read_timeout: float | None = None,
    ) -> Any:
        """Make the call and return Telegram's ``result``.

        ``read_timeout`` (seconds) bounds the wait for the answer.  Raises ``telegram.error.TelegramError`` (see
        ``outcome_of``), and OSError if a file cannot be read.
        """
        form = Form(parameters, {name: await _upload(*file) for name, file in files.items()} if files else {})
        code, payload = await self._request.do_request(
            f"{self._base}/{method}",
            "POST",
            cast("RequestData", form),
            read_timeout=BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout,
        )
        return read_answer(code, payload)

    async def fetch(self, handle: str) -> bytes:
        """Return the content of a file that somebody sent, 20 MB at most; raises ``telegram.error.TelegramError``."""
        found = await self.ask("getFile", {"file_id": handle})
        code, payload = await self._request.do_request(f"{self._files}/{found['file_path']}", "GET")
        if not 200 <= code < 300:
            read_answer(code, payload)
        return payload


async def _upload(name: str, path: Path) -> tuple[str, bytes, str]:
    content = await asyncio.to_thread(path.read_bytes)
    return name, content, mimetypes.guess_type(name)[0] or "application/octet-stream"


def read_answer(code: int, payload: bytes) -> Any:
    """Return the ``result`` of a Bot API server's answer; raises the ``TelegramError`` that it stands for."""
    try:
        body = orjson.loads(payload)
    except ValueError:
        body = None
    if not isinstance(body, dict) or "ok" not in body:
        if code == 429:
            raise TooFastError(HURRY)
        raise NotTelegramError(f"HTTP {code} from something that is not Telegram")
    if 200 <= code < 300 and body["ok"] and "result" in body:
        return body["result"]
    raise _error(code, str(body.get("description") or f"HTTP {code}"), body.get("parameters") or {})


def _error(code: int, description: str, parameters: Mapping[str, Any]) -> TelegramError:
    if code == 429:
        return TooFastError(float(parameters.get("retry_after") or HURRY))
    if "migrate_to_chat_id" in parameters:
        return ChatMigrated(parameters["migrate_to_chat_id"])
    if code == 404 and "method" in description.lower():
        return EndPointNotFound(description)
    return _ERRORS.get(code, BadRequest if 400 <= code < 500 else BusyError)(description)


def outcome_of(error: TelegramError) -> Outcome:
    """Return what an error means for the call that it ended."""
    if isinstance(error, TooFastError):
        return Outcome("wait", seconds=error.seconds, reason=error.message)
    if isinstance(error, ChatMigrated):
        return Outcome("moved", error.new_chat_id, reason=error.message)
    return Outcome(_kind(error), reason=error.message)


def _kind(error: TelegramError) -> Kind:
    if isinstance(error, Forbidden) and any(words in error.message for words in _GONE):
        return "unreachable"
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):  # a refusal is one too to the library
        if isinstance(error, BusyError):
            return "busy"
        return "offline" if isinstance(error, NotConnectedError) else "unknown"
    if isinstance(error, InvalidToken):
        return "unauthorised"
    return "conflict" if isinstance(error, Conflict) else "refused"
