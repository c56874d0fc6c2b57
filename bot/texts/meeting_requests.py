"""How a request for meetings travels in a button."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from bot.answers.meetings import ONLY, MeetingsRequest
from bot.network.records import EventKind
from bot.texts.reply import Tap

_KINDS: tuple[EventKind, ...] = get_args(EventKind)
_YEARS = range(1900, 2200)
"""Of days that travel in a tap: a forged one must not leave the calendar."""


def arguments(request: MeetingsRequest) -> tuple[object, ...]:
    """Return a request as the arguments of a tap."""
    return (
        "p" if request.past else "n",
        request.page,
        request.theme,
        request.city,
        request.country,
        f"{request.first:%Y%m%d}" if request.first else None,
        f"{request.last:%Y%m%d}" if request.last else None,
        _KINDS.index(request.kind) if request.kind else None,
        *((ONLY.index(request.only),) if request.only else ()),
    )


def request_of(tap: Tap, start: int = 0) -> MeetingsRequest:
    """Return the request that a tap carries from its argument ``start`` on; what cannot be read asks for nothing."""
    kind, only = tap.number(start + 7), tap.number(start + 8)
    return MeetingsRequest(
        past=tap.text(start) == "p",
        page=tap.number(start + 1) or 0,
        theme=tap.number(start + 2),
        city=tap.number(start + 3),
        country=tap.text(start + 4),
        first=_day(tap.text(start + 5)),
        last=_day(tap.text(start + 6)),
        kind=_KINDS[kind] if kind is not None and kind < len(_KINDS) else None,
        only=ONLY[only] if only is not None and only < len(ONLY) else None,
    )


def _day(text: str | None) -> date | None:
    try:
        day = datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None
