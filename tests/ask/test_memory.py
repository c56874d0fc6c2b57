from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ask.memory import KEPT_FOR, Memory, recalled, remember
from bot.ask.question import Question, Stated
from storage import accounts
from storage.database import Database

NOW = datetime(2027, 3, 10, 2, 0, tzinfo=UTC)
FULL = Question("deadlines", Stated("hue", None, "water", date(2027, 5, 1), None, "hotel"))


async def account(database: Database) -> int:
    async with database.transaction() as write:
        await accounts.add(write, "telegram", 1, "Camille", "fr", NOW)
        reader = await accounts.find(write, "telegram", 1, "Asia/Phnom_Penh")
    assert reader is not None
    return reader.account


@pytest.mark.parametrize("memory", [Memory(), Memory(FULL), Memory(Question("news"), ("vi", "km"))])
async def test_what_is_remembered_is_recalled(database: Database, memory: Memory) -> None:
    number = await account(database)
    async with database.transaction() as write:
        await remember(write, number, memory, NOW)
        assert await recalled(write, number, NOW + KEPT_FOR) == memory


async def test_question_is_forgotten_and_what_was_offered_is_not(database: Database) -> None:
    number = await account(database)
    async with database.transaction() as write:
        await remember(write, number, Memory(FULL, ("vi",)), NOW)
        later = NOW + KEPT_FOR + timedelta(seconds=1)
        assert await recalled(write, number, later) == Memory(None, ("vi",))


async def test_other_topics_stay(database: Database) -> None:
    number = await account(database)
    async with database.transaction() as write:
        await accounts.set_awaited(write, number, "zone", {"asked": 1})
        await remember(write, number, Memory(FULL), NOW)
        assert await accounts.awaited(write, number, "zone") == {"asked": 1}


async def test_nothing_is_recalled_of_somebody_new(database: Database) -> None:
    number = await account(database)
    async with database.snapshot() as read:
        assert await recalled(read, number, NOW) == Memory()
