"""What a conversation is given for one update, and how it says what it listens to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.incoming import Incoming
from bot.network.audiences import Reader
from bot.texts.reply import Reply, Tap
from bot.texts.voice import Voice
from storage.database import Transaction


@dataclass(frozen=True)
class Turn:
    """One update and everything that is needed to answer it; the transaction is committed with the answer."""

    tx: Transaction
    now: datetime
    reader: Reader
    voice: Voice
    incoming: Incoming

    @property
    def tap(self) -> Tap:
        """The tap; only inside a handler of taps."""
        assert self.incoming.tap is not None
        return self.incoming.tap


Handler = Callable[[Turn], Awaitable[Reply]]


@dataclass(frozen=True)
class Conversation:
    """What one conversation listens to; the desk asks the conversations in the order of ``handlers.conversations``."""

    name: str
    commands: Mapping[str, Handler] = field(default_factory=dict)
    """By command, without its slash."""
    taps: Mapping[tuple[str, int], Handler] = field(default_factory=dict)
    """By screen and version of its arguments.  A tap of an older version of a known screen goes to ``stale``."""
    stale: Handler | None = None
    """Shows the conversation's first screen in place of an outdated bubble."""
    words: Callable[[Turn], Awaitable[Reply | None]] | None = None
    """Is offered what people write without a command; None: not mine."""
    afterwards: Callable[[Turn, Reply], Awaitable[Reply]] | None = None
    """Is shown what another conversation has answered, and may add to it."""
    beforehand: Callable[[Transaction], Awaitable[object]] | None = None
    """Makes ready what would keep the first who writes waiting."""
    roles: frozenset[str] | None = None
    """Who may use it; None: everybody.  To others its commands are unknown."""
