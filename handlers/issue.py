"""``/issue``, for coordinators: the month's watch, filled by itself, put into order, and approved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.delivery.errands import Owed
from bot.network.languages import LANGUAGES
from bot.texts import issue_desk as texts
from bot.texts.reply import Reply
from bot.watch.issue import CHANGEABLE, Entry, Issue
from handlers.awaiting import await_nothing, left
from handlers.issue_desk import Issues
from handlers.issue_readers import READERS
from handlers.issue_sending import IssueSending
from handlers.turn import Conversation, Turn
from storage import accounts

TOPIC = "issue"
LIMIT = 2_000
"""Characters of an opening word."""
_FIGURES = ("", "langs", "preview", "readers", "test", "check")
"""What shows who gets an issue; to approve it, that is found out anew if it is not fresh."""
Step = Callable[[Turn, Issue], Awaitable[Reply]]


def issue(issues: Issues, sending: IssueSending, owed: Owed) -> Conversation:
    """Return the conversation in which coordinators make the watch; to others it is unknown."""
    desk = _Issue(issues, sending, owed)
    return Conversation(
        name="issue",
        commands={"issue": desk.command},
        taps={(texts.SCREEN, 1): desk.tap},
        stale=desk.command,
        words=desk.words,
        afterwards=left(TOPIC),
        roles=frozenset({"coordinator"}),
    )


class _Issue:
    def __init__(self, issues: Issues, sending: IssueSending, owed: Owed) -> None:
        self._issues, self._owed = issues, owed
        self._looks: Mapping[str, Step] = {
            "": self._glance, "inside": self._inside, "entry": self._entry, "langs": self._translations,
            **sending.looks,
        }  # fmt: skip
        self._changes: Mapping[str, Step] = {
            "drop": self._drop, "pin": self._pin, "up": self._move, "down": self._move, "opening": self._opening,
            "write": self._write, "unwrite": self._unwrite, "waive": self._waive, **sending.changes,
        }  # fmt: skip

    async def command(self, turn: Turn) -> Reply:
        """Show the issue that is made now."""
        await await_nothing(turn, TOPIC)
        one = await self._issues.composing.current(turn.tx, turn.now)
        return await self._counting(turn, one) or await self._glance(turn, one)

    async def tap(self, turn: Turn) -> Reply:
        """Look at an issue or change it; one that is approved is only looked at."""
        await await_nothing(turn, TOPIC)
        one = await self._issues.composing.get(turn.tx, turn.tap.number(0) or 0)
        if one is None:
            return await self.command(turn)
        step = turn.tap.text(1) or ""
        if step in _FIGURES and (reply := await self._counting(turn, one)) is not None:
            return reply
        if step in self._changes:
            if one.state not in CHANGEABLE:
                return replace(await self._glance(turn, one), notice=turn.voice.say("common.refreshed"))
            return await self._changes[step](turn, one)
        return await self._looks.get(step, self._glance)(turn, one)

    async def _counting(self, turn: Turn, one: Issue) -> Reply | None:
        """Have it found out aside who gets it, if that takes long; the issue is shown then."""
        if await self._issues.is_ready(turn.tx, turn.now):
            return None
        await self._owed.owe(turn.tx, READERS, turn.reader.account, {"id": one.id}, turn.now)
        return texts.counting(turn.voice)

    async def words(self, turn: Turn) -> Reply | None:
        """Take an opening word."""
        kept = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        if kept is None or turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        one = await self._issues.composing.get(turn.tx, int(kept["id"]))
        language = next((code for code in LANGUAGES if code == kept["language"]), None)
        if one is None or language is None or one.state not in CHANGEABLE:
            await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
            return None
        if len(turn.incoming.text) > LIMIT:
            return texts.write_opening(turn.voice, one, language, too_long=LIMIT)
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        opening = {**one.content.opening, language: turn.incoming.text}
        source = one.content.source if one.content.opening else language
        one = await self._issues.composing.keep(turn.tx, one, turn.now, opening=opening, source=source)
        return await self._opening(turn, one)

    async def _glance(self, turn: Turn, one: Issue) -> Reply:
        return texts.glance(turn.voice, await self._issues.desk(turn.tx, one, turn.now))

    async def _inside(self, turn: Turn, one: Issue) -> Reply:
        return await self._content(turn, one, turn.tap.number(2) or 0)

    async def _content(self, turn: Turn, one: Issue, page: int) -> Reply:
        entries, dropped = await self._issues.inside(turn.tx, one, turn.now)
        return texts.content(turn.voice, one, [*entries, *dropped], page)

    async def _entry(self, turn: Turn, one: Issue) -> Reply:
        found = _entry(turn, *await self._issues.inside(turn.tx, one, turn.now))
        return texts.entry(turn.voice, one, found) if found else await self._inside(turn, one)

    async def _translations(self, turn: Turn, one: Issue) -> Reply:
        return texts.translations(turn.voice, await self._issues.desk(turn.tx, one, turn.now))

    async def _opening(self, turn: Turn, one: Issue) -> Reply:
        return texts.opening(turn.voice, one)

    async def _write(self, turn: Turn, one: Issue) -> Reply:
        language = next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
        if language is None:
            return await self._opening(turn, one)
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {"id": one.id, "language": language})
        return texts.write_opening(turn.voice, one, language)

    async def _unwrite(self, turn: Turn, one: Issue) -> Reply:
        opening = {code: text for code, text in one.content.opening.items() if code != turn.tap.text(2)}
        source = one.content.source if one.content.source in opening else next(iter(opening), one.content.source)
        one = await self._issues.composing.keep(turn.tx, one, turn.now, opening=opening, source=source)
        return await self._opening(turn, one)

    async def _waive(self, turn: Turn, one: Issue) -> Reply:
        language = next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
        if language is not None:
            one = await self._issues.composing.keep(
                turn.tx, one, turn.now, waived=_toggled(one.content.waived, language)
            )
        return await self._translations(turn, one)

    async def _drop(self, turn: Turn, one: Issue) -> Reply:
        found = _entry(turn, *await self._issues.inside(turn.tx, one, turn.now))
        if found is None:
            return await self._inside(turn, one)
        dropped = _toggled(one.content.dropped, found.name)
        one = await self._issues.composing.keep(turn.tx, one, turn.now, dropped=dropped)
        return await self._content(turn, one, 0)

    async def _pin(self, turn: Turn, one: Issue) -> Reply:
        found = _entry(turn, *await self._issues.inside(turn.tx, one, turn.now))
        if found is not None:
            pinned = _toggled(one.content.pinned, found.name)
            one = await self._issues.composing.keep(turn.tx, one, turn.now, pinned=pinned)
        return await self._entry(turn, one)

    async def _move(self, turn: Turn, one: Issue) -> Reply:
        """Change places with the neighbour in its section, or among what is pinned."""
        entries, dropped = await self._issues.inside(turn.tx, one, turn.now)
        found = _entry(turn, entries, dropped)
        if found is None:
            return await self._inside(turn, one)
        pinned = found.name in one.content.pinned
        beside = [
            entry.name
            for entry in entries
            if (entry.name in one.content.pinned) == pinned and (pinned or entry.section == found.section)
        ]
        place = beside.index(found.name) if found.name in beside else 0
        other = place - 1 if turn.tap.text(1) == "up" else place + 1
        if 0 <= other < len(beside):
            beside[place], beside[other] = beside[other], beside[place]
        rest = [name for name in one.content.first if name not in beside]
        changed = {"pinned": beside} if pinned else {"first": [*beside, *rest]}
        one = await self._issues.composing.keep(turn.tx, one, turn.now, **changed)
        return await self._content(turn, one, 0)


def _entry(turn: Turn, entries: Sequence[Entry], dropped: Sequence[Entry]) -> Entry | None:
    wanted = (turn.tap.text(2), turn.tap.number(3))
    return next((one for one in (*entries, *dropped) if (one.section, one.number) == wanted), None)


def _toggled(present: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(name for name in present if name != one) if one in present else (*present, one)
