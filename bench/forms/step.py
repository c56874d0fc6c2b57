"""What one step of a form costs from the update to the next question, beside python-telegram-bot's bare echo.

Usage, from the repository's root: ``python -m bench.forms.step``; Linux only (``/proc``).

Both are measured twice in the same run, in turns: ``alone``, with a request layer that opens no socket and answers from
a constant, and ``wire``, each as it is started, in a process of its own that polls a server on a loopback port.  CPU is
of the bot's process, all threads, per message.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from bench.forms.forms import texts
from bot.app import serve
from bot.clock import SimulatedClock
from bot.delivery.inbox import Inbox
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.settings import Settings
from handlers.desk import Desk
from locales import Catalogues
from storage.database import Database, open_database
from storage.network import FORMS, QUESTIONS
from tests.support.people import Somebody, message, tap
from tests.support.sample import NOW, ZONE, sample_database
from tests.support.server import TOKEN, BotServer
from tests.support.whole import whole

ROUNDS, PEOPLE, STEPS = 5, 40, 10
ANSWER = "Sorting waste at the markets"
_SENT = b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"},"text":"."}}'
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Relais","username":"relais_bot"}}'
Echo = Application[Any, Any, Any, Any, Any, Any]


class Constant(BaseRequest):
    """Answers every call at once, from a constant."""

    @property
    def read_timeout(self) -> float:
        """Never waited for."""
        return 1.0

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: object, **named: object
    ) -> tuple[int, bytes]:
        """Make the body as it would travel, and answer."""
        assert url.endswith("getMe") or (request_data and request_data.json_payload)
        return 200, _ME if url.endswith("getMe") else _SENT


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send back what was written."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


def echoing(builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any]) -> Echo:
    """The smallest bot of the library."""
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    return application


def people() -> list[Somebody]:
    """Those who register."""
    return [Somebody(1_000 + number, f"P{number}", "en") for number in range(PEOPLE)]


def openings(number: int) -> list[dict[str, Any]]:
    """Everybody asks for the forms, and opens the one of that number under the first bubble of their chat."""
    asked = [message(place, 1, who, "/forms") for place, who in enumerate(people(), 1)]
    return asked + [tap(PEOPLE + place, 1, who, f"fm1:{number}:0:o") for place, who in enumerate(people(), 1)]


def answers() -> list[list[dict[str, Any]]]:
    """Everybody's first answer, everybody's second, and so on."""
    return [
        [message(step * PEOPLE + place, step + 1, who, ANSWER) for place, who in enumerate(people(), 1)]
        for step in range(2, STEPS + 2)
    ]


async def prepared(home: Path) -> int:
    """Put the sample network and one form into an empty home; return the form's number."""
    database = await sample_database(home)
    form, questions = texts(STEPS + 1)
    async with database.transaction() as tx:
        await FORMS.put(tx, form)
        for question in questions:
            await QUESTIONS.put(tx, question)
        kept = await FORMS.get(tx, form.code)
    await database.close()
    assert kept is not None
    return kept.id


def check(rows: list[Any]) -> None:
    """Every answer must be in a draft."""
    found = [len(orjson.loads(row[0])["answers"]) for row in rows]
    assert found == [STEPS] * PEOPLE, found


async def relais_alone(home: Path) -> float:
    """Seconds of CPU a step, without sockets."""
    number = await prepared(home)
    database = await open_database(f"sqlite:///{home / 'relais.db'}")
    catalogues, identify, clock = Catalogues.load(), Identify(ZONE, "en"), SimulatedClock(NOW)
    every = whole(home)
    api = TelegramApi(Constant(), "https://api.telegram.org", TOKEN)
    inbox = Inbox(database, Desk(every, identify, catalogues, clock), clock, {"telegram": api})
    async with asyncio.TaskGroup() as group:
        running = group.create_task(inbox.run())
        for update in openings(number):
            await inbox.receive("telegram", [update])
        await inbox.idle()
        began = time.process_time()
        for step in answers():
            for update in step:
                await inbox.receive("telegram", [update])
                await inbox.idle()
        spent = time.process_time() - began
        running.cancel()
    await drafts_checked(database)
    await database.close()
    return spent / (PEOPLE * STEPS)


async def drafts_checked(database: Database) -> None:
    """Look at what was kept."""
    async with database.snapshot() as read:
        check(await read.fetch_all("SELECT session FROM drafts"))


async def echo_alone() -> float:
    """Seconds of CPU an echo, without sockets."""
    application = echoing(ApplicationBuilder().token(TOKEN).request(Constant()).get_updates_request(Constant()))
    async with application:
        began = time.process_time()
        for step in answers():
            for raw in step:
                await application.process_update(Update.de_json(raw, application.bot))
        return (time.process_time() - began) / (PEOPLE * STEPS)


@asynccontextmanager
async def started(*words: str) -> AsyncIterator[int]:
    """This file in a process of its own, until the end of the block; gives its number."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.forms.step", *words)
    try:
        yield process.pid
    finally:
        process.kill()
        await process.wait()


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has taken, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def on_the_wire(server: BotServer, pid: int, first: list[dict[str, Any]]) -> float:
    """Seconds of CPU a message; ``first`` is given before, so that everything is loaded."""
    await server.give(first)
    await server.until(lambda: len(server.made("sendMessage") + server.made("editMessageText")) >= len(first), 120)
    began = cpu(pid)
    for step in answers():
        answered = len(server.texts) + PEOPLE
        await server.give(step)
        await server.until(lambda answered=answered: len(server.texts) >= answered, 120)  # type: ignore[misc]
    return (cpu(pid) - began) / (PEOPLE * STEPS)


async def relais_wire(home: Path) -> float:
    """Seconds of CPU a step, the assistant as ``relais run`` starts it."""
    number = await prepared(home)
    async with BotServer.started() as server, started("relais", server.root, str(home)) as pid:
        spent = await on_the_wire(server, pid, openings(number))
    database = await open_database(f"sqlite:///{home / 'relais.db'}")
    await drafts_checked(database)
    await database.close()
    return spent


async def echo_wire() -> float:
    """Seconds of CPU an echo, the library as it comes."""
    greetings = [message(place, 1, who, "Hello") for place, who in enumerate(people() * 2, 1)]
    async with BotServer.started() as server, started("echo", server.root) as pid:
        return await on_the_wire(server, pid, greetings)


def main() -> None:
    """Print medians in microseconds, and the median of the rounds' ratios."""
    if sys.argv[1:2] == ["echo"]:
        echoing(ApplicationBuilder().token(TOKEN).base_url(f"{sys.argv[2]}/bot")).run_polling()
        return
    if sys.argv[1:2] == ["relais"]:
        chosen = Settings.model_validate({"token": TOKEN, "api_url": sys.argv[2], "home": sys.argv[3]})
        asyncio.run(serve(chosen, SimulatedClock(NOW), say=lambda line: None))
        return
    for name in ("alone", "wire"):
        ours, bare = [], []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                ours.append(asyncio.run(relais_alone(Path(folder)) if name == "alone" else relais_wire(Path(folder))))
            bare.append(asyncio.run(echo_alone() if name == "alone" else echo_wire()))
        ratios = [step / reply for step, reply in zip(ours, bare, strict=True)]
        print(
            f"{name}: a form's step {statistics.median(ours) * 1e6:.0f} µs of CPU, an echo"
            f" {statistics.median(bare) * 1e6:.0f}, ratio {statistics.median(ratios):.2f}"
            f" ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
