"""Answers about what is expected of the reader, and about the reminders of it: later, done, paused, stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.ask.matters import Matter
from bot.ask.titles import Noun
from bot.network.duties import LETTERS, Kind
from bot.texts.ask import with_coordination, with_line
from bot.texts.duties import SCREEN as DUTY
from bot.texts.reply import Reply, Tap
from handlers.attending import About, Answer
from handlers.pausing import Pausing
from handlers.turn import Handler, Turn
from locales import Html

_DUTIES: Mapping[Noun, Kind] = {"deadline": "deadline", "event": "event", "form": "form"}
"""What a row is as something expected."""


def expected(screens: Mapping[str, Handler]) -> Mapping[Matter, Answer]:
    """Return the answers; ``screens`` holds those of other conversations, as far as they are there."""
    desk = _Expected(screens)
    return {
        "owed": desk.owed, "remind_me": desk.remind_me, "did_it": desk.did_it, "pausing": desk.pausing,
        "resuming": desk.resuming, "stop_sending": desk.stop_sending, "not_received": desk.not_received,
    }  # fmt: skip


class _Expected:
    def __init__(self, screens: Mapping[str, Handler]) -> None:
        self._screens = screens

    async def owed(self, turn: Turn, _about: About) -> Reply | None:
        return await self._screens["mine"](turn) if turn.reader.is_known and "mine" in self._screens else None

    async def remind_me(self, turn: Turn, about: About) -> Reply | None:
        duty = await self._duty(turn, about)
        shown = duty or await self.owed(turn, about)
        return with_line(turn.voice.say("ask.remind_me"), shown) if shown and not duty else duty

    async def did_it(self, turn: Turn, about: About) -> Reply | None:
        """Show what is done, to be marked so; everything that is expected where nothing was shown."""
        duty = await self._duty(turn, about)
        shown = duty or await self.owed(turn, about)
        return with_line(turn.voice.say("ask.mark_done" if duty else "ask.did_it"), shown) if shown else None

    async def _duty(self, turn: Turn, about: About) -> Reply | None:
        """Return the card of the row that was shown before as a duty of the reader's; None where it is none."""
        kind, handler = _DUTIES.get(about.row.noun) if about.row else None, self._screens.get("duty")
        if about.row is None or kind is None or handler is None:
            return None
        tap = Tap.to(DUTY, f"{LETTERS[kind]}{about.row.number}", "open")
        shown = await handler(replace(turn, incoming=replace(turn.incoming, tap=tap)))
        return shown if shown.buttons else None

    async def pausing(self, turn: Turn, about: About) -> Reply | None:
        """Pause the reminders until the day that is said; ask for it where none is."""
        settings = self._screens.get("settings")
        if settings is None or not turn.reader.is_known:
            return await self.stop_sending(turn, about)
        pausing = Pausing(settings)
        if about.until is not None:
            return await pausing.pause(turn, about.until)
        return with_coordination(turn.voice, await pausing.ask(turn))

    async def resuming(self, turn: Turn, _about: About) -> Reply | None:
        settings = self._screens.get("settings")
        return await Pausing(settings).resume(turn) if settings and turn.reader.is_known else None

    async def stop_sending(self, turn: Turn, _about: About) -> Reply | None:
        return await self._with_settings(turn, turn.voice.say("ask.stop_sending"))

    async def not_received(self, turn: Turn, _about: About) -> Reply | None:
        return await self._with_settings(turn, turn.voice.say("ask.not_received"))

    async def _with_settings(self, turn: Turn, line: Html) -> Reply | None:
        settings = self._screens.get("settings")
        return with_coordination(turn.voice, with_line(line, await settings(turn))) if settings else None
