from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest

from storage.database import Database, Transaction
from tests.delivery.test_dispatcher_troubles import Post, said
from tests.storage.queued import begun, row, states


@pytest.mark.parametrize("committed", [True, False])
async def test_a_claim_that_nobody_acknowledged_is_made_again_and_sent_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    post = Post(database)
    await begun(database, *(row(str(number), number, calls=said("a"), if_unknown="held") for number in range(1, 4)))
    real, lost = database.transaction, 2

    @contextlib.asynccontextmanager
    async def transaction() -> AsyncIterator[Transaction]:
        nonlocal lost
        lost, fails = lost - 1, lost > 0
        if not fails or committed:
            async with real() as tx:
                yield tx
            if fails:
                raise ConnectionError("cut after the commit")
        else:
            async with real() as tx:
                yield tx
                raise ConnectionError("cut before the commit")

    monkeypatch.setattr(database, "transaction", transaction)
    await post.dispatcher.once()
    assert sorted(call.parameters["chat_id"] for call in post.api.calls) == [1, 2, 3]
    assert set((await states(database)).values()) == {"sent"}
    async with database.snapshot() as read:
        assert {one[0] for one in await read.fetch_all("SELECT attempts FROM outbox")} == {1}
