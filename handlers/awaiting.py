"""Words that somebody was asked for are awaited until they come, or something else is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.texts.reply import Reply
from handlers.turn import Turn
from storage import accounts


async def await_nothing(turn: Turn, topic: str) -> None:
    """Wait no longer for words about ``topic``; who was asked for none is not looked up."""
    if turn.reader.asked and await accounts.awaited(turn.tx, turn.reader.account, topic) is not None:
        await accounts.set_awaited(turn.tx, turn.reader.account, topic, None)


def left(topic: str) -> Callable[[Turn, Reply], Awaitable[Reply]]:
    """Return a conversation's ``afterwards`` that waits no longer for words about ``topic`` once another answers."""

    async def leave(turn: Turn, reply: Reply) -> Reply:
        if turn.incoming.kind in ("command", "tap"):
            await await_nothing(turn, topic)
        return reply

    return leave
