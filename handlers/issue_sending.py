"""The last steps of an issue: its real bubbles, its readers, the test to oneself, the approval and its taking back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.delivery.outbox import queue
from bot.network.languages import LANGUAGES, Language
from bot.texts import issue as bubbles
from bot.texts import issue_desk, issue_sending
from bot.texts.issue import Told
from bot.texts.issue_desk import Desk
from bot.texts.reply import Reply
from bot.watch.composing import names
from bot.watch.issue import READABLE, Issue, IssueContent, lacks_opening
from handlers.again import Again
from handlers.issue_desk import Issues
from handlers.turn import Turn
from storage import audit, issues

Step = Callable[[Turn, Issue], Awaitable[Reply]]


class IssueSending:
    """Shows what goes out, and approves it."""

    def __init__(self, desks: Issues, again: Again) -> None:
        self._desks, self._again = desks, again
        self.looks: Mapping[str, Step] = {
            "preview": self._preview, "readers": self._readers, "test": self._test, "unapprove": self._unapprove,
        }  # fmt: skip
        self.changes: Mapping[str, Step] = {"check": self._check, "approve": self._approve}

    async def _preview(self, turn: Turn, one: Issue) -> Reply:
        desk = await self._desks.desk(turn.tx, one, turn.now)
        offered = desk.languages or [turn.reader.language]
        wanted = next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
        language = wanted or (turn.reader.language if turn.reader.language in offered else offered[0])
        bubble, held = await self._bubble(turn, desk, language)
        return issue_sending.preview(turn.voice, desk, language, bubble, held)

    async def _bubble(self, turn: Turn, desk: Desk, language: Language) -> tuple[Reply, int]:
        """Return the bubble of whoever gets most in that language, and how many entries are in it."""
        shares = [one for one in desk.shares.people if one.recipient.reader.language == language]
        fullest = max(shares, key=lambda one: len(one.entries), default=None)
        reader = fullest.recipient.reader if fullest else turn.reader.model_copy(update={"language": language})
        entries = fullest.entries if fullest else tuple(desk.entries)
        page = self._desks.page(desk.issue.month, language) if desk.issue.state in READABLE else None
        told = Told("monthly", desk.issue.month, entries, await names(turn.tx), desk.issue.content, page)
        return bubbles.issue(self._again.voice(reader), told), len(entries)

    async def _readers(self, turn: Turn, one: Issue) -> Reply:
        desk = await self._desks.desk(turn.tx, one, turn.now)
        channels = desk.shares.channels(self._desks.sharing.served).most_common()
        return issue_sending.readers(turn.voice, desk, channels, await names(turn.tx))

    async def _test(self, turn: Turn, one: Issue) -> Reply:
        desk = await self._desks.desk(turn.tx, one, turn.now)
        reader = turn.reader
        for language in desk.languages:
            bubble, _ = await self._bubble(turn, desk, language)
            key = f"issue:{one.id}:test:{language}:{reader.account}:{turn.incoming.query}"
            await queue(turn.tx, key, reader.channel, reader.address, bubble, turn.now)
        return issue_sending.tested(turn.voice, desk, len(desk.languages))

    async def _check(self, turn: Turn, one: Issue) -> Reply:
        desk = await self._desks.desk(turn.tx, one, turn.now)
        if _lacks(desk):
            return issue_desk.translations(turn.voice, desk)
        return issue_sending.confirm(turn.voice, desk)

    async def _approve(self, turn: Turn, one: Issue) -> Reply:
        desk = await self._desks.desk(turn.tx, one, turn.now)
        if turn.tap.number(2) != one.version or _lacks(desk) or desk.starts is None:
            return replace(await self._check(turn, one), notice=turn.voice.say("common.refreshed"))
        frozen = one.content.model_copy(update={"entries": tuple(entry.name for entry in desk.entries)})
        done = await issues.approve(
            turn.tx, one.id, one.version, frozen.model_dump_json(), turn.reader.name, desk.starts, turn.now
        )
        if done:
            await self._note(turn, one, "approve issue", f"{len(desk.shares.people)} people")
        return await self._glance(turn, one)

    async def _unapprove(self, turn: Turn, one: Issue) -> Reply:
        if await issues.turn(turn.tx, one.id, ("approved",), "edited", turn.now):
            content: IssueContent = one.content.model_copy(update={"entries": None})
            await issues.take_back(turn.tx, one.id, content.model_dump_json())
            await self._note(turn, one, "take back issue")
        return await self._glance(turn, one)

    async def _glance(self, turn: Turn, one: Issue) -> Reply:
        now = await self._desks.composing.get(turn.tx, one.id)
        return issue_desk.glance(turn.voice, await self._desks.desk(turn.tx, now or one, turn.now))

    async def _note(self, turn: Turn, one: Issue, action: str, detail: str | None = None) -> None:
        subject = f"issue:{one.month:%Y-%m}:{one.version}"
        await audit.note(turn.tx, turn.reader.account, turn.reader.name, action, subject, turn.now, detail)


def _lacks(desk: Desk) -> bool:
    """Whether somebody would read something that is neither translated nor waived."""
    content = desk.issue.content
    return bool(desk.missing) or any(lacks_opening(content, code) for code in desk.languages)
