"""What lay queued, in an outage or a pause, until it was of no use any more."""

from __future__ import annotations

from datetime import date, timedelta

from bot.delivery.policy import USELESS
from storage import followed
from tests.pushes.little import DAY, HOUR, MARIE, PARIS, PHNOM_PENH, SOPHEAP, Little, Make, report
from tests.pushes.year_network import Item, Matter, at, midnight_after


async def fates(little: Little, person: str) -> list[tuple[object, ...]]:
    """Campaign, state and failure of what was queued for a person."""
    async with little.database.snapshot() as tx:
        rows = await tx.fetch_all(
            "SELECT c.name, o.state, o.failure FROM outbox AS o LEFT JOIN campaigns AS c ON c.id = o.campaign"
            " WHERE o.person = $1 ORDER BY o.id",
            person,
        )
    return [tuple(row) for row in rows]


async def test_an_issue_is_skipped_once_its_month_is_over_and_the_next_one_tells_what_it_held(make: Make) -> None:
    little = await make()
    await little.does("publish", Item("news", "n001", date(2027, 1, 20)))
    little.clock.set(at(date(2027, 1, 25), 10, PHNOM_PENH))
    await little.does("approve", date(2027, 2, 1), ())
    nine = at(date(2027, 2, 1), 9, PHNOM_PENH)
    await little.run(nine, nine)
    little.start()
    little.clock.set(at(date(2027, 3, 1), 8, PHNOM_PENH))
    await little.does("publish", Item("news", "n002", date(2027, 2, 20)))
    await little.does("approve", date(2027, 3, 1), ())
    await little.mornings(date(2027, 3, 1), date(2027, 3, 2))
    assert (little.when(SOPHEAP), little.when(MARIE)) == (["02-01 09:00", "03-01 09:00"], ["03-01 09:00"])
    assert [{code for code, _ in little.has(person)[-1].tells} for person in (SOPHEAP, MARIE)] == [
        {"n002"}, {"n001", "n002"},
    ]  # fmt: skip
    assert await fates(little, MARIE) == [("watch:2027-02", "skipped", USELESS), ("watch:2027-03", "sent", None)]


async def test_a_week_s_watch_is_skipped_once_the_next_week_s_is_made(make: Make) -> None:
    little = await make()
    async with little.database.transaction() as tx:
        await followed.choose(tx, MARIE, "weekly", None, None)
    little.clock.set(at(date(2027, 2, 8), 4, PHNOM_PENH))
    await little.does("publish", Item("news", "n001", date(2027, 2, 5)))
    await little.runner.rounds()
    await little.run(at(date(2027, 2, 15), 4, PHNOM_PENH), at(date(2027, 2, 15), 20, PHNOM_PENH))
    assert (little.when(MARIE), len(little.has(MARIE)[0].tells)) == (["02-15 09:00"], 1)
    assert await fates(little, MARIE) == [
        ("watch:week:2027-02-08", "skipped", USELESS), ("watch:week:2027-02-15", "sent", None),
    ]  # fmt: skip


async def test_what_is_told_at_once_is_skipped_after_a_week(make: Make) -> None:
    little = await make()
    async with little.database.transaction() as tx:
        await followed.choose(tx, MARIE, "once", None, None)
    noon = at(date(2027, 2, 8), 12, PARIS)
    little.clock.set(noon)
    await little.does("publish", Item("news", "n001", date(2027, 2, 8)))
    await little.runner.rounds()
    little.clock.set(noon + 7 * DAY)
    await little.runner.send()
    assert [(state, failure) for _, state, failure in await fates(little, MARIE)] == [("skipped", USELESS)]


async def test_a_reminder_is_skipped_once_nothing_that_it_tells_is_of_use(make: Make) -> None:
    second = report(date(2027, 3, 19), code="m002", offsets=(3,))
    little = await make(report(date(2027, 3, 17), offsets=(1,)), second)
    for hour in (8, 9):
        little.clock.set(at(date(2027, 3, 16), hour, PHNOM_PENH))
        await little.runner.rounds()
    async with little.database.snapshot() as tx:
        rows = await tx.fetch_all("SELECT DISTINCT useless_after FROM outbox WHERE person = $1", SOPHEAP)
    assert [row[0] for row in rows] == [int(second.due.timestamp())]
    little.clock.set(midnight_after(date(2027, 3, 19), PHNOM_PENH))
    await little.runner.send()
    assert (little.has(SOPHEAP), await fates(little, SOPHEAP)) == ([], [(None, "skipped", USELESS)])


async def test_the_link_of_an_event_is_not_sent_after_it_has_begun(make: Make) -> None:
    begins = at(date(2027, 5, 19), 15, PHNOM_PENH)
    meeting = Matter("event", "m001", begins, False, PHNOM_PENH, row_kind="workshop", ends=begins + 2 * HOUR)
    little = await make(meeting)
    little.clock.set(begins - 3 * HOUR)
    await little.runner.rounds()
    little.clock.set(begins - 2 * HOUR)
    await little.runner.rounds()
    little.clock.set(begins + timedelta(minutes=1))
    await little.runner.send()
    assert {state for _, state, _ in await fates(little, SOPHEAP)} == {"skipped"}
