"""Rows of requests and drafts, in both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import accounts, members
from storage.database import Database, Transaction
from storage.members import JoinDraft

NOW = datetime(2027, 5, 3, 2, 0, tzinfo=UTC)


async def account(tx: Transaction, address: int = 1) -> int:
    await accounts.add(tx, "telegram", address, "Somebody", "fr", NOW)
    found = await accounts.find(tx, "telegram", address, "Asia/Phnom_Penh")
    assert found is not None
    return found.account


async def test_add_request_keeps_one_pending_request_an_account(database: Database) -> None:
    async with database.transaction() as tx:
        mine = await account(tx)
        first = await members.add_request(tx, mine, "Linh", "hue", "Chef", NOW)
        assert first is not None
        assert await members.add_request(tx, mine, "Linh", "hue", "Chef", NOW) is None
        assert await members.pending(tx) == [first]
        assert await members.pending_of(tx, mine) == first
        assert await members.decide(tx, first.id, "refused", mine, NOW)
        assert not await members.decide(tx, first.id, "accepted", mine, NOW)
        assert await members.request(tx, first.id) == first._replace(state="refused", decided_by=mine)
        assert await members.add_request(tx, mine, "Linh", "hue", "Chef", NOW) is not None


async def test_draft_stays_beside_other_topics(database: Database) -> None:
    async with database.transaction() as tx:
        mine = await account(tx)
        kept = JoinDraft(step="function", name="Linh", organisation="hue", asked=5)
        await members.keep_draft(tx, mine, kept)
        await accounts.set_awaited(tx, mine, "zone", {"until": 7})
        assert await members.draft(tx, mine) == kept
        assert await accounts.awaited(tx, mine, "zone") == {"until": 7}
        await members.keep_draft(tx, mine, None)
        assert await members.draft(tx, mine) is None
        assert await accounts.awaited(tx, mine, "zone") == {"until": 7}
        assert await members.draft(tx, await account(tx, 2)) is None
