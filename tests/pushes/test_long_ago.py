"""What was over, or was told, long ago and matters yet."""

from __future__ import annotations

from datetime import date

import pytest

from storage import stances
from tests.pushes.little import DAY, HOUR, MARIE, PHNOM_PENH, SOPHEAP, Make, report
from tests.pushes.year_network import Item, Matter, Somebody, at, midnight_after
from tests.pushes.year_run import arrived
from tests.pushes.year_tables import fill


@pytest.mark.parametrize("closes", [date(2027, 1, 20), date(2027, 3, 5)], ids=["long since", "lately"])
@pytest.mark.parametrize("kind", ["registration", "deadline", "form"])
async def test_only_who_registered_long_ago_hears_of_an_event_and_of_what_follows_it(
    make: Make, kind: str, closes: date
) -> None:
    begins = at(date(2027, 3, 10), 9, PHNOM_PENH)
    closing = Matter(
        kind, "m001" if kind == "registration" else "m002", midnight_after(closes, PHNOM_PENH), True, PHNOM_PENH,
        row_kind="registration", event="m001", form="m002" if kind == "form" else None,
        opens=at(date(2027, 1, 10), 9, PHNOM_PENH),
    )  # fmt: skip
    entrance = closing.key
    meeting = Matter(
        "event", "m001", begins, False, PHNOM_PENH, row_kind="workshop", ends=begins + 2 * HOUR, entrance=entrance
    )
    survey = Matter(
        "deadline", "m001s", midnight_after(date(2027, 4, 24), PHNOM_PENH), True, PHNOM_PENH, row_kind="survey",
        event="m001", after="m001", opens=begins + 2 * HOUR, entrance=entrance,
    )  # fmt: skip
    little = await make(meeting, closing, survey)
    little.clock.set(at(closes, 10, PHNOM_PENH) - DAY)
    if kind == "form":
        await little.does("answer", SOPHEAP, closing.code)
    else:
        await little.does("say", SOPHEAP, closing.key, "done", None, None)
    await little.mornings(date(2027, 3, 8), date(2027, 3, 9))
    await little.mornings(date(2027, 4, 10), date(2027, 4, 25))
    assert {one.chat for one in arrived(little.ledger.lines)} == {little.network.people[SOPHEAP].chat}
    assert {code for one in little.has(SOPHEAP) for code, _, _ in one.reminds_of} == {"m001", "m001s"}


async def test_a_form_that_is_open_all_year_is_told_once(make: Make) -> None:
    little = await make(
        Matter("form", "m001f", midnight_after(date(2027, 12, 20), PHNOM_PENH), True, PHNOM_PENH, row_kind="survey",
               form="m001f")
    )  # fmt: skip
    for month in (date(2027, number, 1) for number in range(2, 9)):
        little.clock.set(at(month - 5 * DAY, 15, PHNOM_PENH))
        await little.does("publish", Item("news", f"n{month.month:03}", month - 6 * DAY))
        await little.does("approve", month, ())
        await little.mornings(month, month + 4 * DAY)
    told = [[code for code, _ in one.tells] for one in little.has(MARIE) if one.is_watch]
    assert (len(told), sum("m001f" in codes for codes in told)) == (7, 1)


async def test_what_was_passed_on_is_for_a_colleague_outside_of_the_audience_too(make: Make) -> None:
    one = report(date(2027, 3, 17), offsets=(7,), audience="members")
    little = await make(one)
    little.network.people["person-9"] = Somebody("person-9", 99, little.network.cities[0], "guest", ("km",))
    await fill(little.database, little.network, little.clock.now())
    await little.does("say", SOPHEAP, one.key, "passed", None, "person-9")
    async with little.database.snapshot() as tx:
        assert await stances.handed_to(tx, ["person-9", SOPHEAP]) == [("person-9", one.key)]
    await little.mornings(date(2027, 3, 9), date(2027, 3, 11))
    assert (little.when(SOPHEAP), little.when("person-9")) == ([], ["03-10 09:00"])
