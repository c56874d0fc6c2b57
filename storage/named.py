"""By what the people of a form's submissions are known again in another one: digests of addresses and names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from storage.database import Transaction
from storage.submissions import OPEN

_STATES = ", ".join(f"'{state}'" for state in OPEN)


class Twice(NamedTuple):
    """Somebody whom another submission seems to name too."""

    submission: int
    person: int
    other: int
    """The number of the other submission."""


async def put(write: Transaction, form: str, submission: int, known: Mapping[int, Collection[str]]) -> None:
    """Keep by what each person of a submission is known, in place of what was kept before."""
    await write.execute("DELETE FROM named WHERE submission = $1", submission)
    for person, digests in known.items():
        for digest in sorted(digests):
            await write.execute(
                "INSERT INTO named (form, digest, submission, person) VALUES ($1, $2, $3, $4)",
                form, digest, submission, person,
            )  # fmt: skip


async def present(read: Transaction, form: str, digests: Collection[str], but: int | None) -> set[str]:
    """Return which of the digests stand in a submission that counts, ``but`` the one of that number."""
    if not digests:
        return set()
    places = ", ".join(f"${number}" for number in range(3, 3 + len(digests)))
    rows = await read.fetch_all(
        "SELECT DISTINCT n.digest FROM named AS n JOIN submissions AS s ON s.id = n.submission"
        f" WHERE n.form = $1 AND n.submission <> $2 AND n.digest IN ({places}) AND s.state IN ({_STATES})",
        form, but or 0, *digests,
    )  # fmt: skip
    return {str(row["digest"]) for row in rows}


async def twice(read: Transaction, submissions: Collection[int]) -> list[Twice]:
    """Return who of these submissions is named in another one that counts."""
    if not submissions:
        return []
    places = ", ".join(f"${number}" for number in range(1, 1 + len(submissions)))
    rows = await read.fetch_all(
        "SELECT DISTINCT a.submission, a.person, b.submission AS other FROM named AS a"
        " JOIN named AS b ON b.form = a.form AND b.digest = a.digest AND b.submission <> a.submission"
        " JOIN submissions AS s ON s.id = b.submission"
        f" WHERE a.submission IN ({places}) AND s.state IN ({_STATES}) ORDER BY a.submission, a.person, other",
        *submissions,
    )
    return [Twice(int(row["submission"]), int(row["person"]), int(row["other"])) for row in rows]
