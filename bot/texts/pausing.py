"""How reminders are paused until a day, and resumed."""

from __future__ import annotations

from datetime import date, timedelta

from bot.texts.dates import day, short_day
from bot.texts.layout import in_rows
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

SCREEN = "pause"
LENGTHS = (7, 14, 30)
"""For how many days one tap pauses."""


def paused_line(voice: Voice, until: date) -> Html:
    """Return the line of the settings of somebody who is not reminded until that day."""
    return voice.say("pause.state", day=day(voice, until))


def pause_button(voice: Voice, until: date | None) -> Button:
    """Return the button that asks until when, or resumes."""
    if until is not None:
        return Button(voice.label("pause.resume"), Tap.to(SCREEN, "end"))
    return Button(voice.label("pause.pause"), Tap.to(SCREEN))


def until_when(voice: Voice, today: date) -> Reply:
    """Render the question until when, with some days."""
    return Reply(
        voice.say("pause.which"), (*day_rows(voice, today), (Button(voice.label("common.back"), Tap.to("set")),))
    )


def day_rows(voice: Voice, today: date) -> Rows:
    """Return buttons that pause for so long."""
    days = ((length, today + timedelta(days=length)) for length in LENGTHS)
    return in_rows(
        (
            Button(voice.label("pause.until", day=short_day(voice, one, today)), Tap.to(SCREEN, str(length)))
            for length, one in days
        ),
        1,
    )


def paused(voice: Voice, until: date) -> Html:
    """Say from when on somebody is reminded again."""
    return voice.say("pause.paused", day=day(voice, until))


def resumed(voice: Voice, *, were_paused: bool) -> Html:
    """Say that somebody is reminded."""
    return voice.say("pause.resumed" if were_paused else "pause.running")
