"""The list that stands on somebody's screen: the question that it answers, and the rows that the next one may mean.

A list that a command or a key shows is not written down, so that showing it costs no write: what was shown is kept by
the process, and a restart forgets it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.answers.asked import Asked
from bot.answers.contacts import organisations
from bot.answers.duties import mine
from bot.answers.narrowed import Narrowed
from bot.ask.intents import INTENTS, Intent
from bot.ask.memory import KEPT_FOR
from bot.texts import actions, deadlines, documents, duties, meeting_requests, news, registrations
from bot.texts.ask import with_line
from bot.texts.contacts import organisations_list
from bot.texts.reply import Listing, Reply, Tap
from handlers import actions as plan
from handlers import deadlines as due
from handlers import documents as archive
from handlers import dues, meetings, register
from handlers import news as told
from handlers.subjects import THESE, numbered
from handlers.turn import Turn

_MOST = 20_000
"""Accounts whose lists are kept at once."""
_NARROWED: Mapping[str, tuple[Intent, Callable[[Tap], Any], Callable[[Turn, Any], Awaitable[Reply]]]] = {
    "m": ("meetings", meeting_requests.request_of, meetings.show),
    "d": ("deadlines", deadlines.request_of, due.show),
    "docs": ("documents", documents.request_of, archive.show),
    "n": ("news", news.request_of, told.show),
    "rg": ("register", registrations.request_of, register.show),
    "a": ("action_plan", actions.request_of, plan.show),
}
"""The screens of lists that can be narrowed: what they answer, how their requests are read, and what shows them."""
_WHOLE: Mapping[str, Intent] = {
    "fl": "survey", "du": "dues", duties.LIST: "deadlines", "c": "focal_point", "cc": "focal_point",
    "ct": "focal_point",
}  # fmt: skip
_DATED: tuple[Intent, ...] = ("meetings", "register")
"""The intents whose rows can be put into a calendar."""
_COUNTRY: Mapping[str, int] = {"cc": 0, "du": 1}
"""Where the country of those stands that are of one."""


def asked_by(tap: Tap) -> Asked | None:
    """Return the question that a list answers; None for a screen that is none."""
    if tap.screen in _NARROWED:
        intent, request_of, _ = _NARROWED[tap.screen]
        request = request_of(tap)
        kind = request.state if tap.screen == "a" else getattr(request, "kind", None)
        narrowed = {name: getattr(request, name) for name in Narrowed.__dataclass_fields__}
        past, only = getattr(request, "past", False), getattr(request, "only", None)
        return Asked(intent=intent, kind=kind, past=past, only=only, **narrowed)
    if tap.screen not in _WHOLE:
        return None
    country = tap.text(_COUNTRY[tap.screen]) if tap.screen in _COUNTRY else None
    return Asked(intent=_WHOLE[tap.screen], country=country, theme=tap.number(0) if tap.screen == "ct" else None)


def wider(listing: Listing | None, theme: str | None) -> bool:
    """Whether a list shows what is of no theme that was asked for: there was nothing of it."""
    shown = asked_by(listing.tap) if listing else None
    return shown is not None and theme is not None and shown.theme is None


def lists(listing: Listing) -> Intent | None:
    """Return what a list answers."""
    if listing.tap == THESE:
        return "documents"
    wanted = asked_by(listing.tap)
    return next((one for one in INTENTS if wanted and one == wanted.intent), None)


async def shown_again(turn: Turn, listing: Listing) -> Reply | None:
    """Answer with the page that was shown, as it stands now; None where it cannot be made again."""
    tap = listing.tap
    if tap == THESE:
        return await numbered(turn, [number for _, number in listing.rows])
    if tap.screen == duties.LIST:
        return duties.duties_list(turn.voice, await mine(turn.tx, turn.reader, turn.now, tap.number(0) or 0))
    if tap.screen not in _NARROWED:
        return None
    _, request_of, show = _NARROWED[tap.screen]
    return await show(turn, request_of(tap))


async def which_into_calendar(turn: Turn, listing: Listing | None) -> Reply | None:
    """Ask which of the meetings on the screen is to be put into a calendar; None where there are none."""
    again = await shown_again(turn, listing) if listing is not None and lists(listing) in _DATED else None
    return with_line(turn.voice.say("ask.calendar_which"), again) if again else None


async def page_after(turn: Turn, listing: Listing) -> Reply | None:
    """Answer with the next page of a list; with the last one where there is none; None where it has no pages."""
    tap = listing.tap
    if tap.screen in _NARROWED:
        _, request_of, show = _NARROWED[tap.screen]
        request = request_of(tap)
        return await show(turn, replace(request, page=request.page + 1))
    if tap.screen == "cc":
        page = await organisations(turn.tx, tap.text(0) or "", (tap.number(1) or 0) + 1)
        return organisations_list(turn.voice, page) if page else None
    if tap.screen == "du":
        return await dues.show(turn, page=(tap.number(0) or 0) + 1, country=tap.text(1))
    return None


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A list that was shown."""

    listing: Listing
    at: datetime
    asked: bool
    """Whether what was asked last is remembered otherwise: in words, or by opening a row."""
    last: bool = True
    """Whether nothing was shown after it."""


class Screens:
    """Keeps what list each account was shown last, as long as a question can lean on it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, OnScreen] = OrderedDict()

    def show(self, account: int, listing: Listing | None, now: datetime, *, asked: bool) -> None:
        """Note that this account was shown a list; after something else (None), or one row of it, that before stays."""
        before = self._kept.pop(account, None)
        if listing is not None and (not asked or len(listing.rows) != 1):
            self._kept[account] = OnScreen(listing, now, asked)
        elif before is not None and (listing is None or set(listing.rows) <= set(before.listing.rows)):
            self._kept[account] = replace(before, asked=True, last=False)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def forget(self, account: int) -> None:
        """Note that nothing of what this account was shown is meant any more."""
        self._kept.pop(account, None)

    def on(self, account: int, now: datetime) -> OnScreen | None:
        """Return the list that this account was shown last."""
        kept = self._kept.get(account)
        return kept if kept is not None and now - kept.at <= KEPT_FOR else None
