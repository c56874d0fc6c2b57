"""A bot for the fault tests, in a process of its own: it counts every message in the transaction that answers it.

    python -m tests.support.counting_bot http://127.0.0.1:8081 /tmp/relais.db

SIGTERM stops it; SIGKILL is what it is for.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.clock import SystemClock
from bot.delivery.calls import Call, calls_for
from bot.delivery.http import HttpRequest
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Update, read_update
from bot.delivery.patience import Sleep
from bot.delivery.polling import Poller
from bot.delivery.telegram import TelegramApi
from bot.texts.reply import Reply
from locales import Html
from storage.database import Database, Transaction, open_database
from storage.migrate import migrate
from tests.support.server import TOKEN

PLACES = 16
_EFFECTS = "CREATE TABLE IF NOT EXISTS effects (id {identity}, chat BIGINT, said TEXT)"


class CountingDesk:
    """Keeps what was said and answers with it; nothing hinders a second row for the same message."""

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        """Count the message in the transaction that answers it."""
        incoming = read_update(channel, update)
        if incoming is None:
            return ()
        await tx.execute("INSERT INTO effects (chat, said) VALUES ($1, $2)", incoming.chat, incoming.text)
        return calls_for(Reply(Html(f"{incoming.chat}:{incoming.text}")), incoming)

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        """Say nothing: the tests see that an effect is missing."""
        return ()


async def serve(root: str, database: Database, stopping: asyncio.Event, sleep: Sleep = asyncio.sleep) -> None:
    """Poll and answer until `stopping` is set; then answer what is under way."""
    async with HttpRequest() as request, asyncio.TaskGroup() as group:
        api = TelegramApi(request, root, TOKEN)
        inbox = Inbox(database, CountingDesk(), SystemClock(), {"telegram": api}, places=PLACES, sleep=sleep)
        polling = group.create_task(Poller(api, inbox, sleep=sleep).run())
        group.create_task(inbox.run())
        await stopping.wait()
        polling.cancel()
        inbox.stop()


@asynccontextmanager
async def counted(path: str | Path) -> AsyncIterator[Database]:
    """The database at `path`, with a table for what messages did."""
    database = await open_database(f"sqlite:///{path}")
    try:
        await migrate(database)
        await count_in(database)
        yield database
    finally:
        await database.close()


async def count_in(database: Database) -> None:
    """Make the table for what messages did, unless it is there."""
    async with database.transaction() as tx:
        await tx.execute(_EFFECTS.replace("{identity}", database.identity))


@asynccontextmanager
async def counting(root: str, database: Database, sleep: Sleep) -> AsyncIterator[None]:
    """The same bot in this process, until the end of the block."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(serve(root, database, stopping, sleep))
        try:
            yield
        finally:
            stopping.set()


async def effects(database: Database) -> list[tuple[int, str]]:
    """Chat and text of every message that took effect, in order."""
    async with database.snapshot() as read:
        return [(row[0], row[1]) for row in await read.fetch_all("SELECT chat, said FROM effects ORDER BY id")]


async def main(root: str, path: str) -> None:
    """Run until SIGTERM."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with counted(path) as database:
        await serve(root, database, stopping)


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(sys.argv[1], sys.argv[2]))
