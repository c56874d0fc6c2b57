"""``/settings``: language, time zone, digits, the reader's own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.members.zones import Zones
from bot.network.audiences import Reader
from bot.texts import members as texts
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.time_zone import TOPIC, TimeZone
from handlers.turn import Conversation, Turn
from storage import accounts

Link = Callable[[Reader], str | None]
"""Gives the address of the reader's own page in the browser, where there is one."""


def settings(again: Again, zones: Zones, link: Link) -> Conversation:
    """Return the conversation about the reader's settings."""
    own = _Settings(again, link)
    zone = TimeZone(zones, own.show)
    return Conversation(
        name="settings",
        commands={"settings": own.show},
        taps={("set", 1): own.show, ("digits", 1): own.digits, ("zone", 1): zone.tap},
        stale=own.stale,
        words=zone.words,
    )


class _Settings:
    def __init__(self, again: Again, link: Link) -> None:
        self._again, self._link = again, link

    async def show(self, turn: Turn) -> Reply:
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        present = await self._again(turn)
        return texts.settings(present.voice, present.now, self._link(present.reader), watch=present.reader.is_known)

    async def digits(self, turn: Turn) -> Reply:
        chosen = turn.tap.text(0)
        if chosen in ("latin", "native"):
            await accounts.choose_digits(turn.tx, turn.reader.account, chosen)
        return await self.show(turn)

    async def stale(self, turn: Turn) -> Reply:
        return replace(await self.show(turn), notice=turn.voice.say("common.refreshed"))
