"""Somebody registers, step by step, with an assistant that is killed around every step and started again."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
from aiohttp import web

from bot.app import serve
from bot.clock import SimulatedClock
from bot.logs import set_up_logs
from storage.database import open_database
from tests.e2e.start import settings
from tests.forms.small import VISIT, form
from tests.handlers.filling import put
from tests.support.people import JOHN, message, tap
from tests.support.phone import Bubble
from tests.support.sample import NOW, linked
from tests.support.server import TOKEN, BotServer

_FORKS = multiprocessing.get_context("forkserver")
"""Starts processes that have imported everything: what takes seconds is the same each time, and nothing is kept."""
_PRELOADED = ["bot.app", "tests.faults.test_form_kill"]
_SECONDS = 60
MANY_KILLS = 40


class Act(NamedTuple):
    """What somebody does: writes ``text``, or taps the button whose data ends so."""

    text: str
    taps: bool = False
    key: str = ""
    """The question that is answered then; empty where the answer is not complete yet."""


def taps(end: str, key: str = "") -> Act:
    return Act(end, taps=True, key=key)


SMALL = (
    Act("/forms"), taps(":0:o"), Act("Mai", key="name"), Act("18/5", key="arrival"), taps(":p:yes", "stays"),
    taps(":p:2", "nights"), taps(":i:0", "meal"), taps(":t:0"), taps(":t:2"), taps(":d", "sights"),
    taps(":s", "remarks"), taps(":ok"),
)  # fmt: skip
SMALL_ANSWERS = {
    "name": "Mai", "arrival": "2027-05-18", "stays": "yes", "nights": 2, "meal": "rice", "sights": ["market", "river"],
    "remarks": None,
}  # fmt: skip
SAMPLE = (
    Act("/forms"), taps(":1:0:o"), Act("Trần Thị Mai", key="name"), Act("Engineer", key="function"),
    Act("Huế", key="city"), Act("mai@example.org", key="email"), Act("+84 234 382 2155", key="phone"),
    taps(":p:yes", "stays"), taps(":p:2", "nights"), Act("2027-04-12", key="arrival"), Act("14:30", key="arrival_time"),
    taps(":i:1", "diet"), taps(":i:0", "interpretation"), taps(":t:0"), taps(":t:3"), taps(":d", "sessions"),
    Act("I use a wheelchair.", key="access"), taps(":p:yes", "photos"), taps(":ok"),
)  # fmt: skip
SAMPLE_ANSWERS = {
    "name": "Trần Thị Mai", "function": "Engineer", "city": "hue", "email": "mai@example.org",
    "phone": "+842343822155", "stays": "yes", "nights": 2, "arrival": "2027-04-12", "arrival_time": "14:30",
    "diet": "vegetarian", "interpretation": "french", "sessions": ["markets", "centre"],
    "access": "I use a wheelchair.", "photos": "yes",
}  # fmt: skip


def assist(home: Path, root: str) -> None:
    """What the process does: what ``relais run`` does."""
    set_up_logs("ERROR")
    asyncio.run(serve(settings(home, token=TOKEN, api_url=root), SimulatedClock(NOW), say=lambda line: None))


class Assistant:
    """A process at a time, on one home."""

    def __init__(self, server: BotServer, home: Path) -> None:
        self.server, self.home = server, home
        self._process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> None:
        if self._process is None:
            self._process = _FORKS.Process(target=assist, args=(self.home, self.server.root), daemon=True)
            self._process.start()

    async def up(self) -> None:
        """Return once it asks for what came."""
        if self._process is None:
            polls = len(self.server.polls)
            self.start()
            await self.server.until(lambda: len(self.server.polls) > polls, _SECONDS)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._process = None
        self.server.run += 1
        self.server.scripted.clear()

    def close(self) -> None:
        if self._process is not None:
            self.kill()


class Step:
    """One act at the assistant, until it is answered."""

    def __init__(self, assistant: Assistant, update: dict[str, Any]) -> None:
        self.assistant, self.server = assistant, assistant.server
        self.answered = False
        self._update, self._given = update, False
        self._before = _shown(self.server)

    async def give(self) -> None:
        if not self._given:
            await self.server.give([self._update])
        self._given = True

    async def seen(self) -> Bubble:
        """Wait for a question or card, with its buttons, that was not on the phone before, and return it."""
        await self.server.until(lambda: bool(self._news()), _SECONDS)
        self.answered = True
        return self._news()[-1]

    def _news(self) -> list[Bubble]:
        bubbles = self.server.phone(JOHN.id).bubbles
        return [one for one in bubbles if one.buttons and (one.html, one.buttons) not in self._before]


def _shown(server: BotServer) -> set[tuple[str, Any]]:
    return {(one.html, one.buttons) for one in server.phone(JOHN.id).bubbles}


Kill = Callable[[Step], Awaitable[None]]


def while_it_starts(seconds: float) -> Kill:
    async def kill(step: Step) -> None:
        await step.give()
        step.assistant.start()
        await asyncio.sleep(seconds)
        step.assistant.kill()

    return kill


def as_it_comes(seconds: float) -> Kill:
    async def kill(step: Step) -> None:
        await step.assistant.up()
        await step.give()
        await asyncio.sleep(seconds)
        step.assistant.kill()

    return kill


async def before_the_answer_is_confirmed(step: Step) -> None:
    await step.assistant.up()
    killed = asyncio.Event()

    async def kill(request: web.Request) -> web.StreamResponse:
        step.assistant.kill()
        killed.set()
        return web.Response()

    step.server.scripted = {"sendMessage": [kill], "editMessageText": [kill]}
    await step.give()
    async with asyncio.timeout(_SECONDS):
        await killed.wait()


async def once_it_is_answered(step: Step) -> None:
    await step.assistant.up()
    await step.give()
    await step.seen()
    step.assistant.kill()


async def register(
    server: BotServer, home: Path, acts: Sequence[Act], answers: Mapping[str, Any], kills: Mapping[int, Sequence[Kill]]
) -> list[tuple[str, bytes]]:
    """Do everything in order, killed around some acts; return everything that was said, without repeats."""
    assistant, bubble, done = Assistant(server, home), Bubble(0), 0
    acknowledged: list[str] = []
    try:
        for place, act in enumerate(acts):
            step = Step(assistant, _update(place, act, bubble))
            for kill in kills.get(place, ()):
                await kill(step)
                acknowledged += [act.key] if step.answered and act.key not in ("", *acknowledged) else []
                check_draft(home, {key: answers[key] for key in acknowledged}, answers, done)
            await assistant.up()
            await step.give()
            bubble = await step.seen()
            acknowledged += [act.key] if act.key not in ("", *acknowledged) else []
            done += 1
    finally:
        assistant.close()
    assert acknowledged == list(answers)
    return list(dict.fromkeys(
        (call.params["text"], orjson.dumps(call.params.get("reply_markup"))) for call in server.calls
        if "text" in call.params
    ))  # fmt: skip


def _update(place: int, act: Act, bubble: Bubble) -> dict[str, Any]:
    if not act.taps:
        return message(500 + place, 500 + place, JOHN, act.text)
    found = [one.data for row in bubble.buttons for one in row if one.data and one.data.endswith(act.text)]
    assert found, f"nothing ends with {act.text}: {bubble}"
    return tap(500 + place, bubble.message_id, JOHN, str(found[0]))


def check_draft(home: Path, acknowledged: Mapping[str, Any], answers: Mapping[str, Any], done: int) -> None:
    """Nothing acknowledged is lost, nothing was taken in twice: a draft's version counts what was taken in."""
    rows = rows_of(home, "SELECT session, version FROM drafts")
    if not rows:
        assert done <= 1 or submissions(home) == [answers]
        return
    session, version = orjson.loads(rows[0][0]), rows[0][1]
    assert acknowledged.items() <= session["answers"].items()
    partial = {key: value for key, value in answers.items() if key in session["answers"]}
    assert session["answers"] == partial
    assert version in (done - 1, done)
    assert submissions(home) == []


def submissions(home: Path) -> list[Any]:
    return [orjson.loads(row[0]) for row in rows_of(home, "SELECT answers FROM submissions")]


def rows_of(home: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(home / "relais.db")) as connection:
        return connection.execute(query).fetchall()


@asynccontextmanager
async def served(home: Path, sample_file: Path, *, small: bool) -> AsyncIterator[BotServer]:
    """Telegram, and a home with the sample network, in which the small form stands instead of its own."""
    shutil.copytree(sample_file.parent, home)
    database = await open_database(settings(home).database)
    await linked(database, "tran-thi-mai", JOHN)
    if small:
        async with database.transaction() as write:
            for table in ("questions", "forms"):
                await write.execute(f"DELETE FROM {table}")
        await put(database, form(), VISIT)
    await database.close()
    async with BotServer.started() as server:
        yield server


async def compare(
    folder: Path, sample_file: Path, acts: Sequence[Act], answers: Mapping[str, Any], kills: Mapping[int, list[Kill]]
) -> None:
    """Register without kills and with them: what is said and what is kept must be the same."""
    _FORKS.set_forkserver_preload(_PRELOADED)
    small = acts is SMALL
    async with served(folder / "calm", sample_file, small=small) as server:
        calm = await register(server, folder / "calm", acts, answers, {})
    async with served(folder / "killed", sample_file, small=small) as server:
        killed = await register(server, folder / "killed", acts, answers, kills)
    assert server.run == sum(map(len, kills.values())) + 1
    assert killed[:-1] == calm[:-1]  # the last one names the submission, by a number drawn by lot
    assert len(killed) == len(calm)
    home = folder / "killed"
    assert submissions(home) == submissions(folder / "calm") == [answers]
    assert rows_of(home, "SELECT count(*) FROM drafts") == [(0,)]
    assert rows_of(home, "SELECT count(*), count(failure) FROM updates") == [(len(acts), 0)]


@pytest.mark.long
async def test_registration_goes_on_after_a_kill_at_every_step(tmp_path: Path, sample_file: Path) -> None:
    moments: tuple[Kill, ...] = (once_it_is_answered, as_it_comes(0.005), before_the_answer_is_confirmed)
    kills = {place: [moments[place % len(moments)]] for place in range(len(SMALL))}
    await compare(tmp_path, sample_file, SMALL, SMALL_ANSWERS, kills)


@pytest.mark.long
async def test_registration_goes_on_after_forty_kills_at_random_moments(tmp_path: Path, sample_file: Path) -> None:
    drawn = random.Random(40)
    kills: dict[int, list[Kill]] = {}
    for place, times in Counter(drawn.choices(range(len(SAMPLE)), k=MANY_KILLS)).items():
        for _ in range(times):
            starting = drawn.random() < 0.3
            kill = while_it_starts(drawn.uniform(0, 1)) if starting else as_it_comes(drawn.uniform(0, 0.06))
            kills.setdefault(place, []).append(kill)
    await compare(tmp_path, sample_file, SAMPLE, SAMPLE_ANSWERS, kills)
