"""Tells coordinators some days before of an issue of the watch that nobody has approved, and when it was missed.

Every occasion is a row of ``reminders``, written with its bubble, as those of deadlines: nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.delivery.personal import Personal
from bot.network.audiences import Reader
from bot.network.languages import LANGUAGES
from bot.network.recipients import ChannelName, Recipient
from bot.network.workdays import first_workday
from bot.pushes.moments import QUARTER
from bot.texts.issue_nudge import Outlook, not_approved, not_sent
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from bot.watch.composing import Composing, entries_of
from bot.watch.gathering import following
from bot.watch.issue import CHANGEABLE, Issue, lacks_opening, missing
from bot.watch.moments import NUDGES, Nudge, nudge
from bot.watch.sharing import Sharing
from locales import Catalogues
from storage import issues, recipients, reminders
from storage.database import Transaction
from storage.reminders import Noted

_ROLE = "coordinator"


class Nudging:
    """Makes the rounds."""

    def __init__(self, personal: Personal, composing: Composing, sharing: Sharing, catalogues: Catalogues) -> None:
        """Take who writes to people, what opens issues, and what finds out who would get one."""
        self._personal, self._composing, self._sharing = personal, composing, sharing
        self._catalogues = catalogues
        self._looked: int | None = None
        """The quarter of an hour of the last look, counted from 1970."""

    async def round(self, tx: Transaction, now: datetime) -> None:
        """Tell whoever is to hear of an issue at ``now``."""
        quarter = int(now.timestamp()) // QUARTER
        if quarter == self._looked:
            return
        await self._close(tx, now)
        this = now.astimezone(UTC).date().replace(day=1)
        before = (this - timedelta(days=1)).replace(day=1)
        numbers = await recipients.numbers_of(tx, _ROLE)
        people = [one for number in numbers if (one := await self._personal.find(tx, number)) is not None]
        for month in (before, this, following(this)):
            for occasion in NUDGES:
                due = [one for one in people if nudge(month, one, now) == occasion]
                if due and (some := await self._unheard(tx, month, occasion, due, now)):
                    await self._tell(tx, month, occasion, some, now)
        self._looked = quarter

    async def _close(self, tx: Transaction, now: datetime) -> None:
        """Note of issues that nobody has approved that their month is over."""
        for kept in await issues.in_states(tx, CHANGEABLE):
            month = date.fromisoformat(f"{kept.month}-01")
            if now >= datetime.combine(following(month), datetime.min.time(), UTC):
                await issues.turn(tx, kept.id, CHANGEABLE, "missed", now)

    async def _unheard(
        self, tx: Transaction, month: date, occasion: Nudge, some: list[Recipient], now: datetime
    ) -> list[Recipient]:
        """Return those of them who have not heard of it, and can be reached."""
        people = [one.reader.person or "" for one in some]
        noted = await reminders.of_people(tx, people, [_duty(month)], now)
        heard = {one.person for one in noted if (one.duty, one.occasion) == (_duty(month), occasion)}
        return [one for one in some if one.reader.person not in heard and one.routes(self._personal.served)]

    async def _tell(self, tx: Transaction, month: date, occasion: Nudge, some: list[Recipient], now: datetime) -> None:
        one = await self._composing.look(tx, month)
        if occasion == "missed":
            if one.state == "missed":
                await self._queue(tx, month, occasion, some, now, lambda voice, _: not_sent(voice, one))
            return
        outlook = await self._outlook(tx, one, now) if one.state in CHANGEABLE else None
        if outlook is None or not outlook.readers:
            return
        outlook = outlook._replace(issue=await self._composing.open(tx, month, now))

        def render(voice: Voice, to: Reader) -> Reply:
            return not_approved(voice, outlook, first_workday(month, to.country), to.today(now))

        await self._queue(tx, month, occasion, some, now, render)

    async def _outlook(self, tx: Transaction, one: Issue, now: datetime) -> Outlook:
        entries = await entries_of(tx, one, now)
        shares = await self._sharing.shares(tx, entries, one.content.pinned, now)
        lacking = missing(entries, one.content, set(shares.languages))
        opening = [code for code in LANGUAGES if code in shares.languages and lacks_opening(one.content, code)]
        return Outlook(one, {code: len(found) for code, found in lacking.items()}, opening, len(shares.people))

    async def _queue(
        self, tx: Transaction, month: date, occasion: Nudge, some: list[Recipient], now: datetime,
        say: Callable[[Voice, Reader], Reply],
    ) -> None:  # fmt: skip
        name = f"{_duty(month)}:{occasion}"

        def render(to: Reader, _: ChannelName) -> Reply:
            return say(Voice.of(self._catalogues, to), to)

        for one in some:
            await self._personal.queue(tx, name, one, render, now, now)
        at = int(now.timestamp())
        told = [one.reader.person or "" for one in some]
        await reminders.note(
            tx, [Noted(one, _duty(month), occasion, month.isoformat(), "nudged", at, name) for one in told]
        )


def _duty(month: date) -> str:
    return f"issue:{month:%Y-%m}"
