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
from bot.network.forms import Form
from bot.network.records import Organisation, Person
from bot.results.questions import question_figures
from bot.results.responses import responses
from bot.results.shapes import Directory, QuestionFigures, Results
from storage.arrivals import Arrivals
from storage.submissions import HOLDING, State, Submission
from storage.tallies import Tally


def figures(
    definition: Definition,
    submissions: Iterable[Submission],
    organisations: Iterable[Organisation],
    now: datetime,
    people: Iterable[Person] = (),
    answered: Collection[str] = (),
    arrivals: Arrivals | None = None,
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
        arrivals: Who has arrived at the door.
    """
    form = definition.form
    directory = Directory({one.code: one for one in organisations}, {one.code: one for one in people})
    sent = list(submissions)
    counting = [one for one in sent if one.state in HOLDING]
    found = responses(form, _tallies(sent), directory.organisations, now, answered)
    first, last = _period(form, counting)
    return Results(
        definition=definition,
        directory=directory,
        answers=found.answers,
        people=found.people,
        waiting=found.waiting,
        first=first,
        last=last,
        asked=found.asked,
        responded=found.responded,
        secret=found.secret,
        cities=found.cities,
        questions=() if found.secret else _questions(definition, counting, directory),
        quorum=found.quorum,
        arrivals=arrivals or {},
    )


def _tallies(sent: Sequence[Submission]) -> list[Tally]:
    """Count as the database does."""
    answers, people = Counter[tuple[str | None, State]](), Counter[tuple[str | None, State]]()
    for one in sent:
        answers[one.organisation, one.state] += 1
        people[one.organisation, one.state] += one.people
    return [Tally(*each, number, people[each]) for each, number in answers.items()]


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
