"""The reader's time zone: a country of the network, or a city that the reader writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.members.zones import Zones, network_zones
from bot.texts import members as texts
from bot.texts.reply import Reply
from handlers.turn import Handler, Turn
from storage import accounts, directory
from storage.network import ORGANISATIONS

OPEN_FOR = timedelta(minutes=15)
"""How long what is written counts as the name of a city."""
TOPIC = "zone"
"""What is awaited of the account meanwhile."""


class TimeZone:
    """The part of the settings about the time zone; ``settings`` shows them once it is chosen."""

    def __init__(self, zones: Zones, settings: Handler) -> None:
        self._zones, self._settings = zones, settings

    async def tap(self, turn: Turn) -> Reply:
        """Answer the buttons of the choice."""
        steps: Mapping[str | None, Handler] = {"another": self._ask, "in": self._country, "is": self._found}
        return await steps.get(turn.tap.text(0), self._choices)(turn)

    async def words(self, turn: Turn) -> Reply | None:
        """Take a city's name while one is asked for."""
        if turn.incoming.kind != "text" or turn.incoming.text.startswith("/") or not await self._is_asked(turn):
            return None
        found = self._zones.named(turn.incoming.text, await directory.organisations(turn.tx))
        if len(found) != 1:
            return texts.which_zone(turn.voice, turn.now, found)
        await accounts.choose_zone(turn.tx, turn.reader.account, found[0])
        return await self._settings(turn)

    async def _is_asked(self, turn: Turn) -> bool:
        asked = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        return asked is not None and bool(turn.now.timestamp() < asked["until"])

    async def _choices(self, turn: Turn) -> Reply:
        known = await directory.organisations(turn.tx)
        numbers = {(one.country, one.time_zone): one.id for one in known}
        places = [(country, numbers[country, zone]) for country, zone in network_zones(known)]
        return texts.zones(turn.voice, turn.now, places)

    async def _ask(self, turn: Turn) -> Reply:
        until = int((turn.now + OPEN_FOR).timestamp())
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {"until": until})
        return texts.which_city(turn.voice)

    async def _country(self, turn: Turn) -> Reply:
        member = await ORGANISATIONS.numbered(turn.tx, turn.tap.number(1) or 0)
        return await self._choose(turn, member.time_zone if member else None)

    async def _found(self, turn: Turn) -> Reply:
        return await self._choose(turn, self._zones.known(texts.zone_of(turn.tap)))

    async def _choose(self, turn: Turn, zone: str | None) -> Reply:
        if zone is None:
            return replace(await self._choices(turn), notice=turn.voice.say("common.refreshed"))
        await accounts.choose_zone(turn.tx, turn.reader.account, zone)
        return replace(await self._settings(turn), notice=turn.voice.say("zones.chosen"))
