"""Reminds people of what is due and what is coming: what a round finds follows from the tables and the clock alone.

Every occasion is a row, unique by person, duty, occasion and day, written with the bubble that tells it: a restart, a
second process or a clock that is set back says nothing twice.  The audience is looked up when a reminder goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.answers import duties
from bot.delivery.personal import Personal
from bot.network.audiences import Reader
from bot.network.duties import Duty, Standing
from bot.network.recipients import ChannelName, Recipient
from bot.network.reminding import HOUR, TOO_LATE, Occasion
from bot.network.workdays import at_hour, is_workday
from bot.pushes.reminded import Times, near, reminded
from bot.texts.duties import reminder
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from locales import Catalogues
from storage import audit, reminders, stances
from storage.database import Transaction
from storage.reminders import Noted

AT_ONCE = 300
"""People in one transaction."""
_WEEK = timedelta(days=7)
_QUARTER = 900
"""Seconds: every zone's clocks strike full hours at a quarter of an hour of UTC."""
_BELATED = timedelta(hours=2)


class Ready(NamedTuple):
    """A duty of which somebody is reminded now, with all its occasions that are due; the last one says what about."""

    duty: Duty
    due: tuple[Occasion, ...]

    @property
    def urgent(self) -> bool:
        """Whether it goes out whatever the person has had this week."""
        return any(one.urgent for one in self.due)


@dataclass
class _Found:
    """What a round finds for one person."""

    ready: dict[str, Ready] = field(default_factory=dict)
    late: list[Noted] = field(default_factory=list)
    again: datetime | None = None
    """When to look again, if that is not at the hour of reminders."""


class Reminding:
    """Makes the rounds of reminders."""

    def __init__(self, personal: Personal, catalogues: Catalogues, a_week: int) -> None:
        """Take how many bubbles of reminders a person is sent in seven days, urgent ones excepted; 0: none at all."""
        self._personal, self._catalogues, self._a_week = personal, catalogues, a_week
        self._times: tuple[object, Times] | None = None

    async def round(self, tx: Transaction, now: datetime) -> bool:
        """Remind the next people who may be due at ``now``; whether there are more of them."""
        if not self._a_week:
            return False
        place = await reminders.place(tx)
        run: dict[str, Any] | None = place.get("run")
        if run is None:
            run = await self._begun(tx, place, now)
            if run is None:
                return False
        people, after = await self._personal.some(tx, run["after"], AT_ONCE)
        chosen = [one for one in people if run["zones"] is None or one.reader.time_zone in run["zones"]]
        again = await self._remind(tx, chosen, run, now)
        moments = [one for one in (run["again"], again) if one is not None]
        run |= {"after": after, "again": min(moments, default=None)}
        if after is not None:
            await reminders.set_place(tx, {**place, "run": run})
            return True
        self._times = None
        await reminders.set_place(tx, {"until": run["at"], "print": run["print"], "again": run["again"], "run": None})
        return False

    async def _begun(self, tx: Transaction, place: dict[str, Any], now: datetime) -> dict[str, Any] | None:
        """Return whom to look at now; None if nobody's reminders can be due."""
        at, until = int(now.timestamp()), place.get("until")
        tables, again = await reminders.print_of_tables(tx), place.get("again")
        run = {"at": at, "since": at if until is None else until, "zones": None, "after": 0, "again": None}
        run["print"] = tables
        if until is None or at < until:  # the first round, or a clock that was set back
            return run | {"since": at}
        changed = tables != place.get("print") or (again is not None and again <= at)
        if changed or at - until >= TOO_LATE.total_seconds():
            return run
        if at // _QUARTER == until // _QUARTER:
            return None
        last = datetime.fromtimestamp(until, UTC)
        zones = [one for one in await reminders.zones(tx) if _struck(one, last, now)]
        if not zones:
            await reminders.set_place(tx, {**place, "until": at})
            return None
        return run | {"zones": zones, "again": again}

    async def _remind(
        self, tx: Transaction, people: Sequence[Recipient], run: dict[str, Any], now: datetime
    ) -> int | None:
        """Remind these people; return the epoch second at which one of them must be looked at again."""
        times = await self._of_run(tx, run, now)
        some = times.wanted(people)
        if not some or not people:
            return None
        views = await duties.standing(tx, some)
        codes, keys = [one.reader.person or "" for one in people], [one.key for one in some]
        told: dict[str, list[Noted]] = {}
        for one in await reminders.of_people(tx, codes, keys, now - _WEEK):
            told.setdefault(one.person, []).append(one)
        moments: list[datetime] = []
        for recipient in people:
            if not recipient.routes(self._personal.served):
                continue
            before = told.get(recipient.reader.person or "", [])
            found = _find(recipient, times, views, before, datetime.fromtimestamp(run["since"], UTC), now)
            await reminders.note(tx, found.late)
            awake = recipient.undisturbed(now)
            if found.ready and awake <= now:
                await self._tell(tx, recipient, list(found.ready.values()), before, now)
            moments += [one for one in (found.again, awake if found.ready and awake > now else None) if one]
        return int(min(moments).timestamp()) if moments else None

    async def _of_run(self, tx: Transaction, run: dict[str, Any], now: datetime) -> Times:
        """Return what somebody may be reminded of about now; it is gathered once a run."""
        if self._times is None or self._times[0] != (run["at"], run["since"]):
            day = now.date()
            asked = await stances.asked_between(tx, day - timedelta(days=2), day + timedelta(days=2))
            every = await duties.every(tx, now)
            some = [one for one in every if one.key in asked or near(one, day)]
            since = min(now - TOO_LATE, datetime.fromtimestamp(run["since"], UTC))
            self._times = (run["at"], run["since"]), Times(some, asked, since, now + timedelta(days=2))
        return self._times[1]

    async def _tell(
        self, tx: Transaction, recipient: Recipient, ready: list[Ready], before: Sequence[Noted], now: datetime
    ) -> None:
        reader, person = recipient.reader, recipient.reader.person or ""
        ready.sort(key=lambda one: (one.duty.day(reader.time_zone), one.duty.due, one.duty.key))
        week = int((now - _WEEK).timestamp())
        had = len({one.bubble for one in before if one.state == "sent" and one.noted > week})
        urgent = [one for one in ready if one.urgent]
        if had >= self._a_week and not urgent:
            await reminders.note(tx, _notes(person, ready, "full", None, now))
            return
        first = ready[0]
        name = f"reminder:{first.duty.key}:{first.due[-1].name}:{first.due[-1].day}"
        shown = [reminded(one.duty, one.due[-1], before) for one in ready]
        belated = all(now - occasion.at > _BELATED for one in ready for occasion in one.due)

        def render(to: Reader, _: ChannelName) -> Reply:
            return reminder(Voice.of(self._catalogues, to), shown, now, belated=belated)

        await self._personal.queue(tx, name, recipient, render, now, now)
        await reminders.note(tx, _notes(person, ready, "sent", name, now))
        if had >= self._a_week:
            about = " ".join(f"{one.duty.key}:{one.due[-1].name}" for one in urgent)
            await audit.note(tx, 0, "", "reminder.urgent", person, now, about)


def _find(
    recipient: Recipient, times: Times, views: Standing, before: Sequence[Noted], since: datetime, now: datetime
) -> _Found:
    reader, found = recipient.reader, _Found()
    told = {(one.duty, one.occasion, one.due) for one in before}
    today, zone = reader.today(now), reader.time_zone
    works = is_workday(today, reader.country)
    for duty, some in times.of(recipient, views.asked_by(reader)):
        if not views.is_awaited(duty, reader, today, duty.day(zone)):
            continue
        for one in some:
            if (duty.key, one.name, one.day.isoformat()) in told or now >= one.until:
                continue
            if one.at > now:
                if one.name == "hours" and (found.again is None or one.at < found.again):
                    found.again = one.at
            elif now - one.at > TOO_LATE:
                if one.at > since:
                    found.late.append(_note(reader.person or "", duty, one, "late", None, now))
            elif works or one.urgent:
                have = found.ready.get(duty.key)
                found.ready[duty.key] = Ready(duty, (*(have.due if have else ()), one))
    return found


def _notes(person: str, ready: Sequence[Ready], state: str, bubble: str | None, now: datetime) -> list[Noted]:
    return [_note(person, one.duty, occasion, state, bubble, now) for one in ready for occasion in one.due]


def _note(person: str, duty: Duty, one: Occasion, state: str, bubble: str | None, now: datetime) -> Noted:
    return Noted(person, duty.key, one.name, one.day.isoformat(), state, int(now.timestamp()), bubble)


def _struck(zone: str, last: datetime, now: datetime) -> bool:
    """Whether the hour of reminders began in that zone after ``last`` and by ``now``; both are within a day."""
    day = now.astimezone(ZoneInfo(zone)).date()
    return any(last < at_hour(one, HOUR, zone) <= now for one in (day, day - timedelta(days=1)))
