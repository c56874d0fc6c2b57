"""The action plan: what was agreed, by axis, how far it is, and what is overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import MEMBER_ROLES, Reader
from bot.network.records import Action, ActionState, Organisation, Theme
from storage import actions as stored
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES

PAGE = 6
"""Lines of the plan a page."""
STATES: tuple[ActionState, ...] = get_args(ActionState)


@dataclass(frozen=True, kw_only=True)
class ActionsRequest(Narrowed):
    """Which lines of the plan; a period is that of the days on which they are due."""

    page: int = 0
    state: ActionState | None = None
    """As ``state_of`` says it."""


@dataclass(frozen=True)
class ActionsPage:
    """One page of the plan."""

    request: ActionsRequest
    """As it was understood: with a page that exists."""
    actions: tuple[Action, ...]
    total: int
    pages: int
    named: Named
    states: dict[ActionState, int]
    """How many lines are in which state, whatever state is asked for."""
    own: Organisation | None
    """The reader's organisation."""
    today: date
    may_join: bool
    """Whether the reader is a stranger, who can ask to join in order to see more."""
    members_only: bool
    """Whether the reader is no member, and the plan is shown to members."""


@dataclass(frozen=True)
class ActionCard:
    """A line of the plan with all that belongs to it."""

    action: Action
    organisations: tuple[Organisation, ...]
    themes: tuple[Theme, ...]
    today: date


def state_of(action: Action, today: date) -> ActionState:
    """Return how far it is; what is not done after its day is late, whatever its row says."""
    overdue = action.due is not None and action.due < today and action.state != "done"
    return "late" if overdue else action.state


async def actions(read: Transaction, reader: Reader, now: datetime, request: ActionsRequest) -> ActionsPage:
    """Return a page of the plan as far as the reader may see it; a page past the end becomes the last one."""
    request, named = await resolved(read, request)
    today = reader.today(now)
    theme, city = named.theme.code if named.theme else None, named.city.code if named.city else None
    audiences = reader.audiences(today)
    every = await stored.actions(read, audiences, theme=theme, city=city, country=request.country)
    if request.first or request.last:
        every = [one for one in every if one.due is not None and request.covers(one.due)]
    counted = Counter(state_of(one, today) for one in every)
    found = [one for one in every if request.state in (None, state_of(one, today))]
    page, pages = page_within(request.page, len(found), PAGE)
    return ActionsPage(
        request=replace(request, page=page),
        actions=tuple(found[page * PAGE : (page + 1) * PAGE]),
        total=len(found),
        pages=pages,
        named=named,
        states={state: counted[state] for state in STATES if counted[state]},
        own=await ORGANISATIONS.get(read, reader.organisation) if reader.organisation else None,
        today=today,
        may_join=not reader.is_known,
        members_only=not every and reader.role not in MEMBER_ROLES,
    )


async def some(read: Transaction, reader: Reader, now: datetime, numbers: Collection[int]) -> ActionsPage:
    """Return the lines of these numbers in the plan, on one page."""
    page = await actions(read, reader, now, ActionsRequest())
    every = await stored.actions(read, reader.audiences(page.today))
    found = tuple(one for one in every if one.number in numbers)
    return replace(page, actions=found, total=len(found), pages=1, states={}, own=None)


async def page_of_axis(read: Transaction, reader: Reader, now: datetime, number: int) -> int:
    """Return the page on which the axis of that number begins; 0 if there is none."""
    every = await stored.actions(read, reader.audiences(reader.today(now)))
    begins = [place for place, one in enumerate(every) if place == 0 or one.axis != every[place - 1].axis]
    return begins[number - 1] // PAGE if 0 < number <= len(begins) else 0


async def row_of(read: Transaction, reader: Reader, now: datetime, number: int) -> int | None:
    """Return the row's number of the line that has this number in the plan; None if it is not there for this reader."""
    every = await stored.actions(read, reader.audiences(reader.today(now)))
    return next((one.id for one in every if one.number == number), None)


async def action(read: Transaction, reader: Reader, now: datetime, number: int) -> ActionCard | None:
    """Return the line of that row's number, or None if it is not there for this reader."""
    today = reader.today(now)
    found = await stored.action(read, reader.audiences(today), number)
    if found is None:
        return None
    places = [await ORGANISATIONS.get(read, code) for code in found.organisations]
    themes = [await THEMES.get(read, code) for code in found.themes]
    return ActionCard(found, tuple(one for one in places if one), tuple(one for one in themes if one), today)
