"""Wires e-mail: the channel itself, and what takes letters that come back."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from email.utils import parseaddr

from bot.clock import Clock
from bot.delivery import bounces
from bot.delivery.email import EMAIL, EmailApi
from bot.delivery.mime import Sender
from bot.delivery.outcome import Api
from bot.delivery.pace import Limits, Pace
from bot.delivery.smtp import PORTS, MailServer, Server
from bot.links import letters_of, page_of
from bot.settings import Settings
from locales import Catalogues
from storage.database import Database
from web.bounces import BounceHook


@contextlib.asynccontextmanager
async def email_channel(
    settings: Settings,
    database: Database,
    catalogues: Catalogues,
    clock: Clock,
    secret: str,
    apis: dict[str, Api],
    paces: dict[str, Pace],
) -> AsyncIterator[None]:
    """Add the channel for letters, and its pace, to those that are served, if a mail server is set."""
    if settings.smtp_host is None:
        yield
        return
    name, address = parseaddr(settings.smtp_from or "")
    reply_to = parseaddr(settings.smtp_reply_to)[1] if settings.smtp_reply_to else None
    async with mail_server(settings) as server:
        apis[EMAIL] = EmailApi(
            database,
            server,
            Sender(name, address, reply_to),
            catalogues,
            clock,
            page=lambda person, _: page_of(settings, secret, person, clock.now()),
            unsubscribe=lambda person, language: letters_of(settings, secret, person, language, clock.now()),
            secret=secret,
            bounces=parseaddr(settings.bounce_address)[1] if settings.bounce_address else None,
        )
        paces[EMAIL] = Pace(Limits(overall=settings.smtp_rate))
        yield


def mail_server(settings: Settings) -> MailServer:
    """Return the mail server that is set."""
    assert settings.smtp_host is not None
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
    port = settings.smtp_port or PORTS[settings.smtp_security]
    return MailServer(Server(settings.smtp_host, port, settings.smtp_security, settings.smtp_user, password))


def bounce_hook(settings: Settings, database: Database, clock: Clock, secret: str) -> BounceHook | None:
    """Return what takes letters that come back over the web; None if no secret is set for it."""
    if settings.bounce_secret is None:
        return None

    async def note(raw: bytes) -> bool:
        return await bounces.note(database, raw, secret, clock.now())

    return BounceHook(settings.bounce_secret.get_secret_value(), note, bounces.LARGEST)
