"""Compares what a simulated year has brought with what it must have brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.pushes.year_reminders import is_quiet, works
from tests.pushes.year_run import Arrived
from tests.pushes.year_story import Story

One = tuple[str, datetime, Any]
"""Who, when (UTC, to the hour's beginning where a kill may have delayed it), what."""


def expected(told: Story) -> Counter[One]:
    """What must have arrived."""
    return Counter((one.person, one.at, one.what) for one in (*told.reminders, *told.watch))


def said(told: Story, found: Sequence[Arrived]) -> Counter[One]:
    """What has arrived."""
    chats = {one.chat: one.code for one in told.people.values()}
    return Counter((chats[one.chat], one.at, one.tells if one.is_watch else one.reminds_of) for one in found)


def agreed(told: Story, found: Sequence[Arrived]) -> tuple[list[One], list[One], list[One]]:
    """What is missing, what is too much, and what came twice: the first few of each."""
    must, has = expected(told), said(told, found)
    first = [sorted(part, key=lambda one: (one[1], one[0]))[:5] for part in (must - has, has - must)]
    return first[0], first[1], [one for one, times in has.items() if times > 1][:5]


def manners(found: Sequence[Arrived], told: Story) -> list[Arrived]:
    """What has arrived at an hour that its reader does not allow, or on a holiday without being urgent."""
    urgent = {
        (one.person, one.at)
        for one in told.reminders
        if any(name in ("before-1", "before-0", "hours", "overdue") or name[:5] == "asked" for _, name, _ in one.rows)
    }
    people = {one.chat: one for one in told.people.values()}
    wrong = []
    for one in found:
        person = people[one.chat]
        day = one.at.astimezone(ZoneInfo(person.zone)).date()
        holiday = not works(day, person.city.country)
        asleep = person.code not in told.changing and is_quiet(one.at, person.zone, person.quiet)
        if asleep or (holiday and (one.is_watch or (person.code, one.at) not in urgent)):
            wrong.append(one)
    return wrong


def to_the_half_hour(moment: datetime) -> datetime:
    """The moment without the minutes that a kill may have cost."""
    return moment.replace(minute=moment.minute // 30 * 30)
