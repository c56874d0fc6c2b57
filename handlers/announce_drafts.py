"""What the steps of an announcement have in common: the draft, what it would reach, what its terms are called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from bot.announcements.audience import DUES, ROLES, Term, TermKind
from bot.announcements.composing import Composing
from bot.announcements.content import Announcement, Content
from bot.announcements.linked import linked_to
from bot.texts.announcement_sight import Sight
from bot.texts.announcements import glance
from bot.texts.reply import Reply
from handlers.turn import Turn
from storage import accounts, directory
from storage.network import FORMS, THEMES

TOPIC = "announce"
"""What a coordinator was asked to write about an announcement."""
Step = Callable[[Turn, Announcement], Awaitable[Reply]]


class Option(NamedTuple):
    """A value that a term may have."""

    label: str
    value: str
    key: str
    """What a button carries: the value, or a row's number."""


class Drafts:
    """Reads and keeps drafts, and shows them."""

    def __init__(self, composing: Composing) -> None:
        self.composing = composing

    async def sight(self, turn: Turn, one: Announcement) -> Sight:
        """Return the draft with all that belongs to it."""
        content = one.content
        found = await self.composing.reach(turn.tx, content, turn.now)
        linked = await linked_to(turn.tx, content)
        names = {}
        for kind in {term.kind for term in (*content.audience.only, *content.audience.but)}:
            for option in await self.options(turn, kind):
                names[f"{kind}:{option.value}"] = _told(turn, kind, option)
        return Sight(one, found, linked, names, self.composing.served)

    async def show(self, turn: Turn, one: Announcement) -> Reply:
        """Answer with the draft at a glance; nothing that was asked for is waited for any more."""
        await self.await_words(turn, None)
        return glance(turn.voice, await self.sight(turn, one), turn.now)

    async def keep(self, turn: Turn, one: Announcement, **changed: Any) -> Announcement:
        """Keep what was changed of a draft."""
        content = Content.model_validate({**one.content.model_dump(), **changed})
        return await self.composing.keep(turn.tx, one, content, turn.now)

    async def await_words(self, turn: Turn, what: dict[str, Any] | None) -> None:
        """Note what the coordinator is asked to write; None: nothing."""
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, what)

    async def awaited(self, turn: Turn) -> dict[str, Any] | None:
        """Return what the coordinator was asked to write."""
        return await accounts.awaited(turn.tx, turn.reader.account, TOPIC)

    async def options(self, turn: Turn, kind: TermKind) -> list[Option]:
        """Return the values that a term of that kind may have, as they are read."""
        voice = turn.voice
        if kind == "role":
            return [Option(voice.label(f"announce.term.{role}"), role, role) for role in ROLES]
        if kind == "dues":
            return [Option(voice.label(f"announce.term.{state}"), state, state) for state in DUES]
        if kind == "theme":
            return [Option(voice.title(one.name, 28), one.code, str(one.id)) for one in await THEMES.all(turn.tx)]
        if kind in ("registered", "unanswered"):
            return [Option(voice.title(one.title, 40), one.code, str(one.id)) for one in await FORMS.all(turn.tx)]
        organisations = await directory.organisations(turn.tx)
        if kind == "country":
            codes = {one.country for one in organisations}
            return sorted(Option(voice.country(code), code, code) for code in codes)
        return sorted(Option(voice.title(one.name, 28), one.code, str(one.id)) for one in organisations)


def refreshed(turn: Turn, reply: Reply) -> Reply:
    """Return the reply with the line that says that the bubble was out of date."""
    return replace(reply, notice=turn.voice.say("common.refreshed"))


def place_of(turn: Turn) -> str:
    """Return the bubble that was tapped, in which the progress is shown from now on, as it is kept."""
    incoming = turn.incoming
    place = {"channel": incoming.channel, "chat": incoming.chat, "message": incoming.message_id}
    return orjson.dumps({**place, "account": turn.reader.account}).decode()


def _told(turn: Turn, kind: TermKind, option: Option) -> str:
    if kind in ("registered", "unanswered"):
        return turn.voice.label(f"announce.term.{kind}", title=option.label)
    return option.label


def term(kind: TermKind, option: Option) -> Term:
    """Return the term that an option stands for."""
    return Term(kind=kind, value=option.value)
