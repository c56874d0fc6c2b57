"""Filling in a form: every answer is kept at once, in the transaction of the update that brought it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.forms.around import Around, Problem
from bot.forms.definition import Definition, Field
from bot.forms.engine import Advance, advance
from bot.forms.entries import Entry
from bot.forms.library import Library
from bot.forms.opening import amend, begin, reconcile
from bot.forms.session import Session
from bot.forms.standing import Standing, draft_owner, opening, submission_owner
from bot.network.audiences import Reader
from bot.network.forms import is_for
from storage import accounts, drafts, submissions
from storage.database import Transaction
from storage.drafts import Draft
from storage.network import PEOPLE
from storage.submissions import Submission

_TOPIC = "form"


@dataclass(frozen=True)
class Step:
    """What came of one entry, and where the reader stands now."""

    standing: Standing
    problem: Problem | None = None
    noted: str | None = None
    """The key of the answer that was just taken."""
    explains: bool = False
    """Whether the reader asks what to do."""


class Filling:
    """Opens forms, takes answers, keeps drafts."""

    def __init__(self, library: Library) -> None:
        self.library = library

    async def stand(self, tx: Transaction, reader: Reader, definition: Definition, now: datetime) -> Standing:
        """Return where the reader stands with a form."""
        form, owner = definition.form, submission_owner(definition.form, reader)
        return _standing(
            definition,
            await self._around(tx, reader, definition.fields, now),
            await drafts.of(tx, form.code, draft_owner(reader)),
            await submissions.of_owner(tx, form.code, owner) if owner and not form.anonymous else None,
            now,
            has_answered=bool(form.anonymous and owner) and await submissions.has_answered(tx, form.code, str(owner)),
        )

    async def find(self, tx: Transaction, reader: Reader, number: int | None, now: datetime) -> Standing | None:
        """Return where the reader stands with the form of that number; None if it is none of theirs."""
        definition = await self.library.numbered(tx, number) if number else None
        if definition is None or not is_for(definition.form, reader, now):
            return None
        return await self.stand(tx, reader, definition, now)

    async def mine(self, tx: Transaction, reader: Reader, now: datetime) -> list[Standing]:
        """Return every form that is for the reader and has not closed or was answered, the soonest closing first."""
        forms = [one for one in await self.library.every(tx) if is_for(one.form, reader, now)]
        around = await self._around(tx, reader, [field for one in forms for field in one.fields], now)
        begun = {one.form: one for one in await drafts.all_of(tx, draft_owner(reader))}
        sent = await submissions.of_reader(tx, reader.account, reader.person, reader.organisation)
        by_owner = {(one.form, one.owner): one for one in sent}
        answered = await submissions.answered_by(tx, draft_owner(reader), reader.organisation)
        found = [
            _standing(
                one,
                around,
                begun.get(one.form.code),
                by_owner.get((one.form.code, submission_owner(one.form, reader) or "")),
                now,
                has_answered=(one.form.code, submission_owner(one.form, reader)) in answered,
            )
            for one in forms
        ]
        shown = [one for one in found if one.opening != "closed" or one.session or one.is_sent]
        return sorted(shown, key=lambda one: (one.opening != "open", _closing(one, now), one.form.code))

    async def active(self, tx: Transaction, reader: Reader, now: datetime) -> Standing | None:
        """Return the form that what the reader writes now belongs to."""
        kept = await accounts.awaited(tx, reader.account, _TOPIC)
        definition = await self.library.get(tx, kept["form"]) if kept else None
        if definition is None or not is_for(definition.form, reader, now):
            return None
        standing = await self.stand(tx, reader, definition, now)
        return standing if standing.session else None

    async def open(self, tx: Transaction, reader: Reader, standing: Standing, now: datetime) -> Standing:
        """Open a form: go on where it was left, or begin; what is written from now on belongs to it."""
        if standing.session is None:
            standing = await self._kept(tx, reader, standing, begin(standing.definition, now), now)
        await accounts.set_awaited(tx, reader.account, _TOPIC, {"form": standing.form.code})
        return standing

    async def change(self, tx: Transaction, reader: Reader, standing: Standing, now: datetime) -> Standing:
        """Open what was sent, to change it; a draft of a change that was begun is gone on with."""
        sent = standing.submission
        if sent is not None and standing.session is None:
            session = amend(standing.definition, sent.answers, sent.id, now, standing.around)
            standing = await self._kept(tx, reader, standing, session, now)
        return await self.open(tx, reader, standing, now)

    async def anew(self, tx: Transaction, reader: Reader, standing: Standing, now: datetime) -> Standing:
        """Begin again, from nothing."""
        await self.forget(tx, reader, standing)
        return await self.open(tx, reader, replace(standing, draft=None, session=None), now)

    @staticmethod
    def weigh(standing: Standing, entry: Entry, now: datetime) -> Advance:
        """Say what would come of an entry at the open question; nothing is kept.  A form must be open."""
        assert standing.session is not None
        return advance(standing.definition, standing.session, entry, now, standing.around)

    async def take(self, tx: Transaction, reader: Reader, standing: Standing, came: Advance, now: datetime) -> Step:
        """Keep what came of an entry."""
        return Step(await self._kept(tx, reader, standing, came.session, now), came.problem, came.noted)

    async def leave(self, tx: Transaction, reader: Reader) -> None:
        """Take what the reader writes from now on for something else; drafts stay."""
        await accounts.set_awaited(tx, reader.account, _TOPIC, None)

    async def forget(self, tx: Transaction, reader: Reader, standing: Standing) -> None:
        """Delete what was begun."""
        await drafts.forget(tx, standing.form.code, draft_owner(reader))
        await self.leave(tx, reader)

    async def _kept(
        self, tx: Transaction, reader: Reader, standing: Standing, session: Session, now: datetime
    ) -> Standing:
        """Keep a session; where another device has kept one meanwhile, that one stands."""
        owner = draft_owner(reader)
        seen = standing.draft.version if standing.draft else None
        code = standing.form.code
        text = session.written()
        if await drafts.keep(tx, code, owner, text, reader.account, now, seen=seen):
            reminded = standing.draft.reminded if standing.draft else None
            draft = Draft(code, owner, text, (seen or 0) + 1, reader.account, int(now.timestamp()), reminded)
            return replace(standing, draft=draft, session=session)
        stands = await drafts.of(tx, code, owner)
        assert stands is not None
        return replace(standing, draft=stands, session=Session.read(stands.session))

    async def knowing(self, tx: Transaction, around: Around) -> Around:
        """Return the same with the names of the whole network: whoever reads others' answers meets any of them."""
        places, people = await self.library.organisations(tx), await self.library.people(tx)
        return replace(around, organisations=lambda: places, people=lambda: people)

    async def _around(self, tx: Transaction, reader: Reader, fields: Collection[Field], now: datetime) -> Around:
        """Gather what answers to these questions are read against, and nothing more."""
        kinds = {one.kind for one in fields}
        wanted = any(one.question.known for one in fields)
        places = await self.library.organisations(tx) if "city" in kinds else ()
        people = await self.library.people(tx) if "person" in kinds else ()
        person = await PEOPLE.get(tx, reader.person) if wanted and reader.person else None
        known = {"organisation": reader.organisation}
        if person is not None:
            function = person.function.read(reader.language).text
            known |= {"name": reader.name, "function": function, "email": person.email, "phone": person.phone}
        return Around(
            today=reader.today(now),
            language=reader.language,
            country=reader.country,
            organisations=lambda: places,
            people=lambda: people,
            known=known,
        )


def _standing(
    definition: Definition,
    around: Around,
    draft: Draft | None,
    submission: Submission | None,
    now: datetime,
    *,
    has_answered: bool,
) -> Standing:
    begun = Session.read(draft.session) if draft else None
    return Standing(
        definition=definition,
        around=around,
        opening=opening(definition.form, now),
        draft=draft,
        session=reconcile(definition, begun, around) if begun else None,
        submission=submission,
        renewed=begun is not None and begun.version != definition.version,
        has_answered=has_answered,
    )


def _closing(standing: Standing, now: datetime) -> float:
    closes = standing.form.closes
    return closes.timestamp() if closes and closes > now else float("inf")
