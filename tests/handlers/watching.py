"""The newsroom with what sends the watch off, and a clock that is moved forward, for tests."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from bot.delivery.broadcast import Broadcast
from bot.pushes.watching import Watching
from bot.texts.voice import Voice
from bot.watch.composing import Composing
from bot.watch.sharing import Sharing
from tests.handlers.announcing import HELENE, Newsroom, newsroom
from tests.members.network import CATALOGUES
from tests.support.people import Somebody
from tests.support.sample import ZONE

SERVED = ("telegram",)
HEADINGS = tuple(
    Voice.plain(catalogue.say(f"issue.heading.{kind}", month="")).rstrip(" ·")
    for catalogue in CATALOGUES.values()
    for kind in ("monthly", "weekly", "once")
)


class WatchRoom:
    """A newsroom in which issues are approved and go out."""

    def __init__(self, room: Newsroom) -> None:
        self.room, self.bot = room, room.bot
        self.watching = watching(room)

    async def approve(self, *, waive: bool = True) -> None:
        """Approve the issue that is made now, as the coordinator; what is not translated is done without."""
        await self.bot.say("/issue", HELENE)
        await self.bot.tap("Approuver…", HELENE)
        while waive and self.bot.phone(HELENE).last.button("Se passer de") is not None:
            await self.bot.tap("Se passer de", HELENE)
        if waive and self.bot.phone(HELENE).last.button("✓ Approuver") is None:
            await self.bot.tap("La veille", HELENE)
            await self.bot.tap("Approuver…", HELENE)
        await self.bot.tap("✓ Approuver", HELENE)

    async def until(self, moment: datetime) -> None:
        """Move the clock to that moment, and send all that is due."""
        self.bot.clock.advance(moment - self.bot.clock.now())
        await self.send()

    async def send(self) -> None:
        """Send what is due now."""
        for _ in range(3):
            await self.watching.go()
            for _ in range(4):
                await self.room.dispatcher.once()

    def issues(self, who: Somebody) -> list[str]:
        """The texts of the issues that somebody has; a long one comes in several bubbles, the last with buttons."""
        found: list[str] = []
        parts: list[str] = []
        for bubble in self.bot.phone(who).bubbles:
            if parts or bubble.text.startswith(HEADINGS):
                parts.append(bubble.text.replace("\u202f", " ").replace("\xa0", " "))
            if parts and bubble.button("?") is not None:
                found.append("\n\n".join(parts))
                parts = []
        return found


def watching(room: Newsroom, broadcast: Broadcast | None = None, sharing: Sharing | None = None) -> Watching:
    """What sends the watch off, as after a start."""
    sharing, composing = sharing or Sharing(ZONE, "en", SERVED), Composing(ZONE, "en")
    broadcast = broadcast or Broadcast(room.bot.database, SERVED)
    return Watching(
        room.bot.database, room.bot.clock, composing, sharing, broadcast, CATALOGUES, lambda month, language: None
    )


@contextlib.asynccontextmanager
async def watch_room(tmp_path: Path, sample_file: Path) -> AsyncIterator[WatchRoom]:
    """The assistant on the sample network, known to its readers."""
    async with newsroom(tmp_path, sample_file) as room:
        yield WatchRoom(room)
