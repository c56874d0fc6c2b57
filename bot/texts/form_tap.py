"""What every button under a question of a form carries."""

from __future__ import annotations

from bot.forms.standing import Standing
from bot.texts.form_button import SCREEN
from bot.texts.reply import Tap


def tap(standing: Standing, action: str, *arguments: object) -> Tap:
    """Return a tap on the open question; it is known by the session's turn, so that an old one is recognised."""
    turn = standing.session.turn if standing.session else 0
    return Tap.to(SCREEN, standing.form.id, turn, action, *arguments)
