"""``/schedule``, for coordinators: what goes out by itself in the next thirty days; each line shows its real bubbles.

Computing it may take seconds: it is owed, done outside any transaction, and kept for ten minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.errands import Finish, Owed
from bot.delivery.outbox import queue
from bot.members.identify import Identify
from bot.network.languages import LANGUAGES
from bot.network.records import Person
from bot.network.spelling import fold, fold_written, likeness
from bot.pushes.forecast import Forecasting
from bot.texts import schedule as texts
from bot.texts.forecast import Forecast, Line
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.again import Again
from handlers.awaiting import await_nothing, left
from handlers.schedule_bubbles import Bubbles
from handlers.turn import Conversation, Turn
from storage import accounts, directory
from storage.database import Database, Transaction
from storage.errands import Errand
from storage.network import PEOPLE
from storage.version import version

TOPIC = "schedule"
FORECAST = "forecast"
"""The kind of these errands; their details: ``what`` is to be shown, as in a tap."""
AHEAD = timedelta(days=30)
_FRESH = timedelta(minutes=10)
_LIKE = 70.0
_MANY = 8


class Schedule:
    """Shows forecasts."""

    def __init__(self, forecasting: Forecasting, owed: Owed, again: Again) -> None:
        self.forecasting, self._owed = forecasting, owed
        self._bubbles = Bubbles(again)
        self._kept: tuple[str, Forecast] | None = None
        """With the version of the tables that it was made of."""

    def keep(self, tables: str, forecast: Forecast) -> None:
        """Keep a forecast."""
        self._kept = tables, forecast

    def conversation(self) -> Conversation:
        """Return the conversation; to others than coordinators it is unknown."""
        return Conversation(
            name="schedule",
            commands={"schedule": self._command},
            taps={(texts.SCREEN, 1): self._tap},
            stale=self._command,
            words=self._words,
            afterwards=left(TOPIC),
            roles=frozenset({"coordinator"}),
        )

    async def show(
        self, read: Transaction, voice: Voice, forecast: Forecast, what: Sequence[str], now: datetime
    ) -> Reply:
        """Return the screen that a tap names."""
        step, *more = (*what, "", "", "", "")
        line: Line | None = None
        if step == "l" and (day := texts.day_of(more[0])) is not None:
            line = forecast.line(day, more[1])
        if line is not None:
            return await self._preview(read, voice, forecast, line, more[2], now)
        if step in ("o", "b") and more[0].isdecimal():
            return await self._person(read, voice, forecast, more, now)
        page = texts.schedule(voice, forecast, int(more[0]) if step == "p" and more[0].isdecimal() else 0)
        return replace(page, notice=voice.say("common.refreshed")) if step == "l" else page

    async def _command(self, turn: Turn) -> Reply:
        await await_nothing(turn, TOPIC)
        return await self._shown(turn, ())

    async def _tap(self, turn: Turn) -> Reply:
        await await_nothing(turn, TOPIC)
        what = turn.tap.arguments
        if what[:1] == ("w",):
            await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {})
            return texts.ask_whom(turn.voice)
        if what[:1] == ("r",):
            self._kept, what = None, ()
        return await self._shown(turn, what)

    async def _shown(self, turn: Turn, what: Sequence[str]) -> Reply:
        """Show it from the forecast that is kept, or have a new one made."""
        kept = self._kept
        if kept is None or not kept[1].now <= turn.now < kept[1].now + _FRESH or kept[0] != await version(turn.tx):
            await self._owed.owe(turn.tx, FORECAST, turn.reader.account, {"what": list(what)}, turn.now)
            return texts.preparing(turn.voice)
        return await self.show(turn.tx, turn.voice, kept[1], what, turn.now)

    async def _words(self, turn: Turn) -> Reply | None:
        """Take somebody's name."""
        awaited = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        if awaited is None or turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        found = await _called(turn.tx, turn.incoming.text)
        if not found:
            return texts.ask_whom(turn.voice, turn.incoming.text[:60])
        if len(found) > 1:
            return texts.which(turn.voice, found)
        await await_nothing(turn, TOPIC)
        return await self._shown(turn, ("o", str(found[0].id)))

    async def _preview(
        self, read: Transaction, voice: Voice, forecast: Forecast, line: Line, wanted: str, now: datetime
    ) -> Reply:
        read_by = [code for code in LANGUAGES if line.languages[code]]
        usual = voice.language if voice.language in read_by else read_by[0]
        language = next((code for code in read_by if code == wanted), usual)
        variants = forecast.variants(line, language)
        bubble = await self._bubbles.of(read, variants[0].recipient, variants[0].going)
        return texts.preview(voice, line, language, variants, bubble)

    async def _person(
        self, read: Transaction, voice: Voice, forecast: Forecast, more: Sequence[str], now: datetime
    ) -> Reply:
        one = await self.forecasting.person(read, int(more[0]))
        if one is None:
            return texts.ask_whom(voice)
        going = next(
            (one for one in forecast.of(one.reader.person or "") if str(int(one.at.timestamp())) == more[1]), None
        )
        if going is None:
            return texts.person(voice, forecast, one)
        return texts.of_person(voice, one, await self._bubbles.of(read, one, going))


class Forecasts:
    """Makes forecasts that were asked for, and queues what is seen of them."""

    def __init__(self, database: Database, clock: Clock, schedule: Schedule, identify: Identify, again: Again) -> None:
        self._database, self._clock, self._schedule = database, clock, schedule
        self._identify, self._again = identify, again

    async def do(self, errand: Errand) -> Finish:
        """Compute it."""
        now = self._clock.now()
        async with self._database.snapshot() as read:
            tables = await version(read)
        forecast = await self._schedule.forecasting.forecast(self._database, now, now + AHEAD)
        self._schedule.keep(tables, forecast)
        async with self._database.snapshot() as read:
            reader = await self._identify.again(read, errand.account)
            voice = self._again.voice(reader)
            reply = await self._schedule.show(read, voice, forecast, errand.details["what"], now)

        async def finish(tx: Transaction) -> None:
            if reader.is_coordinator:
                await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())

        return finish

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it could not be computed."""
        reader = await self._identify.again(tx, errand.account)
        reply = texts.failed(self._again.voice(reader))
        await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())


async def _called(read: Transaction, wrote: str) -> list[Person]:
    """Return who may be meant by a name: those who have all of its words, else those whose names are most like it."""
    text = fold_written(wrote)
    names = [(fold(name), code) for code, name in await directory.names(read)]
    found = [code for name, code in names if text and all(word in name.split() for word in text.split())]
    if not found:
        near = sorted(((likeness(text, name), code) for name, code in names), reverse=True)
        found = [code for score, code in near if score >= _LIKE]
    people = await PEOPLE.several(read, found[:_MANY])
    return [people[code] for code in found[:_MANY] if code in people]
