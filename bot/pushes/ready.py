"""What somebody is reminded of now, what waits, and what is left out: rules alone, from times, stances and notes.

A duty is told once for all of its occasions whose time has come: the last of them says what about, those before it are
noted as late.  What cannot be told yet waits, in ``storage/reminders.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.network.duties import Duty, Standing
from bot.network.recipients import Recipient
from bot.network.reminding import Occasion
from bot.network.workdays import is_workday
from bot.pushes.reminded import Timed
from storage.reminders import WAITING, Noted

WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_BELATED = timedelta(hours=2)
Key = tuple[str, str, str]
"""A duty's key, an occasion's name, the ISO day that it tells."""


class Ready(NamedTuple):
    """A duty that is told now."""

    duty: Duty
    occasion: Occasion
    """The last of those whose time has come."""
    urgent: bool
    """Whether it is told whatever the person has had this week."""
    waited: str | None
    """The state in which it has been noted before."""


@dataclass
class Found:
    """What there is for one person."""

    ready: list[Ready] = field(default_factory=list)
    """In the order in which it is told."""
    held: list[Ready] = field(default_factory=list)
    """Told on the next working day."""
    late: list[Key] = field(default_factory=list)
    """What is not told any more."""


def find(
    recipient: Recipient,
    timed: Iterable[Timed],
    views: Standing,
    before: Sequence[Noted],
    since: datetime,
    now: datetime,
    *,
    struck: bool = True,
) -> Found:
    """Return what there is for a person at ``now``; ``struck``: it is an hour of reminders there, or one was missed.

    ``timed`` are duties with their occasions, ``before`` what was noted of the person; occasions up to ``since`` count
    only if they wait: what is older than that was not for this person when its time came.  What waits for a working day
    or for room in the week is told at an hour of reminders, or with what is told anyway.
    """
    reader, found = recipient.reader, Found()
    noted = states_of(before)
    waits = {key for key, state in noted.items() if state in WAITING}
    today, zone = reader.today(now), reader.time_zone
    works = is_workday(today, reader.country)
    for duty, some in timed:
        passed: list[Occasion] = []
        for one in some:
            key = key_of(duty, one)
            if one.at <= now and (key in waits or (one.at > since and key not in noted)):
                passed.append(one)
        if not passed or not views.is_awaited(duty, reader, today, duty.day(zone)):
            continue
        useful = [one for one in passed if now < one.until]
        found.late += [key_of(duty, one) for one in passed if one not in useful[-1:]]
        if useful:
            told = useful[-1]
            urgent = any(one.urgent for one in useful)
            new = Ready(duty, told, urgent, noted.get(key_of(duty, told)))
            (found.ready if works or urgent else found.held).append(new)
    kept = {key_of(one.duty, one.occasion) for one in (*found.ready, *found.held)}
    if not struck and all(one.waited in ("full", "held") for one in found.ready):
        found.ready = []
    found.late += sorted(waits - kept - set(found.late))
    found.ready.sort(key=lambda one: (one.duty.day(zone), one.duty.due, one.duty.key))
    return found


def had(before: Collection[Noted], zone: str, now: datetime) -> int:
    """Return how many bubbles of reminders the person was sent today, by that zone's clocks, and on six days before.

    Days count, not hours: what goes out some minutes late takes no room from what is due a week later.
    """
    there = ZoneInfo(zone)
    first = datetime.combine(now.astimezone(there).date() - WEEK + _DAY, time(), there).timestamp()
    return len({one.bubble for one in before if one.state == "sent" and one.noted >= first})


def fits(ready: Sequence[Ready], before: Collection[Noted], a_week: int, zone: str, now: datetime) -> bool:
    """Whether a bubble of these may be sent, when ``a_week`` of them may be in seven days; urgent ones always."""
    return had(before, zone, now) < a_week or any(one.urgent for one in ready)


def settled(
    recipient: Recipient, found: Found, before: Collection[Noted], a_week: int, now: datetime
) -> tuple[str | None, list[Noted]]:
    """Return what the bubble that tells what is ready is called, None where none goes out, and what is noted."""
    person, second, state, bubble = recipient.reader.person or "", int(now.timestamp()), "sent", None
    if found.ready and recipient.pauses(now):
        state = "full"
    elif found.ready and recipient.undisturbed(now) > now:
        state = "quiet"
    elif found.ready and not fits(found.ready, before, a_week, recipient.reader.time_zone, now):
        state = "full"
    elif found.ready:
        first = found.ready[0]
        bubble = f"reminder:{first.duty.key}:{first.occasion.name}:{first.occasion.day}"
    notes = [Noted(person, *key, "late", second, None) for key in found.late]
    for waits, some in ((state, found.ready), ("held", found.held)):
        for one in some:
            if one.waited != waits:
                notes.append(Noted(person, *key_of(one.duty, one.occasion), waits, second, bubble))
    return bubble, notes


def is_belated(ready: Sequence[Ready], now: datetime) -> bool:
    """Whether one of these ought to have gone out hours ago, and has not only waited for its turn in the week."""
    return any(now - one.occasion.at > _BELATED and one.waited != "full" for one in ready)


def key_of(duty: Duty, one: Occasion) -> Key:
    """Return by what an occasion of a duty is noted."""
    return duty.key, one.name, one.day.isoformat()


def states_of(before: Iterable[Noted]) -> dict[Key, str]:
    """Return in which state each occasion has been noted."""
    return {(one.duty, one.occasion, one.due): one.state for one in before}
