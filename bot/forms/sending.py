"""Sending a form: one submission an owner, places in the order of arrival, a waiting list that moves up by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bot.forms.definition import Definition
from bot.forms.engine import answers_to_send, is_ready
from bot.forms.identities import named_organisation, organisation_of
from bot.forms.named import remember
from bot.forms.path import people_of
from bot.forms.standing import Standing, changes_freely, opening, submission_owner
from bot.network.audiences import Reader
from bot.network.forms import Form
from storage import submissions
from storage.database import Transaction
from storage.submissions import HOLDING, OPEN, State, Submission

Outcome = Literal["sent", "changed", "requested", "full", "closed", "not_ready", "sent_before", "changed_meanwhile"]


@dataclass(frozen=True)
class Sent:
    """What came of sending."""

    outcome: Outcome
    submission: Submission | None = None


async def send(tx: Transaction, reader: Reader, standing: Standing, now: datetime) -> Sent:
    """Send what the review shows; nothing is lost where it cannot be sent, and nothing is sent twice."""
    form, session = standing.form, standing.session
    if session is None or not is_ready(standing.definition, session):
        return Sent("sent_before" if standing.is_sent else "not_ready", standing.submission)
    before = standing.submission if standing.submission and standing.submission.state in OPEN else None
    if session.amends is None and (before is not None or standing.has_answered):
        return Sent("sent_before", before)
    if opening(form, now) != "open" and before is None:
        return Sent("closed")
    answers = answers_to_send(standing.definition, session)
    place = await submissions.turn(tx, form.code)
    if before is not None:
        sent = await _changed(tx, reader, standing, before, answers, now)
    else:
        sent = await _added(tx, reader, standing, answers, place, now)
    if sent.outcome in ("sent", "changed") and sent.submission is not None:
        await remember(tx, standing.definition, sent.submission)
    return sent


async def _added(
    tx: Transaction, reader: Reader, standing: Standing, answers: Mapping[str, Any], place: int, now: datetime
) -> Sent:
    form = standing.form
    people, organisation = people_of(answers), organisation_of(standing.definition, reader, answers)
    state = await _state(tx, form, people, organisation)
    if state is None:
        return Sent("full")
    owner = submission_owner(form, reader)
    if form.anonymous and owner and not await submissions.note_answered(tx, form.code, owner):
        return Sent("sent_before")
    at = int(now.timestamp())
    number = submissions.drawn()
    new = Submission(
        id=number, form=form.code, owner=owner or f"s:{number}", account=reader.account, person=reader.person,
        organisation=organisation, language=reader.language, definition=standing.definition.version,
        answers=dict(answers), people=people, state=state, place=place, sent=at, changed=at, version=1,
        offered_until=None, reason=None, proposed=None,
    )  # fmt: skip
    if form.anonymous:
        day = int(datetime.fromtimestamp(at, UTC).replace(hour=0, minute=0, second=0).timestamp())
        new = new._replace(
            owner=f"s:{number}", account=None, person=None, organisation=None, place=0, sent=day, changed=day
        )
    gone = standing.submission
    if gone is not None and not form.anonymous:  # withdrawn or refused before: the same number, a new place
        new = new._replace(id=gone.id, owner=gone.owner, version=gone.version)
        if not await submissions.change(tx, gone, new):
            return Sent("changed_meanwhile")
        new = new._replace(version=gone.version + 1)
    elif not await submissions.add(tx, new):
        return Sent("sent_before", await submissions.of_owner(tx, form.code, new.owner))
    return Sent("sent", new)


async def _changed(
    tx: Transaction, reader: Reader, standing: Standing, before: Submission, answers: Mapping[str, Any], now: datetime
) -> Sent:
    form, at = standing.form, int(now.timestamp())
    new = before._replace(changed=at, version=before.version + 1)
    if not changes_freely(form, now):
        asked = new._replace(proposed=dict(answers))
        done = await submissions.change(tx, before, asked)
        return Sent("requested" if done else "changed_meanwhile", asked if done else before)
    people, organisation = people_of(answers), organisation_of(standing.definition, reader, answers)
    new = new._replace(
        answers=dict(answers), people=people, organisation=organisation, definition=standing.definition.version,
        language=reader.language, account=reader.account, person=reader.person, proposed=None,
        state="pending" if form.confirmed and before.state == "confirmed" else before.state,
    )  # fmt: skip
    grows = before.state in HOLDING and people > before.people
    if before.state in HOLDING and not await _has_room(tx, form, people, organisation, before):
        return Sent("full", before)
    if _is_too_many(form, people) or (grows and await _others_first(tx, form)):
        return Sent("full", before)
    if not await submissions.change(tx, before, new):
        return Sent("changed_meanwhile", before)
    return Sent("changed", new)


async def _state(tx: Transaction, form: Form, people: int, organisation: str | None) -> State | None:
    """Return the state of a new submission; None if there is no room and no waiting list."""
    given: State = "pending" if form.confirmed else "confirmed"
    if form.places is None and form.places_per_city is None:
        return given
    if _is_too_many(form, people):
        return None
    if await _has_room(tx, form, people, organisation, None) and not await _others_first(tx, form):
        return given
    return "waiting" if form.waiting_list else None


def _is_too_many(form: Form, people: int) -> bool:
    """Whether so many people could never find a place."""
    return people > min(form.places or people, form.places_per_city or people)


async def _others_first(tx: Transaction, form: Form) -> bool:
    """Whether somebody waits for a place in all, and not only for one of their own organisation's."""
    if not form.waiting_list:
        return False
    queue = await submissions.waiting(tx, form.code)
    return any([await _has_city_room(tx, form, one.people, one.organisation, 0) for one in queue])


async def _has_room(
    tx: Transaction, form: Form, people: int, organisation: str | None, instead: Submission | None
) -> bool:
    """Whether so many people find a place, in all and within their organisation's share; ``instead`` gives its up."""
    own = instead.people if instead and instead.state in HOLDING else 0
    if form.places is not None and await submissions.people_in(tx, form.code) - own + people > form.places:
        return False
    return await _has_city_room(
        tx, form, people, organisation, own if instead and instead.organisation == organisation else 0
    )


async def _has_city_room(tx: Transaction, form: Form, people: int, organisation: str | None, own: int) -> bool:
    if form.places_per_city is None or organisation is None:
        return True
    return await submissions.people_in(tx, form.code, organisation) - own + people <= form.places_per_city


async def ahead_of(tx: Transaction, one: Submission) -> int:
    """Return how many wait before it; 0 if it does not wait."""
    if one.state != "waiting":
        return 0
    return sum(1 for other in await submissions.waiting(tx, one.form) if other.place < one.place)


async def withdraw(tx: Transaction, one: Submission, now: datetime) -> bool:
    """Take back what was sent; False if it was changed meanwhile."""
    await submissions.turn(tx, one.form)
    gone = one._replace(state="withdrawn", offered_until=None, proposed=None, changed=int(now.timestamp()))
    return await submissions.change(tx, one, gone)


async def offer_places(
    tx: Transaction, definition: Definition, told: Callable[[Submission], Awaitable[datetime]]
) -> list[Submission]:
    """Offer the places that are free to those who wait, strictly in order; return the offers that are new.

    An offer stands for its hours from the moment at which whoever waits can be ``told`` of it.
    """
    form = definition.form
    if not form.waiting_list:
        return []
    await submissions.turn(tx, form.code)
    offered, stands = [], timedelta(hours=form.offer_hours)
    for one in await submissions.waiting(tx, form.code):
        if _is_too_many(form, one.people) or not await _has_city_room(tx, form, one.people, one.organisation, 0):
            continue
        if not await _has_room(tx, form, one.people, one.organisation, None):
            break
        until = await told(one) + stands
        new = one._replace(state="offered", offered_until=int(until.timestamp()))
        if await submissions.change(tx, one, new):
            offered.append(new._replace(version=one.version + 1))
    return offered


async def take_offer(tx: Transaction, form: Form, one: Submission, now: datetime) -> Submission | None:
    """Take the place that was offered; None if the offer has run out or was taken."""
    if one.state != "offered" or one.offered_until is None or now.timestamp() >= one.offered_until:
        return None
    new = one._replace(state="pending" if form.confirmed else "confirmed", offered_until=None)
    return new._replace(version=one.version + 1) if await submissions.change(tx, one, new) else None


async def accept(tx: Transaction, definition: Definition, one: Submission, now: datetime) -> Submission | None:
    """Confirm an answer, or carry out the change that was asked for; None if it finds no room, or was changed."""
    await submissions.turn(tx, one.form)
    if one.proposed is None:
        new = one._replace(state="confirmed", reason=None)
    else:
        people, place = people_of(one.proposed), named_organisation(definition, one.proposed) or one.organisation
        if one.state in HOLDING and not await _has_room(tx, definition.form, people, place, one):
            return None
        new = one._replace(
            answers=one.proposed, proposed=None, people=people, organisation=place, definition=definition.version
        )
    new = new._replace(changed=int(now.timestamp()))
    if not await submissions.change(tx, one, new):
        return None
    await remember(tx, definition, new)
    return new._replace(version=one.version + 1)


async def refuse(tx: Transaction, one: Submission, reason: str, now: datetime) -> Submission | None:
    """Refuse an answer, or the change that was asked for; None if it was changed meanwhile."""
    await submissions.turn(tx, one.form)
    new = one._replace(changed=int(now.timestamp()), reason=reason, proposed=None)
    if one.proposed is None:
        new = new._replace(state="refused")
    return new._replace(version=one.version + 1) if await submissions.change(tx, one, new) else None
