"""What no conversation takes: the nearest things that can be done.  Stands last, and takes anything."""

from __future__ import annotations

from bot.members.suggestions import USUAL, Suggestions
from bot.texts.reply import Reply
from bot.texts.unknown import about_organisation, not_understood, reads_text_only
from handlers import help as helping
from handlers.menu import commands_for
from handlers.turn import Conversation, Turn
from storage import directory


def unknown(suggestions: Suggestions) -> Conversation:
    """Return the conversation that answers everything else."""

    async def words(turn: Turn) -> Reply:
        if turn.incoming.kind == "tap":
            return await helping.refreshed(turn)
        if turn.incoming.kind == "other":
            return reads_text_only(turn.voice, USUAL)
        return await nearest(turn)

    async def nearest(turn: Turn) -> Reply:
        is_command = turn.incoming.kind == "command" or turn.incoming.text.startswith("/")
        written = f"{turn.incoming.command} {turn.incoming.text}".strip()
        places = await directory.organisations(turn.tx)
        found = suggestions.nearest(written, commands_for(turn.reader.role), places)
        if found.organisation is not None:
            return about_organisation(turn.voice, found.organisation, found.commands, found.near)
        shown = f"/{written}" if turn.incoming.kind == "command" else written
        return not_understood(turn.voice, shown, found.commands, near=found.near > 0, command=is_command)

    return Conversation(name="unknown", words=words)
