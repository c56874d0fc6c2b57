"""A Bot API server on a loopback port: it keeps updates until they are acknowledged, and every call as it travelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import BodyPartReader, web

from tests.support.capture import ok, refusal
from tests.support.phone import Phone

TOKEN = "1234567:" + "t" * 35
Params = dict[str, Any]
Files = dict[str, tuple[str, bytes]]
"""Name and content by form field."""
Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Served:
    """A call that arrived: its parameters as they travelled, in which run of the bot."""

    method: str
    params: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    run: int = 0

    @property
    def for_check(self) -> dict[str, Any]:
        """The call as `tests/botapi/check_calls.py` reads it."""
        return {"method": self.method, "params": self.params, "files": self.files}


class BotServer:
    """Answers one bot; `scripted` holds answers to give instead, by method, each once."""

    def __init__(self, pause: float = 0.0) -> None:
        """`pause` is how long (seconds) an answer takes."""
        self.root = ""
        self.calls: list[Served] = []
        self.polls: list[dict[str, Any]] = []
        """What was asked with every getUpdates."""
        self.run = 0
        self.scripted: dict[str, list[Respond]] = {}
        self._pause = pause
        self._updates: list[dict[str, Any]] = []
        self._phones: dict[int, Phone] = {}
        self._changed = asyncio.Condition()

    @classmethod
    @asynccontextmanager
    async def started(cls, pause: float = 0.0) -> AsyncIterator[BotServer]:
        """Serve on a free port until the end of the block."""
        server = cls(pause)
        async with server.listening():
            yield server

    @asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncIterator[int]:
        """Serve at a port (0: any free one) until the end of the block; yields the port."""
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        port = runner.addresses[0][1]
        self.root = f"http://127.0.0.1:{port}"
        try:
            yield port
        finally:
            await runner.cleanup()

    async def give(self, updates: Iterable[dict[str, Any]]) -> None:
        """Have updates fetched; one that is given twice is fetched twice."""
        async with self._changed:
            self._updates += updates
            self._changed.notify_all()

    async def until(self, reached: Callable[[], bool], seconds: float = 20.0) -> None:
        """Return once `reached` says so, asked after every call that arrives; fails after `seconds`."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(reached)

    def phone(self, chat: int) -> Phone:
        """What is shown in that chat."""
        return self._phones.setdefault(chat, Phone(chat))

    def made(self, method: str) -> list[Served]:
        """The calls of that method, in the order in which they arrived."""
        return [call for call in self.calls if call.method == method]

    @property
    def texts(self) -> list[str]:
        """The texts of the messages that arrived."""
        return [call.params["text"] for call in self.made("sendMessage")]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, files = await _read(request)
        sizes = {name: {"filename": file[0], "size": len(file[1])} for name, file in files.items()}
        async with self._changed:
            self._keep(Served(method, params, sizes, self.run))
            self._changed.notify_all()
        if self.scripted.get(method):
            return await self.scripted[method].pop(0)(request)
        met = await self.meet(request, method, params)
        if met is not None:
            return met
        code, body = await self._answer(request.match_info["token"], method, params, files)
        async with self._changed:
            self._changed.notify_all()
        return web.Response(status=code, body=body, content_type="application/json")

    async def meet(self, request: web.Request, method: str, params: Params) -> web.StreamResponse | None:
        """What a stricter server answers; None: as usual."""
        return None

    def _keep(self, call: Served) -> None:
        if call.method == "getUpdates":
            self.polls.append(call.params)
        else:
            self.calls.append(call)

    async def _answer(self, token: str, method: str, params: Params, files: Files) -> tuple[int, bytes]:
        if token != TOKEN:
            return refusal(401, "Unauthorized")
        if method == "getUpdates":
            return ok(await self._next(int(params.get("offset", 0)), float(params.get("timeout", 0))))
        if self._pause:
            await asyncio.sleep(self._pause)
        if method == "getMe":
            return ok({"id": 1, "is_bot": True, "first_name": "Relais", "username": "relais_bot"})
        if "chat_id" not in params:
            return ok(True)
        return ok(self.phone(int(params["chat_id"])).show(method, as_form(params), files))

    async def _next(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        async with self._changed:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait_for(lambda: bool(self._updates))
            except TimeoutError:
                return []
            return self._updates[:100]


def respond(code: int, body: bytes, content_type: str = "application/json", **headers: str) -> Respond:
    """An answer for `scripted`."""

    async def answer(request: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, body=body, content_type=content_type, headers=named)

    return answer


async def cut(request: web.Request) -> web.StreamResponse:
    """An answer for `scripted`: the connection breaks in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"ok": tr')
    assert request.transport is not None
    request.transport.abort()
    return response


def as_form(params: Params) -> dict[str, str]:
    """Parameters as a form carries them: texts as they are, everything else as JSON."""
    return {name: v if isinstance(v, str) else orjson.dumps(v).decode() for name, v in params.items()}


async def _read(request: web.Request) -> tuple[Params, Files]:
    if request.content_type == "application/json":
        return dict(orjson.loads(await request.read())), {}
    if not request.content_type.startswith("multipart/"):
        return {name: str(value) for name, value in (await request.post()).items()}, {}
    params: Params = {}
    files: Files = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name is not None
        content = bytes(await part.read())
        if part.filename:
            files[part.name] = (part.filename, content)
        else:
            params[part.name] = content.decode()
    return params, files
