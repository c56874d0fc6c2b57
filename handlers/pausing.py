"""Reminders are paused until a day: chosen with a tap, or written ("jusqu'au 20 mars", "2 tuần"); and resumed."""

from __future__ import annotations

from datetime import date, timedelta

from bot.ask.normalise import normalise
from bot.ask.periods.lasting import over_on
from bot.network.workdays import workday_from
from bot.texts import pausing as texts
from bot.texts.ask import with_line
from bot.texts.reply import Reply
from handlers.time_zone import OPEN_FOR
from handlers.turn import Handler, Turn
from storage import accounts

TOPIC = "pause"
"""What is awaited of the account while a day is asked for."""
_LONGEST = timedelta(days=366)
_MORE = 12
"""Letters beside the day in an answer that is nothing else: "à partir de lundi, jusqu'au 20 mars svp" is more."""


class Pausing:
    """The part of the settings about pausing; ``settings`` shows them once it is chosen."""

    def __init__(self, settings: Handler) -> None:
        self._settings = settings

    async def tap(self, turn: Turn) -> Reply:
        """Ask until when, pause for as long as a button says, or resume."""
        chosen = turn.tap.text(0)
        if chosen == "end":
            return await self.resume(turn)
        today = turn.reader.today(turn.now)
        length = next((one for one in texts.LENGTHS if str(one) == chosen), None)
        return await (self.pause(turn, today + timedelta(days=length)) if length else self.ask(turn))

    async def words(self, turn: Turn) -> Reply | None:
        """Take a day while one is asked for; what says more is no answer to that."""
        asked = await accounts.awaited(turn.tx, turn.reader.account, TOPIC) if turn.incoming.kind == "text" else None
        if asked is None or turn.now.timestamp() >= asked["until"]:
            return None
        message = normalise(turn.incoming.text)
        found = over_on(message, turn.reader.language, turn.reader.today(turn.now), answers=True)
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        if found is None or sum(map(str.isalpha, message.masked([found[1]]).text)) > _MORE:
            return None
        return await self.pause(turn, found[0])

    async def ask(self, turn: Turn) -> Reply:
        """Ask until when."""
        await self.awaits(turn)
        return texts.until_when(turn.voice, turn.reader.today(turn.now))

    async def awaits(self, turn: Turn) -> None:
        """Take a day that is written next for the end of the pause."""
        until = int((turn.now + OPEN_FOR).timestamp())
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {"until": until})

    async def pause(self, turn: Turn, until: date) -> Reply:
        """Pause until the first working day from ``until`` on, a year at most."""
        today = turn.reader.today(turn.now)
        until = workday_from(min(until, today + _LONGEST), turn.reader.country)
        await accounts.pause(turn.tx, turn.reader.account, until)
        return with_line(texts.paused(turn.voice, until), await self._settings(turn))

    async def resume(self, turn: Turn) -> Reply:
        """Remind again from now on."""
        until = await accounts.paused_until(turn.tx, turn.reader.account)
        were_paused = until is not None and turn.reader.today(turn.now) < until
        await accounts.pause(turn.tx, turn.reader.account, None)
        return with_line(texts.resumed(turn.voice, were_paused=were_paused), await self._settings(turn))
