"""What people have sent: shown again, changed, withdrawn; a place that was offered, taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.delivery.made import Made
from bot.forms.definition import Definition
from bot.forms.filling import Filling, Step
from bot.forms.library import Library
from bot.forms.sending import ahead_of, take_offer, withdraw
from bot.texts import form_cards as cards
from bot.texts import form_decisions as decisions
from bot.texts.event_calendar import event_calendar
from bot.texts.form_button import SENT
from bot.texts.form_steps import asked
from bot.texts.reply import Reply
from handlers.form_lists import is_open_to, is_theirs, sent_before
from handlers.form_news import FormNews
from handlers.turn import Conversation, Turn
from storage import submissions
from storage.network import EVENTS
from storage.submissions import Submission


class Submissions:
    """Shows and changes what was sent."""

    def __init__(self, filling: Filling, news: FormNews, made: Made) -> None:
        self._filling, self._news, self._made = filling, news, made
        self._actions: Mapping[str, Callable[[Turn, Definition, Submission], Awaitable[Reply]]] = {
            "take": self._take, "change": self._change, "again": self._change, "gone": self._ask_whether,
            "yes": self._withdraw, "ics": self._calendar,
        }  # fmt: skip

    @property
    def library(self) -> Library:
        """The forms."""
        return self._filling.library

    def conversation(self) -> Conversation:
        """Return the conversation about what was sent."""
        return Conversation(name="submissions", taps={(SENT, 1): self.tapped, ("fy", 1): self.mine}, stale=self.mine)

    async def mine(self, turn: Turn) -> Reply:
        """List what the reader, or the reader's city, has sent."""
        return await sent_before(turn, self.library)

    async def show(self, turn: Turn, definition: Definition, one: Submission, *, fresh: str | None = None) -> Reply:
        """Show what was sent."""
        event = await EVENTS.get(turn.tx, definition.form.event) if definition.form.event else None
        ahead = await ahead_of(turn.tx, one)
        return cards.card(turn.voice, definition, one, turn.now, event=event, ahead=ahead, fresh=fresh)

    async def tapped(self, turn: Turn) -> Reply:
        """Carry out what is tapped under a card; a card that is out of date is shown anew."""
        one = await submissions.numbered(turn.tx, turn.tap.number(0) or 0)
        definition = await self.library.get(turn.tx, one.form) if one else None
        if one is not None and definition is not None and not is_theirs(definition, one, turn):
            return await self._of_a_colleague(turn, definition, one)
        if one is None or definition is None:
            return replace(await self.mine(turn), notice=turn.voice.say("common.refreshed"))
        action = turn.tap.text(2) or "show"
        if turn.tap.number(1) != one.version and action != "show":
            shown = await self.show(turn, definition, one)
            return replace(shown, notice=turn.voice.say("common.refreshed"))
        return await self._actions.get(action, self.show)(turn, definition, one)

    async def _of_a_colleague(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        if not is_open_to(definition, one, turn):
            return replace(await self.mine(turn), notice=turn.voice.say("common.refreshed"))
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        told = decisions.answers(turn.voice, definition, one._replace(proposed=None), standing.around)
        return cards.colleagues_card(turn.voice, definition, one, told)

    async def _take(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        return await self.show(turn, definition, await take_offer(turn.tx, definition.form, one, turn.now) or one)

    async def _ask_whether(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        return cards.withdrawing(turn.voice, definition, one)

    async def _withdraw(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        if not await withdraw(turn.tx, one, turn.now):
            return await self.show(turn, definition, one)
        await self._news.move_up(turn.tx, definition, turn.now)
        return cards.withdrawn(turn.voice, definition)

    async def _calendar(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        event = await EVENTS.get(turn.tx, definition.form.event) if definition.form.event else None
        if event is None:
            return await self.show(turn, definition, one)
        file = self._made.file(f"{event.code}.ics", event_calendar(turn.voice, event, turn.now))
        return Reply(turn.voice.say("forms.calendar_sent"), files=(file,), place="new")

    async def _change(self, turn: Turn, definition: Definition, _one: Submission) -> Reply:
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        if not standing.is_sent:
            if standing.opening != "open":
                return cards.not_open(turn.voice, standing)
            opened = await self._filling.open(turn.tx, turn.reader, standing, turn.now)
        else:
            opened = await self._filling.change(turn.tx, turn.reader, standing, turn.now)
        return asked(turn.voice, Step(opened))
