"""From a form's submissions to figures; pure.

Only submissions that hold a place count (``HOLDING``); those that wait are told apart.  What is anonymous stays so:
nothing is told apart by country or city, and the texts stand in an order that says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.forms.definition import Definition
from bot.network.audiences import COORDINATORS, EVERYONE, GROUP_PREFIX, MEMBERS_PAID
from bot.network.forms import Form
from bot.network.records import Organisation, Person
from bot.results.questions import question_figures
from bot.results.shapes import FEWEST, Directory, QuestionFigures, Quorum, Results, Status
from storage.submissions import HOLDING, Submission


def figures(
    definition: Definition,
    submissions: Iterable[Submission],
    organisations: Iterable[Organisation],
    now: datetime,
    people: Iterable[Person] = (),
    answered: Collection[str] = (),
) -> Results:
    """Count a form's answers.

    Args:
        definition: The form as it is now.
        submissions: Everything that was sent to it, in any state.
        organisations: All of the network's; who of them was asked follows from the form.
        now: Aware; decides whether a form that is secret until it closes has closed.
        people: The network's, for answers that name somebody.
        answered: The codes of organisations that are noted to have answered, for an anonymous form: its answers do
            not say.
    """
    form = definition.form
    directory = Directory({one.code: one for one in organisations}, {one.code: one for one in people})
    sent = list(submissions)
    counting = [one for one in sent if one.state in HOLDING]
    waiting = [one for one in sent if one.state == "waiting"]
    asked = tuple(one for one in directory.organisations.values() if _is_asked(form, one, now))
    secret = is_secret(form, now)
    cities = _cities(form, directory, asked, counting, waiting, answered)
    responded = _responded(form, cities, counting, answered)
    first, last = _period(form, counting)
    named = not secret and (not form.anonymous or (responded or 0) >= FEWEST)
    return Results(
        definition=definition,
        directory=directory,
        answers=len(counting),
        people=sum(one.people for one in counting),
        waiting=len(waiting),
        first=first,
        last=last,
        asked=len(asked),
        responded=responded,
        secret=secret,
        cities=cities if named else (),
        questions=() if secret else _questions(definition, counting, directory),
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
    directory: Directory,
    asked: Sequence[Organisation],
    counting: Sequence[Submission],
    waiting: Sequence[Submission],
    answered: Collection[str],
) -> tuple[Status, ...]:
    noted = Counter(answered if form.anonymous else (one.organisation for one in counting if one.organisation))
    people: Counter[str] = Counter(noted) if form.anonymous else Counter()
    for one in () if form.anonymous else counting:
        people[one.organisation or ""] += one.people
    later = Counter(one.organisation for one in waiting if one.organisation)
    codes = {one.code for one in asked}
    others = (one for code, one in directory.organisations.items() if code not in codes and noted[code] + later[code])
    return tuple(
        Status(one, one.code in codes, noted[one.code], people[one.code], later[one.code]) for one in (*asked, *others)
    )


def _responded(
    form: Form, cities: Sequence[Status], counting: Sequence[Submission], answered: Collection[str]
) -> int | None:
    if form.anonymous and not answered:
        return len(counting) if form.answers == "one_per_city" else None
    return sum(one.asked and one.answers > 0 for one in cities)


def _quorum(form: Form, asked: int, responded: int | None) -> Quorum | None:
    if form.quorum is None or responded is None:
        return None
    reached = asked > 0 and responded * 100 >= form.quorum * asked
    return Quorum(form.quorum, responded / asked if asked else 0.0, reached)


def _period(form: Form, counting: Sequence[Submission]) -> tuple[date | None, date | None]:
    if not counting:
        return None, None
    zone = UTC if form.anonymous else ZoneInfo(form.time_zone)
    moments = [one.sent for one in counting]
    return datetime.fromtimestamp(min(moments), zone).date(), datetime.fromtimestamp(max(moments), zone).date()


def _questions(
    definition: Definition, counting: Sequence[Submission], directory: Directory
) -> tuple[QuestionFigures, ...]:
    anonymous = definition.form.anonymous
    countries = [] if anonymous else [_country(one, directory) for one in counting]
    return tuple(
        question_figures(one, counting, countries, anonymous=anonymous) for one in definition.fields if one.is_asked
    )


def _country(one: Submission, directory: Directory) -> str | None:
    organisation = directory.organisations.get(one.organisation or "")
    return organisation.country if organisation else None
