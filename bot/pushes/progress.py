"""Edits one bubble in place while an announcement is on its way, at a modest pace, and once more when it is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime

import orjson

from bot.announcements.composing import read
from bot.announcements.course import Course, course_of
from bot.clock import Clock
from bot.delivery.calls import Call, bubbles
from bot.delivery.outcome import Api
from bot.members.identify import Identify
from bot.texts.announcement_report import progress
from bot.texts.voice import Voice
from locales import Catalogues
from storage import announcements
from storage.database import Database, Transaction

_OF_LATE = 20
"""Looks over which the pace is measured."""


class Progress:
    """Shows how far announcements have come, to whoever sent them off."""

    def __init__(
        self, database: Database, clock: Clock, apis: Mapping[str, Api], identify: Identify, catalogues: Catalogues
    ) -> None:
        self._database, self._clock, self._apis = database, clock, apis
        self._identify, self._catalogues = identify, catalogues
        self._shown: dict[int, str] = {}
        self._paces: dict[int, deque[tuple[datetime, int]]] = {}
        """By announcement: when it was looked at, and how much of it was done."""

    async def go(self) -> None:
        """Edit every bubble whose announcement has come further since; one that is over is edited a last time."""
        now = self._clock.now()
        async with self._database.snapshot() as tx:
            found = [await course_of(tx, read(one), now) for one in await announcements.shown(tx)]
            shown = [(one.announcement, await self._rendered(tx, one, now)) for one in found]
        for one, call in shown:
            if call is not None and self._shown.get(one.id) != call[1].parameters["text"]:
                await self._apis[call[0]].make(call[1])
                self._shown[one.id] = call[1].parameters["text"]
        over = [course.announcement.id for course in found if course.over]
        if over:
            async with self._database.transaction() as tx:
                for number in over:
                    self._shown.pop(number, None)
                    self._paces.pop(number, None)
                    await announcements.show_in(tx, number, None)

    async def _rendered(self, tx: Transaction, course: Course, now: datetime) -> tuple[str, Call] | None:
        place = orjson.loads(course.announcement.shown_in or "{}")
        if course.campaign is None or place.get("message") is None or place.get("channel") not in self._apis:
            return None
        reader = await self._identify.again(tx, place["account"])
        bubble = progress(Voice.of(self._catalogues, reader), course, self._pace(course, now))
        (call,) = bubbles(place["chat"], bubble, place["message"])
        return place["channel"], call

    def _pace(self, course: Course, now: datetime) -> float | None:
        """Return how many of its messages a second ended of late; None as long as that is not known."""
        seen = self._paces.setdefault(course.announcement.id, deque(maxlen=_OF_LATE))
        seen.append((now, course.done))
        seconds = (now - seen[0][0]).total_seconds()
        return (course.done - seen[0][1]) / seconds if seconds > 0 else None
