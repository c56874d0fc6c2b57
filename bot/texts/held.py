"""What a restored copy has to send, and what becomes of it."""

from __future__ import annotations

from datetime import datetime

from bot.texts import dates
from bot.texts.layout import lines, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.held import Waiting

SCREEN = "held"


def open_button(voice: Voice) -> Button:
    """Return the button that opens the decision."""
    return Button(voice.label("held.button.open"), Tap.to(SCREEN))


def notice(voice: Voice, since: datetime | None, waits: Waiting) -> Html:
    """Return what stands under the answers to coordinators as long as nothing is decided."""
    number = dates.number(voice, waits.messages)
    return lines(_title(voice), _known(voice, since), voice.count("held.waiting", waits.messages, number=number))


def decide(voice: Voice, since: datetime | None, waits: Waiting) -> Reply:
    """Ask what becomes of it."""
    rows = tuple((Button(voice.label(f"held.button.{what}"), Tap.to(SCREEN, what)),) for what in ("send", "drop"))
    return Reply(paragraphs(notice(voice, since, waits), voice.say("held.explained")), rows)


def surely(voice: Voice, what: str, waits: Waiting) -> Reply:
    """Ask again; ``what``: ``send`` or ``drop``."""
    text = voice.count(f"held.surely_{what}", waits.messages, number=dates.number(voice, waits.messages))
    yes = Button(voice.label(f"held.button.{what}_yes"), Tap.to(SCREEN, what, "yes"))
    return Reply(text, ((yes,), (Button(voice.label("common.back"), Tap.to(SCREEN)),)))


def decided(voice: Voice, what: str) -> Reply:
    """Say what was decided; ``what``: ``send``, ``drop``, or ``over``: somebody was faster."""
    return Reply(voice.say(f"held.decided_{what}"))


def _title(voice: Voice) -> Html:
    return voice.say("held.title")


def _known(voice: Voice, since: datetime | None) -> Html | None:
    return voice.say("held.known", moment=dates.instant(voice, since.astimezone(voice.zone))) if since else None
