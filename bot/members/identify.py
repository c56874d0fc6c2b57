"""Who is speaking."""

from __future__ import annotations

from datetime import datetime

from bot.network.audiences import Reader
from bot.network.languages import Language, guess
from storage import accounts
from storage.database import Transaction


class Identify:
    """Finds the reader behind an address, and meets those who speak for the first time."""

    def __init__(self, network_zone: str, network_language: Language) -> None:
        """Take the network's IANA time zone and language, for those of whom nothing better is known."""
        self.network_zone, self._language = network_zone, network_language

    async def __call__(
        self, tx: Transaction, channel: str, address: int, name: str, language_code: str | None, now: datetime
    ) -> Reader:
        """Return the reader; ``language_code`` (IETF tag) is what the channel believes of a newcomer."""
        reader = await accounts.find(tx, channel, address, self.network_zone)
        if reader is None:
            await accounts.add(tx, channel, address, name, guess(language_code) or self._language, now)
            reader = await accounts.find(tx, channel, address, self.network_zone)
        assert reader is not None
        if reader.unreachable:  # who writes is there
            await accounts.found(tx, reader.account)
            return reader.model_copy(update={"unreachable": False})
        return reader

    async def again(self, tx: Transaction, account: int) -> Reader:
        """Return the account's reader as it stands now; raises LookupError if there is no such account."""
        reader = await accounts.numbered(tx, account, self.network_zone)
        if reader is None:
            raise LookupError(f"no account {account}")
        return reader

    async def coordinators(self, tx: Transaction) -> list[Reader]:
        """Return every account of the network's coordinators."""
        return await accounts.of_role(tx, "coordinator", self.network_zone)
