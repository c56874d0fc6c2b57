"""When an announcement is sent: now, tomorrow morning of each reader, or at a moment that is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.announcements.content import Announcement, When
from bot.forms import moments
from bot.forms.around import Around
from bot.texts import announcements as texts
from bot.texts import dates
from bot.texts.announcements import MORNING
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts, Step, refreshed
from handlers.turn import Turn

_TRAVELS = "%Y%m%d-%H%M"


class Whens:
    """The steps about when it is sent."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self.steps: Mapping[str, Step] = {
            "when": self.show, "now": self._now, "tomorrow": self._tomorrow, "time": self._time, "at": self._chosen,
            "local": self._chosen, "urgent": self._urgent, "urgent-yes": self._urgent_yes,
            "not_urgent": self._not_urgent,
        }  # fmt: skip

    async def show(self, turn: Turn, one: Announcement) -> Reply:
        """Answer with when it may be sent."""
        await self._drafts.await_words(turn, None)
        return texts.when(turn.voice, one)

    async def written(self, turn: Turn, one: Announcement) -> Reply:
        """Take what was written as a day and an hour."""
        around = Around(today=turn.reader.today(turn.now), language=turn.reader.language)
        found = moments.read(turn.incoming.text, around, time(MORNING))
        example = self._example(turn)
        if found is None:
            problem = turn.voice.say("announce.time_unclear", example=dates.instant(turn.voice, example))
            return texts.write_time(turn.voice, one, example, problem)
        at = found.replace(tzinfo=turn.voice.zone)
        if at <= turn.now:
            problem = turn.voice.say("announce.time_past", moment=dates.instant(turn.voice, at))
            return texts.write_time(turn.voice, one, example, problem)
        await self._drafts.await_words(turn, None)
        return texts.which_clock(turn.voice, one, at)

    async def _now(self, turn: Turn, one: Announcement) -> Reply:
        return await self._keep(turn, one, When())

    async def _tomorrow(self, turn: Turn, one: Announcement) -> Reply:
        return await self._keep(turn, one, When(kind="local", day_and_hour=_plain(self._example(turn))))

    async def _time(self, turn: Turn, one: Announcement) -> Reply:
        await self._drafts.await_words(turn, {"id": one.id, "what": "time"})
        return texts.write_time(turn.voice, one, self._example(turn))

    async def _chosen(self, turn: Turn, one: Announcement) -> Reply:
        try:
            at = datetime.strptime(turn.tap.text(2) or "", _TRAVELS).replace(tzinfo=turn.voice.zone)
        except ValueError:
            return refreshed(turn, await self.show(turn, one))
        if turn.tap.text(1) == "local":
            return await self._keep(turn, one, When(kind="local", day_and_hour=_plain(at)))
        zone = turn.voice.zone.key
        return await self._keep(turn, one, When(kind="at", day_and_hour=_plain(at), time_zone=zone))

    async def _urgent(self, turn: Turn, one: Announcement) -> Reply:
        return texts.urgent_surely(turn.voice, one)

    async def _urgent_yes(self, turn: Turn, one: Announcement) -> Reply:
        return texts.when(turn.voice, await self._drafts.keep(turn, one, urgent=True))

    async def _not_urgent(self, turn: Turn, one: Announcement) -> Reply:
        return texts.when(turn.voice, await self._drafts.keep(turn, one, urgent=False))

    async def _keep(self, turn: Turn, one: Announcement, when: When) -> Reply:
        return await self._drafts.show(turn, await self._drafts.keep(turn, one, when=when))

    def _example(self, turn: Turn) -> datetime:
        """Return tomorrow morning by the coordinator's clock."""
        return datetime.combine(turn.reader.today(turn.now) + timedelta(days=1), time(MORNING), turn.voice.zone)


def _plain(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="minutes")
