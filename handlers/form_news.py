"""What forms make the assistant say by itself: to coordinators what waits for them, to people what became of theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.delivery.outbox import notify, quiet_for
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.sending import ahead_of, offer_places, withdraw
from bot.forms.standing import opening
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.network.recipients import QUIET, awake, woken
from bot.network.workdays import working_hour
from bot.texts import form_cards as cards
from handlers.again import Again
from handlers.form_twice import to_decide
from storage import accounts, drafts, submissions
from storage.database import Transaction
from storage.drafts import Draft
from storage.network import EVENTS
from storage.submissions import Submission

LEFT_FOR = timedelta(days=3)
"""How long a draft lies before its owner is reminded, once."""
BEFORE_CLOSING = timedelta(days=2)
"""The reminder comes no later than this before the form closes."""
_IN_HAND = timedelta(hours=2)
"""A draft touched within these is not lying."""


class FormNews:
    """Queues messages about forms, each in its reader's language, once."""

    def __init__(self, filling: Filling, identify: Identify, again: Again) -> None:
        self._filling, self._identify, self._again = filling, identify, again

    async def announce(self, tx: Transaction, definition: Definition, one: Submission, now: datetime) -> None:
        """Tell the coordinators what waits for their decision."""
        if one.state != "pending" and one.proposed is None:
            return
        for coordinator in await self._identify.coordinators(tx):
            voice = self._again.voice(coordinator)
            bubble = await to_decide(tx, self._filling, coordinator, voice, definition, one, now)
            key = f"submission:{one.id}:{one.version}:{coordinator.account}"
            await notify(tx, key, coordinator, bubble, now)

    async def tell(self, tx: Transaction, definition: Definition, one: Submission, now: datetime) -> None:
        """Tell whoever sent it what became of it."""
        if one.account is None:
            return
        reader = await self._identify.again(tx, one.account)
        event = await EVENTS.get(tx, definition.form.event) if definition.form.event else None
        voice, ahead = self._again.voice(reader), await ahead_of(tx, one)
        bubble = cards.card(voice, definition, one, now, event=event, ahead=ahead)
        until = None if one.offered_until is None else datetime.fromtimestamp(one.offered_until, UTC)
        await notify(tx, f"submission:{one.id}:{one.version}:told", reader, bubble, now, useless_after=until)

    async def move_up(self, tx: Transaction, definition: Definition, now: datetime) -> None:
        """Offer the places that came free; what is offered at night is kept from the morning on."""

        async def awake_at(one: Submission) -> datetime:
            if one.account is None:
                return now
            reader = await self._identify.again(tx, one.account)
            return woken(await quiet_for(tx, reader), now)

        for one in await offer_places(tx, definition, awake_at):
            await self.tell(tx, definition, one, now)

    async def round(self, tx: Transaction, now: datetime) -> None:
        """Do what time alone brings: offers that run out, drafts that lie, answers whose time to be kept is over."""
        for one in await submissions.run_out(tx, now):
            await self._run_out(tx, one, now)
        for draft in await drafts.abandoned(tx, now - _IN_HAND):
            await self._remind(tx, draft, now)
        for form in await submissions.outlived(tx, now):
            await submissions.delete_of(tx, form)

    async def _run_out(self, tx: Transaction, one: Submission, now: datetime) -> None:
        definition = await self._filling.library.get(tx, one.form)
        if not await withdraw(tx, one, now) or definition is None:
            return
        if one.account is not None:
            reader = await self._identify.again(tx, one.account)
            bubble = cards.offer_over(self._again.voice(reader), definition, one)
            await notify(tx, f"submission:{one.id}:{one.version}:over", reader, bubble, now)
        await self.move_up(tx, definition, now)

    async def _remind(self, tx: Transaction, draft: Draft, now: datetime) -> None:
        definition = await self._filling.library.get(tx, draft.form)
        if definition is None or opening(definition.form, now) != "open":
            return
        closes = definition.form.closes
        lies = now.timestamp() - draft.changed >= LEFT_FOR.total_seconds()
        if not lies and (closes is None or closes - now > BEFORE_CLOSING):
            return
        reader = await self._identify.again(tx, draft.account)
        if not await _may_disturb(tx, reader, closes, now):
            return
        standing = await self._filling.stand(tx, reader, definition, now)
        if standing.session is None or not standing.session.answers or not await drafts.remind(tx, draft, now):
            return
        key = f"draft:{draft.form}:{draft.owner}:{int(standing.session.begun.timestamp())}"
        bubble = cards.reminder(self._again.voice(reader), standing, now)
        await notify(tx, key, reader, bubble, now)


async def _may_disturb(tx: Transaction, reader: Reader, closes: datetime | None, now: datetime) -> bool:
    """Whether it is no quiet hour there, and a working hour: unless the form closes before the next one."""
    at = working_hour(now, reader.country, reader.time_zone)
    if closes is not None and at >= closes:
        at = now
    return awake(at, reader.time_zone, await accounts.quiet_of(tx, reader.account) or QUIET) <= now
