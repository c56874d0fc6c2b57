"""How the end-to-end tests start the assistant: the one place to change when it is wired otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.delivery.http import AiohttpRequest
from bot.delivery.inbox import Inbox
from bot.delivery.polling import Poller
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.texts.reply import Button, File, Reply, Tap
from handlers.desk import Desk
from handlers.turn import Conversation, Turn
from locales import Catalogues, Html
from storage.database import open_database
from storage.migrate import migrate


@asynccontextmanager
async def assistant(root: str, token: str, folder: Path) -> AsyncIterator[None]:
    """An assistant at the Bot API server `root`, its files in `folder`, until the end of the block."""
    database = await open_database(f"sqlite:///{folder / 'relais.db'}")
    await migrate(database)
    clock = SystemClock()
    desk = Desk((_talk(folder),), Identify("UTC", "en"), Catalogues.load(), clock)
    try:
        async with AiohttpRequest() as request, asyncio.TaskGroup() as group:
            api = TelegramApi(request, root, token)
            inbox = Inbox(database, desk, clock, {"telegram": api})
            polling = group.create_task(Poller(api, inbox).run())
            group.create_task(inbox.run())
            try:
                yield
            finally:
                polling.cancel()
                inbox.stop()
    finally:
        await database.close()


def _talk(folder: Path) -> Conversation:
    async def start(turn: Turn) -> Reply:
        return Reply(Html(f"<b>Hello</b> {turn.incoming.user.name}"), ((Button("More", Tap.to("more", 2)),),))

    async def more(turn: Turn) -> Reply:
        return Reply(Html(f"Page {turn.tap.number(0)}"))

    async def minutes(turn: Turn) -> Reply:
        path = folder / "4711"
        path.write_bytes(b"%PDF-")
        return Reply(Html("Here:"), files=(File("procès-verbal.pdf", path, Html("<i>Minutes</i>")),))

    async def echo(turn: Turn) -> Reply:
        return Reply(Html("I read"), keyboard=(("Meetings",),))

    commands = {"start": start, "minutes": minutes}
    return Conversation("talk", commands=commands, taps={("more", 1): more}, words=echo)
