"""The open pages, by chat."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]
LINE_LENGTH = 500
"""Events that may wait for one page; one that falls further behind is cut off, and asks for everything anew."""


class Line:
    """One open page: what it is to be told, in order."""

    def __init__(self, language: str) -> None:
        self.language = language
        """The language that the page's own words are in."""
        self._events: asyncio.Queue[Event | None] = asyncio.Queue(LINE_LENGTH + 1)

    def tell(self, event: Event) -> None:
        """Add an event; cuts the line if too many wait."""
        if self._events.qsize() < LINE_LENGTH:
            self._events.put_nowait(event)
        elif not self._events.full():
            self._events.put_nowait(None)

    async def next(self) -> Event | None:
        """Wait for the next event; None: the line is cut."""
        return await self._events.get()


class Hub:
    """Tells events to the pages of a chat, or to all."""

    def __init__(self) -> None:
        self._lines: dict[int, set[Line]] = {}

    @contextlib.contextmanager
    def open(self, chat: int, line: Line) -> Iterator[None]:
        """Keep a page among those of its chat while inside."""
        self._lines.setdefault(chat, set()).add(line)
        try:
            yield
        finally:
            self._lines[chat].discard(line)
            if not self._lines[chat]:
                del self._lines[chat]

    def lines(self, chat: int) -> list[Line]:
        """Return the open pages of a chat."""
        return list(self._lines.get(chat, ()))

    def chats(self) -> list[int]:
        """Return the chats that have an open page."""
        return list(self._lines)

    def tell(self, chat: int, event: Event) -> None:
        """Tell an event to every page of a chat."""
        for line in self.lines(chat):
            line.tell(event)
