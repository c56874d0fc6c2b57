"""``/settings``: language, time zone, digits, quiet hours, the pause of reminders, the reader's own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.members.zones import Zones
from bot.network.audiences import Reader
from bot.network.recipients import QUIET, QUIETS
from bot.texts import members as texts
from bot.texts.pausing import SCREEN
from bot.texts.quiet import quiet_hours
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.pausing import Pausing
from handlers.time_zone import TOPIC, TimeZone
from handlers.turn import Conversation, Turn
from storage import accounts

Link = Callable[[Reader], str | None]
"""Gives the address of the reader's own page in the browser, where there is one."""


def settings(again: Again, zones: Zones, link: Link) -> Conversation:
    """Return the conversation about the reader's settings."""
    own = _Settings(again, link)
    zone, pausing = TimeZone(zones, own.show), Pausing(own.show)

    async def words(turn: Turn) -> Reply | None:
        return await zone.words(turn) or await pausing.words(turn)

    return Conversation(
        name="settings",
        commands={"settings": own.show},
        taps={
            ("set", 1): own.show,
            ("digits", 1): own.digits,
            ("quiet", 1): own.quiet,
            ("zone", 1): zone.tap,
            (SCREEN, 1): pausing.tap,
        },
        stale=own.stale,
        words=words,
    )


class _Settings:
    def __init__(self, again: Again, link: Link) -> None:
        self._again, self._link = again, link

    async def show(self, turn: Turn) -> Reply:
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        present = await self._again(turn)
        quiet = await accounts.quiet_of(turn.tx, turn.reader.account) or QUIET
        link = self._link(present.reader)
        until = await accounts.paused_until(turn.tx, turn.reader.account)
        paused = until if until and present.reader.today(present.now) < until else None
        return texts.settings(present.voice, present.now, link, quiet, watch=present.reader.is_known, paused=paused)

    async def quiet(self, turn: Turn) -> Reply:
        """Show the choice of quiet hours, or take one."""
        chosen = next((one for one in QUIETS if one == turn.tap.text(0)), None)
        if chosen is None:
            return quiet_hours(turn.voice, await accounts.quiet_of(turn.tx, turn.reader.account) or QUIET)
        await accounts.choose_quiet(turn.tx, turn.reader.account, chosen)
        return replace(await self.show(turn), notice=turn.voice.say("quiet.chosen"))

    async def digits(self, turn: Turn) -> Reply:
        chosen = turn.tap.text(0)
        if chosen in ("latin", "native"):
            await accounts.choose_digits(turn.tx, turn.reader.account, chosen)
        return await self.show(turn)

    async def stale(self, turn: Turn) -> Reply:
        return replace(await self.show(turn), notice=turn.voice.say("common.refreshed"))
