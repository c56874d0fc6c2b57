"""Reminds people of what is due and what is coming: what a round finds follows from the tables and the clock alone.

Every occasion is a row, unique by person, duty, occasion and day, written with the bubble that tells it: a restart, a
second process or a clock that is set back says nothing twice.  The audience is looked up when a reminder goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.answers import duties
from bot.delivery.personal import Bubble, Personal
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName, Recipient
from bot.network.reminding import TOO_LATE
from bot.pushes.moments import Moments, has_struck
from bot.pushes.ready import WEEK, Found, Ready, find, had, is_belated, settled
from bot.pushes.reminded import reminded
from bot.texts.duties import reminder
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from locales import Catalogues
from storage import audit, reminders, stances
from storage.database import Transaction
from storage.reminders import Noted

AT_ONCE = 200
"""People in one transaction."""


@dataclass
class _Told:
    """What a batch writes, all at once."""

    notes: list[Noted] = field(default_factory=list)
    bubbles: list[Bubble] = field(default_factory=list)


class Reminding:
    """Makes the rounds of reminders."""

    def __init__(self, personal: Personal, catalogues: Catalogues, a_week: int) -> None:
        """Take how many bubbles of reminders a person is sent in seven days, urgent ones excepted; 0: none at all."""
        self._personal, self._catalogues, self._a_week = personal, catalogues, a_week
        self._moments = Moments(personal.zone)
        self._bodies: dict[object, str] = {}

    async def round(self, tx: Transaction, now: datetime) -> bool:
        """Remind the next people who may be due at ``now``; whether there is more to do, in the next transaction."""
        if not self._a_week:
            return False
        place = await reminders.place(tx)
        run: dict[str, Any] | None = place.get("run")
        if run is None and await self._moments.is_quiet(tx, place, now):
            return False
        if not await self._moments.computed(tx, run or place, now):
            return True
        if run is None:
            run = await self._moments.begun(tx, place, now)
            if run is None:
                return False
        people, after = await self._personal.some(tx, run["after"], AT_ONCE)
        chosen = [one for one in people if one.reader.time_zone in run["zones"] and one.routes(self._personal.served)]
        again = await self._remind(tx, chosen, run, now)
        moments = [one for one in (run["again"], again) if one is not None]
        run |= {"after": after, "again": min(moments, default=None)}
        if after is not None:
            await reminders.set_place(tx, {**place, "run": run})
            return True
        self._bodies.clear()
        await reminders.set_place(tx, {"until": run["at"], "print": run["print"], "again": run["again"], "run": None})
        return False

    async def _remind(
        self, tx: Transaction, people: Sequence[Recipient], run: dict[str, Any], now: datetime
    ) -> int | None:
        """Remind these people; return the epoch second at which one of them must be looked at again."""
        at, last = datetime.fromtimestamp(run["at"], UTC), datetime.fromtimestamp(run["since"], UTC)
        since = min(at - TOO_LATE, last)
        times, codes = self._moments.between(since, at), [one.reader.person or "" for one in people]
        theirs: dict[str, set[str]] = {}
        """What waits for them, and what a colleague passed on to them, whether or not others of their kind see it."""
        for code, key in (*await reminders.waiting(tx, codes), *await stances.handed_to(tx, codes)):
            theirs.setdefault(code, set()).add(key)
        whole = (await stances.asked_by(tx, codes)).union(*theirs.values())
        some = times.wanted(people, whole)
        if not some and not theirs:
            return None
        views = await duties.standing(tx, some, people=[one.reader for one in people])
        noted: dict[str, list[Noted]] = {}
        for one in await reminders.of_people(tx, codes, {*whole, *(duty.key for duty in some)}, now - WEEK):
            noted.setdefault(one.person, []).append(one)
        told = _Told()
        moments: list[datetime] = []
        for recipient in people:
            code = recipient.reader.person or ""
            before, timed = noted.get(code, []), times.of(
                recipient, views.asked_by(recipient.reader), theirs.get(code, ())
            )  # fmt: skip
            struck = has_struck(recipient.reader.time_zone, recipient.reader.country, last, now)
            found = find(recipient, timed, views, before, since, now, struck=struck)
            await self._tell(tx, recipient, found, before, now, told)
            if found.ready and (awake := recipient.undisturbed(now)) > now:
                moments.append(awake)
        await self._personal.queue_many(tx, told.bubbles, self._bodies, now)
        await reminders.note(tx, told.notes)
        return int(min(moments).timestamp()) if moments else None

    async def _tell(
        self, tx: Transaction, recipient: Recipient, found: Found, before: Sequence[Noted], now: datetime, told: _Told
    ) -> None:
        """Put what there is for one person to what is written."""
        person, ready = recipient.reader.person or "", found.ready
        bubble, notes = settled(recipient, found, before, self._a_week, now)
        told.notes += notes
        if bubble:
            told.bubbles.append(self._bubble(bubble, recipient, ready, before, now))
        if bubble and had(before, recipient.reader.time_zone, now) >= self._a_week:
            about = " ".join(f"{one.duty.key}:{one.occasion.name}" for one in ready if one.urgent)
            await audit.note(tx, 0, "", "reminder.urgent", person, now, about)

    def _bubble(
        self, name: str, recipient: Recipient, ready: Sequence[Ready], before: Sequence[Noted], now: datetime
    ) -> Bubble:
        shown = [reminded(one.duty, one.occasion, before) for one in ready]
        belated = is_belated(ready, now)

        def render(to: Reader, _: ChannelName) -> Reply:
            return reminder(Voice.of(self._catalogues, to), shown, now, belated=belated)

        alike = (recipient.reader.today(now), belated, *((one.duty.key, one.about, one.was) for one in shown))
        return Bubble(name, recipient, render, alike, now, max(one.occasion.until for one in ready))
