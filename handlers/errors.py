"""The only place where something raised becomes a sentence in the chat."""

from __future__ import annotations

from bot.errors import RelaisError
from bot.members.errors import MemberError
from bot.texts.reply import Reply
from bot.texts.voice import Voice


def sorry(voice: Voice, error: Exception, reference: str) -> Reply:
    """Return the reply to an update whose handling raised: what is missing, or a short id of the log."""
    if isinstance(error, MemberError):
        return Reply(voice.say(error.key), place="new")
    if isinstance(error, RelaisError):
        return Reply(voice.say("errors.refused"), place="new")
    return Reply(voice.say("errors.failed", reference=reference), place="new")
