"""Hands letters to a mail server, over a few connections that are kept while there is something to send."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Literal, NamedTuple, Self

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPException, SMTPResponseException

from bot.clock import monotonic
from bot.delivery.outcome import Kind, Outcome
from bot.delivery.replies import Stage, outcome_of

Security = Literal["starttls", "tls", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
CONNECTIONS = 4
_WHOLE = 90.0
"""Seconds that a letter takes at most, the wait for a free connection included: fewer than its lease leaves."""
_ANSWER = 15.0
"""Seconds until a connection that is not made is given up, and for each answer before the letter itself."""
_ACCEPT = 60.0
"""Seconds that the server may take to accept a letter that it has."""
_KEPT = 20.0
"""Seconds that an idle connection is used again: servers close theirs without a word."""
_BYE = 2.0
_CLOSING = 421
_CUT: dict[Stage, Kind] = {
    "waiting": "busy",
    "connecting": "offline",
    "sender": "busy",
    "recipient": "busy",
    "letter": "unknown",
}
"""What it means when nothing is heard any more: until the letter itself goes out, nothing can have arrived."""


class Server(NamedTuple):
    """Where letters are handed over."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str = ""


class _Way:
    """How far one letter has come."""

    def __init__(self) -> None:
        self.stage: Stage = "waiting"


class MailServer:
    """The mail server; an async context manager, at whose end the connections are closed."""

    def __init__(
        self,
        server: Server,
        *,
        context: ssl.SSLContext | None = None,
        seconds: Callable[[], float] = monotonic,
        patience: float = _WHOLE,
    ) -> None:
        """Take where it is; ``context`` says whom to trust (the system's authorities), ``patience`` is in seconds."""
        self._server, self._seconds, self._patience = server, seconds, patience
        self._context = context or ssl.create_default_context()
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._idle: list[tuple[SMTP, float]] = []

    async def __aenter__(self) -> Self:
        """Connections are made when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave."""
        while self._idle:
            await _leave(self._idle.pop()[0])

    async def deliver(self, sender: str, recipient: str, content: bytes) -> Outcome:
        """Hand the letter over; never raises for what the server does.

        The addresses are ASCII and the content is seven-bit; encryption that was asked for is never done without.
        """
        way = _Way()
        return await self._ended(way, lambda: self._hand_over(way, sender, recipient, content))

    async def try_out(self) -> Outcome:
        """Connect and log in, and send nothing; ``sent`` says that this went well."""
        way = _Way()
        way.stage = "connecting"
        return await self._ended(way, self._greet)

    async def _ended(self, way: _Way, work: Callable[[], Awaitable[None]]) -> Outcome:
        """Do the work within the time that there is, and return how it ended."""
        try:
            async with asyncio.timeout(self._patience), self._free:
                await work()
        except SMTPResponseException as error:
            return outcome_of(way.stage, error.code, error.message)
        except (SMTPException, OSError, TimeoutError) as error:
            own = type(error) is SMTPException  # the library's own words: no STARTTLS there, no way to log in
            return Outcome(_CUT[way.stage], reason=str(error) if own else type(error).__name__)
        return Outcome("sent")

    async def _greet(self) -> None:
        client = self._client()
        await client.connect()
        await _leave(client)

    async def _hand_over(self, way: _Way, sender: str, recipient: str, content: bytes) -> None:
        client = await self._announced(way, sender, len(content))
        async with self._kept_or_closed(client):
            way.stage = "recipient"
            await client.rcpt(recipient)
            way.stage = "letter"
            await client.data(content, timeout=_ACCEPT)

    async def _announced(self, way: _Way, sender: str, size: int) -> SMTP:
        """Return a connection that has taken the sender's name: one that is kept, unless it has gone stale."""
        way.stage = "sender"
        while self._idle:
            client, since = self._idle.pop()
            if client.is_connected and self._seconds() - since < _KEPT:
                try:
                    async with self._kept_or_closed(client, keep=False):
                        await client.mail(sender, options=_options(client, size))
                        return client
                except SMTPResponseException as error:
                    if error.code != _CLOSING:
                        raise
                except (SMTPException, OSError):
                    continue  # closed while nobody used it: nothing was sent
            client.close()
        way.stage = "connecting"
        client = self._client()
        await client.connect()
        way.stage = "sender"
        async with self._kept_or_closed(client, keep=False):
            if client.is_ehlo_or_helo_needed:  # without encryption and a name, nothing has been said yet
                await client.ehlo()
            await client.mail(sender, options=_options(client, size))
        return client

    @contextlib.asynccontextmanager
    async def _kept_or_closed(self, client: SMTP, *, keep: bool = True) -> AsyncIterator[None]:
        """Close the connection if it breaks; keep it for the next letter after an answer, good (``keep``) or bad."""
        try:
            yield
        except SMTPResponseException as error:
            if error.code == _CLOSING or not await _reset(client):
                client.close()
            else:
                self._idle.append((client, self._seconds()))
            raise
        except BaseException:
            client.close()
            raise
        if keep:
            self._idle.append((client, self._seconds()))

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password if server.user else None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=self._context,
            timeout=_ANSWER,
        )


def _options(client: SMTP, size: int) -> list[str]:
    """Say how long the letter is, and that a bounce need not bring all of it back, where the server understands."""
    known = {"size": f"SIZE={size}", "dsn": "RET=HDRS"}
    return [option for name, option in known.items() if client.supports_extension(name)]


async def _reset(client: SMTP) -> bool:
    try:
        await client.rset()
    except (SMTPException, OSError, TimeoutError):
        return False
    return True


async def _leave(client: SMTP) -> None:
    with contextlib.suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(_BYE):
            await client.quit()
    client.close()
