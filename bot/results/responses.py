"""Who has answered a form and who is missing, from counts alone; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.network.audiences import COORDINATORS, EVERYONE, GROUP_PREFIX, MEMBERS_PAID
from bot.network.forms import Form
from bot.network.records import Organisation
from bot.results.shapes import FEWEST, Quorum, Status
from storage.submissions import HOLDING
from storage.tallies import Tally


@dataclass(frozen=True)
class Responses:
    """What is known of a form's answers without reading one; the fields are those of ``Results``."""

    answers: int
    people: int
    waiting: int
    asked: int
    responded: int | None
    secret: bool
    cities: tuple[Status, ...]
    quorum: Quorum | None


def responses(
    form: Form,
    tallies: Iterable[Tally],
    organisations: Mapping[str, Organisation],
    now: datetime,
    answered: Collection[str] = (),
) -> Responses:
    """Count who has answered.

    Args:
        form: The form.
        tallies: What was sent to it, by organisation and state.
        organisations: All of the network's, by code; who of them was asked follows from the form.
        now: Aware; decides whether a form that is secret until it closes has closed.
        answered: The codes of organisations that are noted to have answered, for an anonymous form.
    """
    found = list(tallies)
    counting = [one for one in found if one.state in HOLDING]
    waiting = [one for one in found if one.state == "waiting"]
    answers = sum(one.answers for one in counting)
    asked = tuple(one for one in organisations.values() if _is_asked(form, one, now))
    cities = _cities(form, organisations, asked, counting, waiting, answered)
    responded = _responded(form, cities, answers, answered)
    secret = is_secret(form, now)
    named = not secret and (not form.anonymous or (responded or 0) >= FEWEST)
    return Responses(
        answers=answers,
        people=sum(one.people for one in counting),
        waiting=sum(one.answers for one in waiting),
        asked=len(asked),
        responded=responded,
        secret=secret,
        cities=cities if named else (),
        quorum=_quorum(form, len(asked), responded),
    )


def is_secret(form: Form, now: datetime) -> bool:
    """Whether even coordinators may only know how many have answered: until the form closes."""
    return form.secret_until_closed and (form.closes is None or now < form.closes)


def _is_asked(form: Form, organisation: Organisation, now: datetime) -> bool:
    if form.organisations:
        return organisation.code in form.organisations
    if form.audience.startswith(GROUP_PREFIX):
        return form.audience.removeprefix(GROUP_PREFIX) in organisation.groups
    if form.audience in (EVERYONE, COORDINATORS):
        return form.audience == EVERYONE
    paid = organisation.dues_paid_until
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    settled = form.audience != MEMBERS_PAID or (paid is not None and today <= paid)
    return organisation.membership == "member" and settled


def _cities(
    form: Form,
    organisations: Mapping[str, Organisation],
    asked: Sequence[Organisation],
    counting: Sequence[Tally],
    waiting: Sequence[Tally],
    answered: Collection[str],
) -> tuple[Status, ...]:
    noted, people, later = Counter[str](), Counter[str](), Counter[str]()
    for one in () if form.anonymous else counting:
        noted[one.organisation or ""] += one.answers
        people[one.organisation or ""] += one.people
    if form.anonymous:
        noted, people = Counter(answered), Counter(answered)
    for one in waiting:
        later[one.organisation or ""] += one.answers
    codes = {one.code for one in asked}
    others = (one for code, one in organisations.items() if code not in codes and noted[code] + later[code])
    return tuple(
        Status(one, one.code in codes, noted[one.code], people[one.code], later[one.code]) for one in (*asked, *others)
    )


def _responded(form: Form, cities: Sequence[Status], answers: int, answered: Collection[str]) -> int | None:
    if form.anonymous and not answered:
        return answers if form.answers == "one_per_city" else None
    return sum(one.asked and one.answers > 0 for one in cities)


def _quorum(form: Form, asked: int, responded: int | None) -> Quorum | None:
    if form.quorum is None or responded is None:
        return None
    reached = asked > 0 and responded * 100 >= form.quorum * asked
    return Quorum(form.quorum, responded / asked if asked else 0.0, reached)
