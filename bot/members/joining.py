"""Asking to join: three questions, a review, one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

import regex

from bot.network.audiences import Reader
from bot.network.organisations import exactly, resembling
from bot.network.records import Organisation
from storage import directory, members
from storage.database import Transaction
from storage.members import JoinDraft, JoinRequest, Step
from storage.network import ORGANISATIONS

STEPS: tuple[Step, ...] = get_args(Step)
LONGEST = 80
"""Letters of an answer at most."""
OPEN_FOR = timedelta(hours=1)
"""How long what is written counts as an answer; later the question is asked again."""


@dataclass(frozen=True)
class Question:
    """What is asked now."""

    draft: JoinDraft
    organisation: Organisation | None
    """The organisation that was chosen, if it is one of the network's."""
    resembling: tuple[Organisation, ...] = ()
    """The organisations that what was written may stand for."""
    offered: str | None = None
    """An answer that one tap gives: the account's name, or what was answered before."""
    problem: str | None = None
    """The key of a sentence that says why the last answer was not taken, or that a question is still open."""


class Joining:
    """Leads a stranger from question to question; what is answered stays in the account's row."""

    async def ask(self, tx: Transaction, reader: Reader, now: datetime) -> Question:
        """Return the open question, or the first one."""
        draft = await members.draft(tx, reader.account) or JoinDraft()
        return await self._keep(tx, reader, draft, now)

    async def write(self, tx: Transaction, reader: Reader, text: str, now: datetime) -> Question | None:
        """Take what was written as the answer to the open question; None if no question is open."""
        draft = await members.draft(tx, reader.account)
        if draft is None:
            return None
        written = " ".join(text.split())
        problem = _problem(draft, written, now)
        if problem is not None:
            return await self._keep(tx, reader, draft, now, problem)
        if draft.step == "organisation":
            return await self._write_organisation(tx, reader, draft, written, now)
        return await self._keep(tx, reader, _next(draft, **{draft.step: written}), now)

    async def keep(self, tx: Transaction, reader: Reader, step: str | None, now: datetime) -> Question | None:
        """Take the offered answer to ``step``; None if that question is not the open one."""
        draft = await members.draft(tx, reader.account)
        if draft is None or draft.step != step:
            return None
        if draft.step == "name":
            draft = draft.model_copy(update={"name": draft.name or reader.name[:LONGEST]})
        answered = draft.function if draft.step == "function" else draft.name
        if draft.step == "organisation":
            answered = draft.organisation or draft.organisation_text
        return await self._keep(tx, reader, _next(draft), now) if answered else None

    async def choose(self, tx: Transaction, reader: Reader, number: int, now: datetime) -> Question | None:
        """Take the organisation of that row's number; None if that is not asked."""
        draft = await members.draft(tx, reader.account)
        chosen = await ORGANISATIONS.numbered(tx, number)
        if draft is None or draft.step != "organisation" or chosen is None:
            return None
        return await self._keep(tx, reader, _next(draft, organisation=chosen.code), now)

    async def another(self, tx: Transaction, reader: Reader, now: datetime) -> Question | None:
        """Take the organisation as it was written: it is not one of the network's; None if that is not asked."""
        draft = await members.draft(tx, reader.account)
        if draft is None or draft.step != "organisation" or not draft.organisation_text:
            return None
        return await self._keep(tx, reader, _next(draft, organisation=None), now)

    async def back(self, tx: Transaction, reader: Reader, step: str | None, now: datetime) -> Question | None:
        """Return from ``step`` to the question before; None if that question is not the open one."""
        draft = await members.draft(tx, reader.account)
        if draft is None or draft.step != step or draft.step == "name":
            return None
        before = STEPS[STEPS.index(draft.step) - 1]
        return await self._keep(tx, reader, draft.model_copy(update={"step": before}), now)

    async def stop(self, tx: Transaction, reader: Reader) -> bool:
        """Forget the answers; False if there were none."""
        present = await members.draft(tx, reader.account)
        await members.keep_draft(tx, reader.account, None)
        return present is not None

    async def send(self, tx: Transaction, reader: Reader, now: datetime) -> JoinRequest | None:
        """Make a request of the answers; None if there is nothing to send, or a request is pending already."""
        draft = await members.draft(tx, reader.account)
        if draft is None or draft.step != "review" or not draft.name or not draft.function:
            return None
        organisation = draft.organisation or draft.organisation_text or ""
        await members.keep_draft(tx, reader.account, None)
        return await members.add_request(tx, reader.account, draft.name, organisation, draft.function, now)

    async def is_pending(self, tx: Transaction, reader: Reader) -> bool:
        """Whether a request of the reader's waits for the coordinators."""
        return await members.pending_of(tx, reader.account) is not None

    async def home(self, tx: Transaction, reader: Reader) -> Organisation | None:
        """Return the organisation that the reader belongs to."""
        return await ORGANISATIONS.get(tx, reader.organisation) if reader.organisation else None

    async def _write_organisation(
        self, tx: Transaction, reader: Reader, draft: JoinDraft, written: str, now: datetime
    ) -> Question:
        """Go on with the organisation that has exactly this name; else offer those that resemble it."""
        written_down = draft.model_copy(update={"organisation": None, "organisation_text": written})
        known = await directory.organisations(tx)
        exact = exactly(known, written)
        if exact is not None:
            return await self._keep(tx, reader, _next(written_down, organisation=exact.code), now)
        near = resembling(known, written)
        kept = await self._keep(tx, reader, written_down if near else _next(written_down), now)
        return Question(kept.draft, None, near, None if near else kept.offered)

    async def _keep(
        self, tx: Transaction, reader: Reader, draft: JoinDraft, now: datetime, problem: str | None = None
    ) -> Question:
        asked = draft.model_copy(update={"asked": int(now.timestamp())})
        await members.keep_draft(tx, reader.account, asked)
        chosen = await ORGANISATIONS.get(tx, draft.organisation) if draft.organisation else None
        offered = {"name": draft.name or reader.name, "function": draft.function}.get(draft.step)
        if draft.step == "organisation" and chosen is None:
            offered = draft.organisation_text
        return Question(asked, chosen, (), offered or None, problem)


def _next(draft: JoinDraft, **answers: str | None) -> JoinDraft:
    step = STEPS[STEPS.index(draft.step) + 1]
    return draft.model_copy(update={**answers, "step": step})


def _problem(draft: JoinDraft, written: str, now: datetime) -> str | None:
    if now.timestamp() - draft.asked > OPEN_FOR.total_seconds():
        return "join.still_open"
    if draft.step == "review":
        return "join.send_or_change"
    if not any(letter.isalnum() for letter in written):
        return "join.unreadable"
    return "join.too_long" if len(regex.findall(r"\X", written)) > LONGEST else None
