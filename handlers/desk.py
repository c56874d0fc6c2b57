"""The desk: finds out who speaks, gives the update to its conversation, and turns the reply into calls."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import Clock
from bot.delivery.calls import Call, calls_for
from bot.delivery.incoming import Incoming, Update, read_update
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.errors import sorry
from handlers.menu import menu_calls
from handlers.turn import Conversation, Handler, Turn
from locales import Catalogues
from storage.database import Transaction


class Desk:
    """Answers updates of every channel with the same conversations, in their order; the last one takes anything."""

    def __init__(
        self, conversations: Sequence[Conversation], identify: Identify, catalogues: Catalogues, clock: Clock
    ) -> None:
        self._conversations = tuple(conversations)
        self._identify, self._catalogues, self._clock = identify, catalogues, clock

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        """Handle the update inside the transaction and return the calls that answer it."""
        incoming = read_update(channel, update)
        if incoming is None:
            return ()
        turn = await self._turn(tx, incoming)
        reply = await self._reply(turn)
        calls = calls_for(reply, incoming)
        if not reply.menu:
            return calls
        reader = await self._reader(tx, incoming)
        return calls + menu_calls(reader, Voice.of(self._catalogues, reader))

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        """Return the calls that say, in the reader's language, that it could not be answered."""
        incoming = read_update(channel, update)
        if incoming is None:
            return ()
        turn = await self._turn(tx, incoming)
        return calls_for(sorry(turn.voice, error, reference), incoming)

    async def _turn(self, tx: Transaction, incoming: Incoming) -> Turn:
        reader = await self._reader(tx, incoming)
        return Turn(tx, self._clock.now(), reader, Voice.of(self._catalogues, reader), incoming)

    async def _reader(self, tx: Transaction, incoming: Incoming) -> Reader:
        user = incoming.user
        return await self._identify(
            tx, incoming.channel, incoming.chat, user.name, user.language_code, self._clock.now()
        )

    async def _reply(self, turn: Turn) -> Reply:
        who, reply = await self._answered(turn)
        if reply.menu:  # the language or the role is another one now
            turn = await self._turn(turn.tx, turn.incoming)
        for conversation in self._open_to(turn):
            if conversation.afterwards is not None and conversation is not who:
                reply = await conversation.afterwards(turn, reply)
        return reply

    async def _answered(self, turn: Turn) -> tuple[Conversation, Reply]:
        found = self._handler(turn)
        if found is not None:
            return found[0], await found[1](turn)
        for conversation in self._open_to(turn):
            if conversation.words is not None:
                reply = await conversation.words(turn)
                if reply is not None:
                    return conversation, reply
        raise LookupError("the last conversation must take anything")

    def _handler(self, turn: Turn) -> tuple[Conversation, Handler] | None:
        """Return who answers this command or tap, and how; None leaves it to those who read words."""
        incoming = turn.incoming
        for conversation in self._open_to(turn):
            if incoming.kind == "command" and incoming.command in conversation.commands:
                return conversation, conversation.commands[incoming.command]
            if incoming.tap is not None:
                known = conversation.taps.get((incoming.tap.screen, incoming.tap.version))
                if known is not None:
                    return conversation, known
                if conversation.stale and any(screen == incoming.tap.screen for screen, _ in conversation.taps):
                    return conversation, conversation.stale
        return None

    def _open_to(self, turn: Turn) -> list[Conversation]:
        role = turn.reader.role
        return [one for one in self._conversations if one.roles is None or role in one.roles]
