from __future__ import annotations

import traceback

import pytest
from telegram.error import TelegramError

from bot.delivery.calls import Call
from bot.delivery.http import HttpRequest
from bot.delivery.outcome import Outcome
from bot.delivery.telegram import TelegramApi
from tests.support.proxy import PASSWORD, Proxy
from tests.support.server import TOKEN, BotServer

HELLO = Call(method="sendMessage", parameters={"chat_id": 5, "text": "hello"})


async def make(proxy: str, root: str) -> Outcome:
    async with HttpRequest(proxy=proxy) as request:
        return await TelegramApi(request, root, TOKEN).make(HELLO)


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_a_call_goes_through_the_proxy(scheme: str) -> None:
    async with BotServer.started() as server, Proxy.started() as proxy:
        assert (await make(proxy.address(scheme), server.root)).kind == "sent"
        assert (proxy.reached, len(server.calls)) == ([server.root.removeprefix("http://")], 1)


async def test_a_proxy_that_is_not_there_means_that_nothing_was_sent() -> None:
    for scheme in ("http", "https", "socks5", "socks5h"):
        assert (await make(f"{scheme}://127.0.0.1:1", "https://api.telegram.org")).kind == "offline"


@pytest.mark.parametrize(
    ("scheme", "root", "kind"),
    [
        ("http", "https://api.telegram.org", "offline"),
        ("http", "http://127.0.0.1:1", "unknown"),
        ("socks5h", "https://api.telegram.org", "offline"),
    ],
)
async def test_a_proxy_that_refuses_the_password_is_told_without_it(scheme: str, root: str, kind: str) -> None:
    async with Proxy.started() as proxy:
        address = proxy.address(scheme, "wr0ng")
        found = await make(address, root)
        assert found.kind == kind
        async with HttpRequest(proxy=address) as request:
            with pytest.raises(TelegramError) as caught:
                await TelegramApi(request, root, TOKEN).ask("getMe", {})
        assert proxy.reached == []
    told = "".join(traceback.format_exception(caught.value)) + repr(found) + repr(request)
    assert not any(secret in told for secret in ("wr0ng", PASSWORD, TOKEN))
