"""The whole assistant without Telegram: real storage, real desk, real inbox, and phones to look at.

    @pytest.fixture
    async def bot(tmp_path):
        async with await TestBot.start(tmp_path, conversations=(...)) as bot:
            yield bot

    async def test_help_answers(bot):
        bubbles = await bot.say("/help", CAMILLE)
        assert [bubble.text for bubble in bubbles] == ["…"]
        assert (await bot.tap("Menu", CAMILLE))[0].labels == [["…"]]

What ``say`` and ``tap`` return is what they changed: new bubbles and edited ones, in order.  Every call that travels is
checked against Telegram's documentation at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.clock import SimulatedClock
from bot.delivery.inbox import Inbox
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.network.languages import Language
from handlers.desk import Desk
from handlers.turn import Conversation
from locales import Catalogues
from storage.database import Database, open_database
from storage.migrate import migrate
from tests.botapi.check_calls import check_calls
from tests.support.capture import CapturingRequest, Recorded
from tests.support.people import JOHN, Somebody, message, tap
from tests.support.phone import Bubble, Phone, ShownButton

START = datetime(2027, 5, 3, 2, 0, tzinfo=UTC)
"""When a test begins, unless it says otherwise: a Monday, 09:00 in Phnom Penh and Ha Noi."""
Prepare = Callable[[Database], Awaitable[object]]


class TestBot:
    """An assistant on a SQLite file of its own."""

    __test__ = False

    def __init__(
        self, database: Database, clock: SimulatedClock, request: CapturingRequest, inbox: Inbox, channel: str
    ) -> None:
        self.database, self.clock, self.request, self.inbox = database, clock, request, inbox
        self._channel = channel
        self._updates = self._checked = 0

    @classmethod
    async def start(
        cls,
        folder: Path,
        conversations: Sequence[Conversation],
        *,
        now: datetime = START,
        zone: str = "Asia/Phnom_Penh",
        language: Language = "en",
        prepare: Prepare | None = None,
        channel: str = "telegram",
    ) -> TestBot:
        """Open ``folder/relais.db`` (again), migrate it, have ``prepare`` fill it, and put the assistant to work."""
        database = await open_database(f"sqlite:///{folder / 'relais.db'}")
        await migrate(database)
        if prepare is not None:
            await prepare(database)
        clock, request = SimulatedClock(now), CapturingRequest()
        api = TelegramApi(request, "https://api.telegram.org", "1:token")
        desk = Desk(conversations, Identify(zone, language), Catalogues.load(), clock)
        return cls(database, clock, request, Inbox(database, desk, clock, {channel: api}), channel)

    async def close(self) -> None:
        await self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def say(self, text: str | None, who: Somebody = JOHN, **more: object) -> list[Bubble]:
        """Write a message or a command; ``text=None`` and ``sticker={…}`` or so for what is not text."""
        number = self.phone(who).next_id()
        return await self._send(who, message(self._next_update(), number, who, text, **more))

    async def tap(self, button: str | ShownButton, who: Somebody = JOHN, bubble: Bubble | None = None) -> list[Bubble]:
        """Tap a button, by its label or a part of it; under ``bubble``, or the newest one that has such a button."""
        shown = [bubble] if bubble else list(reversed(self.phone(who).bubbles))
        for one in shown:
            found = one.button(button) if isinstance(button, str) else button
            if found is not None:
                assert found.data is not None, f"{found} carries no callback data: it opens a link"
                return await self.tap_data(found.data, who, one)
        raise AssertionError(f"no button {button!r}; there is {[one.labels for one in shown]}")

    async def tap_data(self, data: str, who: Somebody = JOHN, bubble: Bubble | None = None) -> list[Bubble]:
        """Tap a button that carries ``data``, there or not: what an old bubble or a forger may send."""
        under = bubble or self.phone(who).last
        return await self._send(who, tap(self._next_update(), under.message_id, who, data))

    def phone(self, who: Somebody = JOHN) -> Phone:
        """What that person sees: `bubbles`, `last`, `keyboard`."""
        return self.request.phone(who.id)

    @property
    def calls(self) -> list[Recorded]:
        """Every call that travelled, in order."""
        return self.request.calls

    def methods(self) -> list[str]:
        """The methods of every call, in order."""
        return [call.method for call in self.calls]

    async def receive(self, *raw: dict[str, Any]) -> None:
        """Take updates in as they are, and answer them."""
        await self.inbox.receive(self._channel, raw)
        async with asyncio.TaskGroup() as group:
            working = group.create_task(self.inbox.run())
            waiting = group.create_task(self.inbox.idle())
            await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
            working.cancel()
        self._check()

    async def _send(self, who: Somebody, raw: dict[str, Any]) -> list[Bubble]:
        before = list(self.phone(who).bubbles)
        await self.receive(raw)
        return [bubble for bubble in self.phone(who).bubbles if bubble not in before]

    def _next_update(self) -> int:
        self._updates += 1
        return self._updates

    def _check(self) -> None:
        problems = check_calls([call.for_check for call in self.calls[self._checked :]])
        self._checked = len(self.calls)
        assert not problems, "\n".join(problems)
