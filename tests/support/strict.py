"""A Bot API server that enforces the documented limits, and meets messages with troubles that a test chooses."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.delivery.pace import UNLIMITED, Limits
from tests.support.capture import ok, refusal
from tests.support.server import BotServer, Params

Trouble = Callable[["StrictServer", web.Request, Params], Awaitable[web.StreamResponse]]
"""What a message meets instead of being accepted, or after it was."""
_JITTER = 0.02
"""Seconds by which arrivals may lie nearer than departures: sender and server share a busy machine."""
HTML = b"<html><body>Access denied</body></html>"


class StrictServer(BotServer):
    """Counts what it accepts: ``accepted`` is how often each text arrived in each chat."""

    def __init__(self, limits: Limits = UNLIMITED, pause: float = 0.0) -> None:
        """`pause` is how long (seconds) an answer takes."""
        super().__init__()
        self.limits, self.slowness = limits, pause
        self.accepted: Counter[tuple[int, str]] = Counter()
        self.moments: list[tuple[float, int]] = []
        """When which chat was written to, refusals of limits among them."""
        self.refused = 0
        """How often a limit was passed."""
        self.troubles: dict[int, list[Trouble]] = {}
        """What the next messages to a chat meet, each once."""
        self.for_all: Trouble | None = None
        """What every message meets."""
        self._windows: defaultdict[int | None, deque[float]] = defaultdict(deque)
        self._number = 0

    @classmethod
    @asynccontextmanager
    async def strict(cls, limits: Limits = UNLIMITED, pause: float = 0.0) -> AsyncIterator[StrictServer]:
        """Serve on a free port until the end of the block."""
        server = cls(limits, pause)
        async with server.listening():
            yield server

    @property
    def counts(self) -> dict[int, int]:
        """How many messages arrived, by chat."""
        found: Counter[int] = Counter()
        for (chat, _), times in self.accepted.items():
            found[chat] += times
        return found

    async def meet(self, request: web.Request, method: str, params: Params) -> web.StreamResponse | None:
        """Answer a message as its troubles say, or refuse it where a limit is passed."""
        if method != "sendMessage":
            return None
        chat = int(params["chat_id"])
        if self.over(chat):
            self.refused += 1
            return answered(refusal(429, "Too Many Requests: retry after 1", retry_after=1))
        if self.slowness:
            await asyncio.sleep(self.slowness)
        if self.for_all is not None:
            return await self.for_all(self, request, params)
        if self.troubles.get(chat):
            return await self.troubles[chat].pop(0)(self, request, params)
        return self.accept(params)

    def accept(self, params: Params) -> web.StreamResponse:
        """Let the message arrive."""
        chat = int(params["chat_id"])
        self.accepted[chat, params["text"]] += 1
        self._number += 1
        kind = "private" if chat > 0 else "supergroup"
        return answered(ok({"message_id": self._number, "date": 1, "chat": {"id": chat, "type": kind}}))

    def over(self, chat: int) -> bool:
        """Whether a limit is passed by a message to that chat now: any second, any minute of a group counts."""
        now = time.monotonic()
        self.moments.append((now, chat))
        each = (60.0, 60 * self.limits.group) if chat < 0 else (1.0, self.limits.chat)
        passed = False
        for window, (seconds, most) in ((None, (1.0, self.limits.overall)), (chat, each)):
            if most == float("inf"):
                continue
            recent = self._windows[window]
            while recent and recent[0] <= now - seconds + _JITTER:
                recent.popleft()
            passed = passed or len(recent) >= round(most)
            recent.append(now)
        return passed


def answered(answer: tuple[int, bytes]) -> web.Response:
    code, body = answer
    return web.Response(status=code, body=body, content_type="application/json")


def says(code: int, description: str, **parameters: int) -> Trouble:
    """Telegram's own refusal."""

    async def meet(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
        return answered(refusal(code, description, **parameters))

    return meet


def page(code: int, **headers: str) -> Trouble:
    """A page of something in between, which keeps the message from arriving."""

    async def meet(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, body=HTML, content_type="text/html", headers=named)

    return meet


async def reset(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
    """The connection breaks before the message is taken."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def lost(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
    """The message arrives, and the connection breaks before that is said."""
    server.accept(params)
    return await reset(server, request, params)


async def hidden(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
    """The message arrives, and something in between answers with a page of its own."""
    server.accept(params)
    return await page(502)(server, request, params)


def slow(seconds: float) -> Trouble:
    """The message arrives, and that is said so late."""

    async def meet(server: StrictServer, request: web.Request, params: Params) -> web.StreamResponse:
        response = server.accept(params)
        await asyncio.sleep(seconds)
        return response

    return meet


BLOCKED = says(403, "Forbidden: bot was blocked by the user")
TRANSIENT = says(403, "Forbidden: temporarily not allowed")
POISON = says(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 5")
NOT_FOUND = says(400, "Bad Request: chat not found")
BUSY = says(500, "Internal Server Error")
