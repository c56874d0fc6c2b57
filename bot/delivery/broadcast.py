"""Queues a campaign: one message to each of many, in each one's language, by the channels that lead there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.delivery.calls import Call, bubbles, documents, dumped
from bot.delivery.letters import letter
from bot.network.audiences import Reader
from bot.network.recipients import ChannelName, Recipient
from bot.texts.reply import Reply
from storage import accounts, campaigns, outbox
from storage.database import Database
from storage.outbox import IfUnknown, Message
from storage.recipients import present

_AT_ONCE = 500
"""Recipients queued in one transaction, so that nobody who writes meanwhile waits for all of them."""
Render = Callable[[Reader, ChannelName], Reply]
Key = tuple[str, str, str, str, str | None]
"""What decides about a body: the channel's kind, language, zone, digits, and what is told."""


def _nothing_of_its_own(_reader: Reader) -> None:
    """Everybody is told the same."""


class Broadcast:
    """Fills campaigns; begun again after a kill, it queues only what is missing."""

    def __init__(self, database: Database, served: Collection[str]) -> None:
        """Take the names of the channels that are served."""
        self._database, self.served = database, served

    async def fill(
        self,
        campaign: int,
        name: str,
        recipients: Sequence[Recipient],
        render: Render,
        at: Callable[[Recipient], datetime],
        now: datetime,
        *,
        if_unknown: IfUnknown = "held",
        urgent: bool = False,
        useless_after: datetime | None = None,
        holds: Callable[[Reader], str | None] = _nothing_of_its_own,
    ) -> None:
        """Queue what ``render`` says to each recipient, not before the moment that ``at`` gives; then let it run.

        Only language, zone and digits of a reader, and what ``holds`` says that is told to them, may change what is
        rendered: those who share them share a body, with which that is kept.  Only what is ``urgent`` is sent in a
        reader's quiet hours; from ``useless_after`` on nothing is.
        """
        bodies: dict[Key, int] = {}
        for first in range(0, len(recipients), _AT_ONCE):
            wanted = recipients[first : first + _AT_ONCE]
            rendered = await self._rendered(wanted, bodies, render, holds)
            async with self._database.transaction() as tx:
                if not await campaigns.turn(tx, campaign, ("filling",), "filling"):  # nobody stops it meanwhile
                    return
                for key, calls in rendered.items():
                    bodies[key] = await campaigns.add_body(tx, campaign, calls, key[-1])
                some = await present(tx, wanted)
                messages = []
                for recipient in some:
                    begins = int(at(recipient).timestamp())
                    reader = recipient.reader
                    held = holds(reader)
                    for route in recipient.routes(self.served):
                        body = bodies[_key(route.channel, reader, held)]
                        messages.append(
                            Message(
                                f"{name}:{recipient.number}:{route.channel}", route.channel, route.address, begins,
                                body=body, campaign=campaign, person=reader.person, language=reader.language,
                                if_unknown=if_unknown, state="queued" if route.rank == 1 else "waiting",
                                quiet=None if urgent else recipient.quiet_for(route.channel),
                                useless_after=None if useless_after is None else int(useless_after.timestamp()),
                            )
                        )  # fmt: skip
                if "web" in self.served:
                    await accounts.open_pages(tx, some, now)
                await outbox.add_many(tx, messages, now)
        async with self._database.transaction() as tx:
            await campaigns.turn(tx, campaign, ("filling",), "running")

    async def _rendered(
        self,
        recipients: Sequence[Recipient],
        bodies: Collection[Key],
        render: Render,
        holds: Callable[[Reader], str | None],
    ) -> dict[Key, str]:
        """Return what is said to these people and has no body yet; nobody waits for it."""
        found: dict[Key, str] = {}
        for recipient in recipients:
            reader = recipient.reader
            for route in recipient.routes(self.served):
                key = _key(route.channel, reader, holds(reader))
                if key not in bodies and key not in found:
                    found[key] = dumped(calls_of(route.channel, render(reader, route.channel), reader))
                    await asyncio.sleep(0)
        return found


def _key(channel: ChannelName, reader: Reader, held: str | None) -> Key:
    return ("email" if channel == "email" else "chat", reader.language, reader.time_zone, reader.digits, held)


def calls_of(channel: ChannelName, reply: Reply, reader: Reader) -> tuple[Call, ...]:
    """Return the calls that show the reply in that channel; the address is put in when they are made."""
    if channel == "email":
        return (letter(reply, reader.language),)
    return (*bubbles(0, reply), *documents(0, reply))
