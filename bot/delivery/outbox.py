"""Puts what the assistant starts by itself into the outbox; the dispatcher sends it."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.calls import Call, bubbles, documents, dumped
from bot.network.audiences import Reader
from bot.network.recipients import quiet_hours
from bot.texts.reply import Reply
from storage import accounts, outbox
from storage.database import Transaction
from storage.outbox import Message


async def queue(tx: Transaction, key: str, channel: str, address: int, reply: Reply, now: datetime) -> bool:
    """Queue a message to one chat in the transaction of the fact that it announces.

    ``key`` names what, which occurrence and to whom; False if that was queued before.  It goes out at any hour, as an
    answer does: what others or time bring is for ``notify``.
    """
    calls = (*bubbles(address, reply), *documents(address, reply))
    return await outbox.add(tx, Message(key, channel, address, int(now.timestamp()), dumped(calls)), now)


async def notify(
    tx: Transaction, key: str, reader: Reader, reply: Reply, now: datetime, *, useless_after: datetime | None = None
) -> bool:
    """Queue what somebody else's doing, or time, brings to a reader, as ``queue`` does: in quiet hours it waits.

    From ``useless_after`` on it is not sent any more.
    """
    calls = (*bubbles(reader.address, reply), *documents(reader.address, reply))
    return await notify_by(tx, key, reader, calls, now, useless_after=useless_after)


async def notify_by(
    tx: Transaction,
    key: str,
    reader: Reader,
    calls: tuple[Call, ...],
    now: datetime,
    *,
    useless_after: datetime | None = None,
) -> bool:
    """Queue calls to a reader, as ``notify`` does a message."""
    quiet = await quiet_for(tx, reader)
    until = None if useless_after is None else int(useless_after.timestamp())
    message = Message(
        key, reader.channel, reader.address, int(now.timestamp()), dumped(calls), quiet=quiet, useless_after=until
    )
    return await outbox.add(tx, message, now)


async def quiet_for(read: Transaction, reader: Reader) -> str | None:
    """Return the hours in which this reader is not disturbed, as ``bot.network.recipients.quiet_hours`` does."""
    return quiet_hours(await accounts.quiet_of(read, reader.account), reader.time_zone, reader.channel)
