"""``/mine``: everything that is expected of the reader; and what people answer to reminders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple

from bot.answers import duties as answers
from bot.answers.duties import DutyCard
from bot.delivery.personal import Personal
from bot.network.audiences import Reader
from bot.network.duties import Duty
from bot.network.recipients import ChannelName
from bot.network.records import Person
from bot.network.reminding import later
from bot.texts import duties as texts
from bot.texts.reply import NOTHING, Reply
from handlers.again import Again
from handlers.turn import Conversation, Turn
from storage import directory, stances
from storage.network import PEOPLE

_SHOWN = 12
"""Colleagues to choose from at most."""


class Sharing(NamedTuple):
    """What the conversation about what is due needs of the rest."""

    again: Again
    personal: Personal
    a_week: int
    """How many bubbles of reminders a person is sent in seven days."""


def duties(sharing: Sharing) -> Conversation:
    """Return the conversation about what is due."""
    desk = _Duties(sharing)
    return Conversation(
        name="duties",
        commands={"mine": desk.mine},
        taps={(texts.LIST, 1): desk.mine, (texts.SCREEN, 1): desk.tapped},
        stale=desk.stale,
    )


class _Duties:
    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing
        self._actions: dict[str, Callable[[Turn, DutyCard], Awaitable[Reply]]] = {
            "open": self._card, "new": self._below, "done": self._done, "not": self._declined, "later": self._later,
            "who": self._who, "to": self._passed, "undo": self._undo, "why": self._why,
        }  # fmt: skip

    async def mine(self, turn: Turn) -> Reply:
        """Show what is expected of the reader."""
        page = turn.tap.number(0) or 0 if turn.incoming.tap is not None else 0
        return texts.duties_list(turn.voice, await answers.mine(turn.tx, turn.reader, turn.now, page))

    async def stale(self, turn: Turn) -> Reply:
        """Show it in place of an outdated bubble."""
        found = await answers.mine(turn.tx, turn.reader, turn.now)
        return replace(texts.duties_list(turn.voice, found), notice=turn.voice.say("common.refreshed"))

    async def tapped(self, turn: Turn) -> Reply:
        """Carry out what is tapped under a duty."""
        card = await answers.card(turn.tx, turn.reader, turn.now, turn.tap.text(0) or "")
        action = self._actions.get(turn.tap.text(1) or "open")
        if card is None or action is None:
            return Reply(NOTHING, notice=turn.voice.say("duties.gone"))
        return await action(turn, card)

    async def _card(self, turn: Turn, card: DutyCard) -> Reply:
        given = card.own.colleague if card.own else None
        colleague = await PEOPLE.get(turn.tx, given) if given else None
        return texts.duty_card(turn.voice, card, turn.tap.number(2), passed_to=colleague.name if colleague else None)

    async def _below(self, turn: Turn, card: DutyCard) -> Reply:
        return replace(await self._card(turn, card), place="new")

    async def _again(self, turn: Turn, duty: Duty) -> Reply:
        """Show the card as it stands now."""
        found = await answers.card(turn.tx, turn.reader, turn.now, duty.reference)
        assert found is not None
        return await self._card(turn, found)

    async def _done(self, turn: Turn, card: DutyCard) -> Reply:
        await stances.take(turn.tx, turn.reader.person or "", card.duty.key, "done", turn.now)
        return await self._again(turn, card.duty)

    async def _declined(self, turn: Turn, card: DutyCard) -> Reply:
        await stances.take(turn.tx, turn.reader.person or "", card.duty.key, "declined", turn.now)
        return await self._again(turn, card.duty)

    async def _later(self, turn: Turn, card: DutyCard) -> Reply:
        day = later(card.duty, turn.reader.time_zone, turn.reader.country, turn.now)
        if day is None:
            return Reply(NOTHING, notice=turn.voice.say("duties.too_close"))
        await stances.take(turn.tx, turn.reader.person or "", card.duty.key, "asked", turn.now, day=day)
        return await self._again(turn, card.duty)

    async def _who(self, turn: Turn, card: DutyCard) -> Reply:
        colleagues = await self._colleagues(turn, card.duty)
        return texts.who(turn.voice, card.duty, colleagues[:_SHOWN], turn.tap.number(2))

    async def _passed(self, turn: Turn, card: DutyCard) -> Reply:
        chosen = turn.tap.number(3)
        colleague = next((one for one in await self._colleagues(turn, card.duty) if one.id == chosen), None)
        if colleague is None:
            return await self._who(turn, card)
        person = turn.reader.person or ""
        await stances.take(turn.tx, person, card.duty.key, "passed", turn.now, colleague=colleague.code)
        await stances.take_back(turn.tx, colleague.code, card.duty.key, but_done=True)
        await self._tell(turn, card.duty, colleague, taken_back=False)
        return await self._again(turn, card.duty)

    async def _undo(self, turn: Turn, card: DutyCard) -> Reply:
        await stances.take_back(turn.tx, turn.reader.person or "", card.duty.key)
        given = card.own.colleague if card.own else None
        colleague = await PEOPLE.get(turn.tx, given) if given else None
        if colleague is not None:
            await self._tell(turn, card.duty, colleague, taken_back=True)
        return replace(await self._again(turn, card.duty), notice=turn.voice.say("duties.undone"))

    async def _why(self, turn: Turn, card: DutyCard) -> Reply:
        return replace(texts.why(turn.voice, card.duty, self._sharing.a_week, turn.tap.number(2)), place="new")

    async def _colleagues(self, turn: Turn, duty: Duty) -> list[Person]:
        """Return those of the reader's organisation who may see it."""
        if turn.reader.organisation is None:
            return []
        today, found = turn.reader.today(turn.now), []
        for one in await directory.people(turn.tx, organisation=turn.reader.organisation):
            audiences = turn.reader.model_copy(update={"role": one.role}).audiences(today)
            if one.code != turn.reader.person and (audiences is None or duty.audience in audiences):
                found.append(one)
        return found

    async def _tell(self, turn: Turn, duty: Duty, colleague: Person, *, taken_back: bool) -> None:
        """Tell a colleague, by the channels that lead there, at an hour at which they may be disturbed."""
        recipient = await self._sharing.personal.find(turn.tx, colleague.id)
        if recipient is None:
            return

        def render(to: Reader, _: ChannelName) -> Reply:
            voice = self._sharing.again.voice(to)
            return texts.told_colleague(voice, duty, turn.reader.name, to.today(turn.now), taken_back=taken_back)

        name = f"passed:{duty.key}:{turn.reader.person}:{turn.incoming.query}:{int(taken_back)}"
        at = recipient.undisturbed(turn.now)
        await self._sharing.personal.queue(turn.tx, name, recipient, render, at, turn.now)
