"""Whether somebody receives letters: one button, and one click of a mail client (RFC 8058), without a cookie.

The address holds a key of its own that opens nothing else.  Opening it changes nothing: mail filters open every link.
"""

from __future__ import annotations

import html
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.network.languages import Language, guess
from bot.network.records import Person
from storage import mailboxes
from storage.database import Transaction
from storage.network import PEOPLE
from web.channel import WebChannel
from web.keys import read_key
from web.pages import Pages
from web.templates import filled, template
from web.words import accepted


class Letters:
    """Answers ``/letters`` and ``/letters/again``."""

    def __init__(self, channel: WebChannel, pages: Pages, secret: str) -> None:
        """Take the pages, for who has no key, and the secret that signs keys."""
        self._channel, self._pages, self._secret = channel, pages, secret
        self._template = template("letters")

    async def ask(self, request: Request) -> HTMLResponse:
        """Return the page with its one button: no more letters, or letters again."""
        async with self._channel.database.snapshot() as read:
            person = await self._person(read, request)
            mailbox = await mailboxes.of(read, person.id) if person and person.id else None
        if person is None:
            return self._pages.locked(request)
        stopped = mailbox is not None and mailbox.unsubscribed
        return self._page(request, person, "mail.stopped" if stopped else "mail.ask", stopped=stopped)

    async def stop(self, request: Request) -> HTMLResponse:
        """Write no more letters to this person from now on; done twice, it is done."""
        async with self._channel.database.transaction() as tx:
            person = await self._person(tx, request)
            if person is not None:
                await mailboxes.unsubscribe(tx, person.code, self._channel.clock.now())
        return self._page(request, person, "mail.stopped", stopped=True) if person else self._pages.locked(request)

    async def again(self, request: Request) -> HTMLResponse:
        """Write letters to this person again."""
        async with self._channel.database.transaction() as tx:
            person = await self._person(tx, request)
            if person is not None:
                await mailboxes.restore(tx, person.code)
        return self._page(request, person, "mail.restored", stopped=False) if person else self._pages.locked(request)

    async def _person(self, read: Transaction, request: Request) -> Person | None:
        code = read_key(self._secret, request.query_params.get("key", ""), self._channel.clock.now(), "letters")
        return await PEOPLE.get(read, code) if code else None

    def _page(self, request: Request, person: Person, text: str, *, stopped: bool) -> HTMLResponse:
        language = _language(request, person)
        say = self._channel.catalogues[language].say
        query = urlencode({"key": request.query_params["key"], "language": language})
        values = {
            "title": say("mail.title"),
            "text": say(text),
            "action": html.escape(f"/letters/again?{query}" if stopped else f"/letters?{query}"),
            "button": say("mail.undo" if stopped else "mail.unsubscribe"),
        }
        return filled(self._template, language, values)


def _language(request: Request, person: Person) -> Language:
    """Return the letter's language, else the person's, else the browser's."""
    asked = guess(request.query_params.get("language"))
    own = person.languages[0] if person.languages else None
    return asked or own or accepted(request.headers.get("accept-language", ""), "en")
