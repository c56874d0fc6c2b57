"""The keys in place of the letters: a key sends its label, and is answered as its command would be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.network.spelling import fold
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.turn import Conversation, Handler, Turn
from locales import Catalogues


def keyboard(
    catalogues: Catalogues, commands: Mapping[str, Handler], leaning: Callable[[Turn], Awaitable[Reply | None]]
) -> Conversation:
    """Return the conversation that answers keys; ``commands`` are the handlers by the command that a key stands for.

    A label is known in every language: a keyboard stays on a phone after its owner has changed the language.
    Typed without its sign it may be a question about the list that was asked for before: ``leaning`` answers that.
    """
    labels = {Voice.plain(one.say(f"menu.{name}")): name for one in catalogues.values() for name in commands}
    keys = {fold(label): name for label, name in labels.items()}

    async def words(turn: Turn) -> Reply | None:
        name = keys.get(fold(turn.incoming.text)) if turn.incoming.kind == "text" else None
        if name is None:
            return None
        typed = turn.incoming.text.strip() not in labels
        leant = await leaning(turn) if typed else None
        if leant is not None:
            return leant
        pressed = replace(turn.incoming, kind="command", command=name, text="")
        return await commands[name](replace(turn, incoming=pressed))

    return Conversation(name="keyboard", words=words)
