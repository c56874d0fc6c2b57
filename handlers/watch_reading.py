"""What readers do with the watch: open an entry, read past issues, ask why it came, have it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from bot.delivery.errands import Owed
from bot.network.records import Event
from bot.texts import issue as texts
from bot.texts.given import FILE
from bot.texts.issue import Told
from bot.texts.reply import NOTHING, Reply
from bot.watch import contributing
from bot.watch.composing import month_of, names, past_entries
from bot.watch.issue import Often, Wish
from bot.watch.sharing import wish_of
from handlers.contribution_files import CONTRIBUTED
from handlers.issue_desk import Issues
from handlers.turn import Conversation, Handler, Turn
from storage import followed
from storage.network import THEMES

SNOOZE = timedelta(days=60)
_FREQUENCIES = ("monthly", "weekly", "once", "none")


class WatchReading:
    """Answers readers of the watch."""

    def __init__(self, issues: Issues, opens: Mapping[tuple[str, int], Handler], owed: Owed) -> None:
        """Take the handlers that open events, news and the like, by screen and version."""
        self._issues, self._opens, self._owed = issues, opens, owed

    def conversation(self) -> Conversation:
        """Return the conversation."""
        return Conversation(
            name="watch reading",
            taps={
                (texts.SCREEN, 1): self._entry,
                (texts.WHY, 1): self._why,
                (texts.PAST, 1): self._past,
                (FILE, 1): self._file,
            },
            stale=self._past,
        )

    async def month(self, turn: Turn, month: date) -> Reply:
        """Answer with a past issue, as far as this reader may see it."""
        one = await self._issues.composing.of_month(turn.tx, month)
        entries = await past_entries(turn.tx, one, turn.reader, turn.now) if one else []
        if one is None or not entries:
            return replace(await self.months(turn), notice=turn.voice.say("issue.no_such_month"))
        page = self._issues.page(month, turn.reader.language)
        told = Told("past", month, entries, await names(turn.tx), one.content, page)
        return texts.issue(turn.voice, told)

    async def months(self, turn: Turn) -> Reply:
        """Answer with the list of past issues."""
        return texts.months(turn.voice, [one.month for one in await self._issues.composing.past(turn.tx)])

    async def _past(self, turn: Turn) -> Reply:
        chosen = turn.tap.text(0) if turn.tap.screen == texts.PAST else None
        month = month_of(f"{chosen[:4]}-{chosen[4:]}") if chosen else None
        return await self.month(turn, month) if month else await self.months(turn)

    async def _entry(self, turn: Turn) -> Reply:
        """Open an entry below the issue, which stays."""
        section, number = turn.tap.text(0) or "", turn.tap.number(1) or 0
        if section == "cities":
            one = await contributing.get(turn.tx, number)
            row = await contributing.row(turn.tx, one) if one else None
            section, number = ("events" if isinstance(row, Event) else "news", row.id) if row else ("", 0)
        tap = texts.opened_by(section, number)
        handler = self._opens.get((tap.screen, tap.version))
        if handler is None or tap.screen == texts.SCREEN:
            return Reply(NOTHING, notice=turn.voice.say("issue.gone"))
        opened = replace(turn, incoming=replace(turn.incoming, tap=tap))
        return replace(await handler(opened), place="new")

    async def _file(self, turn: Turn) -> Reply:
        """Bring the file of what a city gave, to whoever may see that."""
        one = await contributing.get(turn.tx, turn.tap.number(0) or 0)
        may = one is not None and await contributing.may_see(turn.tx, one, turn.reader, turn.now)
        if one is None or one.content.file is None or not may:
            return Reply(NOTHING, notice=turn.voice.say("issue.gone"))
        await self._owed.owe(turn.tx, CONTRIBUTED, turn.reader.account, {"contribution": one.id}, turn.now)
        return Reply(NOTHING, notice=turn.voice.say("decide.file_under_way"))

    async def _why(self, turn: Turn) -> Reply:
        if turn.reader.person is None:
            return Reply(turn.voice.say("issue.strangers"))
        wish = wish_of(await followed.of(turn.tx, turn.reader.person))
        step = turn.tap.text(0)
        if step == "themes":
            return await self._themes(turn, wish)
        if step == "theme":
            wish = wish._replace(themes=await self._toggled(turn, wish))
            await self._keep(turn, wish)
            return await self._themes(turn, wish)
        chosen = turn.tap.text(1)
        if step == "often" and chosen in _FREQUENCIES:
            wish = wish._replace(frequency=cast("Often", chosen))
        elif step == "snooze":
            wish = wish._replace(snoozed=int((turn.now + SNOOZE).timestamp()))
        elif step == "wake":
            wish = wish._replace(snoozed=None)
        if step in ("often", "snooze", "wake"):
            await self._keep(turn, wish)
        themes = [one.name for one in await THEMES.all(turn.tx) if one.code in self._followed(turn, wish)]
        reply = texts.why(turn.voice, wish, themes, turn.now)
        return reply if step else replace(reply, place="new")

    async def _themes(self, turn: Turn, wish: Wish) -> Reply:
        every = [(one.code, one.id, turn.voice.title(one.name)) for one in await THEMES.all(turn.tx)]
        return texts.themes(turn.voice, self._followed(turn, wish), every)

    async def _toggled(self, turn: Turn, wish: Wish) -> tuple[str, ...]:
        found = await THEMES.numbered(turn.tx, turn.tap.number(1) or 0)
        if found is None:
            return ()
        present = self._followed(turn, wish)
        if found.code in present:
            return tuple(code for code in present if code != found.code)
        return (*present, found.code)

    def _followed(self, turn: Turn, wish: Wish) -> tuple[str, ...]:
        return wish.themes if wish.themes is not None else turn.reader.themes

    async def _keep(self, turn: Turn, wish: Wish) -> None:
        assert turn.reader.person is not None
        await followed.choose(turn.tx, turn.reader.person, wish.frequency, wish.themes, wish.snoozed)
