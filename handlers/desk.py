"""The desk: finds out who speaks, gives the update to its conversation, and turns the reply into calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from bot.clock import Clock
from bot.delivery.calls import Call, calls_for
from bot.delivery.incoming import Incoming, Update, read_update
from bot.members.identify import Identify
from bot.network.audiences import Reader, Role
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.errors import sorry
from handlers.menu import menu_calls
from handlers.turn import Conversation, Handler, Turn
from locales import Catalogues
from storage.database import Transaction

_Found = tuple[Conversation, Handler]


class Desk:
    """Answers updates of every channel with the same conversations, in their order; the last one takes anything."""

    def __init__(
        self, conversations: Sequence[Conversation], identify: Identify, catalogues: Catalogues, clock: Clock
    ) -> None:
        self._conversations = tuple(conversations)
        self._opened = {role: _Opened(conversations, role) for role in get_args(Role)}
        self._identify, self._catalogues, self._clock = identify, catalogues, clock

    async def prepare(self, read: Transaction) -> None:
        """Make ready what would keep the first who writes waiting."""
        for conversation in self._conversations:
            if conversation.beforehand is not None:
                await conversation.beforehand(read)

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
        for conversation, afterwards in self._opened[turn.reader.role].afterwards:
            if conversation is not who:
                reply = await afterwards(turn, reply)
        return reply

    async def _answered(self, turn: Turn) -> tuple[Conversation, Reply]:
        opened = self._opened[turn.reader.role]
        found = opened.handler(turn.incoming)
        if found is not None:
            return found[0], await found[1](turn)
        for conversation, words in opened.words:
            reply = await words(turn)
            if reply is not None:
                return conversation, reply
        raise LookupError("the last conversation must take anything")


class _Opened:
    """The conversations that are open to a role, by what they listen to; of several the first has it."""

    def __init__(self, conversations: Sequence[Conversation], role: Role) -> None:
        mine = [one for one in conversations if one.roles is None or role in one.roles]
        self.words = [(one, one.words) for one in mine if one.words is not None]
        self.afterwards = [(one, one.afterwards) for one in mine if one.afterwards is not None]
        self._commands: dict[str, _Found] = {}
        self._taps: dict[tuple[str, int], _Found] = {}
        self._stale: dict[str, _Found] = {}
        for one in mine:
            for command, handler in one.commands.items():
                self._commands.setdefault(command, (one, handler))
            for tap, handler in one.taps.items():
                self._taps.setdefault(tap, (one, handler))
                if one.stale is not None:
                    self._stale.setdefault(tap[0], (one, one.stale))

    def handler(self, incoming: Incoming) -> _Found | None:
        """Return who answers this command or tap, and how; None leaves it to those who read words."""
        if incoming.kind == "command":
            return self._commands.get(incoming.command)
        if incoming.tap is not None:
            return self._taps.get((incoming.tap.screen, incoming.tap.version)) or self._stale.get(incoming.tap.screen)
        return None
