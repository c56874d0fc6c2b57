"""Everybody whom the network can write to, by which channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from bot.network.audiences import Reader
from bot.network.languages import LANGUAGES, Language
from bot.network.recipients import Chat, Recipient
from storage.database import Row, Transaction

T = TypeVar("T", str, None)
_KINDS = 4_096
_PEOPLE = """
SELECT p.id, p.code, p.name, p.role, p.languages, p.themes, p.email, p.telegram_id, o.code AS organisation, o.country,
    o.groups, o.time_zone AS zone, o.dues_paid_until, m.unsubscribed, m.bounced
FROM people AS p
LEFT JOIN organisations AS o ON o.code = p.organisation
LEFT JOIN mailboxes AS m ON m.person = p.code
WHERE p.id > $1{wanted} ORDER BY p.id LIMIT $2
"""
_FOLLOWING = " AND p.code IN (SELECT person FROM followed WHERE frequency = $3)"
_CHATS = """
SELECT p.id AS person, a.id, a.channel, a.address, a.language, a.language_chosen, a.time_zone, a.digits, a.unreachable,
    a.quiet, a.paused
FROM people AS p JOIN accounts AS a ON a.person = p.code WHERE p.id > $1 AND p.id <= $2{wanted}
UNION
SELECT p.id AS person, a.id, a.channel, a.address, a.language, a.language_chosen, a.time_zone, a.digits, a.unreachable,
    a.quiet, a.paused
FROM people AS p JOIN accounts AS a ON a.channel = 'telegram' AND a.address = p.telegram_id AND a.person IS NULL
WHERE p.id > $1 AND p.id <= $2{wanted}
ORDER BY 1, 2
"""


async def after(
    read: Transaction, number: int, places: int, network_zone: str, default: Language, frequency: str | None = None
) -> tuple[list[Recipient], int | None]:
    """Return at most ``places`` people whose row comes after that number, and the number to go on from.

    None instead of a number says that there are no more.  With a ``frequency``: only those who chose to have the watch
    so often.
    """
    wanted, values = ("", ()) if frequency is None else (_FOLLOWING, (frequency,))
    people = await read.fetch_all(_PEOPLE.format(wanted=wanted), number, places, *values)
    if not people:
        return [], None
    last = int(people[-1]["id"])
    chats: dict[int, list[Row]] = defaultdict(list)
    for row in await read.fetch_all(_CHATS.format(wanted=wanted), number, last, *values):
        chats[row["person"]].append(row)
    found = [_recipient(row, chats[row["id"]], network_zone, default) for row in people]
    return found, last if len(people) == places else None


async def numbered(read: Transaction, number: int, network_zone: str, default: Language) -> Recipient | None:
    """Return the person of that row's number."""
    found, _ = await after(read, number - 1, 1, network_zone, default)
    return next((one for one in found if one.number == number), None)


async def count(read: Transaction) -> int:
    """Return how many people the network has."""
    row = await read.fetch_one("SELECT count(*) FROM people")
    return int(row[0]) if row else 0


async def numbers_of(read: Transaction, role: str) -> list[int]:
    """Return the numbers of the rows of the people who have that role."""
    return [int(row["id"]) for row in await read.fetch_all("SELECT id FROM people WHERE role = $1 ORDER BY id", role)]


async def present(read: Transaction, some: Sequence[Recipient]) -> list[Recipient]:
    """Return those of them who are still in the network."""
    numbers = [one.number for one in some]
    rows = await read.fetch_all(
        "SELECT id FROM people WHERE id >= $1 AND id <= $2", min(numbers, default=0), max(numbers, default=0)
    )
    known = {row["id"] for row in rows}
    return [one for one in some if one.number in known]


async def everybody(read: Transaction, network_zone: str, default: Language) -> list[Recipient]:
    """Return everybody of the network."""
    found: list[Recipient] = []
    place: int | None = 0
    while place is not None:
        some, place = await after(read, place, 2_000, network_zone, default)
        found += some
    return found


def _recipient(row: Row, chats: list[Row], network_zone: str, default: Language) -> Recipient:
    chats = sorted(chats, key=lambda one: (one["channel"] != "telegram", one["id"]))
    chosen = next((one for one in chats if one["language_chosen"]), None)
    first = chats[0] if chats else None
    languages: list[Any] = [one for one in _listed(row["languages"]) if one in LANGUAGES]
    guessed = first["language"] if first else default
    own_zone = next((one["time_zone"] for one in chats if one["time_zone"]), None)
    reader = Reader.model_construct(
        account=first["id"] if first else 0,
        channel=first["channel"] if first else "web",
        address=first["address"] if first else row["id"],
        person=row["code"],
        name=row["name"],
        role=_one(row["role"]),
        organisation=_one(row["organisation"]),
        country=_one(row["country"]),
        groups=_listed(row["groups"]) if row["organisation"] else (),
        themes=_listed(row["themes"]),
        dues_paid_until=_day(row["dues_paid_until"]) if row["dues_paid_until"] else None,
        language=chosen["language"] if chosen else next(iter(languages), guessed),
        language_chosen=chosen is not None,
        time_zone=_one(own_zone or row["zone"] or network_zone),
        digits=first["digits"] if first else "latin",
    )
    return Recipient(
        number=row["id"],
        reader=reader,
        chats=tuple(Chat(one["channel"], one["address"], one["unreachable"] is not None) for one in chats),
        email=bool(row["email"]),
        unsubscribed=row["unsubscribed"] is not None,
        bounced=row["bounced"] is not None,
        quiet=next((one["quiet"] for one in chats if one["quiet"]), None),
        paused=next((_day(one["paused"]) for one in chats if one["paused"]), None),
    )


@lru_cache(_KINDS)
def _one(text: T) -> T:
    """Return the same text once for all who share it: a hundred thousand people are of a few hundred cities."""
    return text


@lru_cache(_KINDS)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(map(_one, orjson.loads(text)))


@lru_cache(_KINDS)
def _day(text: str) -> date:
    return date.fromisoformat(text)
