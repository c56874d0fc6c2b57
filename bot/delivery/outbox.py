"""Puts what the assistant starts by itself into the outbox; the dispatcher sends it."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.calls import Call, bubbles, documents, dumped
from bot.texts.reply import Reply
from storage import outbox
from storage.database import Transaction
from storage.outbox import IfUnknown, Message


async def queue(
    tx: Transaction,
    key: str,
    channel: str,
    address: int,
    reply: Reply,
    now: datetime,
    *,
    if_unknown: IfUnknown = "again",
    quiet: str | None = None,
) -> bool:
    """Queue a message to one chat in the transaction of the fact that it announces.

    ``key`` names what, which occurrence and to whom; False if that was queued before.  ``if_unknown`` says whether it
    is sent again if it may have arrived, ``quiet`` in which hours it disturbs (``bot.network.recipients.quiet_hours``).
    """
    calls = (*bubbles(address, reply), *documents(address, reply))
    return await queue_calls(tx, key, channel, address, calls, now, if_unknown=if_unknown, quiet=quiet)


async def queue_calls(
    tx: Transaction,
    key: str,
    channel: str,
    address: int,
    calls: tuple[Call, ...],
    now: datetime,
    *,
    if_unknown: IfUnknown = "again",
    quiet: str | None = None,
) -> bool:
    """Queue calls to one chat, as ``queue`` does a message."""
    text = dumped(calls)
    message = Message(key, channel, address, int(now.timestamp()), text, if_unknown=if_unknown, quiet=quiet)
    return await outbox.add(tx, message, now)
