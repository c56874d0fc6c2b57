"""Who speaks where: an account is a person's chat in one channel, known to the network or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson

from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.network.recipients import Recipient
from storage.database import Row, Transaction

_READER = """
SELECT a.id AS account, a.channel, a.address, a.name AS account_name, a.language, a.language_chosen,
    a.time_zone AS own_zone, a.digits, a.unreachable, a.awaiting IS NOT NULL AS asked, p.code AS person,
    p.name AS person_name, p.role, p.languages, p.themes, o.code AS organisation, o.country, o.groups,
    o.time_zone AS zone, o.dues_paid_until
FROM accounts AS a
LEFT JOIN people AS p ON p.code = COALESCE(
    a.person, (SELECT known.code FROM people AS known WHERE a.channel = 'telegram' AND known.telegram_id = a.address)
)
LEFT JOIN organisations AS o ON o.code = p.organisation
"""
_OWN = """
SELECT id FROM accounts WHERE id = $1 UNION SELECT other.id FROM accounts AS one
LEFT JOIN people AS p ON p.code = COALESCE(
    one.person,
    (SELECT known.code FROM people AS known WHERE one.channel = 'telegram' AND known.telegram_id = one.address)
)
JOIN accounts AS other ON other.person = p.code
    OR (other.person IS NULL AND other.channel = 'telegram' AND other.address = p.telegram_id)
WHERE one.id = $1
"""
"""The numbers of all accounts of whoever has the account of that number."""
_AT = f"{_READER} WHERE a.channel = $1 AND a.address = $2"


_REMEMBERED = 5_000
_readers: dict[tuple[Any, ...], Reader] = {}
"""Readers by what their rows hold: frozen, so that they may be shared."""


async def find(read: Transaction, channel: str, address: int, network_zone: str) -> Reader | None:
    """Return who speaks at that address of that channel, in one read; None if nobody has spoken there yet."""
    row = await read.fetch_one(_AT, channel, address)
    return _reader(row, network_zone) if row else None


async def of_role(read: Transaction, role: str, network_zone: str) -> list[Reader]:
    """Return every account whose person has that role."""
    rows = await read.fetch_all(f"{_READER} WHERE p.role = $1 ORDER BY a.id", role)
    return [_reader(row, network_zone) for row in rows]


async def numbered(read: Transaction, account: int, network_zone: str) -> Reader | None:
    """Return the account of that number."""
    row = await read.fetch_one(f"{_READER} WHERE a.id = $1", account)
    return _reader(row, network_zone) if row else None


async def add(write: Transaction, channel: str, address: int, name: str, language: Language, now: datetime) -> None:
    """Keep an account that speaks for the first time; its language is only a guess."""
    await write.execute(
        "INSERT INTO accounts (channel, address, name, language, language_chosen, digits, first_seen)"
        " VALUES ($1, $2, $3, $4, 0, 'latin', $5) ON CONFLICT (channel, address) DO NOTHING",
        channel, address, name, language, int(now.timestamp()),
    )  # fmt: skip


async def choose_language(write: Transaction, account: int, language: Language) -> None:
    """Keep the language that the person chose."""
    await write.execute("UPDATE accounts SET language = $2, language_chosen = 1 WHERE id = $1", account, language)


async def choose_zone(write: Transaction, account: int, time_zone: str | None) -> None:
    """Keep the time zone that the person chose (IANA name); None: the organisation's."""
    await write.execute("UPDATE accounts SET time_zone = $2 WHERE id = $1", account, time_zone)


async def choose_digits(write: Transaction, account: int, digits: str) -> None:
    """Keep the digits that the person chose: ``latin`` or ``native``."""
    await write.execute("UPDATE accounts SET digits = $2 WHERE id = $1", account, digits)


async def link(write: Transaction, account: int, person: str) -> None:
    """Say that this account is that person's."""
    await write.execute("UPDATE accounts SET person = $2 WHERE id = $1", account, person)


async def open_pages(write: Transaction, people: Sequence[Recipient], now: datetime) -> None:
    """Give these people a chat on the page, where what they are sent waits for them, unless they have one."""
    await write.execute_many(
        "INSERT INTO accounts (channel, address, name, person, language, language_chosen, digits, first_seen)"
        " VALUES ('web', $1, $2, $3, $4, 0, 'latin', $5) ON CONFLICT (channel, address) DO NOTHING",
        [
            (one.number, one.reader.name, one.reader.person, one.reader.language, int(now.timestamp()))
            for one in people
        ],
    )  # fmt: skip


async def lost(write: Transaction, channel: str, address: int, now: datetime) -> None:
    """Note that this chat does not lead to anybody any more: the assistant was blocked, or the chat is gone."""
    await write.execute(
        "UPDATE accounts SET unreachable = $3 WHERE channel = $1 AND address = $2 AND unreachable IS NULL",
        channel, address, int(now.timestamp()),
    )  # fmt: skip


async def found(write: Transaction, account: int) -> None:
    """Note that somebody writes from this chat again."""
    await write.execute("UPDATE accounts SET unreachable = NULL WHERE id = $1", account)


async def move(write: Transaction, channel: str, old: int, new: int) -> None:
    """Note the address that a chat has now, unless that one is known already."""
    await write.execute(
        "UPDATE accounts SET address = $3 WHERE channel = $1 AND address = $2 AND NOT EXISTS"
        " (SELECT 1 FROM accounts AS other WHERE other.channel = $1 AND other.address = $3)",
        channel, old, new,
    )  # fmt: skip


async def choose_quiet(write: Transaction, account: int, quiet: str | None) -> None:
    """Keep the hours in which whoever has this account is not disturbed, by whichever channel.

    ``21-7``, ``none``, or None for the usual ones.
    """
    await write.execute(f"UPDATE accounts SET quiet = $2 WHERE id IN ({_OWN})", account, quiet)


async def quiet_of(read: Transaction, account: int) -> str | None:
    """Return the hours in which whoever has this account is not disturbed, as ``choose_quiet`` keeps them."""
    row = await read.fetch_one(
        f"SELECT quiet FROM accounts WHERE id IN ({_OWN}) AND quiet IS NOT NULL ORDER BY id LIMIT 1", account
    )
    return row["quiet"] if row else None


async def pause(write: Transaction, account: int, until: date | None) -> None:
    """Keep the day from which whoever has this account is reminded again, by whichever channel; None: from now on."""
    await write.execute(
        f"UPDATE accounts SET paused = $2 WHERE id IN ({_OWN})", account, until.isoformat() if until else None
    )


async def paused_until(read: Transaction, account: int) -> date | None:
    """Return the day from which whoever has this account is reminded again, as ``pause`` keeps it."""
    row = await read.fetch_one(
        f"SELECT paused FROM accounts WHERE id IN ({_OWN}) AND paused IS NOT NULL ORDER BY id LIMIT 1", account
    )
    return date.fromisoformat(row["paused"]) if row else None


async def awaited(read: Transaction, account: int, topic: str) -> dict[str, Any] | None:
    """Return what the account was asked about ``topic`` and has answered so far, if a question is open."""
    found: dict[str, Any] | None = (await _all_awaited(read, account)).get(topic)
    return found


async def set_awaited(write: Transaction, account: int, topic: str, awaiting: dict[str, Any] | None) -> None:
    """Keep what the account is asked about ``topic``; None: no question about it is open.  Other topics stay open."""
    kept = {name: value for name, value in (await _all_awaited(write, account)).items() if name != topic}
    if awaiting is not None:
        kept[topic] = awaiting
    text = orjson.dumps(kept).decode() if kept else None
    await write.execute("UPDATE accounts SET awaiting = $2 WHERE id = $1", account, text)


async def _all_awaited(read: Transaction, account: int) -> dict[str, Any]:
    row = await read.fetch_one("SELECT awaiting FROM accounts WHERE id = $1", account)
    return orjson.loads(row["awaiting"]) if row and row["awaiting"] else {}


def _reader(row: Row, network_zone: str) -> Reader:
    """Return the reader of a row: the one built before, if a row held the same before."""
    held = (network_zone, *row)
    reader = _readers.get(held)
    if reader is None:
        if len(_readers) >= _REMEMBERED:
            _readers.clear()
        reader = _readers[held] = _build(row, network_zone)
    return reader


def _build(row: Row, network_zone: str) -> Reader:
    known = row["person"] is not None
    languages = orjson.loads(row["languages"]) if known else []
    chosen = bool(row["language_chosen"])
    return Reader(
        account=row["account"],
        channel=row["channel"],
        address=row["address"],
        person=row["person"],
        name=row["person_name"] if known else row["account_name"],
        role=row["role"] if known else "stranger",
        organisation=row["organisation"],
        country=row["country"],
        groups=tuple(orjson.loads(row["groups"])) if row["organisation"] else (),
        themes=tuple(orjson.loads(row["themes"])) if known else (),
        dues_paid_until=date.fromisoformat(row["dues_paid_until"]) if row["dues_paid_until"] else None,
        language=row["language"] if chosen or not languages else languages[0],
        language_chosen=chosen,
        time_zone=row["own_zone"] or row["zone"] or network_zone,
        digits=row["digits"],
        unreachable=row["unreachable"] is not None,
        asked=bool(row["asked"]),
    )
