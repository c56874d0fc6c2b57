"""What coordinators do with those who ask to join: accept, refuse, see who waits."""

from __future__ import annotations

from dataclasses import replace

from bot.delivery.outbox import notify
from bot.members.requests import Asked, Decision, Requests
from bot.texts import joining as texts
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.again import Again
from handlers.menu import queue_menu
from handlers.turn import Conversation, Turn


def requests(deciding: Requests, again: Again) -> Conversation:
    """Return the conversation in which coordinators decide; to others its buttons are unknown."""
    desk = _Requests(deciding, again)
    return Conversation(
        name="requests",
        taps={("rq", 1): desk.show, ("rqa", 1): desk.accept, ("rqr", 1): desk.refuse, ("rqn", 1): desk.oldest},
        stale=desk.oldest,
        roles=frozenset({"coordinator"}),
    )


def shown(voice: Voice, asked: Asked) -> Reply:
    """Return the bubble of a request, decided or not."""
    name, place = asked.requester.name, asked.organisation
    if asked.request.state != "pending":
        return texts.decided_bubble(voice, asked.request, name, place, asked.decided_by or "", None, fresh=False)
    return texts.request_bubble(voice, asked.request, name, place, asked.resembling, asked.roles)


class _Requests:
    def __init__(self, deciding: Requests, again: Again) -> None:
        self._deciding, self._again = deciding, again

    async def show(self, turn: Turn) -> Reply:
        asked = await self._deciding.show(turn.tx, turn.reader, turn.tap.number(0) or 0, turn.tap.number(1))
        return shown(turn.voice, asked) if asked else await self.oldest(turn)

    async def oldest(self, turn: Turn) -> Reply:
        asked = await self._deciding.oldest(turn.tx, turn.reader)
        return shown(turn.voice, asked) if asked else texts.no_requests(turn.voice)

    async def accept(self, turn: Turn) -> Reply:
        number, organisation = turn.tap.number(0) or 0, turn.tap.number(1)
        role = turn.tap.text(2) or ""
        decision = await self._deciding.accept(turn.tx, turn.reader, number, organisation, role, turn.now)
        return await self._decided(turn, decision)

    async def refuse(self, turn: Turn) -> Reply:
        return await self._decided(
            turn, await self._deciding.refuse(turn.tx, turn.reader, turn.tap.number(0) or 0, turn.now)
        )

    async def _decided(self, turn: Turn, decision: Decision | None) -> Reply:
        if decision is None:
            return replace(await self.show(turn), notice=turn.voice.say("common.refreshed"))
        if decision.fresh:
            await self._tell_requester(turn, decision)
        asked, by = decision.asked, decision.asked.decided_by or ""
        bubble = texts.decided_bubble(
            turn.voice, asked.request, asked.requester.name, asked.organisation, by, decision.person,
            fresh=decision.fresh,
        )  # fmt: skip
        return texts.with_next(turn.voice, bubble, await self._deciding.waiting(turn.tx, turn.reader))

    async def _tell_requester(self, turn: Turn, decision: Decision) -> None:
        requester, number = decision.asked.requester, decision.asked.request.id
        voice, place = self._again.voice(requester), decision.asked.organisation
        accepted = texts.accepted(voice, decision.person, place) if decision.person and place else None
        key = f"joined:{number}:{requester.account}"
        answer = accepted or texts.refused(voice)
        await notify(turn.tx, key, requester, answer, turn.now)
        if accepted:
            await queue_menu(turn.tx, f"menu:{key}", requester, voice, turn.now)
