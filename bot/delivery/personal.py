"""Queues one bubble to one of the network's people, by the channels that lead there, as a campaign does to many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.delivery.broadcast import Render, calls_of
from bot.delivery.calls import dumped
from bot.network.languages import Language
from bot.network.recipients import Recipient
from storage import accounts, outbox, recipients
from storage.database import Transaction
from storage.outbox import Message


class Personal:
    """Writes to people one by one."""

    def __init__(self, served: Collection[str], network_zone: str, default: Language) -> None:
        """Take the names of the channels that are served; zone (IANA) and language of whom nothing is known."""
        self.served, self._zone, self._default = served, network_zone, default

    async def find(self, tx: Transaction, number: int) -> Recipient | None:
        """Return the person of that row's number."""
        found, _ = await recipients.after(tx, number - 1, 1, self._zone, self._default)
        return next((one for one in found if one.number == number), None)

    async def some(self, tx: Transaction, number: int, places: int) -> tuple[list[Recipient], int | None]:
        """Return people whose row comes after that number, and the number to go on from, if there are more."""
        return await recipients.after(tx, number, places, self._zone, self._default)

    async def queue(
        self, tx: Transaction, name: str, recipient: Recipient, render: Render, at: datetime, now: datetime
    ) -> bool:
        """Queue what ``render`` says, not before ``at``; False if it was queued before, or nobody can be reached.

        ``name`` is what and which occurrence: with the person and the channel it is unique.  A later channel waits for
        the first to fail; what may have arrived is sent again.  Nothing of it is sent in the person's quiet hours.
        """
        new = False
        reader = recipient.reader
        for route in recipient.routes(self.served):
            if route.channel == "web":
                await accounts.open_pages(tx, [recipient], now)
            calls = dumped(calls_of(route.channel, render(reader, route.channel), reader))
            message = Message(
                f"{name}:{recipient.number}:{route.channel}", route.channel, route.address, int(at.timestamp()), calls,
                person=reader.person, language=reader.language, state="queued" if route.rank == 1 else "waiting",
                quiet=recipient.quiet_for(route.channel),
            )  # fmt: skip
            new = await outbox.add(tx, message, now) or new
        return new
