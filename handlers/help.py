"""``/help``: what can be asked, with examples, and whom to ask otherwise."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import contacts
from bot.texts.members import help_text
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn) -> Reply:
    """Answer with the help."""
    return help_text(turn.voice, turn.reader, await contacts.coordinators(turn.tx, turn.reader))


async def refreshed(turn: Turn) -> Reply:
    """Put the help in the place of an outdated bubble."""
    return replace(await show(turn), notice=turn.voice.say("common.refreshed"))


HELP = Conversation(name="help", commands={"help": show}, taps={("help", 1): show}, stale=refreshed)
