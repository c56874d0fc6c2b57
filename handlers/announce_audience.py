"""Whom an announcement is for: narrowed and widened by buttons, with the count as it changes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.announcements.audience import KINDS, TermKind
from bot.announcements.content import Announcement
from bot.texts import announcement_audience as texts
from bot.texts.announcement_audience import Side
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts, Step, refreshed, term
from handlers.turn import Turn
from storage import directory


class Audiences:
    """The steps about whom it is for."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self.steps: Mapping[str, Step] = {
            "who": self.show, "kinds": self._kinds, "pick": self._pick, "mark": self._mark, "turn": self._take_away,
            "unreached": self._unreached,
        }  # fmt: skip

    async def show(self, turn: Turn, one: Announcement) -> Reply:
        """Answer with whom it is for."""
        await self._drafts.await_words(turn, None)
        return texts.audience(turn.voice, await self._drafts.sight(turn, one))

    async def _kinds(self, turn: Turn, one: Announcement) -> Reply:
        return texts.kinds(turn.voice, one, _side(turn))

    async def _pick(self, turn: Turn, one: Announcement) -> Reply:
        kind = _kind(turn)
        if kind is None:
            return refreshed(turn, await self.show(turn, one))
        options = await self._drafts.options(turn, kind)
        return texts.values(turn.voice, one, _side(turn), kind, options, turn.tap.number(4) or 0)

    async def _mark(self, turn: Turn, one: Announcement) -> Reply:
        kind = _kind(turn)
        options = await self._drafts.options(turn, kind) if kind else []
        found = next((place for place, option in enumerate(options) if option.key == turn.tap.text(4)), None)
        if kind is None or found is None:
            return refreshed(turn, await self.show(turn, one))
        side = _side(turn)
        audience = one.content.audience.toggled(side, term(kind, options[found]))
        one = await self._drafts.keep(turn, one, audience=audience)
        return texts.values(turn.voice, one, side, kind, options, found // texts.PAGE)

    async def _take_away(self, turn: Turn, one: Announcement) -> Reply:
        side, place = _side(turn), turn.tap.number(3) or 0
        present = getattr(one.content.audience, side)
        if place >= len(present):
            return refreshed(turn, await self.show(turn, one))
        audience = one.content.audience.toggled(side, present[place])
        return await self.show(turn, await self._drafts.keep(turn, one, audience=audience))

    async def _unreached(self, turn: Turn, one: Announcement) -> Reply:
        places = {org.code: turn.voice.title(org.name) for org in await directory.organisations(turn.tx)}
        return texts.unreached(turn.voice, await self._drafts.sight(turn, one), places)


def _side(turn: Turn) -> Side:
    return "but" if turn.tap.text(2) == "but" else "only"


def _kind(turn: Turn) -> TermKind | None:
    return next((kind for kind in KINDS if kind == turn.tap.text(3)), None)
