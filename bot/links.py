"""The addresses that are somebody's own: the chat page, and the choice whether to receive letters."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from bot.clock import Clock
from bot.network.audiences import Reader
from bot.settings import Settings
from storage.database import Database, open_database
from storage.network import fact, set_fact
from web.keys import sign_key

KEY_LIFE = timedelta(days=180)
"""How long a personal link opens the page."""
_LETTERS_LIFE = timedelta(days=3650)
"""How long a link refuses letters: as long as anybody keeps the letter."""
_SIGNING = "web_secret"


async def signing_secret(database: Database) -> str:
    """Return the secret that signs personal links, made at the first call and kept in the database."""
    async with database.transaction() as tx:
        secret = await fact(tx, _SIGNING)
        if secret is None:
            secret = secrets.token_urlsafe(32)
            await set_fact(tx, _SIGNING, secret)
    return secret


def personal_link(settings: Settings, clock: Clock, secret: str) -> Callable[[Reader], str | None]:
    """Return what gives a reader's own address of the page: None where there is none, or where one may choose."""

    def link(reader: Reader) -> str | None:
        if not settings.on_telegram or settings.web_url is None or reader.person is None:
            return None
        return page_of(settings, secret, reader.person, clock.now())

    return link


async def page_link(settings: Settings, person: str, now: datetime) -> str:
    """Return the address at which the person of that code opens the page, for 180 days from ``now``."""
    database = await open_database(settings.database)
    try:
        return page_of(settings, await signing_secret(database), person, now)
    finally:
        await database.close()


def page_of(settings: Settings, secret: str, person: str, now: datetime) -> str:
    """Return the address at which the person of that code opens the page, for 180 days from ``now``."""
    return f"{settings.web_url}/?key={sign_key(secret, person, now + KEY_LIFE)}"


def issue_page(settings: Settings, clock: Clock, secret: str) -> Callable[[date, str], str | None]:
    """Return what gives the address of an issue's page in a language, which may be passed on; None without pages."""

    def page(month: date, language: str) -> str | None:
        if not settings.serves_web or (settings.on_telegram and settings.web_url is None):
            return None
        base = settings.web_url or f"http://{settings.web_host}:{settings.web_port}"
        begins = datetime(month.year, month.month, 1, tzinfo=clock.now().tzinfo)
        key = sign_key(secret, f"{month:%Y-%m}", begins + _LETTERS_LIFE, "issue")
        return f"{base}/watch?{urlencode({'key': key, 'language': language})}"

    return page


def letters_of(settings: Settings, secret: str, person: str, language: str, now: datetime) -> str:
    """Return the address at which the person of that code has no more letters; the page speaks that language."""
    key = sign_key(secret, person, now + _LETTERS_LIFE, "letters")
    return f"{settings.web_url}/letters?{urlencode({'key': key, 'language': language})}"
