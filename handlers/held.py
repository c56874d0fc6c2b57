"""A restored copy sends nothing by itself until a coordinator has decided: whoever of them commands is told."""

from __future__ import annotations

from dataclasses import replace

from bot.texts import held as texts
from bot.texts.layout import paragraphs
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn
from storage import audit, held


async def told(turn: Turn, reply: Reply) -> Reply:
    """Add to the answer that messages wait; one that brings a keyboard has no room for the button."""
    if turn.incoming.kind != "command" or not reply.text or (reply.keyboard is not None and not reply.buttons):
        return reply
    if not await held.is_held(turn.tx):
        return reply
    text = texts.notice(turn.voice, await held.since(turn.tx), await held.waiting(turn.tx))
    buttons = (*reply.buttons, (texts.open_button(turn.voice),))
    return replace(reply, text=paragraphs(reply.text, text), buttons=buttons)


async def tap(turn: Turn) -> Reply:
    """Ask what becomes of what waits, ask again, and do it."""
    what = turn.tap.text(0) or ""
    if what not in ("send", "drop"):
        return await show(turn)
    if not await held.is_held(turn.tx):
        return texts.decided(turn.voice, "over")
    waits = await held.waiting(turn.tx)
    if turn.tap.text(1) != "yes":
        return texts.surely(turn.voice, what, waits)
    await (held.release(turn.tx) if what == "send" else held.drop(turn.tx, turn.now))
    reader = turn.reader
    await audit.note(
        turn.tx, reader.account, reader.name, f"backup.{what}", "outbox", turn.now, f"{waits.messages} messages"
    )
    return texts.decided(turn.voice, what)


async def show(turn: Turn) -> Reply:
    """Ask what becomes of what waits."""
    if not await held.is_held(turn.tx):
        return texts.decided(turn.voice, "over")
    return texts.decide(turn.voice, await held.since(turn.tx), await held.waiting(turn.tx))


HELD = Conversation(
    name="held", taps={(texts.SCREEN, 1): tap}, stale=show, afterwards=told, roles=frozenset({"coordinator"})
)
