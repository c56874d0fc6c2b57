"""The keys in place of the letters: a key sends its label, and is answered as its command would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.network.spelling import fold
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.turn import Conversation, Handler, Turn
from locales import Catalogues


def keyboard(catalogues: Catalogues, commands: Mapping[str, Handler]) -> Conversation:
    """Return the conversation that answers keys; ``commands`` are the handlers by the command that a key stands for.

    A label is known in every language: a keyboard stays on a phone after its owner has changed the language.
    """
    keys = {
        fold(Voice.plain(catalogue.say(f"menu.{name}"))): name for catalogue in catalogues.values() for name in commands
    }

    async def words(turn: Turn) -> Reply | None:
        name = keys.get(fold(turn.incoming.text)) if turn.incoming.kind == "text" else None
        if name is None:
            return None
        pressed = replace(turn.incoming, kind="command", command=name, text="")
        return await commands[name](replace(turn, incoming=pressed))

    return Conversation(name="keyboard", words=words)
