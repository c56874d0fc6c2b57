"""A real SMTP server on a loopback port, with a certificate of its own, and what it was given."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.delivery.smtp import MailServer, Server

USER, PASSWORD = "relais", "a password of this test"
Refuse = str
"""What the server says instead of yes: ``450 4.2.0 greylisted``."""
Trouble = Callable[[SMTP], Any]
"""What happens instead of an answer; may return something to await."""


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """What a client needs to believe the server."""
    context = ssl.create_default_context()
    _authority().configure_trust(context)
    return context


def certificate(folder: Path) -> Path:
    """A file with the authority that `SSL_CERT_FILE` may name."""
    path = folder / "authority.pem"
    _authority().cert_pem.write_to_path(str(path))
    return path


def cut(server: SMTP) -> None:
    """Break the connection without a word."""
    assert server.transport is not None
    server.transport.abort()


async def silence(server: SMTP) -> None:
    """Say nothing any more."""
    await asyncio.Event().wait()


class PostOffice:
    """Takes letters; ``scripted`` says what happens instead, by command (``MAIL``, ``RCPT``, ``DATA``), each once."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[Envelope] = []
        """What has been accepted, or was about to be when the connection broke."""
        self.logins: list[str] = []
        self.connections = 0
        self.scripted: dict[str, list[Refuse | Trouble]] = {}
        self.unknown: set[str] = set()
        """Addresses that do not exist here."""
        self.password = PASSWORD
        self._open: set[asyncio.BaseTransport] = set()

    @classmethod
    @asynccontextmanager
    async def started(
        cls, security: Literal["starttls", "tls", "none"] = "starttls", port: int = 0
    ) -> AsyncIterator[PostOffice]:
        """Serve until the end of the block."""
        office = cls()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        _authority().issue_cert("localhost").configure_cert(context)
        loop = asyncio.get_running_loop()

        def protocol() -> SMTP:
            office.connections += 1
            return SMTP(
                office,
                hostname="localhost",
                ident="test",
                tls_context=context if security == "starttls" else None,
                require_starttls=security == "starttls",
                auth_required=security == "starttls",
                auth_require_tls=security == "starttls",
                authenticator=office._login,
                loop=loop,
            )

        listening = await loop.create_server(protocol, "localhost", port, ssl=context if security == "tls" else None)
        office.port = listening.sockets[0].getsockname()[1]
        try:
            yield office
        finally:
            listening.close()
            for one in office._open:
                one.close()
            await asyncio.sleep(0)

    def server(self, **changes: Any) -> Server:
        """How Relais is told of it."""
        return Server("localhost", self.port, "starttls", USER, PASSWORD)._replace(**changes)

    def client(self, server: Server | None = None, **changes: Any) -> MailServer:
        """Relais's side, which trusts the certificate."""
        return MailServer(server or self.server(), context=trusting(), **changes)

    @property
    def letters(self) -> list[EmailMessage]:
        """What has been accepted, as mail programs read it."""
        return [read(one) for one in self.taken]

    def _login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        good = (data.login, data.password) == (USER.encode(), self.password.encode())
        return AuthResult(success=good, handled=good)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._open.add(server.transport)  # type: ignore[arg-type]  # it is connected by now
        if (said := await self._instead("MAIL", server)) is not None:
            return said
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (said := await self._instead("RCPT", server)) is not None:
            return said
        if address in self.unknown:
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        taken = Envelope()
        taken.mail_from, taken.mail_options = envelope.mail_from, list(envelope.mail_options)
        taken.rcpt_tos, taken.content = list(envelope.rcpt_tos), envelope.content
        if (said := await self._instead("DATA", server, taken)) is not None:
            return said
        self.taken.append(taken)
        return "250 OK"

    async def _instead(self, command: str, server: SMTP, taken: Envelope | None = None) -> str | None:
        if not self.scripted.get(command):
            return None
        trouble = self.scripted[command].pop(0)
        if isinstance(trouble, str):
            return trouble
        if taken is not None:
            self.taken.append(taken)
        waiting = trouble(server)
        if waiting is not None:
            await waiting
        return "451 never heard"


def read(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    found = message_from_bytes(envelope.content, policy=default)
    assert isinstance(found, EmailMessage)
    return found
