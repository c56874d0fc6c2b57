"""python-telegram-bot's request layer without a socket: each call of the Bot API goes to the web channel."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import orjson
from telegram._utils.types import ODVInput  # the signature of BaseRequest.do_request is written with it
from telegram.request import BaseRequest, RequestData

from storage import web
from web.channel import WebChannel
from web.errors import ApiError
from web.methods import METHODS
from web.parameters import Parameters, Upload

_NOT_FOUND = ApiError("Not Found: method not found", HTTPStatus.NOT_FOUND)
_BY_NAME = {name.lower(): method for name, method in METHODS.items()}


class WebRequest(BaseRequest):
    """Answers as Telegram's servers would, in bytes and HTTP codes."""

    __slots__ = ("_channel",)

    def __init__(self, channel: WebChannel) -> None:
        self._channel = channel

    @property
    def read_timeout(self) -> float | None:
        """There is nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the call that the address names (``/bot<token>/<method>``), or fetch a file (``/file/bot<token>/…``)."""
        path = urlsplit(url).path
        try:
            if path.startswith("/file/bot"):
                return HTTPStatus.OK, await self._file(path.split("/", 3)[3])
            result = await self._call(path.rsplit("/", 1)[-1], request_data)
        except ApiError as error:
            answer = {"ok": False, "error_code": int(error.code), "description": error.description}
            return error.code, orjson.dumps(answer)
        return HTTPStatus.OK, orjson.dumps({"ok": True, "result": result})

    async def _call(self, name: str, data: RequestData | None) -> Any:
        method = _BY_NAME.get(name.lower())
        if method is None:
            raise _NOT_FOUND
        return await method(self._channel, _parameters(data))

    async def _file(self, file_path: str) -> bytes:
        number = file_path.rsplit("/", 1)[-1]
        async with self._channel.database.snapshot() as read:
            stored = await web.file(read, int(number)) if number.isascii() and number.isdigit() else None
        try:
            return await self._channel.files.read(stored) if stored else _missing()
        except OSError:
            return _missing()


def _missing() -> bytes:
    raise ApiError("Not Found", HTTPStatus.NOT_FOUND)


def _parameters(data: RequestData | None) -> Parameters:
    if data is None:
        return Parameters({}, {})
    files = {}
    for name, (file_name, content, mime) in data.multipart_data.items():
        files[name] = Upload(file_name, content if isinstance(content, bytes) else content.read(), mime)
    return Parameters(data.parameters, files)
