"""The request layer that opens sockets: pyreqwest, one pool of connections, kept alive.

python-telegram-bot brings its own on httpx, at many times the CPU a message, and tells neither whether a connection
was made at all nor whether it was Telegram that answered (``docs/decisions/0004-updates.md``).
"""

from __future__ import annotations

import re
from datetime import timedelta

from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PoolTimeoutError, RequestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.request import RequestBuilder
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.delivery.telegram import HURRY, NotConnectedError, TooFastError

CONNECT_TIMEOUT = 10.0
"""Seconds until a connection that is not made, or no place among the connections, is given up."""
READ_TIMEOUT = 30.0
"""Seconds until a call that does not end is given up."""
_SENDING = 60.0
"""Seconds that a call with files may take beyond that: an upload over a slow line."""
_KEPT = 30.0
"""Seconds that an idle connection is kept: fewer than Telegram keeps it, so that we are the first to close it."""
_CONNECTING = "client error (Connect)"
"""What stands among an error's causes if it ended the connection's making; the types of errors do not tell."""


class HttpRequest(BaseRequest):
    """Makes requests over one pool of connections; an async context manager.

    Its errors hold no addresses: they may hold the token, or a proxy's password.
    """

    def __init__(
        self,
        *,
        connections: int = 100,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
        proxy: str | None = None,
    ) -> None:
        """Take how many connections are open at most, the timeouts in seconds, and a proxy's address.

        A proxy is ``http``, ``https``, ``socks5`` or ``socks5h`` (which also finds the names), with user and password
        where it asks for them.
        """
        self._connections, self._connect, self._read, self._proxy = connections, connect_timeout, read_timeout, proxy
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until a call is given up, where it does not say otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; connections are made when they are needed."""
        if self._client is not None:
            return
        connecting = timedelta(seconds=self._connect)
        builder = (
            ClientBuilder()
            .http1_only()
            .follow_redirects(False)
            .max_connections(self._connections)
            .connect_timeout(connecting)
            .pool_timeout(connecting)
            .timeout(timedelta(seconds=self._read))
            .pool_idle_timeout(timedelta(seconds=_KEPT))
        )
        proxied = builder.no_proxy() if self._proxy is None else builder.proxy(ProxyBuilder.all(self._proxy))
        self._client = proxied.build()

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._client is not None:
            await self._client.close()
            self._client = None

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
        if self._client is None:
            raise RuntimeError("the request layer is used before `initialize`")
        failure: TelegramError
        try:
            return await _exchange(self._request(self._client, url, method, request_data, read_timeout))
        except RequestError as error:
            failure = _failure(error)
        except ValueError:
            failure = NotConnectedError("no connection was made (the address cannot be read)")
        raise failure  # outside of `except`: what pyreqwest raised must not be printed as its context

    def _request(
        self, client: Client, url: str, method: str, form: RequestData | None, read_timeout: object
    ) -> RequestBuilder:
        request = client.request(method, url)
        read = float(read_timeout) if isinstance(read_timeout, int | float) else self._read
        if form is not None and form.contains_files:
            return request.multipart(_multipart(form)).timeout(timedelta(seconds=read + _SENDING))
        if read != self._read:
            request = request.timeout(timedelta(seconds=read))
        if form is None:
            return request
        return request.header("Content-Type", "application/json").body_bytes(form.json_payload)


async def _exchange(request: RequestBuilder) -> tuple[int, bytes]:
    response = await request.build().send()
    payload = bytes(await response.bytes())
    if response.status == 429 and b'"retry_after"' not in payload:
        raise TooFastError(_retry_after(response.get_header("Retry-After") or ""))
    return response.status, payload


def _multipart(form: RequestData) -> FormBuilder:
    data = FormBuilder().percent_encode_noop()  # Telegram shows a name that is percent-encoded as it is
    for name, value in form.json_parameters.items():
        data = data.text(name, value)
    for name, (file_name, content, media_type) in form.multipart_data.items():
        raw = content if isinstance(content, bytes) else content.read()
        data = data.part(name, PartBuilder.from_bytes(raw).file_name(file_name).mime(media_type))
    return data


def _failure(error: RequestError) -> TelegramError:
    """Tell by an error's causes whether anything was sent; where they do not say, it may have been."""
    causes = [cause["message"].partition(" (os error")[0] for cause in error.details["causes"] or ()]
    if isinstance(error, PoolTimeoutError):
        return NotConnectedError("no connection was made (none was free)")
    if _CONNECTING in causes:
        return NotConnectedError(f"no connection was made ({causes[-1]})")
    if isinstance(error, TimeoutError):
        return TimedOut()
    return NetworkError(f"the connection failed ({type(error).__name__})")


def _retry_after(header: str) -> float:
    """Return the seconds that a ``Retry-After`` header asks for; a date is not worth reading, a few seconds will do."""
    return float(header) if re.fullmatch(r"\d{1,5}", header) else HURRY
