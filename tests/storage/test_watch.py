from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import accounts, campaigns, contributions, followed, issues, outbox
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from storage.outbox import Message
from tests.storage.rows import HUE, MAI

NOW = datetime(2027, 4, 1, 2, 0, tzinfo=UTC)


async def somebody(tx: Transaction) -> int:
    await ORGANISATIONS.put(tx, HUE)
    await PEOPLE.put(tx, MAI)
    await accounts.add(tx, "telegram", 7, "Mai", "vi", NOW)
    reader = await accounts.find(tx, "telegram", 7, "UTC")
    assert reader is not None
    return reader.account


async def test_a_contribution_is_begun_sent_and_decided_once(database: Database) -> None:
    async with database.transaction() as tx:
        account = await somebody(tx)
        old = await contributions.add(tx, account, "hue", "{}", NOW)
        one = await contributions.add(tx, account, "hue", "{}", NOW)
        await contributions.write_content(tx, one.id, '{"a": 1}', NOW)
        draft = await contributions.draft_of(tx, account)
        assert draft is not None
        assert (draft.id, draft.content, draft.version) == (one.id, '{"a": 1}', 2)
        assert await contributions.turn(tx, one.id, "draft", "waiting", NOW)
        await contributions.put_off(tx, one.id, NOW)
        assert await contributions.turn(tx, one.id, "waiting", "refused", NOW, by="Hélène", reason="known")
        assert not await contributions.turn(tx, one.id, "waiting", "accepted", NOW, by="Sokunthea")
        kept = await contributions.get(tx, one.id)
        dropped = await contributions.get(tx, old.id)
    assert kept is not None
    assert dropped is not None
    assert (kept.state, kept.decided_by, kept.reason, kept.sent) == ("refused", "Hélène", "known", int(NOW.timestamp()))
    assert dropped.state == "dropped"


async def test_an_issue_is_approved_as_it_was_shown(database: Database) -> None:
    async with database.transaction() as tx:
        one = await issues.open_month(tx, "2027-04", "{}", NOW)
        assert (await issues.open_month(tx, "2027-04", "other", NOW)) == one
        await issues.write_content(tx, one.id, '{"a": 1}', NOW)
        assert not await issues.approve(tx, one.id, one.version, "{}", "Hélène", NOW, NOW)
        assert await issues.approve(tx, one.id, one.version + 1, "{}", "Hélène", NOW, NOW)
        assert not await issues.approve(tx, one.id, one.version + 2, "{}", "Sokunthea", NOW, NOW)
        assert [kept.month for kept in await issues.in_states(tx, ("approved",))] == ["2027-04"]
        await issues.take_back(tx, one.id, "{}")
        kept = await issues.get(tx, one.id)
    assert kept is not None
    assert (kept.approved_by, kept.starts) == (None, None)


async def test_a_wish_is_kept_and_goes_with_its_person(database: Database) -> None:
    async with database.transaction() as tx:
        await somebody(tx)
        await followed.choose(tx, MAI.code, "weekly", ("water",), NOW)
        assert await followed.of(tx, MAI.code) == ("weekly", ("water",), int(NOW.timestamp()))
        await followed.choose(tx, MAI.code, "none", None, None)
        assert await followed.everybody(tx) == {MAI.code: ("none", None, None)}
        assert (await followed.any_of(tx, "none"), await followed.any_of(tx, "weekly")) == (True, False)
        await PEOPLE.remove(tx, MAI.code)
    async with database.snapshot() as read:
        assert await followed.everybody(read) == {}


async def test_what_reached_somebody_is_what_was_sent_or_is_on_its_way(database: Database) -> None:
    second = int(NOW.timestamp())
    fates = (
        ("sent", "a", second), ("queued", "b", None), ("failed", "c", None), ("unknown", "d", None),
        ("cancelled", "e", None), ("waiting", "f", None), ("skipped", "g", second), ("leased", "h", second),
        ("queued", "i", second), ("queued", "j", second + 1),
    )  # fmt: skip
    async with database.transaction() as tx:
        await somebody(tx)
        campaign = await campaigns.begin(tx, "watch:2027-04", NOW)
        for state, held, useless_after in fates:
            body, key = await campaigns.add_body(tx, campaign, "[]", f'["{held}"]'), f"{held}:telegram"
            await outbox.add(
                tx, Message(key, "telegram", 7, 0, body=body, campaign=campaign, person=MAI.code,
                            useless_after=useless_after), NOW,
            )  # fmt: skip
            await tx.execute("UPDATE outbox SET state = $1 WHERE message_key = $2", state, key)
        found = await issues.reached(tx, NOW - timedelta(days=1), NOW)
        assert sorted(found) == [(MAI.code, f'["{held}"]') for held in "abhj"]
        assert await issues.reached(tx, NOW - timedelta(days=1), NOW, "somebody-else") == []
        assert await issues.reached(tx, NOW + timedelta(days=1), NOW) == []
