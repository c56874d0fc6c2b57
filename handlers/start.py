"""``/start``: who speaks here, in which language, and what an invitation opens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.members.invitations import Invitations
from bot.members.requests import Requests
from bot.texts.members import greeting, welcome
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.language import after_choice, choose_language
from handlers.turn import Conversation, Turn


def start(
    invitations: Invitations, requests: Requests, again: Again, scanned: Callable[[Turn], Awaitable[Reply | None]]
) -> Conversation:
    """Return the conversation that meets people; ``scanned`` answers the code of a badge."""
    meeting = _Start(invitations, requests, again, scanned)
    return Conversation(
        name="start", commands={"start": meeting.command}, taps={("start", 1): meeting.tap}, stale=meeting.stale
    )


class _Start:
    def __init__(
        self,
        invitations: Invitations,
        requests: Requests,
        again: Again,
        scanned: Callable[[Turn], Awaitable[Reply | None]],
    ) -> None:
        self._invitations, self._requests, self._again = invitations, requests, again
        self._scanned = scanned

    async def command(self, turn: Turn) -> Reply:
        if turn.incoming.text:
            return await self._scanned(turn) or await self._invited(turn)
        return replace(await self._greeting(turn), menu=True)

    async def tap(self, turn: Turn) -> Reply:
        """Keep the language that was tapped under a greeting."""
        chosen = await choose_language(turn, self._again)
        return after_choice(turn, chosen, await self._greeting(chosen))

    async def stale(self, turn: Turn) -> Reply:
        return replace(await self._greeting(turn), notice=turn.voice.say("common.refreshed"))

    async def _invited(self, turn: Turn) -> Reply:
        found = await self._invitations.accept(turn.tx, turn.reader, turn.incoming.text, turn.now)
        admitted = await self._again(turn)
        waiting = await self._requests.waiting(turn.tx, admitted.reader)
        return welcome(admitted.voice, found.person, found.organisation, waiting)

    async def _greeting(self, turn: Turn) -> Reply:
        return greeting(turn.voice, turn.reader, await self._requests.waiting(turn.tx, turn.reader))
