"""A bot for the fault tests, in a process of its own: it counts every message in the transaction that answers it.

    python -m tests.support.counting_bot http://127.0.0.1:8081 /tmp/relais.db

SIGTERM stops it; SIGKILL is what it is for.
"""

from __future__ import annotations

import asyncio
import signal
import sys

import structlog

from bot.clock import SystemClock
from bot.delivery.http import AiohttpRequest
from bot.delivery.inbox import Inbox
from bot.delivery.polling import Poller
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.texts.reply import Reply
from handlers.desk import Desk
from handlers.turn import Conversation, Turn
from locales import Catalogues, Html
from storage.database import Database, open_database
from storage.migrate import migrate
from tests.support.server import TOKEN

PLACES = 16
_EFFECTS = "CREATE TABLE IF NOT EXISTS effects (id INTEGER PRIMARY KEY AUTOINCREMENT, chat BIGINT, said TEXT)"


async def count(turn: Turn) -> Reply:
    """Keep what was said and answer with it; nothing hinders a second row for the same message."""
    said = turn.incoming.text
    await turn.tx.execute("INSERT INTO effects (chat, said) VALUES ($1, $2)", turn.incoming.chat, said)
    return Reply(Html(f"{turn.incoming.chat}:{said}"))


async def serve(root: str, database: Database, stopping: asyncio.Event) -> None:
    """Poll and answer until `stopping` is set; then answer what is under way."""
    clock = SystemClock()
    desk = Desk((Conversation("count", words=count),), Identify("UTC", "en"), Catalogues.load(), clock)
    async with AiohttpRequest() as request, asyncio.TaskGroup() as group:
        api = TelegramApi(request, root, TOKEN)
        inbox = Inbox(database, desk, clock, {"telegram": api}, places=PLACES)
        polling = group.create_task(Poller(api, inbox).run())
        group.create_task(inbox.run())
        await stopping.wait()
        polling.cancel()
        inbox.stop()


async def main(root: str, path: str) -> None:
    """Run until SIGTERM."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    database = await open_database(f"sqlite:///{path}")
    await migrate(database)
    async with database.transaction() as tx:
        await tx.execute(_EFFECTS)
    try:
        await serve(root, database, stopping)
    finally:
        await database.close()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(sys.argv[1], sys.argv[2]))
