"""Fills an issue from the network's tables and from what members gave: everything that it could hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bot.network.audiences import EVERYONE
from bot.network.forms import Form
from bot.network.records import Deadline, Event, NewsItem
from bot.network.schedule import days_of
from bot.watch import contributing
from bot.watch.contribution import Given
from bot.watch.issue import Entry
from storage import agenda, library
from storage.agenda import EventFilter
from storage.database import Transaction
from storage.library import LibraryFilter
from storage.network import FORMS

BACK = timedelta(days=62)
"""How old news and documents may be: one issue that did not arrive is made up for by the next."""
AHEAD = timedelta(days=62)
_MANY = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Window(NamedTuple):
    """What an issue looks at: what is old, what is now, how far ahead."""

    since: datetime
    at: datetime
    until: datetime


def window_of(month: date, now: datetime) -> Window:
    """Return the window of a month's issue: the events of that month and of the next one."""
    at = max(now, datetime.combine(month, time(), UTC))
    return Window(at - BACK, at, datetime.combine(following(following(month)), time(), UTC))


def window_at(now: datetime) -> Window:
    """Return the window of what goes out between two issues."""
    return Window(now - BACK, now, now + AHEAD)


def following(month: date) -> date:
    """Return the first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


async def gathered(read: Transaction, window: Window) -> list[Entry]:
    """Return everything that falls into the window, whoever may see it."""
    given, deadlines = await contributing.accepted(read), await _deadlines(read, window)
    return [
        *await _events(read, window, given),
        *(_deadline(one) for one in deadlines),
        *await _forms(read, window, deadlines),
        *await _news(read, window, given),
        *await _documents(read, window),
    ]


async def _events(read: Transaction, window: Window, given: Mapping[str, Given]) -> list[Entry]:
    wanted = EventFilter(begins_before=window.until, ends_after=window.at)
    return [
        _of_city(given[f"event:{one.code}"], one)
        if f"event:{one.code}" in given
        else Entry(
            f"event:{one.code}", f"{int(one.begins.timestamp())}-{one.status}", "events", one.id, one.title,
            audience=one.audience, themes=one.themes, of=(one.organiser,) if one.organiser else (),
            begins=one.begins.timestamp(), ends=one.ends.timestamp(), all_day=one.all_day, zone=one.time_zone,
            place=one.city,
        )
        for one in await agenda.events(read, None, wanted, limit=_MANY)
        if one.status != "cancelled" and (one.begins >= window.at or f"event:{one.code}" in given)
    ]  # fmt: skip


async def _deadlines(read: Transaction, window: Window) -> list[Deadline]:
    found = await agenda.deadlines(read, None, due_after=window.at, due_before=window.until)
    return [one for one in found if one.opens is None or one.opens <= window.at]


def _deadline(one: Deadline) -> Entry:
    return Entry(
        f"deadline:{one.code}", f"{int(one.due.timestamp())}", "deadlines", one.id, one.title,
        audience=one.audience, themes=one.themes, only=one.organisations, begins=one.due.timestamp(),
        all_day=one.all_day, zone=one.time_zone,
    )  # fmt: skip


async def _forms(read: Transaction, window: Window, deadlines: Sequence[Deadline]) -> list[Entry]:
    """Return the forms that are open, but for those of which a deadline tells."""
    telling = [one for one in deadlines if one.form is not None or one.kind == "registration"]
    return [
        Entry(
            f"form:{one.code}", f"{int((one.closes or _EPOCH).timestamp())}", "forms", one.id, one.title,
            audience=one.audience, only=one.organisations, begins=(one.closes or _EPOCH).timestamp(),
            all_day=True, zone=one.time_zone,
        )
        for one in await FORMS.all(read)
        if (one.opens is None or one.opens <= window.at) and one.closes is not None and one.closes > window.at
        and not any(_tells(deadline, one) for deadline in telling)
    ]  # fmt: skip


def _tells(deadline: Deadline, form: Form) -> bool:
    """Whether whoever is told of the form is told of it by the deadline."""
    registration = form.registers and form.event is not None and deadline.kind == "registration"
    return (
        (deadline.form == form.code or (registration and deadline.event == form.event))
        and deadline.audience in (EVERYONE, form.audience)
        and deadline.organisations in ((), form.organisations)
    )


async def _news(read: Transaction, window: Window, given: Mapping[str, Given]) -> list[Entry]:
    wanted = LibraryFilter(first=window.since.date(), last=window.at.date())
    return [
        _of_city(given[f"news:{one.code}"], one)
        if f"news:{one.code}" in given
        else Entry(
            f"news:{one.code}", "", "news", one.id, one.title, one.body, one.audience, one.themes,
            of=(one.organisation,) if one.organisation else (), link=one.link, begins=_second(one.published),
        )
        for one in await library.news(read, None, wanted, limit=_MANY)
    ]  # fmt: skip


async def _documents(read: Transaction, window: Window) -> list[Entry]:
    wanted = LibraryFilter(first=window.since.date(), last=window.at.date())
    return [
        Entry(
            f"document:{one.code}", "", "documents", one.id, one.title, audience=one.audience, themes=one.themes,
            of=(one.organisation,) if one.organisation else (), link=one.link, begins=_second(one.dated),
        )
        for one in await library.documents(read, None, wanted, limit=_MANY)
    ]  # fmt: skip


def _of_city(one: Given, row: Event | NewsItem) -> Entry:
    """Return what a city gave, as its row stands now."""
    if isinstance(row, NewsItem):
        days, begins, body, version = None, _second(row.published), row.body, ""
    else:
        days = days_of(row)
        begins, body, version = _second(days[0]), row.description, f"{days[0]}"
    return Entry(
        f"contribution:{one.id}", version, "cities", one.id, row.title, body, row.audience, row.themes,
        of=one.content.credited, link=row.link, begins=begins, ends=_second(days[1]) if days else 0.0,
        all_day=days is not None, place=one.content.city, file=one.content.file is not None,
    )  # fmt: skip


def _second(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()
