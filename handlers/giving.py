"""What the steps of a contribution have in common: who may change it, what things are called, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.ask.known import Known
from bot.members.identify import Identify
from bot.network.languages import Language
from bot.texts import contribution_decisions as decisions
from bot.texts import contributions as texts
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from bot.watch import contributing
from bot.watch.contribution import Contribution, Given
from bot.watch.duplicates import Twin, twins
from bot.watch.likeness import ALIKE
from handlers.turn import Turn
from storage import accounts
from storage.network import ORGANISATIONS, THEMES

TOPIC = "give"
"""What somebody was asked to write of a contribution."""
OPEN_FOR = timedelta(minutes=30)
"""How long what is written counts as the answer."""


class Giving:
    """Reads, keeps and shows contributions."""

    def __init__(self, known: Known, identify: Identify) -> None:
        self.known, self._identify = known, identify

    async def next(self, turn: Turn, one: Given, *, first: bool = False) -> Reply:
        """Show what comes next: what is still to be asked, what resembles it, the card."""
        if one.state != "draft":
            await self.await_words(turn, None)
            return await self.to_decide(turn, one)
        if one.content.step() is not None:
            return await self.ask(turn, one, first=first)
        await self.await_words(turn, None)
        alike = [] if one.content.unlike else await self.twins(turn, one)
        if alike:
            return texts.resembling(turn.voice, one, alike)
        return texts.card(turn.voice, one, await self.names(turn, turn.voice, one))

    async def ask(self, turn: Turn, one: Given, *, first: bool = False) -> Reply:
        """Ask for the first thing that is missing."""
        step = one.content.step()
        await self.await_words(turn, one if step in ("words", "day") else None, step or "")
        if step == "words":
            return texts.ask_words(turn.voice, one, first=first)
        if step == "kind":
            return texts.ask_kind(turn.voice, one, first=first)
        if step == "day":
            return texts.ask_day(turn.voice, one, first=first)
        return texts.ask_theme(turn.voice, one, await THEMES.all(turn.tx), first=first)

    async def to_decide(self, turn: Turn, one: Given) -> Reply:
        """Show a contribution to a coordinator: to be decided, or decided."""
        names = await self.names(turn, turn.voice, one)
        if one.state != "waiting":
            return decisions.decided(turn.voice, one, names, len(await contributing.waiting(turn.tx)))
        (bubble,) = await self.decisions(turn, [turn.voice], one)
        return bubble

    async def decisions(self, turn: Turn, voices: Sequence[Voice], one: Given) -> list[Reply]:
        """Return the bubbles of coordinators who are spoken to in these voices; what resembles it is looked up once."""
        giver = await self._identify.again(turn.tx, one.account)
        alike = await twins(turn.tx, one.content, None, one.id)
        return [decisions.waits(voice, one, giver.name, await self.names(turn, voice, one), alike) for voice in voices]

    async def twins(self, turn: Turn, one: Given, least: float = ALIKE) -> list[Twin]:
        """Return what resembles it, of what the reader may see."""
        reader = turn.reader
        audiences = reader.audiences(reader.today(turn.now))
        return await twins(turn.tx, one.content, audiences, one.id, least)

    async def names(self, turn: Turn, voice: Voice, one: Given) -> dict[str, str]:
        """Return what its organisations and theme are called."""
        found: dict[str, str] = {}
        for code in {one.content.city, one.organisation, *one.content.credited} - {None}:
            place = await ORGANISATIONS.get(turn.tx, str(code))
            if place is not None:
                found[f"city:{code}"] = voice.title(place.name, 60)
        for code in one.content.themes:
            theme = await THEMES.get(turn.tx, code)
            if theme is not None:
                found[f"theme:{code}"] = voice.title(theme.name, 60)
        return found

    async def mine(self, turn: Turn, number: int) -> Given | None:
        """Return the contribution of that number if the reader may change it now."""
        one = await contributing.get(turn.tx, number)
        if one is None:
            return None
        own = one.state == "draft" and one.account == turn.reader.account
        editing = turn.reader.is_coordinator and one.state in ("waiting", "accepted")
        return one if own or editing else None

    async def waits(self, turn: Turn, number: int) -> bool:
        """Whether the reader gave the contribution of that number, and it waits for a decision."""
        one = await contributing.get(turn.tx, number)
        return one is not None and (one.state, one.account) == ("waiting", turn.reader.account)

    async def keep(self, turn: Turn, one: Given, **changed: Any) -> Given:
        """Keep what was changed of it."""
        content = Contribution.model_validate({**one.content.model_dump(), **changed})
        return await contributing.keep(turn.tx, one, content, turn.now)

    async def await_words(
        self, turn: Turn, one: Given | None, what: str = "", language: Language | None = None
    ) -> None:
        """Note what somebody is asked to write; None: nothing."""
        asked = None
        if one is not None:
            until = int((turn.now + OPEN_FOR).timestamp())
            asked = {"id": one.id, "what": what, "language": language, "until": until}
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, asked)

    async def await_first(self, turn: Turn) -> None:
        """Note that the next message is a contribution."""
        until = int((turn.now + OPEN_FOR).timestamp())
        asked = {"id": 0, "what": "first", "until": until}
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, asked)

    async def awaited(self, turn: Turn) -> dict[str, Any] | None:
        """Return what somebody was asked to write, if it was asked lately."""
        asked = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        return asked if asked is not None and turn.now.timestamp() < asked["until"] else None
