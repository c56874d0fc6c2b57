"""A burst of updates, and a bot that is killed again and again while it answers them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter, defaultdict
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.support.counting_bot import PLACES
from tests.support.people import Somebody, message
from tests.support.process import in_process
from tests.support.server import BotServer

EACH = 10
"""Messages of a chat."""
KILLS = (80, 230, 380, 530)
"""After how many answers the bot is killed."""
MANY_KILLS = tuple(range(40, 1_840, 45))
"""The same forty times, in `make test-long`."""


def running(server: BotServer, path: Path) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """A bot in a process of its own."""
    return in_process("tests.support.counting_bot", server.root, str(path))


def burst(chats: int) -> list[dict[str, object]]:
    """Every chat's messages, mixed: first everybody's first, then everybody's second."""
    people = [Somebody(1_000 + number, f"P{number}") for number in range(chats)]
    said = [(who, str(number)) for number in range(EACH) for who in people]
    return [message(500 + place, place + 1, who, text) for place, (who, text) in enumerate(said)]


@pytest.mark.parametrize(
    ("chats", "kills"),
    [(70, KILLS), pytest.param(200, MANY_KILLS, marks=pytest.mark.long)],
    ids=["four", "forty"],
)
async def test_a_burst_with_kills_is_handled_once_and_answered_at_least_once(
    tmp_path: Path, chats: int, kills: tuple[int, ...]
) -> None:
    path = tmp_path / "relais.db"
    async with BotServer.started(pause=0.005) as server:
        await server.give(burst(chats))
        for place in kills:
            async with running(server, path):
                await server.until(lambda place=place: len(server.calls) >= place, 60)  # type: ignore[misc]
            server.run += 1
        async with running(server, path) as process:
            await server.until(lambda: len(set(server.texts)) == chats * EACH, 60)
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 10) == 0
        repeated = repeats(server)
    every = {1_000 + number: [str(said) for said in range(EACH)] for number in range(chats)}
    assert effects(path) == every
    assert states(path) == {"answered": chats * EACH}
    assert first_answers(server) == every
    summary = f"{sum(repeated.values())} of {chats * EACH} answers repeated after {len(kills)} kills: {dict(repeated)}"
    print(summary)
    assert all(repeated[kill] <= PLACES for kill in range(len(kills))), summary
    assert sum(repeated.values()) == len(server.texts) - chats * EACH, summary


def effects(path: Path) -> dict[int, list[str]]:
    """What each chat's messages did, in the order in which they did it."""
    done = defaultdict(list)
    with sqlite3.connect(path) as connection:
        for chat, said in connection.execute("SELECT chat, said FROM effects ORDER BY id"):
            done[chat].append(said)
    connection.close()
    return done


def states(path: Path) -> dict[str, int]:
    """How many updates are in which state."""
    with sqlite3.connect(path) as connection:
        found = dict(connection.execute("SELECT state, count(*) FROM updates GROUP BY state"))
    connection.close()
    return found


def first_answers(server: BotServer) -> dict[int, list[str]]:
    """What each chat was answered, in order, without repeats."""
    said = defaultdict(list)
    for text in dict.fromkeys(server.texts):
        chat, _, number = text.partition(":")
        said[int(chat)].append(number)
    return said


def repeats(server: BotServer) -> Counter[int]:
    """How many answers were repeated because of each kill; one that no kill explains is counted under -1."""
    found: Counter[int] = Counter()
    runs: dict[str, int] = {}
    for call in server.made("sendMessage"):
        text = call.params["text"]
        if text in runs:
            found[runs[text] if call.run > runs[text] else -1] += 1
        runs[text] = call.run
    return found
