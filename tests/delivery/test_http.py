from __future__ import annotations

import asyncio
import socket
import traceback
from pathlib import Path

import pytest
from aiohttp import web
from telegram.error import TelegramError

from bot.delivery.calls import Call
from bot.delivery.courier import LONGEST_CALL
from bot.delivery.dispatcher import LEASE
from bot.delivery.http import _SENDING, CONNECT_TIMEOUT, READ_TIMEOUT, HttpRequest
from bot.delivery.outcome import Outcome
from bot.delivery.telegram import TelegramApi
from tests.support.server import TOKEN, BotServer, cut, respond

HELLO = Call(method="sendMessage", parameters={"chat_id": 5, "text": "សួស្តី <b>&amp;</b>"})


async def make(request: HttpRequest, root: str, call: Call = HELLO) -> Outcome:
    async with request:
        return await TelegramApi(request, root, TOKEN).make(call)


async def test_a_call_arrives_as_it_is() -> None:
    async with BotServer.started() as server:
        assert (await make(HttpRequest(), server.root)).kind == "sent"
        assert [(call.method, call.params) for call in server.calls] == [("sendMessage", HELLO.parameters)]


async def test_a_file_arrives_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "4711"
    path.write_bytes(b"content")
    files = {"document": ("compte rendu é.pdf", path)}
    call = Call(method="sendDocument", parameters={"chat_id": 5, "caption": "<b>é</b>"}, files=files)
    async with BotServer.started() as server:
        assert (await make(HttpRequest(), server.root, call)).kind == "sent"
        assert server.calls[0].params == {"chat_id": "5", "caption": "<b>é</b>"}
        assert server.calls[0].files == {"document": {"filename": "compte rendu é.pdf", "size": 7}}


async def test_calls_share_a_connection() -> None:
    ports = set()

    async def note(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername")[1])
        return web.Response(body=b'{"ok": true, "result": true}', content_type="application/json")

    async with BotServer.started() as server, HttpRequest() as request:
        server.scripted["sendMessage"] = [note] * 5
        api = TelegramApi(request, server.root, TOKEN)
        assert [(await api.make(HELLO)).kind for _ in range(5)] == ["sent"] * 5
    assert len(ports) == 1


async def test_a_port_where_nobody_listens_means_that_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        found = await make(HttpRequest(), f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert found == Outcome("offline", reason="no connection was made (Connection refused)")


async def test_a_name_that_nobody_has_means_that_nothing_was_sent() -> None:
    assert (await make(HttpRequest(), "http://nobody.invalid")).kind == "offline"


async def test_a_server_that_does_not_speak_tls_was_sent_nothing() -> None:
    async with BotServer.started() as server:
        found = await make(HttpRequest(), server.root.replace("http:", "https:"))
    reason = "no connection was made (received corrupt message of type InvalidContentType)"
    assert found == Outcome("offline", reason=reason)


async def test_a_connection_that_takes_too_long_to_make_means_that_nothing_was_sent() -> None:
    arrived, leave = asyncio.Event(), asyncio.Event()

    async def hold(request: web.Request) -> web.Response:
        arrived.set()
        await leave.wait()
        return web.Response(body=b'{"ok": true, "result": true}', content_type="application/json")

    async with BotServer.started() as server, HttpRequest(connections=1, connect_timeout=0.05) as request:
        server.scripted["getMe"] = [hold]
        api = TelegramApi(request, server.root, TOKEN)
        async with asyncio.TaskGroup() as group:
            group.create_task(api.make(Call(method="getMe", parameters={})))
            await arrived.wait()
            found = await api.make(HELLO)
            leave.set()
        assert found == Outcome("offline", reason="no connection was made (none was free)")
        assert server.made("sendMessage") == []


async def test_an_answer_that_does_not_come_leaves_the_outcome_unknown() -> None:
    leave = asyncio.Event()

    async def hold(request: web.Request) -> web.Response:
        await leave.wait()
        return web.Response()

    async with BotServer.started() as server:
        server.scripted["sendMessage"] = [hold]
        assert await make(HttpRequest(read_timeout=0.05), server.root) == Outcome("unknown", reason="Timed out")
        leave.set()


async def test_a_connection_that_breaks_in_the_answer_leaves_the_outcome_unknown() -> None:
    async with BotServer.started() as server:
        server.scripted["sendMessage"] = [cut]
        found = await make(HttpRequest(), server.root)
    assert found == Outcome("unknown", reason="the connection failed (BodyDecodeError)")


async def test_a_redirection_is_not_followed() -> None:
    async with BotServer.started() as server:
        server.scripted["sendMessage"] = [respond(307, b"", Location=f"{server.root}/bot{TOKEN}/sendMessage")]
        found = await make(HttpRequest(), server.root)
        assert found == Outcome("unknown", reason="HTTP 307 from something that is not Telegram")
        assert len(server.calls) == 1


@pytest.mark.parametrize(("header", "seconds"), [("17", 17.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 5.0), ("", 5.0)])
async def test_a_429_is_waited_out_as_its_header_says(header: str, seconds: float) -> None:
    async with BotServer.started() as server:
        server.scripted["sendMessage"] = [respond(429, b"slow down", "text/plain", Retry_After=header)]
        found = await make(HttpRequest(), server.root)
    assert (found.kind, found.seconds) == ("wait", seconds)


@pytest.mark.parametrize("root", ["http://127.0.0.1:1", "http://[broken", "no address at all", "http://nobody.invalid"])
async def test_an_error_does_not_tell_the_token(root: str) -> None:
    token = "".join(("4711", ":", "hidden"))
    async with HttpRequest() as request:
        with pytest.raises(TelegramError) as caught:
            await TelegramApi(request, root, token).ask("getMe", {})
    assert token not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


async def test_a_request_that_is_not_open_refuses_the_call() -> None:
    found = await TelegramApi(HttpRequest(), "http://127.0.0.1:1", TOKEN).make(HELLO)
    assert found == Outcome("refused", reason="an error of ours")


def test_the_longest_call_is_what_the_outbox_reckons_with() -> None:
    assert LONGEST_CALL.total_seconds() == CONNECT_TIMEOUT + READ_TIMEOUT + _SENDING
    assert LONGEST_CALL < LEASE
