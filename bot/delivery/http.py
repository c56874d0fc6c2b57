"""The request layer that opens sockets: aiohttp, one pool of connections, kept alive.

python-telegram-bot brings its own on httpx, at seven times the CPU a message, and tells neither whether a connection
was made at all nor whether it was Telegram that answered (``docs/decisions/0004-updates.md``).
"""

from __future__ import annotations

import re

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.delivery.telegram import HURRY, NotConnectedError, TooFastError

CONNECT_TIMEOUT = 10.0
"""Seconds until a connection that is not made is given up."""
READ_TIMEOUT = 30.0
"""Seconds without a byte until an answer is given up."""
_SENDING = 60.0
"""Seconds that a whole call may take beyond these two: the upload of a file over a slow line."""
_KEPT = 30.0
"""Seconds that an idle connection is kept: fewer than Telegram keeps it, so that we are the first to close it."""


class AiohttpRequest(BaseRequest):
    """Makes requests over one pool of connections; an async context manager.

    Its errors hold neither addresses nor what aiohttp said: both may hold the token.
    """

    def __init__(
        self, *, connections: int = 64, connect_timeout: float = CONNECT_TIMEOUT, read_timeout: float = READ_TIMEOUT
    ) -> None:
        """Take how many connections are open at most, and the timeouts in seconds."""
        self._connections, self._connect, self._read = connections, connect_timeout, read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte until an answer is given up, where the call does not say otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; connections are made when they are needed."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEPT, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the request and return the HTTP status and the body.

        Timeouts are in seconds; those for writing, connecting and the pool are this object's own.  Raises
        NotConnectedError if nothing was sent, TimedOut or NetworkError if it may have been, TooFastError for a 429 that
        only a header explains.
        """
        failure: TelegramError
        try:
            return await self._exchange(url, method, request_data, _seconds(read_timeout, self._read))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            failure = NotConnectedError(f"no connection was made ({type(error).__name__})")
        except TimeoutError:
            failure = TimedOut()
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(f"the connection failed ({type(error).__name__})")
        raise failure  # outside of `except`: what aiohttp raised must not be printed as its context

    async def _exchange(self, url: str, method: str, form: RequestData | None, read: float) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request layer is used before `initialize`")
        timeout = aiohttp.ClientTimeout(
            total=self._connect + read + _SENDING, connect=self._connect, sock_connect=self._connect, sock_read=read
        )
        body, headers = _body(form)
        async with self._session.request(
            method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            payload = await response.read()
            if response.status == 429 and b'"retry_after"' not in payload:
                raise TooFastError(_retry_after(response.headers.get("Retry-After", "")))
            return response.status, payload


def _body(form: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if form is None:
        return None, {}
    if not form.contains_files:
        return form.json_payload, {"Content-Type": "application/json"}
    data = aiohttp.FormData(quote_fields=False)  # Telegram shows a name that is percent-encoded as it is
    for name, value in form.json_parameters.items():
        data.add_field(name, value)
    for name, (file_name, content, media_type) in form.multipart_data.items():
        data.add_field(name, content, filename=file_name, content_type=media_type)
    return data, {}


def _seconds(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


def _retry_after(header: str) -> float:
    """Return the seconds that a ``Retry-After`` header asks for; a date is not worth reading, a few seconds will do."""
    return float(header) if re.fullmatch(r"\d{1,5}", header) else HURRY
