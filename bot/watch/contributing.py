"""Keeps contributions, and brings them from hand to hand: begun, sent, decided."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bot.network.audiences import Reader
from bot.watch.contribution import Contribution, Given, State
from bot.watch.publishing import Row, as_it_stands, name_of, number_of, publish, row_of
from storage import contributions
from storage.contributions import Kept
from storage.database import Transaction


async def begin(tx: Transaction, reader: Reader, content: Contribution, now: datetime) -> Given:
    """Keep a new draft; one that was begun before is dropped."""
    kept = await contributions.add(tx, reader.account, reader.organisation, content.model_dump_json(), now)
    return given(kept)


async def get(read: Transaction, number: int) -> Given | None:
    """Return the contribution of that number; an accepted one as its row stands now."""
    kept = await contributions.get(read, number)
    if kept is None:
        return None
    one = given(kept)
    return one._replace(content=await as_it_stands(read, one.content)) if one.state == "accepted" else one


async def behind(read: Transaction, row: Row) -> Given | None:
    """Return the accepted contribution that became this row; None if members did not give it here."""
    number = number_of(row)
    kept = await contributions.get(read, number) if number is not None else None
    one = given(kept) if kept else None
    return one if one is not None and one.state == "accepted" and one.content.row == name_of(row) else None


async def row(read: Transaction, one: Given) -> Row | None:
    """Return the row that a contribution became; None if it was not accepted, or the row is gone."""
    return await row_of(read, one.content) if one.state == "accepted" else None


async def may_see(read: Transaction, one: Given, reader: Reader, now: datetime) -> bool:
    """Whether somebody may see a contribution: coordinators every one, others what its row lets them see."""
    found = await row(read, one)
    audiences = reader.audiences(reader.today(now))
    return reader.is_coordinator or (found is not None and audiences is not None and found.audience in audiences)


async def draft(read: Transaction, reader: Reader) -> Given | None:
    """Return what the reader has begun."""
    kept = await contributions.draft_of(read, reader.account)
    return given(kept) if kept else None


async def keep(tx: Transaction, one: Given, content: Contribution, now: datetime) -> Given:
    """Keep what was changed; what is accepted changes in the network's tables too."""
    if one.state == "accepted":
        content = await publish(tx, one.id, content, now)
    await contributions.write_content(tx, one.id, content.model_dump_json(), now)
    return one._replace(content=content, version=one.version + 1)


async def waiting(read: Transaction) -> list[Given]:
    """Return what waits for a decision: the oldest first, and what was put off last."""
    found = [given(kept) for kept in await contributions.in_states(read, ("waiting",))]
    return sorted(found, key=lambda one: (one.later or 0, one.id))


async def accepted(read: Transaction) -> dict[str, Given]:
    """Return what was accepted, by the row that it became (``news:given-7``)."""
    found = [given(kept) for kept in await contributions.in_states(read, ("accepted",))]
    return {one.content.row: one for one in found if one.content.row is not None}


async def accept(tx: Transaction, one: Given, by: Reader, now: datetime) -> bool:
    """Accept a contribution of which nothing is missing: the network knows it from now on.  False: decided before."""
    if not await contributions.turn(tx, one.id, "waiting", "accepted", now, by=by.name):
        return False
    await keep(tx, one._replace(state="accepted"), one.content, now)
    return True


async def merge(tx: Transaction, one: Given, into: str, by: Reader, now: datetime) -> bool:
    """Merge a contribution with what is named; another contribution credits both cities.  False: decided before."""
    if not await contributions.turn(tx, one.id, "waiting", "merged", now, by=by.name, merged=into):
        return False
    kind, _, name = into.partition(":")
    other = await get(tx, int(name)) if kind == "contribution" else None
    if other is not None:
        new = [code for code in one.content.credited if code not in other.content.credited]
        texts = {**one.content.texts, **other.content.texts}
        update = {
            "credited": (*other.content.credited, *new), "texts": texts,
            "link": other.content.link or one.content.link, "file": other.content.file or one.content.file,
        }  # fmt: skip
        await keep(tx, other, other.content.model_copy(update=update), now)
    return True


def given(kept: Kept) -> Given:
    """Return a row as a contribution."""
    content = Contribution.model_validate_json(kept.content)
    return Given(
        kept.id, kept.account, kept.organisation, content, cast("State", kept.state), kept.version, kept.sent,
        kept.later, kept.decided_by, kept.reason, kept.merged,
    )  # fmt: skip
