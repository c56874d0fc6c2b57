"""``relais bounce``: a letter that came back, as mail servers pipe it."""

from __future__ import annotations

import asyncio
import sys

import typer

from bot.clock import SystemClock
from bot.delivery.bounces import LARGEST, note
from bot.links import signing_secret
from bot.settings import load_settings
from storage.database import open_database
from storage.migrate import migrate


def bounce_command() -> None:
    """Read a letter that came back from the standard input, and mark its mailbox."""
    raw = sys.stdin.buffer.read(LARGEST)
    if asyncio.run(_note(raw)):
        typer.echo("A mailbox is marked: no more letters go there.")


async def _note(raw: bytes) -> bool:
    database = await open_database(load_settings().database)
    try:
        await migrate(database)
        return await note(database, raw, await signing_secret(database), SystemClock().now())
    finally:
        await database.close()
