"""Coordinators decide about answers: confirm, refuse with a reason, ask something; whoever sent it hears of it."""

from __future__ import annotations

from dataclasses import replace

from bot.delivery.outbox import notify
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.sending import accept, refuse
from bot.members.identify import Identify
from bot.texts import form_decisions as texts
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.form_news import FormNews
from handlers.form_twice import to_decide
from handlers.turn import Conversation, Turn
from storage import accounts, submissions
from storage.submissions import Submission

_TOPIC = "decision"


def form_decisions(filling: Filling, news: FormNews, identify: Identify, again: Again) -> Conversation:
    """Return the conversation in which coordinators decide."""
    deciding = _Decisions(filling, news, identify, again)
    return Conversation(
        name="form decisions",
        taps={(texts.SCREEN, 1): deciding.tapped},
        stale=deciding.tapped,
        words=deciding.words,
        roles=frozenset({"coordinator"}),
    )


class _Decisions:
    def __init__(self, filling: Filling, news: FormNews, identify: Identify, again: Again) -> None:
        self._filling, self._news, self._identify, self._again = filling, news, identify, again

    async def tapped(self, turn: Turn) -> Reply:
        one, definition = await self._found(turn, turn.tap.number(0))
        if one is None or definition is None:
            return Reply(turn.voice.say("forms.decided.gone"))
        action = turn.tap.text(2)
        waits = one.state == "pending" or one.proposed is not None
        if not waits or turn.tap.number(1) != one.version:
            return await self._shown(turn, definition, one, waits=waits)
        if action == "yes":
            return await self._accept(turn, definition, one)
        if action in ("no", "ask"):
            kept = {"submission": one.id, "version": one.version, "refuses": action == "no"}
            await accounts.set_awaited(turn.tx, turn.reader.account, _TOPIC, kept)
            return texts.reason_wanted(turn.voice, definition, one, refusing=action == "no")
        await accounts.set_awaited(turn.tx, turn.reader.account, _TOPIC, None)
        return await self._shown(turn, definition, one, waits=True)

    async def words(self, turn: Turn) -> Reply | None:
        """Take what is written as the reason, or as the question."""
        kept = await accounts.awaited(turn.tx, turn.reader.account, _TOPIC)
        if kept is None or turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        await accounts.set_awaited(turn.tx, turn.reader.account, _TOPIC, None)
        one, definition = await self._found(turn, kept["submission"])
        if one is None or definition is None:
            return Reply(turn.voice.say("forms.decided.gone"))
        if one.version != kept["version"]:
            return await self._shown(turn, definition, one, waits=False)
        if kept["refuses"]:
            return await self._refuse(turn, definition, one)
        await self._ask(turn, definition, one)
        return texts.decided(turn.voice, definition, one, outcome="asked")

    async def _accept(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        done = await accept(turn.tx, definition, one, turn.now)
        if done is None:
            return texts.decided(turn.voice, definition, one, outcome="no_room")
        await self._news.tell(turn.tx, definition, done, turn.now)
        await self._news.move_up(turn.tx, definition, turn.now)
        return texts.decided(turn.voice, definition, done, outcome="changed" if one.proposed else "confirmed")

    async def _refuse(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        done = await refuse(turn.tx, one, turn.incoming.text, turn.now)
        if done is None:
            return await self._shown(turn, definition, one, waits=False)
        await self._news.tell(turn.tx, definition, done, turn.now)
        await self._news.move_up(turn.tx, definition, turn.now)
        return texts.decided(turn.voice, definition, done, outcome="kept" if one.proposed else "refused")

    async def _ask(self, turn: Turn, definition: Definition, one: Submission) -> None:
        if one.account is None:
            return
        reader = await self._identify.again(turn.tx, one.account)
        bubble = texts.question_to_sender(self._again.voice(reader), definition, one, turn.incoming.text)
        key = f"submission:{one.id}:asked:{turn.incoming.message_id}"
        await notify(turn.tx, key, reader, bubble, turn.now)

    async def _shown(self, turn: Turn, definition: Definition, one: Submission, *, waits: bool) -> Reply:
        if not waits:
            return texts.decided(turn.voice, definition, one, outcome="before")
        told = await to_decide(turn.tx, self._filling, turn.reader, turn.voice, definition, one, turn.now)
        return replace(told, place="edit")

    async def _found(self, turn: Turn, number: int | None) -> tuple[Submission | None, Definition | None]:
        one = await submissions.numbered(turn.tx, number) if number else None
        definition = await self._filling.library.get(turn.tx, one.form) if one else None
        return one, definition
