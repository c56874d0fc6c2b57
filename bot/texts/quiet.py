"""How quiet hours are read and chosen."""

from __future__ import annotations

from datetime import datetime

from bot.network.recipients import NEVER_QUIET, QUIETS
from bot.texts.dates import hour
from bot.texts.layout import in_rows, lines
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html


def quiet_line(voice: Voice, quiet: str) -> Html:
    """Return the line of the settings."""
    if quiet == NEVER_QUIET:
        return voice.say("settings.quiet_never")
    first, last = _hours(voice, quiet)
    return voice.say("settings.quiet", first=first, last=last)


def quiet_hours(voice: Voice, chosen: str) -> Reply:
    """Render the choice; the present one is marked."""
    labels = ((one, _label(voice, one)) for one in QUIETS)
    buttons = (Button(f"✓ {label}" if one == chosen else label, Tap.to("quiet", one)) for one, label in labels)
    back = (Button(voice.label("common.back"), Tap.to("set")),)
    return Reply(lines(quiet_line(voice, chosen), voice.say("quiet.which")), (*in_rows(buttons, 2), back))


def _label(voice: Voice, quiet: str) -> str:
    if quiet == NEVER_QUIET:
        return voice.label("quiet.never")
    first, last = _hours(voice, quiet)
    return voice.label("quiet.hours", first=first, last=last)


def _hours(voice: Voice, quiet: str) -> tuple[Html, Html]:
    first, _, last = quiet.partition("-")
    return hour(voice, _at(first)), hour(voice, _at(last))


def _at(number: str) -> datetime:
    return datetime(2000, 1, 1, int(number))  # noqa: DTZ001  an hour of the clock, of no day
