"""The only place where something raised becomes a sentence in the chat."""

from __future__ import annotations

from bot.errors import RelaisError
from bot.members.errors import MemberError
from bot.texts.members import refusal
from bot.texts.reply import Reply
from bot.texts.voice import Voice


def sorry(voice: Voice, error: Exception, reference: str) -> Reply:
    """Return the reply to an update whose handling raised: what is missing, or a short id of the log."""
    if isinstance(error, MemberError):
        return refusal(voice, error.key, **error.values)
    if isinstance(error, RelaisError):
        return refusal(voice, "errors.refused")
    return refusal(voice, "errors.failed", reference=reference)
