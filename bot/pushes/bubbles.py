"""What an announcement says to one reader, with what is sent along."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog

from bot.announcements.content import Content
from bot.announcements.linked import Linked
from bot.delivery.fetching import Fetch, GoneError
from bot.delivery.made import Made
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName
from bot.texts import announced
from bot.texts.event_calendar import event_calendar
from bot.texts.reply import File, Reply
from bot.texts.voice import Voice
from locales import Catalogues

_log = structlog.get_logger()


class Bubbles:
    """Renders announcements for their readers."""

    def __init__(self, catalogues: Catalogues, made: Made, files: Path, fetch: Fetch) -> None:
        """Take where made files are kept, the folder of the network's documents, and what fetches what people sent."""
        self._catalogues, self._made, self._files, self._fetch = catalogues, made, files, fetch

    def bubble(
        self, number: int, content: Content, linked: Linked, reader: Reader, channel: ChannelName, now: datetime,
        *, erratum: bool = False,
    ) -> Reply:  # fmt: skip
        """Render the announcement of that number; ``erratum``: it takes the place of a wrong one."""
        voice = Voice.of(self._catalogues, reader)
        files = [self._document(linked.document.file)] if linked.document and linked.document.file else []
        if linked.event is not None:
            files.append(self._made.file(f"{linked.event.code}.ics", event_calendar(voice, linked.event, now)))
        by_letter = tuple(files) if channel == "email" else ()  # in a chat, buttons give them
        return announced.bubble(voice, number, content, linked, by_letter, erratum=erratum)

    async def attached(self, content: Content) -> tuple[File, ...]:
        """Return what the coordinator has sent along; what its channel does not give any more is left out."""
        files = []
        for one in content.attached:
            try:
                held = await self._fetch(one.channel, one.handle)
            except GoneError:
                _log.error("an attached file is gone", channel=one.channel)
                continue
            files.append(self._made.file(one.name, held, photo=one.photo))
        return tuple(files)

    def _document(self, file: str) -> File:
        return File(Path(file).name, self._files / file)
