"""The web channel: what Telegram's servers are to Telegram, between the assistant and the open pages."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.texts.voice import Voice
from locales import Catalogues
from storage import accounts, web
from storage.database import Database, Transaction
from web import state
from web.errors import bad_request
from web.files import FileStore
from web.hub import Event, Hub, Line
from web.shown import ASSISTANT, Shown, message_of
from web.view import View, clock_label

CHANNEL = "web"
HISTORY = 200
"""Bubbles that a page shows when it opens."""


class Conversation:
    """One chat inside a transaction; what is told is sent to the open pages after the commit."""

    def __init__(self, tx: Transaction, chat: int, reader: Reader, chat_state: state.ChatState, now: int) -> None:
        self.tx, self.chat, self.reader, self.state = tx, chat, reader, chat_state
        self.now = now
        """Epoch seconds."""
        self.changed: list[Shown] = []
        self.events: list[Event] = []

    async def add(self, shown: Shown) -> Shown:
        """Keep a new bubble; its ``message_id`` is given here."""
        number = await web.last_message(self.tx, self.chat) + 1
        return await self.put(shown.model_copy(update={"message_id": number, "date": self.now}))

    async def put(self, shown: Shown) -> Shown:
        """Keep a bubble in place of what it was."""
        await web.put(self.tx, self.chat, shown.message_id, shown.model_dump_json(exclude_defaults=True))
        self.changed.append(shown)
        return shown

    async def get(self, message_id: int | None) -> Shown | None:
        """Return the bubble of that number."""
        body = await web.get(self.tx, self.chat, message_id) if message_id and message_id > 0 else None
        return Shown.model_validate_json(body) if body else None

    def message(self, shown: Shown, language_code: str | None = None) -> dict[str, Any]:
        """Return a bubble as a ``Message`` of the Bot API; ``language_code`` is that of the person's browser."""
        return message_of(shown, self.person(language_code), ASSISTANT)

    def person(self, language_code: str | None = None) -> dict[str, Any]:
        """Return who speaks as a ``User`` of the Bot API."""
        user = {"id": self.chat, "is_bot": False, "first_name": self.reader.name}
        return user | ({"language_code": language_code} if language_code else {})

    async def keep_state(self) -> None:
        """Keep what was changed of ``state``."""
        await state.keep(self.tx, self.chat, self.state)


class WebChannel:
    """Holds the conversations of the web, and knows which pages are open."""

    def __init__(
        self, database: Database, clock: Clock, identify: Identify, catalogues: Catalogues, folder: Path
    ) -> None:
        """Take the folder in which the files that go through the chats are kept."""
        self.database, self.clock, self.identify, self.catalogues = database, clock, identify, catalogues
        self.files = FileStore(folder)
        self.hub = Hub()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def conversation(self, chat: int) -> AsyncIterator[Conversation]:
        """Open a chat to change it; raises ApiError (chat not found) if nobody is there."""
        async with self._lock(chat):
            async with self.database.transaction() as tx:
                reader = await self._reader(tx, chat)
                now = int(self.clock.now().timestamp())
                conversation = Conversation(tx, chat, reader, await state.chat_state(tx, chat), now)
                yield conversation
            await self._tell(conversation)

    @contextlib.asynccontextmanager
    async def glance(self, chat: int) -> AsyncIterator[Conversation]:
        """Open a chat only to read it; raises ApiError (chat not found) if nobody is there."""
        async with self.database.snapshot() as read:
            reader = await self._reader(read, chat)
            now = int(self.clock.now().timestamp())
            yield Conversation(read, chat, reader, await state.chat_state(read, chat), now)

    def view(self, reader: Reader) -> View:
        """Return what this reader sees."""
        return View(Voice.of(self.catalogues, reader), self.clock)

    async def everything(self, chat: int) -> Event:
        """Return all that a page shows when it opens."""
        async with self.glance(chat) as found:
            view = self.view(found.reader)
            bodies = await web.recent(found.tx, chat, HISTORY)
            bubbles = [view.bubble(Shown.model_validate_json(body)) for body in bodies]
            profile = await state.profile(found.tx)
        return {
            "type": "hello",
            **view.reader(profile),
            **view.surroundings(found.state, profile),
            "me": found.reader.name,
            "messages": bubbles,
            "days": view.days(bubbles),
        }

    async def clock_of(self, chat: int) -> dict[str, str]:
        """Return the day and hour as the reader of that chat reads them."""
        async with self.glance(chat) as found:
            return clock_label(Voice.of(self.catalogues, found.reader), self.clock.now())

    @contextlib.asynccontextmanager
    async def profile(self) -> AsyncIterator[state.Profile]:
        """Open the assistant's profile to change it; every open page is told."""
        async with self._lock(state.PROFILE), self.database.transaction() as tx:
            profile = await state.profile(tx)
            yield profile
            await state.keep(tx, state.PROFILE, profile)
        for chat in self.hub.chats():
            await self.refresh(chat)

    async def refresh(self, chat: int, line: Line | None = None) -> None:
        """Tell the pages of a chat, or one of them, all that they show.

        Under the chat's lock, so that nothing newer than what is told here was told before it.
        """
        async with self._lock(chat):
            await self._refresh(chat, [line] if line else self.hub.lines(chat))

    async def _refresh(self, chat: int, lines: list[Line]) -> None:
        hello = await self.everything(chat) if lines else {}
        for one in lines:
            one.language = hello["language"]
            one.tell(hello)

    def _lock(self, chat: int) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())

    async def _reader(self, read: Transaction, chat: int) -> Reader:
        reader = await accounts.find(read, CHANNEL, chat, self.identify.network_zone)
        if reader is None:
            raise bad_request("chat not found")
        return reader

    async def _tell(self, conversation: Conversation) -> None:
        """Tell the open pages what was changed; all of it again if the reader's language is another now."""
        lines = self.hub.lines(conversation.chat)
        if any(line.language != conversation.reader.language for line in lines):
            await self._refresh(conversation.chat, lines)
            return
        view = self.view(conversation.reader) if lines else None
        for event in [*(view.message(shown) for shown in conversation.changed), *conversation.events] if view else []:
            self.hub.tell(conversation.chat, event)
