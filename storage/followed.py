"""How people want the watch: how often, which themes, until when not."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from storage.database import Transaction
from storage.network import fact, set_fact

Choice = tuple[str, tuple[str, ...] | None, int | None]
"""Frequency, themes, and the epoch second until which nothing is sent."""
_WORD = "followed"
_KINDS = 4_096
_SELECT = "SELECT person, frequency, themes, snoozed FROM followed"


async def everybody(read: Transaction, frequency: str | None = None) -> dict[str, Choice]:
    """Return what everybody has chosen who has, or who chose that frequency."""
    where, values = ("", ()) if frequency is None else (" WHERE frequency = $1", (frequency,))
    return {row["person"]: _choice(row) for row in await read.fetch_all(f"{_SELECT}{where}", *values)}


async def of(read: Transaction, person: str) -> Choice | None:
    """Return what the person of that code has chosen."""
    row = await read.fetch_one(f"{_SELECT} WHERE person = $1", person)
    return _choice(row) if row else None


async def any_of(read: Transaction, frequency: str) -> bool:
    """Whether anybody has chosen that frequency."""
    return await read.fetch_one("SELECT 1 FROM followed WHERE frequency = $1 LIMIT 1", frequency) is not None


async def next_end(read: Transaction, frequency: str, now: datetime) -> datetime | None:
    """Return when the next pause of somebody who chose that frequency is over; None if nobody pauses."""
    row = await read.fetch_one(
        "SELECT min(snoozed) FROM followed WHERE frequency = $1 AND snoozed > $2", frequency, int(now.timestamp())
    )
    return datetime.fromtimestamp(row[0], now.tzinfo) if row and row[0] is not None else None


async def choose(
    write: Transaction, person: str, frequency: str, themes: tuple[str, ...] | None, snoozed: datetime | int | None
) -> None:
    """Keep what the person has chosen."""
    await set_fact(write, _WORD, secrets.token_hex(8))
    until = int(snoozed.timestamp()) if isinstance(snoozed, datetime) else snoozed
    await write.execute(
        "INSERT INTO followed (person, frequency, themes, snoozed) VALUES ($1, $2, $3, $4) ON CONFLICT (person) DO"
        " UPDATE SET frequency = excluded.frequency, themes = excluded.themes, snoozed = excluded.snoozed",
        person, frequency, orjson.dumps(themes).decode() if themes is not None else None, until,
    )  # fmt: skip


async def version(read: Transaction) -> str:
    """Return a word that changes with every choice; as ``storage.version`` has one for the tables."""
    return await fact(read, _WORD) or ""


def _choice(row: Any) -> Choice:
    themes = _themes(row["themes"]) if row["themes"] is not None else None
    return row["frequency"], themes, row["snoozed"]


@lru_cache(_KINDS)
def _themes(text: str) -> tuple[str, ...]:
    """Return themes from their JSON, once for all who follow the same."""
    return tuple(orjson.loads(text))
