"""The same person in two submissions of one form: noticed before sending, and marked for the coordinators.

Who sends learns only that a registration names this person already; not whose it is, nor what else stands in it.
"""

from __future__ import annotations

from bot.forms.definition import Definition
from bot.forms.identities import keys, organisation_of
from bot.forms.standing import Standing
from bot.network.audiences import Reader
from storage import named
from storage.database import Transaction
from storage.submissions import Submission


def is_watched(definition: Definition) -> bool:
    """Whether it matters that somebody is named twice: not where answers are secret, or somebody gives many."""
    return not definition.form.anonymous and definition.form.answers != "many"


async def remember(tx: Transaction, definition: Definition, one: Submission) -> None:
    """Keep by what the people of a submission are known."""
    if is_watched(definition):
        await named.put(tx, one.form, one.id, keys(definition, one.answers, one.organisation))


async def named_before(tx: Transaction, reader: Reader, standing: Standing) -> list[int]:
    """Return whom of the open session another submission names already: the numbers of the people."""
    definition, session = standing.definition, standing.session
    if session is None or not is_watched(definition):
        return []
    organisation = organisation_of(definition, reader, session.answers)
    known = keys(definition, session.answers, organisation)
    own = standing.submission.id if standing.submission else session.amends
    found = await named.present(tx, definition.form.code, {one for each in known.values() for one in each}, own)
    return [person for person, digests in known.items() if digests & found]
