"""The real bubbles of what is forecast, by the texts that will be sent."""

from __future__ import annotations

from datetime import datetime

import orjson

from bot.announcements.linked import linked_to
from bot.network.recipients import Recipient
from bot.pushes.ready import WEEK
from bot.pushes.reminded import reminded
from bot.texts import announced, duties
from bot.texts import issue as issues
from bot.texts.forecast import Going, Reminders, Watch
from bot.texts.issue import Told
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from bot.watch.composing import names
from handlers.again import Again
from locales import Html
from storage import campaigns, reminders
from storage.database import Transaction


class Bubbles:
    """Renders them."""

    def __init__(self, again: Again) -> None:
        self._again = again

    async def of(self, read: Transaction, one: Recipient, going: Going) -> Reply:
        """Return the bubble that somebody gets."""
        what, voice = going.what, self._again.voice(one.reader)
        if isinstance(what, Reminders):
            return await self._reminder(read, voice, one, what, going.at)
        if isinstance(what, Watch) and what.body is not None:
            calls = orjson.loads(await campaigns.body(read, what.body) or "[]")
            return Reply(Html("\n\n".join(call["parameters"].get("text", "") for call in calls)))
        if isinstance(what, Watch):
            told = Told(what.kind, what.day, what.entries, await names(read), what.content)
            return issues.issue(voice, told)
        return announced.bubble(voice, what.number, what.content, await linked_to(read, what.content))

    async def _reminder(
        self, read: Transaction, voice: Voice, one: Recipient, what: Reminders, at: datetime
    ) -> Reply:  # fmt: skip
        keys = [told.duty.key for told in what.told]
        before = await reminders.of_people(read, [one.reader.person or ""], keys, at - WEEK)
        shown = [reminded(told.duty, told.occasion, before) for told in what.told]
        return duties.reminder(voice, shown, at, belated=what.belated)
