"""The button that opens a form, from wherever the form is spoken of."""

from __future__ import annotations

from bot.network.forms import Form
from bot.texts import dates
from bot.texts.reply import Button, Tap
from bot.texts.voice import Voice

SCREEN = "fm"
"""The open form."""
SENT = "fs"
"""What was sent."""
RESULTS = "fr"
"""What a form brought."""


def form_button(voice: Voice, form: Form, place: int | None = None) -> Button:
    """Return the button; ``place`` is the row of a list that it belongs to."""
    title = voice.title(form.title, 40 if place is None else 34)
    label = voice.label("forms.register", title=title)
    if place is not None:
        label = voice.label("forms.register_row", number=dates.number(voice, place), title=title)
    return Button(label, opening_tap(form.id))


def opening_tap(number: int) -> Tap:
    """Return the tap that opens the form of that number."""
    return Tap.to(SCREEN, number, 0, "o")
