"""Who may come in, and as whom: by a personal link, or in a sample network by choosing somebody to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.network.audiences import Reader
from bot.network.languages import guess
from storage import accounts
from storage.network import PEOPLE
from web.channel import CHANNEL, WebChannel
from web.keys import read_key
from web.people import STRANGER

_FIRST_STRANGER = 10**9
_VISITOR = re.compile(r"[0-9]{1,10}")


class Visitor(NamedTuple):
    """Somebody at the page; known to the network or not."""

    address: int
    """The chat: the number of the person's row, or of the browser of a stranger."""
    person: str | None
    name: str | None


class Door:
    """Reads who somebody is from the page's address: ``?key=…``; in a sample network also ``?as=…``."""

    def __init__(self, channel: WebChannel, *, sample: bool, secret: str) -> None:
        """Take the secret that signs personal links; with an empty one no link opens anything."""
        self._channel, self.sample, self._secret = channel, sample, secret

    async def who(self, query: Mapping[str, str]) -> Visitor | None:
        """Return who it is; None if nobody may come in with that."""
        if "key" in query:
            code = read_key(self._secret, query["key"], self._channel.clock.now())
            return await self._person(code) if code else None
        if not self.sample or "as" not in query:
            return None
        return _stranger(query.get("visitor", "")) if query["as"] == STRANGER else await self._person(query["as"])

    async def enter(self, visitor: Visitor, language_code: str | None) -> Reader:
        """Return the visitor's account, made now if this is the first time."""
        channel = self._channel
        language = guess(language_code) or "en"
        name = visitor.name or channel.catalogues[language].say("web.visitor")
        async with channel.database.transaction() as tx:
            now = channel.clock.now()
            reader = await channel.identify(tx, CHANNEL, visitor.address, str(name), language_code, now)
            if visitor.person is None or reader.person == visitor.person:
                return reader
            await accounts.link(tx, reader.account, visitor.person)
            return await channel.identify(tx, CHANNEL, visitor.address, str(name), language_code, now)

    async def _person(self, code: str) -> Visitor | None:
        async with self._channel.database.snapshot() as read:
            person = await PEOPLE.get(read, code)
        return Visitor(person.id, person.code, person.name) if person else None


def _stranger(number: str) -> Visitor | None:
    return Visitor(_FIRST_STRANGER + int(number), None, None) if _VISITOR.fullmatch(number) else None
