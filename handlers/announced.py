"""What readers do with an announcement: say that they have read it, that they come, or ask the coordination."""

from __future__ import annotations

from typing import Any

from bot.announcements.composing import Composing
from bot.announcements.content import ANSWERS, Announcement
from bot.delivery.outbox import notify, queue
from bot.members.identify import Identify
from bot.texts import announced as texts
from bot.texts.announcement_sight import headline
from bot.texts.reply import NOTHING, Reply
from handlers.again import Again
from handlers.turn import Conversation, Turn
from storage import accounts, announcements
from storage.network import ORGANISATIONS

TOPIC = "announced"


def announced(composing: Composing, identify: Identify, again: Again) -> Conversation:
    """Return the conversation about the announcements that somebody has received."""
    desk = _Announced(composing, identify, again)
    return Conversation(
        name="announced",
        taps={(texts.SCREEN, 1): desk.answer, ("aq", 1): desk.reply},
        stale=desk.gone,
        words=desk.words,
    )


class _Announced:
    def __init__(self, composing: Composing, identify: Identify, again: Again) -> None:
        self._composing, self._identify, self._again = composing, identify, again

    async def answer(self, turn: Turn) -> Reply:
        """Note what a reader answers with a button; the bubble stays as it is."""
        one = await self._composing.get(turn.tx, turn.tap.number(0) or 0)
        chosen = next((answer for answer in ANSWERS if answer == turn.tap.text(1)), None)
        if turn.tap.text(1) == "stop":
            await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
            return Reply(turn.voice.say("announced.stopped"))
        if one is None or chosen is None or chosen not in one.content.answers:
            return await self.gone(turn)
        if one.state not in ("sending", "sent"):
            return Reply(NOTHING, notice=turn.voice.say("announced.only_preview"))
        if chosen == "question":
            await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {"id": one.id, "what": "question"})
            return texts.ask(turn.voice, one.id, headline(one.content, turn.voice))
        if turn.reader.person is None:
            return await self.gone(turn)
        fresh = await announcements.respond(turn.tx, one.id, turn.reader.person, chosen, turn.now)
        key = f"announced.noted.{chosen}" if fresh else "announced.noted_before"
        return Reply(NOTHING, notice=turn.voice.say(key))

    async def reply(self, turn: Turn) -> Reply:
        """Ask a coordinator for the answer to a reader's question."""
        one = await self._composing.get(turn.tx, turn.tap.number(0) or 0)
        asker = await accounts.numbered(turn.tx, turn.tap.number(1) or 0, self._identify.network_zone)
        if not turn.reader.is_coordinator or one is None or asker is None:
            return await self.gone(turn)
        waited = {"id": one.id, "what": "reply", "account": asker.account}
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, waited)
        return texts.write_reply(turn.voice, one.id, asker.name)

    async def gone(self, turn: Turn) -> Reply:
        """Say that it is not there any more."""
        return Reply(NOTHING, notice=turn.voice.say("announced.gone"))

    async def words(self, turn: Turn) -> Reply | None:
        """Take a reader's question, or a coordinator's answer to it."""
        if turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        asked = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        if asked is None:
            return None
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        one = await self._composing.get(turn.tx, int(asked["id"]))
        if one is None:
            return None
        return await (self._ask if asked["what"] == "question" else self._answer)(turn, one, asked)

    async def _ask(self, turn: Turn, one: Announcement, asked: dict[str, Any]) -> Reply:
        home = await ORGANISATIONS.get(turn.tx, turn.reader.organisation) if turn.reader.organisation else None
        if turn.reader.person is not None:
            await announcements.respond(turn.tx, one.id, turn.reader.person, "question", turn.now)
        for coordinator in await self._identify.coordinators(turn.tx):
            voice = self._again.voice(coordinator)
            bubble = texts.question(
                voice, one.id, headline(one.content, voice), turn.reader, voice.title(home.name) if home else "",
                turn.incoming.text,
            )  # fmt: skip
            key = f"question:{one.id}:{turn.reader.account}:{turn.incoming.message_id}:{coordinator.account}"
            await notify(turn.tx, key, coordinator, bubble, turn.now)
        return Reply(turn.voice.say("announced.asked"))

    async def _answer(self, turn: Turn, one: Announcement, asked: dict[str, Any]) -> Reply:
        asker = await self._identify.again(turn.tx, int(asked["account"]))
        voice = self._again.voice(asker)
        bubble = texts.answered(voice, turn.reader.name, headline(one.content, voice), turn.incoming.text)
        key = f"answer:{one.id}:{asker.account}:{turn.reader.account}:{turn.incoming.message_id}"
        await queue(turn.tx, key, asker.channel, asker.address, bubble, turn.now)
        return Reply(turn.voice.say("announced.replied", name=asker.name))
