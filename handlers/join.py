"""``/join``: a stranger asks to become one of the network's people; ``/stop`` in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.delivery.outbox import notify
from bot.members.joining import Joining, Question
from bot.members.requests import Requests
from bot.texts import joining as texts
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.requests import shown
from handlers.turn import Conversation, Handler, Turn


def join(joining: Joining, requests: Requests, again: Again) -> Conversation:
    """Return the conversation that asks a stranger's name, organisation and function, and tells the coordinators."""
    asking = _Join(joining, requests, again)
    return Conversation(
        name="join",
        commands={"join": asking.command, "stop": asking.stop},
        taps={("join", 1): asking.tap},
        stale=asking.refreshed,
        words=asking.words,
    )


class _Join:
    def __init__(self, joining: Joining, requests: Requests, again: Again) -> None:
        self._joining, self._requests, self._again = joining, requests, again
        self._steps: Mapping[str | None, Handler] = {
            None: self._opened, "keep": self._keep, "org": self._choose, "other": self._another,
            "back": self._back, "stop": self.stop, "send": self._send,
        }  # fmt: skip

    async def command(self, turn: Turn) -> Reply:
        return await self._closed(turn) or _asked(turn, await self._joining.ask(turn.tx, turn.reader, turn.now))

    async def tap(self, turn: Turn) -> Reply:
        if turn.tap.text(0) is not None and await self._closed(turn):
            return await self.refreshed(turn)
        return await self._steps.get(turn.tap.text(0), self.refreshed)(turn)

    async def words(self, turn: Turn) -> Reply | None:
        """Take what a stranger writes while a question is open; what is no text is asked for again."""
        written = turn.incoming.text if turn.incoming.kind == "text" else ""
        if turn.reader.is_known or turn.incoming.kind not in ("text", "other") or written.startswith("/"):
            return None
        question = await self._joining.write(turn.tx, turn.reader, written, turn.now)
        return _asked(turn, question) if question else None

    async def stop(self, turn: Turn) -> Reply:
        if await self._joining.stop(turn.tx, turn.reader):
            return texts.stopped(turn.voice)
        return texts.nothing_open(turn.voice)

    async def refreshed(self, turn: Turn) -> Reply:
        return replace(await self.command(turn), notice=turn.voice.say("common.refreshed"))

    async def _opened(self, turn: Turn) -> Reply:
        return replace(await self.command(turn), place="new")

    async def _keep(self, turn: Turn) -> Reply:
        question = await self._joining.keep(turn.tx, turn.reader, turn.tap.text(1), turn.now)
        return _asked(turn, question) if question else await self.refreshed(turn)

    async def _choose(self, turn: Turn) -> Reply:
        question = await self._joining.choose(turn.tx, turn.reader, turn.tap.number(1) or 0, turn.now)
        return _asked(turn, question) if question else await self.refreshed(turn)

    async def _another(self, turn: Turn) -> Reply:
        question = await self._joining.another(turn.tx, turn.reader, turn.now)
        return _asked(turn, question) if question else await self.refreshed(turn)

    async def _back(self, turn: Turn) -> Reply:
        question = await self._joining.back(turn.tx, turn.reader, turn.tap.text(1), turn.now)
        return _asked(turn, question) if question else await self.refreshed(turn)

    async def _send(self, turn: Turn) -> Reply:
        request = await self._joining.send(turn.tx, turn.reader, turn.now)
        if request is None:
            return await self.refreshed(turn)
        await self._tell_coordinators(turn, request.id)
        return texts.sent(turn.voice)

    async def _tell_coordinators(self, turn: Turn, number: int) -> None:
        asked = await self._requests.get(turn.tx, number)
        for one in await self._requests.coordinators(turn.tx):
            bubble = shown(self._again.voice(one), asked)
            await notify(turn.tx, f"join:{number}:{one.account}", one, bubble, turn.now)

    async def _closed(self, turn: Turn) -> Reply | None:
        """Return why there is nothing to ask: the reader belongs to the network, or has asked before."""
        if turn.reader.is_known:
            return texts.member_already(turn.voice, turn.reader, await self._joining.home(turn.tx, turn.reader))
        return texts.pending(turn.voice) if await self._joining.is_pending(turn.tx, turn.reader) else None


def _asked(turn: Turn, question: Question) -> Reply:
    return texts.question(
        turn.voice, question.draft, question.organisation, question.resembling, question.offered, question.problem
    )
