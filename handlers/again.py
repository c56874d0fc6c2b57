"""The same turn again, after what is known of the reader has changed."""

from __future__ import annotations

from dataclasses import replace

from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.texts.voice import Voice
from handlers.turn import Turn
from locales import Catalogues


class Again:
    """Reads the reader anew, and speaks in the reader's present language, zone and digits."""

    def __init__(self, identify: Identify, catalogues: Catalogues) -> None:
        self._identify, self._catalogues = identify, catalogues

    async def __call__(self, turn: Turn) -> Turn:
        """Return the turn with the reader and the voice as they are now."""
        reader = await self._identify.again(turn.tx, turn.reader.account)
        return replace(turn, reader=reader, voice=self.voice(reader))

    def voice(self, reader: Reader) -> Voice:
        """Return the voice in which that reader is spoken to."""
        return Voice.of(self._catalogues, reader)
