"""Other people's idea of Telegram: `lo-bot-api-emulator`, behind a proxy that records what passes.

The emulator checks every call against a contract of its own and keeps the queue of updates.  What it does not know of
the Bot API is listed here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import orjson
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]  # it ships no types

from tests.botapi.check_calls import check_calls
from tests.support.capture import ok
from tests.support.people import Somebody, message, tap
from tests.support.phone import Bubble
from tests.support.server import TOKEN, BotServer, Files, Params, Served, as_form

UNKNOWN_PARAMETERS = {
    "sendMessage": ("link_preview_options", "protect_content"),
    "editMessageText": ("link_preview_options",),
    "sendDocument": ("protect_content",),
}
"""Taken out before a call is passed on."""
UNKNOWN_METHODS = (
    "sendPoll", "stopPoll", "sendContact", "sendLocation", "setMessageReaction",
    "setMyName", "setMyDescription", "setMyShortDescription",
)  # fmt: skip
"""Answered here."""
GET_ME = {"username": "relais_bot", "first_name": "Relais"}
"""Put over its `getMe`, which has no `username`."""

STILL_HELD = ("getUpdates", 409)
"""What a bot that starts again at once may hear: the emulator takes 0.1 s to see that the last poll is gone."""


class EmulatedTelegram(BotServer):
    """The proxy, and the people who write to the bot through it."""

    def __init__(self, emulator: LoBotApiEmulator, session: aiohttp.ClientSession, root: str) -> None:
        super().__init__()
        self.emulator = emulator
        self._session, self._behind = session, root
        self._number = 10_000

    @classmethod
    @asynccontextmanager
    async def emulated(cls) -> AsyncIterator[EmulatedTelegram]:
        """Start the emulator and the proxy on free loopback ports, until the end of the block."""
        emulator = LoBotApiEmulator()
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            session = await stack.enter_async_context(aiohttp.ClientSession())
            telegram = cls(emulator, session, f"http://127.0.0.1:{runner.addresses[0][1]}")
            await stack.enter_async_context(telegram.listening())
            yield telegram

    async def say(self, text: str, who: Somebody, seconds: float = 10.0) -> list[Bubble]:
        """Write to the bot and return what that changes in the chat, once something has changed."""
        return await self._send(who, message(0, self._count(), who, text), seconds)

    async def tap(self, label: str, who: Somebody, seconds: float = 10.0) -> list[Bubble]:
        """Tap a button of the newest bubble that has it, and return what that changes in the chat."""
        for bubble in reversed(self.phone(who.id).bubbles):
            button = bubble.button(label)
            if button is not None and button.data is not None:
                return await self._send(who, tap(self._count(), bubble.message_id, who, button.data), seconds)
        raise AssertionError(f"no button {label!r} in {[bubble.labels for bubble in self.phone(who.id).bubbles]}")

    def problems(self) -> list[str]:
        """What is wrong with the calls by Telegram's documentation, and what the emulator refused."""
        polls = [Served("getUpdates", params) for params in self.polls]
        ended = [(one["method"], one["status"]) for one in self.emulator.requests]
        refused = [
            f"{method}: {status}" for method, status in ended if status != 200 and (method, status) != STILL_HELD
        ]
        return check_calls([call.for_check for call in (*self.calls, *polls)]) + refused

    async def _send(self, who: Somebody, update: dict[str, Any], seconds: float) -> list[Bubble]:
        update.pop("update_id")  # the emulator numbers updates itself
        before = list(self.phone(who.id).bubbles)
        await self.emulator.enqueue_update(update, token=TOKEN)
        await self.until(lambda: self.phone(who.id).bubbles != before, seconds)
        return [bubble for bubble in self.phone(who.id).bubbles if bubble not in before]

    def _count(self) -> int:
        self._number += 1
        return self._number

    async def _answer(self, token: str, method: str, params: Params, files: Files) -> tuple[int, bytes]:
        if method in UNKNOWN_METHODS and "chat_id" not in params:
            return ok(True)
        if method in UNKNOWN_METHODS:
            return ok(self.phone(int(params["chat_id"])).show(method, as_form(params), files))
        known = {name: value for name, value in params.items() if name not in UNKNOWN_PARAMETERS.get(method, ())}
        code, answer = await self._pass_on(f"{self._behind}/bot{token}/{method}", known, files)
        if code == 200 and method == "getMe":
            return ok(answer["result"] | GET_ME)
        if code == 200 and "chat_id" in params:
            number = answer["result"]["message_id"] if isinstance(answer["result"], dict) else None
            self.phone(int(params["chat_id"])).show(method, as_form(params), files, number)
        return code, orjson.dumps(answer)

    async def _pass_on(self, url: str, params: Params, files: Files) -> tuple[int, Any]:
        data: bytes | aiohttp.FormData = orjson.dumps(params)
        headers = {"Content-Type": "application/json"}
        if files:
            data, headers = aiohttp.FormData(as_form(params), quote_fields=False), {}
            for name, (file_name, content) in files.items():
                data.add_field(name, content, filename=file_name)
        async with self._session.post(url, data=data, headers=headers) as response:
            return response.status, orjson.loads(await response.read())
