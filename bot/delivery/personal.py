"""Queues one bubble to one of the network's people, by the channels that lead there, as a campaign does to many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.delivery.broadcast import Render, calls_of
from bot.delivery.calls import dumped
from bot.network.languages import Language
from bot.network.recipients import Recipient
from storage import accounts, outbox, recipients
from storage.database import Transaction
from storage.outbox import Message


class Bubble(NamedTuple):
    """What is said to one person."""

    name: str
    """What and which occurrence."""
    recipient: Recipient
    render: Render
    alike: object
    """What decides about the wording, besides the reader's language, zone and digits; hashable."""
    at: datetime
    """Before this it is not sent."""
    useless_after: datetime | None = None
    """From then on neither; None: it always is of use."""


class Personal:
    """Writes to people one by one."""

    def __init__(self, served: Collection[str], network_zone: str, default: Language) -> None:
        """Take the names of the channels that are served; zone (IANA) and language of whom nothing is known."""
        self.served, self.zone, self._default = served, network_zone, default

    async def find(self, tx: Transaction, number: int) -> Recipient | None:
        """Return the person of that row's number."""
        return await recipients.numbered(tx, number, self.zone, self._default)

    async def some(self, tx: Transaction, number: int, places: int) -> tuple[list[Recipient], int | None]:
        """Return people whose row comes after that number, and the number to go on from, if there are more."""
        return await recipients.after(tx, number, places, self.zone, self._default)

    async def queue(
        self, tx: Transaction, name: str, recipient: Recipient, render: Render, at: datetime, now: datetime
    ) -> bool:
        """Queue what ``render`` says, not before ``at``; False if it was queued before, or nobody can be reached.

        ``name`` is what and which occurrence: with the person and the channel it is unique.  A later channel waits for
        the first to fail; what may have arrived is sent again.  Nothing of it is sent in the person's quiet hours.
        """
        messages = self._messages(Bubble(name, recipient, render, None, at), {})
        if any(one.channel == "web" for one in messages):
            await accounts.open_pages(tx, [recipient], now)
        added = [await outbox.add(tx, one, now) for one in messages]
        return any(added)

    async def queue_many(
        self, tx: Transaction, some: Sequence[Bubble], rendered: dict[object, str], now: datetime
    ) -> None:
        """Queue bubbles as ``queue`` does one; ``rendered`` keeps what is said, for all to whom the same is said."""
        if "web" in self.served:
            await accounts.open_pages(tx, [one.recipient for one in some], now)
        await outbox.add_many(tx, [message for one in some for message in self._messages(one, rendered)], now)

    def _messages(self, one: Bubble, rendered: dict[object, str]) -> list[Message]:
        recipient, reader, messages = one.recipient, one.recipient.reader, []
        for route in recipient.routes(self.served):
            kind = "email" if route.channel == "email" else "chat"
            key = (kind, reader.language, reader.time_zone, reader.digits, one.alike)
            if key not in rendered:
                rendered[key] = dumped(calls_of(route.channel, one.render(reader, route.channel), reader))
            messages.append(
                Message(
                    f"{one.name}:{recipient.number}:{route.channel}", route.channel, route.address,
                    int(one.at.timestamp()), rendered[key], person=reader.person, language=reader.language,
                    state="queued" if route.rank == 1 else "waiting",
                    quiet=recipient.quiet_for(route.channel),
                    useless_after=None if one.useless_after is None else int(one.useless_after.timestamp()),
                )
            )  # fmt: skip
        return messages
