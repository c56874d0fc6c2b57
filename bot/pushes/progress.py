"""Edits one bubble in place while an announcement is on its way, at a modest pace, and once more when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import orjson

from bot.announcements.composing import read
from bot.announcements.content import Announcement
from bot.announcements.figures import standing
from bot.clock import Clock
from bot.delivery.calls import Call, bubbles
from bot.delivery.outcome import Api
from bot.members.identify import Identify
from bot.texts.announcement_report import Course, progress
from bot.texts.voice import Voice
from locales import Catalogues
from storage import announcements, campaigns
from storage.database import Database, Transaction


class Progress:
    """Shows how far announcements have come, to whoever sent them off."""

    def __init__(
        self, database: Database, clock: Clock, apis: Mapping[str, Api], identify: Identify, catalogues: Catalogues
    ) -> None:
        self._database, self._clock, self._apis = database, clock, apis
        self._identify, self._catalogues = identify, catalogues
        self._shown: dict[int, str] = {}

    async def go(self) -> None:
        """Edit every bubble whose announcement has come further since; one that is over is edited a last time."""
        now = self._clock.now()
        async with self._database.snapshot() as tx:
            found = [read(one) for one in await announcements.shown(tx)]
            shown = [(one, await self._rendered(tx, one, now)) for one in found]
        for one, call in shown:
            if call is not None and self._shown.get(one.id) != call[1].parameters["text"]:
                await self._apis[call[0]].make(call[1])
                self._shown[one.id] = call[1].parameters["text"]
        over = [one for one in found if one.state == "sent"]
        if over:
            async with self._database.transaction() as tx:
                for one in over:
                    self._shown.pop(one.id, None)
                    await announcements.show_in(tx, one.id, None)

    async def _rendered(self, tx: Transaction, one: Announcement, now: datetime) -> tuple[str, Call] | None:
        place = orjson.loads(one.shown_in or "{}")
        if one.campaign is None or place.get("message") is None or place.get("channel") not in self._apis:
            return None
        reader = await self._identify.again(tx, place["account"])
        counts = standing(await campaigns.progress(tx, one.campaign))
        course = Course(one, await campaigns.get(tx, one.campaign), counts)
        bubble = progress(Voice.of(self._catalogues, reader), course, now)
        (call,) = bubbles(place["chat"], bubble, place["message"])
        return place["channel"], call
