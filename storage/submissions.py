"""What people have sent: one row a submission, found by whose it is, counted by how many people it is about.

States: ``confirmed`` (it counts), ``pending`` (a coordinator decides), ``waiting`` (for a place), ``offered`` (a place,
until ``offered_until``), ``refused``, ``withdrawn``.  Numbers are drawn by lot, so that they say nothing about when or
by whom an anonymous answer was given.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from itertools import product
from typing import Any, Literal, NamedTuple

import orjson

from storage.database import Row, Transaction

State = Literal["confirmed", "pending", "waiting", "offered", "refused", "withdrawn"]
HOLDING: tuple[State, ...] = ("confirmed", "pending", "offered")
"""The states that take up places."""
OPEN: tuple[State, ...] = (*HOLDING, "waiting")
"""The states of what counts as sent."""
_COLUMNS = (
    "id, form, owner, account, person, organisation, language, definition, answers, people, state, place, sent,"
    " changed, version, offered_until, reason, proposed"
)
_SELECT = f"SELECT {_COLUMNS} FROM submissions"
_LOT = 10**12
_THREE = 30**3
"""How many three letters of a reference can be."""


class Submission(NamedTuple):
    """What somebody has sent."""

    id: int
    form: str
    """Code."""
    owner: str
    """``p:CODE``, ``a:ACCOUNT`` or ``o:ORGANISATION``: whose it is, one a form; drawn by lot where that is secret."""
    account: int | None
    """The account that sent it; None if it is anonymous, as for the next two."""
    person: str | None
    organisation: str | None
    language: str
    """In which it was answered."""
    definition: str
    """The version of the definition that it answers."""
    answers: dict[str, Any]
    people: int
    """How many people it is about."""
    state: State
    place: int
    """The order in which it came in among those of its form; 0 if it is anonymous."""
    sent: int
    """Epoch second; of an anonymous one, of the beginning of its day (UTC), as ``changed``."""
    changed: int
    version: int
    """Counts the changes."""
    offered_until: int | None
    reason: str | None
    """Why it was refused, in the coordinator's words."""
    proposed: dict[str, Any] | None
    """The change that waits for a coordinator."""

    @property
    def reference(self) -> str:
        """How people name it: eight letters and digits that are not mistaken for each other."""
        letters = ""
        number = self.id
        while number or len(letters) < 9:
            number, rest = divmod(number, _THREE)
            letters = _threes()[rest] + letters
        return f"{letters[:-4]}-{letters[-4:]}"


@lru_cache(maxsize=1)
def _threes() -> tuple[str, ...]:
    """Return every three letters of a reference, in order: a hundred thousand references are written at once."""
    return tuple(map("".join, product("23456789ABCDEFGHJKMNPQRSTVWXYZ", repeat=3)))


async def turn(write: Transaction, form: str) -> int:
    """Return the next place in a form's order of arrival; others wait until this transaction ends."""
    row = await write.fetch_one(
        "INSERT INTO form_turns (form, turn) VALUES ($1, 1) ON CONFLICT (form) DO UPDATE SET turn = form_turns.turn + 1"
        " RETURNING turn",
        form,
    )
    assert row is not None
    return int(row["turn"])


async def add(write: Transaction, one: Submission) -> bool:
    """Keep a submission; False if its owner has sent one to that form already."""
    return bool(
        await write.execute(
            f"INSERT INTO submissions ({_COLUMNS}) VALUES"
            " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
            " ON CONFLICT (form, owner) DO NOTHING",
            *_values(one),
        )
    )


async def change(write: Transaction, before: Submission, after: Submission) -> bool:
    """Keep a changed submission, a version on; False, and nothing is changed, if it was changed meanwhile."""
    return bool(
        await write.execute(
            "UPDATE submissions SET account = $4, language = $7, definition = $8, answers = $9, people = $10,"
            " state = $11, place = $12, changed = $14, version = $15 + 1, offered_until = $16, reason = $17,"
            " proposed = $18, sent = $13, person = $5, organisation = $6"
            " WHERE id = $1 AND form = $2 AND owner = $3 AND version = $15",
            *_values(after._replace(version=before.version)),
        )
    )


async def of_owner(read: Transaction, form: str, owner: str) -> Submission | None:
    """Return what that owner has sent to that form."""
    row = await read.fetch_one(f"{_SELECT} WHERE form = $1 AND owner = $2", form, owner)
    return _submission(row) if row else None


async def numbered(read: Transaction, number: int) -> Submission | None:
    """Return the submission of that number."""
    row = await read.fetch_one(f"{_SELECT} WHERE id = $1", number)
    return _submission(row) if row else None


async def of_form(read: Transaction, form: str) -> list[Submission]:
    """Return everything that was sent to a form, what was withdrawn too, in the order of arrival."""
    return [_submission(row) for row in await read.fetch_all(f"{_SELECT} WHERE form = $1 ORDER BY place, id", form)]


async def page_of_form(read: Transaction, form: str, after: int, size: int) -> list[Submission]:
    """Return the next ``size`` of a form's submissions whose numbers are above ``after``, by number."""
    rows = await read.fetch_all(f"{_SELECT} WHERE form = $1 AND id > $2 ORDER BY id LIMIT $3", form, after, size)
    return [_submission(row) for row in rows]


async def listed(read: Transaction, form: str, limit: int, offset: int) -> list[Submission]:
    """Return some of a form's submissions, without what was withdrawn, in the order of arrival."""
    rows = await read.fetch_all(
        f"{_SELECT} WHERE form = $1 AND state <> 'withdrawn' ORDER BY place, id LIMIT $2 OFFSET $3", form, limit, offset
    )
    return [_submission(row) for row in rows]


async def first_to_decide(read: Transaction, form: str) -> Submission | None:
    """Return the oldest answer or change that waits for a coordinator."""
    row = await read.fetch_one(
        f"{_SELECT} WHERE form = $1 AND (state = 'pending' OR proposed IS NOT NULL) ORDER BY place, id LIMIT 1", form
    )
    return _submission(row) if row else None


async def of_reader(read: Transaction, account: int, person: str | None, organisation: str | None) -> list[Submission]:
    """Return what that person or organisation has sent, the last first."""
    rows = await read.fetch_all(
        f"{_SELECT} WHERE account = $1 OR person = $2 OR owner = $3 ORDER BY changed DESC, id",
        account, person or "", f"o:{organisation or ''}",
    )  # fmt: skip
    return [_submission(row) for row in rows]


async def of_city(read: Transaction, organisation: str) -> list[Submission]:
    """Return what people of that organisation have sent, the last first."""
    rows = await read.fetch_all(f"{_SELECT} WHERE organisation = $1 ORDER BY changed DESC, id", organisation)
    return [_submission(row) for row in rows]


async def people_in(read: Transaction, form: str, organisation: str | None = None) -> int:
    """Return how many places of a form are taken, in all or by one organisation."""
    states = ", ".join(f"'{state}'" for state in HOLDING)
    sql = f"SELECT COALESCE(SUM(people), 0) AS taken FROM submissions WHERE form = $1 AND state IN ({states})"
    row = await (
        read.fetch_one(f"{sql} AND organisation = $2", form, organisation)
        if organisation
        else read.fetch_one(sql, form)
    )
    assert row is not None
    return int(row["taken"])


async def waiting(read: Transaction, form: str) -> list[Submission]:
    """Return who waits for a place, in order."""
    rows = await read.fetch_all(f"{_SELECT} WHERE form = $1 AND state = 'waiting' ORDER BY place, id", form)
    return [_submission(row) for row in rows]


async def run_out(read: Transaction, now: datetime) -> list[Submission]:
    """Return the offers of places that nobody has taken in time."""
    rows = await read.fetch_all(
        f"{_SELECT} WHERE state = 'offered' AND offered_until <= $1 ORDER BY form, place", int(now.timestamp())
    )
    return [_submission(row) for row in rows]


async def counts(read: Transaction) -> Mapping[str, int]:
    """Return form → how many submissions count."""
    states = ", ".join(f"'{state}'" for state in OPEN)
    rows = await read.fetch_all(f"SELECT form, COUNT(*) AS n FROM submissions WHERE state IN ({states}) GROUP BY form")
    return {row["form"]: int(row["n"]) for row in rows}


async def note_answered(write: Transaction, form: str, owner: str) -> bool:
    """Note that somebody has answered an anonymous form, not what; False if it was noted before."""
    return bool(
        await write.execute(
            "INSERT INTO answered (form, owner) VALUES ($1, $2) ON CONFLICT (form, owner) DO NOTHING", form, owner
        )
    )


async def who_answered(read: Transaction, form: str) -> list[str]:
    """Return who has answered an anonymous form, as ``p:CODE`` or ``a:ACCOUNT``."""
    rows = await read.fetch_all("SELECT owner FROM answered WHERE form = $1 ORDER BY owner", form)
    return [str(row["owner"]) for row in rows]


async def has_answered(read: Transaction, form: str, owner: str) -> bool:
    """Whether somebody has answered an anonymous form."""
    return await read.fetch_one("SELECT form FROM answered WHERE form = $1 AND owner = $2", form, owner) is not None


async def answered_by(read: Transaction, owner: str, organisation: str | None) -> set[tuple[str, str]]:
    """Return the anonymous forms that somebody, or the organisation of that code, has answered: form and owner."""
    rows = await read.fetch_all(
        "SELECT form, owner FROM answered WHERE owner = $1 OR owner = $2", owner, f"o:{organisation or ''}"
    )
    return {(str(row["form"]), str(row["owner"])) for row in rows}


async def outlived(read: Transaction, now: datetime) -> list[str]:
    """Return the forms whose answers are still there although the time for which they are kept is over."""
    rows = await read.fetch_all(
        "SELECT code FROM forms WHERE closes + keep_days * 86400 <= $1"
        " AND (code IN (SELECT form FROM submissions) OR code IN (SELECT form FROM drafts)"
        " OR code IN (SELECT form FROM answered)) ORDER BY code",
        int(now.timestamp()),
    )
    return [str(row["code"]) for row in rows]


async def delete_of(write: Transaction, form: str) -> None:
    """Delete everything that was sent to a form, what was begun too."""
    await write.execute("DELETE FROM arrivals WHERE submission IN (SELECT id FROM submissions WHERE form = $1)", form)
    for table in ("submissions", "answered", "drafts", "named"):
        await write.execute(f"DELETE FROM {table} WHERE form = $1", form)


def drawn() -> int:
    """Return the number of a new submission."""
    return _LOT + secrets.randbelow(9 * _LOT)


def _values(one: Submission) -> tuple[Any, ...]:
    return (
        *one[:8], orjson.dumps(one.answers).decode(), *one[9:17],
        None if one.proposed is None else orjson.dumps(one.proposed).decode(),
    )  # fmt: skip


def _submission(row: Row) -> Submission:
    values = list(row)
    values[8] = orjson.loads(values[8])
    values[17] = None if values[17] is None else orjson.loads(values[17])
    return Submission(*values)


async def owners(read: Transaction, form: str) -> set[str]:
    """Return who has answered the form and not taken it back: ``p:PERSON``, ``o:ORGANISATION``; anonymous ones too."""
    states = ", ".join(f"'{state}'" for state in OPEN)
    rows = await read.fetch_all(
        f"SELECT owner, person FROM submissions WHERE form = $1 AND state IN ({states})"
        " UNION SELECT owner, NULL FROM answered WHERE form = $1",
        form,
    )
    found = {str(row["owner"]) for row in rows}
    return found | {f"p:{row['person']}" for row in rows if row["person"] is not None}
