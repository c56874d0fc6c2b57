"""What lies between a bot and Telegram breaks, and mends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.capture import refusal
from tests.support.counting_bot import counted, counting, effects
from tests.support.people import LINH, SOKHA, Somebody, message
from tests.support.server import BotServer, Respond, cut, respond

HTML = b"<html><body>403 Forbidden</body></html>"


async def hurry(seconds: float) -> None:
    """Waits as the bot does, at a hundredth of the time."""
    await asyncio.sleep(seconds / 100)


async def test_an_update_given_in_two_batches_takes_effect_once(tmp_path: Path) -> None:
    async with BotServer.started() as server, counted(tmp_path / "relais.db") as database:
        await server.give([message(7, 1, LINH, "one"), message(7, 1, LINH, "one")])
        async with counting(server.root, database, hurry):
            await server.until(lambda: server.texts == [f"{LINH.id}:one"])
            await server.give([message(9, 3, LINH, "three"), message(7, 1, LINH, "one")])
            await server.until(lambda: len(server.texts) == 2 and server.polls[-1].get("offset") == 10)
        assert server.texts == [f"{LINH.id}:one", f"{LINH.id}:three"]
        assert await effects(database) == [(LINH.id, "one"), (LINH.id, "three")]


async def test_updates_of_a_chat_are_answered_in_order(tmp_path: Path) -> None:
    people = [Somebody(number, f"P{number}") for number in range(1, 6)]
    async with BotServer.started(pause=0.002) as server, counted(tmp_path / "relais.db") as database:
        await server.give([message(n, n, people[n % 5], str(n)) for n in range(1, 101)])
        async with counting(server.root, database, hurry):
            await server.until(lambda: len(server.texts) == 100)
    for who in people:
        answered = [text for text in server.texts if text.startswith(f"{who.id}:")]
        assert answered == [f"{who.id}:{n}" for n in range(1, 101) if people[n % 5] is who]


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(respond(*refusal(429, "Too Many Requests: retry after 2", retry_after=2)), id="429"),
        pytest.param(respond(429, HTML, "text/html", Retry_After="2"), id="429 of a proxy"),
        pytest.param(respond(403, HTML, "text/html"), id="403 of a proxy"),
        pytest.param(respond(502, HTML, "text/html"), id="502"),
        pytest.param(respond(200, HTML, "text/html"), id="200 of a proxy"),
        pytest.param(respond(302, b"", Location="https://elsewhere.example"), id="redirection"),
        pytest.param(respond(*refusal(500, "Internal Server Error")), id="500"),
        pytest.param(cut, id="cut"),
    ],
)
async def test_an_answer_that_meets_trouble_is_sent_again_and_the_next_ones_keep_their_order(
    tmp_path: Path, trouble: Respond
) -> None:
    async with BotServer.started() as server, counted(tmp_path / "relais.db") as database:
        server.scripted = {"sendMessage": [trouble], "getUpdates": [trouble]}
        async with counting(server.root, database, hurry):
            await server.give([message(1, 1, LINH, "one"), message(2, 2, LINH, "two")])
            await server.until(lambda: len(server.texts) == 3)
        assert server.texts == [f"{LINH.id}:one", f"{LINH.id}:one", f"{LINH.id}:two"]
        assert await effects(database) == [(LINH.id, "one"), (LINH.id, "two")]


async def test_what_is_written_while_telegram_is_out_of_reach_is_answered_when_it_is_back(tmp_path: Path) -> None:
    server, waited = BotServer(), asyncio.Event()

    async def notice(seconds: float) -> None:
        waited.set()
        await hurry(seconds)

    async with server.listening() as port:
        pass  # the port is known, and nobody listens there
    async with counted(tmp_path / "relais.db") as database, counting(server.root, database, notice):
        await asyncio.wait_for(waited.wait(), 10)
        async with server.listening(port):
            await server.give([message(1, 1, LINH, "before")])
            await server.until(lambda: len(server.texts) == 1)
        waited.clear()
        await server.give([message(2, 2, LINH, "during"), message(3, 1, SOKHA, "during")])
        await asyncio.wait_for(waited.wait(), 10)
        async with server.listening(port):
            await server.until(lambda: len(server.texts) == 3)
    assert sorted(server.texts[1:]) == [f"{SOKHA.id}:during", f"{LINH.id}:during"]


async def test_a_webhook_that_was_set_is_removed_and_nothing_is_dropped(tmp_path: Path) -> None:
    active = respond(*refusal(409, "Conflict: can't use getUpdates method while webhook is active"))
    async with BotServer.started() as server, counted(tmp_path / "relais.db") as database:
        server.scripted = {"getUpdates": [active]}
        await server.give([message(1, 1, LINH, "one")])
        async with counting(server.root, database, hurry):
            await server.until(lambda: server.texts == [f"{LINH.id}:one"])
        assert [call.params for call in server.made("deleteWebhook")] == [{"drop_pending_updates": False}]
