"""The outbox's sender for the fault tests: in this process, or in one of its own.

    python -m tests.support.sender http://127.0.0.1:8081 sqlite:////tmp/relais.db --ahead 600 --lease 5

It ends when nothing is left to send.  SIGTERM stops it; SIGKILL and SIGSTOP are what it is for.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from bot.clock import SystemClock, monotonic
from bot.delivery import courier, dispatcher
from bot.delivery.calls import CALLS, Call
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.http import HttpRequest
from bot.delivery.pace import Limits, Pace
from bot.delivery.telegram import TelegramApi
from storage import campaigns, outbox
from storage.database import Database, open_database
from storage.outbox import IfUnknown, Message
from tests.support.server import TOKEN

PLACES = 32


class Ahead:
    """The machine's clock, ahead by some seconds, which may be changed."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


class Sender(Dispatcher):
    """A dispatcher on Telegram alone, that can be asked to end when nothing is left."""

    async def until(self, reached: Callable[[], object]) -> None:
        """Send until ``reached`` says so, asked many times a second."""
        self._stopping = False
        async with asyncio.TaskGroup() as group:
            group.create_task(self.run())
            while True:
                found = reached()
                if await found if asyncio.iscoroutine(found) else found:
                    break
                await asyncio.sleep(0.02)
            self.stop()


@asynccontextmanager
async def sender(
    root: str,
    database: Database,
    clock: Ahead | None = None,
    *,
    limits: Limits | None = None,
    times: float = 1.0,
    read_timeout: float = 30.0,
    places: int = PLACES,
) -> AsyncIterator[Sender]:
    """A sender in this process; it does not run yet.  It waits at so many times the usual speed."""

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / times)

    async with HttpRequest(read_timeout=read_timeout) as request:
        paces = {"telegram": Pace(limits)} if limits else {}
        api = TelegramApi(request, root, TOKEN)
        yield Sender(
            database, {"telegram": api}, clock or Ahead(), paces=paces, places=places, sleep=sleep,
            seconds=lambda: monotonic() * times,
        )  # fmt: skip


async def queue_many(
    database: Database, chats: Sequence[int], if_unknown: IfUnknown, name: str = "a", now: datetime | None = None,
    *, quiet: str | None = None,
) -> int:  # fmt: skip
    """Queue a campaign of one message each, which says the campaign's name and the chat; return its number."""
    now = now or SystemClock().now()
    at = int(now.timestamp())
    async with database.transaction() as tx:
        campaign = await campaigns.begin(tx, name, now)
        await campaigns.turn(tx, campaign, ("filling",), "running")
        rows = [
            Message(
                f"{name}:{chat}:telegram", "telegram", chat, at, said(f"{name} {chat}"), campaign=campaign,
                if_unknown=if_unknown, quiet=quiet,
            )
            for chat in chats
        ]  # fmt: skip
        await outbox.add_many(tx, rows, now)
    return campaign


def said(text: str) -> str:
    """The calls of a message with that text."""
    return CALLS.dump_json((Call(method="sendMessage", parameters={"chat_id": 0, "text": text}),)).decode()


async def ended(database: Database) -> Counter[str]:
    """How many rows are in which state."""
    async with database.snapshot() as read:
        return Counter(
            {row[0]: row[1] for row in await read.fetch_all("SELECT state, count(*) FROM outbox GROUP BY state")}
        )


async def fates(database: Database) -> dict[int, str]:
    """The state of every chat's row."""
    async with database.snapshot() as read:
        return {row[0]: row[1] for row in await read.fetch_all("SELECT address, state FROM outbox")}


async def all_settled(database: Database) -> bool:
    """Whether nothing is left to send."""
    found = await ended(database)
    return not found["queued"] and not found["leased"]


def hasten(lease: float) -> None:
    """Have leases last so long (seconds), and be looked after accordingly."""
    dispatcher.LEASE = timedelta(seconds=lease)  # type: ignore[misc]  # this process is a test's own
    courier.LONGEST_CALL = timedelta(seconds=lease / 4)  # type: ignore[misc]
    dispatcher._SWEEP = lease / 10
    dispatcher._LOOK = 0.1


async def main(arguments: argparse.Namespace) -> None:
    """Send until SIGTERM, or until nothing is left."""
    if arguments.lease:
        hasten(arguments.lease)
    database = await open_database(arguments.database)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    limits = Limits(overall=arguments.rate) if arguments.rate else None

    async def over() -> bool:
        return stopped.is_set() or await all_settled(database)

    try:
        async with sender(arguments.root, database, Ahead(arguments.ahead), limits=limits) as one:
            await one.until(over)
    finally:
        await database.close()


if __name__ == "__main__":
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(40),
    )
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("database")
    parser.add_argument("--ahead", type=float, default=0.0)
    parser.add_argument("--lease", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=0.0)
    asyncio.run(main(parser.parse_args()))
