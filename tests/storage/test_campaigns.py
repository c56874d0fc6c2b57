from __future__ import annotations

from datetime import timedelta

import pytest

from storage import campaigns
from storage.campaigns import Fate, State
from storage.database import Database
from storage.outbox import Settled
from tests.storage.queued import NOW, begun, chain, column, leased, row, settled, states

LATER = NOW + timedelta(hours=1)


async def state(database: Database, campaign: int) -> tuple[str, str | None, int | None]:
    """State, reason and end."""
    async with database.snapshot() as read:
        found = await campaigns.get(read, campaign)
    assert found is not None
    return found.state, found.reason, found.ended


async def test_campaign_is_begun_once_a_name(database: Database) -> None:
    async with database.transaction() as tx:
        first, again, other = [await campaigns.begin(tx, name, NOW) for name in ("a", "a", "b")]
        assert (first == again, first == other) == (True, False)
        assert await campaigns.get(tx, first) == (first, "a", "filling", None, int(NOW.timestamp()), None)
        assert await campaigns.get(tx, 99) is None


async def test_running_campaigns_are_told_from_the_oldest(database: Database) -> None:
    states: list[State] = ["running", "paused", "running", "filling", "stopped", "ended"]
    numbers = [await begun(database, name=str(number), state=one) for number, one in enumerate(states)]
    async with database.transaction() as tx:
        await campaigns.turn(tx, numbers[0], ("running",), "paused")
        await campaigns.turn(tx, numbers[0], ("paused",), "running")
        assert await campaigns.running(tx) == [numbers[0], numbers[2]]


async def test_campaign_is_turned_from_where_it_is_only(database: Database) -> None:
    campaign = await begun(database)
    async with database.transaction() as tx:
        turned = [
            await campaigns.turn(tx, campaign, ("paused",), "running"),
            await campaigns.turn(tx, campaign, ("filling", "running"), "paused", "it goes wrong"),
        ]
    assert (turned, await state(database, campaign)) == ([False, True], ("paused", "it goes wrong", None))
    async with database.transaction() as tx:
        await campaigns.turn(tx, campaign, ("paused",), "running")
    assert await state(database, campaign) == ("running", None, None)


async def test_campaign_ends_when_nothing_is_left_to_send(database: Database) -> None:
    campaign = await begun(database, row("a"), row("b"), *chain("c"))

    async def finished() -> bool:
        async with database.transaction() as tx:
            return await campaigns.finish(tx, campaign, NOW)

    assert await finished() is False
    one, two, three = await leased(database, campaign=campaign)
    await settled(database, Settled(one, "sent", 0), Settled(two, "failed", 0))
    assert await finished() is False
    await settled(database, Settled(three, "unknown", 0))
    assert [await finished(), await finished()] == [True, False]
    assert await state(database, campaign) == ("ended", None, int(NOW.timestamp()))


@pytest.mark.parametrize("before", ["filling", "running", "paused"])
async def test_stopped_campaign_cancels_what_is_not_under_way(database: Database, before: State) -> None:
    campaign = await begun(database, row("a"), row("b"), *chain("c"), state=before)
    await leased(database, campaign=campaign, places=1)
    async with database.transaction() as tx:
        assert [await campaigns.stop(tx, campaign, NOW), await campaigns.stop(tx, campaign, LATER)] == [4, None]
    assert await states(database) == {
        "a": "leased", "b": "cancelled", "c:telegram": "cancelled", "c:web": "cancelled", "c:email": "cancelled",
    }  # fmt: skip
    assert await state(database, campaign) == ("stopped", None, int(NOW.timestamp()))


async def test_stopping_leaves_other_campaigns_alone(database: Database) -> None:
    campaign = await begun(database, row("a"))
    await begun(database, row("b"), name="b")
    async with database.transaction() as tx:
        await campaigns.stop(tx, campaign, NOW)
    assert await states(database) == {"a": "cancelled", "b": "queued"}


@pytest.mark.parametrize(
    ("before", "then"), [("ended", "running"), ("stopped", "running"), ("paused", "paused"), ("running", "running")]
)
async def test_what_is_asked_for_again_is_sent_again_unless_the_campaign_is_paused(
    database: Database, before: State, then: State
) -> None:
    campaign = await begun(database, row("a", calls="", body=1), row("b", calls=""), row("c", calls=""), row("d"))
    one, two, three, _ = await leased(database, campaign=campaign)
    await settled(
        database, Settled(one, "unknown", 0, "why", "[7]", "[3]"), Settled(two, "failed", 0, "why"),
        Settled(three, "sent", 0),
    )  # fmt: skip
    async with database.transaction() as tx:
        await campaigns.turn(tx, campaign, ("running",), before)
        assert await campaigns.again(tx, campaign, ("unknown", "failed"), LATER) == 2
        assert await campaigns.again(tx, campaign, ("cancelled",), LATER) == 0
    assert await states(database) == {"a": "queued", "b": "queued", "c": "sent", "d": "leased"}
    assert await column(database, "calls") == ["[7]", "", "[]", "[]"]
    assert (await column(database, "queued"))[0] == int(LATER.timestamp())
    assert await state(database, campaign) == (then, None, None)


async def test_later_channels_are_tried_after_an_unknown_one_was_sent_again_and_failed(database: Database) -> None:
    campaign = await begun(database, *chain("a", if_unknown="held"))
    (one,) = await leased(database, campaign=campaign)
    await settled(database, Settled(one, "unknown", 0))
    async with database.transaction() as tx:
        await campaigns.again(tx, campaign, ("unknown",), NOW)
    (one,) = await leased(database, campaign=campaign)
    await settled(database, Settled(one, "unreachable", 0))
    assert list((await states(database)).values()) == ["unreachable", "queued", "queued"]


async def test_bodies_are_kept_by_number(database: Database) -> None:
    campaign = await begun(database)
    async with database.transaction() as tx:
        numbers = [await campaigns.add_body(tx, campaign, calls) for calls in ("[1]", "[2]")]
        assert [await campaigns.body(tx, number) for number in (*numbers, 99)] == ["[1]", "[2]", None]


async def test_report_counts_by_channel_language_and_state(database: Database) -> None:
    campaign = await begun(database, *chain("a", language="vi", person="mai"), row("b", 9, language="fr"), row("c", 8))
    await begun(database, row("d"), name="b")
    one = (await leased(database, campaign=campaign, places=1))[0]
    await settled(database, Settled(one, "sent", 0, sent_as="[3]"))
    async with database.snapshot() as read:
        progress = await campaigns.progress(read, campaign)
        fates = await campaigns.fates(read, campaign)
    assert progress == {"sent": 1, "skipped": 2, "queued": 2}
    assert [(fate.person, fate.channel, fate.language, fate.state, fate.sent_as) for fate in fates] == [
        ("mai", "telegram", "vi", "sent", "[3]"), ("mai", "web", "vi", "skipped", None),
        ("mai", "email", "vi", "skipped", None), (None, "telegram", "fr", "queued", None),
        (None, "telegram", None, "queued", None),
    ]  # fmt: skip
    assert fates[0]._replace(id=0) == Fate(0, "mai", "telegram", 700, "vi", "sent", None, "[3]")


async def test_what_waits_for_a_later_moment_is_counted_with_the_last_one(database: Database) -> None:
    now = int(NOW.timestamp())
    campaign = await begun(
        database, row("a"), row("b", at=now + 60), row("c", at=now + 3_600), row("d", at=now + 7_200)
    )
    await begun(database, row("e", at=now + 9_000), name="b")
    async with database.snapshot() as read:
        assert await campaigns.later(read, campaign, NOW + timedelta(minutes=10)) == (2, now + 7_200)
        assert await campaigns.later(read, campaign, NOW + timedelta(hours=3)) == (0, None)


async def test_what_is_not_sent_yet_says_what_the_new_version_does(database: Database) -> None:
    async with database.transaction() as tx:
        campaign = await campaigns.begin(tx, "a", NOW)
        old, other = [await campaigns.add_body(tx, campaign, calls) for calls in ("[1]", "[2]")]
    messages = [("sent", old), ("unknown", old), ("leased", old), ("queued", old), ("other", other)]
    await begun(database, *(row(key, calls="", body=body) for key, body in messages))
    first, second, _ = await leased(database, campaign=campaign, places=3)
    await settled(database, Settled(first, "sent", 0), Settled(second, "unknown", 0))
    async with database.transaction() as tx:
        await campaigns.say_instead(tx, campaign, old, "[3]", 2)
        (new,) = await campaigns.bodies_of_version(tx, campaign, 2)
        assert await campaigns.body(tx, new) == "[3]"
    assert await column(database, "body") == [old, new, old, new, other]
