"""Every screen of the answers that a reader can come to, button by button."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from bot.delivery.incoming import Incoming, User
from bot.network.audiences import Reader
from bot.texts.reply import Reply, Tap
from bot.texts.voice import Voice
from handlers.actions import ACTIONS
from handlers.contacts import CONTACTS
from handlers.deadlines import DEADLINES
from handlers.documents import documents
from handlers.dues import DUES
from handlers.meetings import MEETINGS
from handlers.news import NEWS
from handlers.register import REGISTER
from handlers.turn import Turn
from storage.database import Transaction
from tests.support.sample import TABLES
from tests.texts.voices import CATALOGUES

CONVERSATIONS = (MEETINGS, DEADLINES, CONTACTS, documents(TABLES), NEWS, ACTIONS, DUES, REGISTER)
_TAPS = {screen: handler for conversation in CONVERSATIONS for screen, handler in conversation.taps.items()}


def turn_of(read: Transaction, reader: Reader, now: datetime, tap: Tap | None = None) -> Turn:
    """One tap, or one command, of that reader."""
    incoming = Incoming("telegram", 1, User(id=1), "tap" if tap else "command", 1, tap=tap)
    return Turn(read, now, reader, Voice.of(CATALOGUES, reader), incoming)


async def tapped(read: Transaction, reader: Reader, now: datetime, tap: Tap) -> Reply:
    """What a tap shows."""
    return await _TAPS[tap.screen, tap.version](turn_of(read, reader, now, tap))


async def screens(
    read: Transaction, reader: Reader, now: datetime, *, narrowed: bool = False
) -> AsyncIterator[tuple[str, Reply]]:
    """Give every screen with the tap that leads to it; where lists are narrowed further only if that is wanted."""
    seen: set[str] = set()
    waiting: list[Tap] = []
    for conversation in CONVERSATIONS:
        for command, handler in conversation.commands.items():
            reply = await handler(turn_of(read, reader, now))
            yield f"/{command}", reply
            waiting.extend(_taps(reply))
    while waiting:
        tap = waiting.pop()
        if tap.screen == "mf" and not narrowed:  # what a list can be narrowed by is the same from each of its pages
            tap = replace(tap, arguments=(*tap.arguments[:2], "0", *tap.arguments[3:]))
        if tap.data in seen or (tap.screen, tap.version) not in _TAPS:
            continue
        seen.add(tap.data)
        if not narrowed and tap.screen in ("e", "dl", "nw", "ac"):
            first = f"{tap.screen}{tap.arguments[0]}"
            if first in seen:
                continue
            seen.add(first)
        reply = await tapped(read, reader, now, tap)
        yield tap.data, reply
        waiting.extend(_taps(reply) if narrowed or not _is_narrow(tap) else ())


def _taps(reply: Reply) -> list[Tap]:
    return [button.tap for row in reply.buttons for button in row if button.tap]


def _is_narrow(tap: Tap) -> bool:
    return tap.screen == "m" and any(tap.arguments[2:])
