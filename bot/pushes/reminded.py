"""Small rules of the rounds of reminders: which duties are near, and how an occasion is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from bot.network.duties import Duty
from bot.network.reminding import Occasion
from bot.texts.duties import About, Reminded
from storage.reminders import Noted, day_of

_BEFORE, _AFTER = 2, 20
"""Days around a reminder's own within which it may fall elsewhere: time zones; holidays in a row with their Sundays."""


def near(duty: Duty, today: date) -> bool:
    """Whether somebody somewhere may have to be reminded of it today or tomorrow."""
    day = duty.day("UTC")
    if any(-_BEFORE <= (day - today).days - offset <= _AFTER for offset in duty.offsets):
        return True
    if duty.kind == "event" and -_BEFORE <= (day - today).days <= _AFTER:
        return True
    opened = duty.opens.date() if duty.opens is not None and duty.after_event else None
    over = [one for one in (day if duty.late else None, opened) if one is not None]
    return any(-_BEFORE <= (today - one).days <= _AFTER for one in over)


def reminded(duty: Duty, one: Occasion, before: Sequence[Noted]) -> Reminded:
    """Return what is told: what it is about, and the day that the person was told last, if it has moved since."""
    about = one.name.partition("-")[0]
    told = [day_of(noted) for noted in before if noted.duty == duty.key and noted.state == "sent"]
    return Reminded(duty, cast("About", about), told[-1] if told and told[-1] != one.day else None)
