"""What people have sent: shown again, changed, withdrawn; places offered; answers confirmed by a coordinator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.delivery.made import Made
from bot.delivery.outbox import queue
from bot.forms.definition import Definition
from bot.forms.filling import Filling, Step
from bot.forms.library import Library
from bot.forms.sending import ahead_of, offer_places, take_offer, withdraw
from bot.forms.standing import submission_owner
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.network.forms import is_for
from bot.texts import form_cards as cards
from bot.texts import form_decisions as decisions
from bot.texts.event_calendar import event_calendar
from bot.texts.form_steps import asked
from bot.texts.reply import Reply
from handlers.again import Again
from handlers.form_lists import sent_before
from handlers.turn import Conversation, Turn
from storage import submissions
from storage.network import EVENTS
from storage.submissions import Submission


class Submissions:
    """Shows and changes what was sent, and tells those whom it concerns."""

    def __init__(self, filling: Filling, identify: Identify, again: Again, made: Made) -> None:
        self._filling, self._identify, self._again, self._made = filling, identify, again, made
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
        return Conversation(
            name="submissions", taps={(cards.SENT, 1): self.tapped, ("fy", 1): self.mine}, stale=self.mine
        )

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
        if one is None or definition is None or not _is_theirs(definition, one, turn):
            return replace(await self.mine(turn), notice=turn.voice.say("common.refreshed"))
        action = turn.tap.text(2) or "show"
        if turn.tap.number(1) != one.version and action != "show":
            shown = await self.show(turn, definition, one)
            return replace(shown, notice=turn.voice.say("common.refreshed"))
        return await self._actions.get(action, self.show)(turn, definition, one)

    async def _take(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        return await self.show(turn, definition, await take_offer(turn.tx, definition.form, one, turn.now) or one)

    async def _ask_whether(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        return cards.withdrawing(turn.voice, definition, one)

    async def _withdraw(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        if not await withdraw(turn.tx, one, turn.now):
            return await self.show(turn, definition, one)
        await self.move_up(turn, definition)
        return cards.withdrawn(turn.voice, definition)

    async def _calendar(self, turn: Turn, definition: Definition, one: Submission) -> Reply:
        event = await EVENTS.get(turn.tx, definition.form.event) if definition.form.event else None
        if event is None:
            return await self.show(turn, definition, one)
        file = self._made.file(f"{event.code}.ics", event_calendar(turn.voice, event, turn.now))
        return Reply(turn.voice.say("forms.calendar_sent"), files=(file,), place="new")

    async def announce(self, turn: Turn, definition: Definition, one: Submission) -> None:
        """Tell the coordinators what waits for their decision."""
        if one.state != "pending" and one.proposed is None:
            return
        for coordinator in await self._identify.coordinators(turn.tx):
            voice = self._again.voice(coordinator)
            standing = await self._filling.stand(turn.tx, coordinator, definition, turn.now)
            bubble = decisions.to_decide(voice, definition, one, standing.around)
            key = f"submission:{one.id}:{one.version}:{coordinator.account}"
            await queue(turn.tx, key, coordinator.channel, coordinator.address, bubble, turn.now)

    async def move_up(self, turn: Turn, definition: Definition) -> None:
        """Offer the places that came free, each to whom it is offered, in their language."""
        for one in await offer_places(turn.tx, definition, turn.now):
            await self.tell(turn, definition, one)

    async def tell(self, turn: Turn, definition: Definition, one: Submission) -> None:
        """Tell whoever sent it what became of it."""
        reader = await self._reader(turn, one)
        if reader is None:
            return
        event = await EVENTS.get(turn.tx, definition.form.event) if definition.form.event else None
        voice = self._again.voice(reader)
        ahead = await ahead_of(turn.tx, one)
        bubble = cards.card(voice, definition, one, turn.now, event=event, ahead=ahead)
        await queue(
            turn.tx, f"submission:{one.id}:{one.version}:told", reader.channel, reader.address, bubble, turn.now
        )

    async def _reader(self, turn: Turn, one: Submission) -> Reader | None:
        return await self._identify.again(turn.tx, one.account) if one.account is not None else None

    async def _change(self, turn: Turn, definition: Definition, _one: Submission) -> Reply:
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        if not standing.is_sent:
            if standing.opening != "open":
                return cards.not_open(turn.voice, standing)
            opened = await self._filling.open(turn.tx, turn.reader, standing, turn.now)
        else:
            opened = await self._filling.change(turn.tx, turn.reader, standing, turn.now)
        return asked(turn.voice, Step(opened))


def _is_theirs(definition: Definition, one: Submission, turn: Turn) -> bool:
    """Whether the reader may change it: whoever sent it, or a colleague where the city answers once."""
    if not is_for(definition.form, turn.reader, turn.now):
        return False
    owner = submission_owner(definition.form, turn.reader)
    return one.owner == owner if owner else one.account == turn.reader.account
