from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage import campaigns, outbox
from storage.database import Database
from storage.outbox import Claim, Message, Settled
from tests.conftest import Opener
from tests.storage.queued import LEASE, NOW, begun, chain, column, leased, queued, row, settled, states

LATER = NOW + timedelta(minutes=1)


async def test_message_is_queued_once_a_key(database: Database) -> None:
    async with database.transaction() as tx:
        found = [await outbox.add(tx, row("a", calls=calls), NOW) for calls in ("[1]", "[2]")]
    assert (found, await column(database, "calls")) == ([True, False], ["[1]"])


async def test_messages_are_leased_by_what_is_due_longest(database: Database) -> None:
    now = int(NOW.timestamp())
    await queued(
        database, row("later", at=now + 1), row("b", at=now - 1), row("a", at=now - 2), row("web", channel="web"),
        row("c", at=now),
    )  # fmt: skip
    assert {one.key for one in await leased(database, places=2)} == {"a", "b"}
    assert [one.key for one in await leased(database)] == ["c"]
    assert await leased(database) == []
    assert [one.key for one in await leased(database, now=NOW + timedelta(seconds=1))] == ["later"]


async def test_leased_message_is_told_whole(database: Database) -> None:
    await queued(database, row("a", -5, calls="[1]", if_unknown="held", person="mai", language="vi", quiet="21-7@UTC",
                               useless_after=9))  # fmt: skip
    assert [one._replace(id=0) for one in await leased(database)] == [
        (0, "a", "telegram", -5, "[1]", None, 0, 1, "held", int(NOW.timestamp()), None, "21-7@UTC", 9)
    ]


async def test_campaign_s_messages_are_leased_apart(database: Database) -> None:
    first, second = await begun(database, row("a")), await begun(database, row("b"), name="b")
    await queued(database, row("c"))
    assert [[one.key for one in await leased(database, campaign=number)] for number in (second, 0, first)] == [
        ["b"], ["c"], ["a"],
    ]  # fmt: skip


async def test_two_senders_never_lease_the_same_row(database: Database, opener: Opener) -> None:
    await queued(database, *(row(str(number), number) for number in range(200)))
    senders = [database, *[await opener() for _ in range(3)]]
    found: list[int] = []

    async def take(sender: Database) -> None:
        while some := await leased(sender, places=7):
            found.extend(one.id for one in some)

    async with asyncio.TaskGroup() as group:
        for sender in senders:
            group.create_task(take(sender))
    assert (len(found), len(set(found))) == (200, 200)


@pytest.mark.parametrize(
    ("state", "calls", "sent_as", "kept"),
    [
        ("sent", "", "[3]", "[]"),
        ("failed", "[1]", None, "[]"),
        ("failed", "[2]", "[3]", "[2]"),
        ("unreachable", "[1]", None, "[]"),
        ("unknown", "[1]", None, "[1]"),
        ("queued", "[1]", None, "[1]"),
        ("queued", "", None, ""),
    ],
)
async def test_what_a_message_said_is_kept_only_while_it_may_be_said(
    database: Database, state: outbox.State, calls: str, sent_as: str | None, kept: str
) -> None:
    await queued(database, row("a", calls="[1]"))
    (one,) = await leased(database)
    await settled(database, Settled(one, state, 9, "why", calls, sent_as))
    found = [await column(database, name) for name in ("state", "calls", "sent_as", "failure", "attempts", "settled")]
    assert found == [[state], [kept], [sent_as], ["why"], [1], [int(NOW.timestamp())]]


async def test_lease_given_back_untried_counts_as_no_attempt(database: Database) -> None:
    await queued(database, row("a"))
    for _ in range(3):
        (one,) = await leased(database)
        assert one.attempts == 1
        await settled(database, Settled(one, "queued", 0, calls="[]", tried=False))


async def test_sender_whose_lease_another_took_settles_nothing(database: Database) -> None:
    await queued(database, row("a"))
    (late,) = await leased(database)
    async with database.transaction() as tx:
        assert await outbox.run_out(tx, NOW + LEASE) == 1
    (mine,) = await leased(database, now=NOW + LEASE)
    await settled(database, Settled(late, "failed", 0, "late"))
    assert await states(database) == {"a": "leased"}
    await settled(database, Settled(mine, "sent", 0))
    await settled(database, Settled(late, "failed", 0, "later still"))
    assert await states(database) == {"a": "sent"}


async def test_late_news_of_what_was_held_is_taken(database: Database) -> None:
    await begun(database, *chain("a", if_unknown="held"))
    (late,) = await leased(database, campaign=1)
    async with database.transaction() as tx:
        await outbox.run_out(tx, NOW + LEASE)
    assert await states(database) == {"a:telegram": "unknown", "a:web": "waiting", "a:email": "waiting"}
    await settled(database, Settled(late, "sent", 0))
    assert await states(database) == {"a:telegram": "sent", "a:web": "skipped", "a:email": "skipped"}


@pytest.mark.parametrize(
    ("state", "others"),
    [
        ("sent", "skipped"),
        ("failed", "queued"),
        ("unreachable", "queued"),
        ("unknown", "waiting"),
        ("queued", "waiting"),
    ],
)
async def test_later_channels_follow_from_how_the_first_ended(
    database: Database, state: outbox.State, others: str
) -> None:
    await queued(database, *chain("a"), *chain("ab"))
    one = (await leased(database))[0]
    await settled(database, Settled(one, state, 0))
    assert list((await states(database)).values()) == [state, others, others, "leased", "waiting", "waiting"]


async def test_what_has_no_channel_in_its_key_is_no_chain(database: Database) -> None:
    await queued(database, row("offer:5"), row("offer:web", channel="web", state="waiting"))
    (one,) = await leased(database)
    await settled(database, Settled(one, "unreachable", 0))
    assert await states(database) == {"offer:5": "unreachable", "offer:web": "waiting"}


async def test_group_that_moved_is_written_to_where_it_is(database: Database) -> None:
    await queued(database, row("a", -5), row("b", -5), row("c", -5, "web"), row("d", -6), row("e", -5))
    one = (await leased(database, places=1))[0]
    await settled(database, Settled(one, "sent", 0))
    async with database.transaction() as tx:
        await outbox.move(tx, "telegram", -5, -100)
    assert await column(database, "address") == [-5, -100, -5, -6, -100]


async def test_leases_that_ran_out_are_sent_again_held_or_cancelled(database: Database) -> None:
    held = row("held", if_unknown="held")
    running, stopped = (
        await begun(database, row("again"), held, row("mine"), row("queued")),
        await begun(database, *(one._replace(key=f"{one.key}2") for one in (row("again"), held)), name="b"),
    )
    rows = [*await leased(database, campaign=running, places=3), *await leased(database, campaign=stopped)]
    async with database.transaction() as tx:
        await campaigns.stop(tx, stopped, NOW)
        assert await outbox.run_out(tx, NOW + LEASE - timedelta(seconds=1)) == 0
        assert await outbox.run_out(tx, NOW + LEASE, {rows[2].id}) == 4
    assert await states(database) == {
        "again": "queued", "held": "unknown", "mine": "leased", "queued": "queued", "again2": "cancelled",
        "held2": "unknown",
    }  # fmt: skip


async def test_what_is_to_be_tried_again_is_cancelled_with_its_campaign(database: Database) -> None:
    campaign = await begun(database, row("a"), row("b"))
    one, two = await leased(database, campaign=campaign)
    async with database.transaction() as tx:
        await campaigns.stop(tx, campaign, NOW)
    await settled(database, Settled(one, "queued", 0, calls="[]"), Settled(two, "sent", 0))
    assert await states(database) == {"a": "cancelled", "b": "sent"}


async def test_clock_set_back_leaves_due_what_was_due(database: Database) -> None:
    before, later = int(NOW.timestamp()), int((NOW + timedelta(minutes=9)).timestamp())
    await queued(database, row("due"), row("leased"), row("tried"), row("dated", at=later))
    _, lease, tried = [one for one in await leased(database) if one.key != "x"]
    await settled(
        database, Settled(tried, "queued", later), *(Settled(one, "queued", before, tried=False) for one in (_,))
    )
    back = NOW - timedelta(hours=1)
    async with database.transaction() as tx:
        await outbox.set_back(tx, back, NOW, back + LEASE)
    now = int(back.timestamp())
    assert lease.key == "leased"
    assert await column(database, "next_try") == [now, now + LEASE.seconds, now, later]


async def test_person_who_is_taken_out_gets_nothing_more(database: Database) -> None:
    campaign = await begun(
        database, *chain("a", person="mai"), row("b", 701, person="mai"), row("c", 702, person="linh")
    )
    one = (await leased(database, campaign=campaign, places=1))[0]
    async with database.transaction() as tx:
        assert await outbox.withdraw(tx, "mai") == 3
    await settled(database, Settled(one, "unreachable", 0))
    assert await states(database) == {
        "a:telegram": "unreachable", "a:web": "cancelled", "a:email": "cancelled", "b": "cancelled", "c": "queued",
    }  # fmt: skip


async def test_next_due_is_the_first_of_these_channels_and_campaigns(database: Database) -> None:
    now = int(NOW.timestamp())

    def due(key: str, seconds: int, channel: str = "telegram") -> Message:
        return row(key, channel=channel, at=now + seconds)

    campaign = await begun(database, due("a", 40), due("b", 50, "web"))
    await queued(database, due("c", 60), due("d", 10, "email"), row("e", at=1, state="waiting"))
    async with database.snapshot() as read:
        asked = [
            (("telegram", "web"), (0, campaign)), (("telegram",), (0,)), (("web",), (0,)), (("web",), (campaign,)),
        ]  # fmt: skip
        found = [await outbox.next_due(read, *one) for one in asked]
    assert found == [now + 40, now + 60, None, now + 50]


async def test_only_one_s_own_claim_is_given_back(database: Database) -> None:
    await queued(database, row("mine"), row("settled"), row("another's"))
    claims = [Claim(one.id, one.attempts, int((NOW + LEASE).timestamp())) for one in await leased(database)]
    async with database.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'sent' WHERE message_key = 'settled'")
        await tx.execute("UPDATE outbox SET next_try = next_try + 1 WHERE message_key = $1", "another's")
        await outbox.give_back(tx, claims, LATER)
    assert await states(database) == {"mine": "queued", "settled": "sent", "another's": "leased"}
    assert (await column(database, "next_try"))[0] == int(LATER.timestamp())
    assert [(one.key, one.attempts) for one in await leased(database, now=LATER)] == [("mine", 1)]
