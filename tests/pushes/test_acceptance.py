"""What is promised of the clock, one promise a test: on a tiny invented network whose clock is moved by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SimulatedClock
from bot.pushes.rounds import Rounds
from storage import campaigns, followed, outbox, reminders, stances
from storage.database import Transaction
from tests.pushes.little import DAY, HOUR, MARIE, PARIS, PHNOM_PENH, SOPHEAP, Make, report
from tests.pushes.year_network import LANGUAGES, Item, Matter, Somebody, at, midnight_after
from tests.pushes.year_run import MOVED, arrived
from tests.pushes.year_tables import fill


async def test_down_across_a_due_time(make: Make) -> None:
    little = await make(report(date(2027, 3, 17), offsets=(7,)))
    await little.run(at(date(2027, 3, 10), 6, PHNOM_PENH), at(date(2027, 3, 10), 8, PHNOM_PENH))
    little.start()
    await little.run(at(date(2027, 3, 10), 13, PHNOM_PENH), at(date(2027, 3, 11), 13, PHNOM_PENH))
    assert (little.when(SOPHEAP), little.when(MARIE)) == (["03-10 13:00"], ["03-10 09:00"])
    assert little.has(SOPHEAP)[0].text.endswith("សារនេះមិនអាចផ្ញើបានមុននេះទេ សូមអភ័យទោស។")


async def test_down_until_it_is_of_no_use(make: Make) -> None:
    little = await make(report(date(2027, 3, 17), offsets=(7, 1)))
    await little.run(at(date(2027, 3, 9), 6, PHNOM_PENH), at(date(2027, 3, 9), 8, PHNOM_PENH))
    little.start()
    await little.run(at(date(2027, 3, 18), 1, PHNOM_PENH), at(date(2027, 3, 19), 13, PHNOM_PENH))
    assert arrived(little.ledger.lines) == []
    async with little.database.snapshot() as tx:
        assert {row[0] for row in await tx.fetch_all("SELECT state FROM reminders")} <= {"late"}


async def test_down_three_months_brings_one_issue_only(make: Make) -> None:
    little = await make()
    async with little.database.transaction() as tx:
        await followed.choose(tx, MARIE, "weekly", None, None)
    for number, day in enumerate((date(2027, 1, 12), date(2027, 4, 20))):
        await little.does("publish", Item("news", f"n00{number}", day))
    little.clock.set(at(date(2027, 1, 25), 10, PHNOM_PENH))
    await little.does("approve", date(2027, 2, 1), ())
    await little.run(little.clock.now(), little.clock.now() + 8 * HOUR)
    before = {person: len(little.has(person)) for person in little.network.people}
    little.start()
    little.clock.set(at(date(2027, 4, 26), 10, PHNOM_PENH))
    await little.does("approve", date(2027, 5, 1), ())
    await little.run(at(date(2027, 4, 26), 11, PHNOM_PENH), at(date(2027, 4, 26), 23, PHNOM_PENH))
    await little.mornings(date(2027, 4, 27), date(2027, 5, 8))
    assert {person: len(little.has(person)) - before[person] for person in before} == dict.fromkeys(before, 1)
    assert little.when(SOPHEAP)[-1] == "05-03 09:00"
    async with little.database.snapshot() as tx:
        states = [tuple(row) for row in await tx.fetch_all("SELECT month, state FROM issues ORDER BY month")]
    assert states == [("2027-02", "missed"), ("2027-05", "sent")]


@pytest.mark.parametrize(
    ("night", "utc"),
    [(date(2027, 3, 28), (7, 5, 7)), (date(2027, 10, 31), (7, 6, 8))],
    ids=["the spring gap", "the autumn fold"],
)
async def test_the_nights_on_which_clocks_change(make: Make, night: date, utc: tuple[int, int, int]) -> None:
    """Nine is nine before and after; what fell due while it was down comes as the quiet hours end on Sunday."""
    asked, after = report(night + 20 * DAY, offsets=(), code="m002"), report(night + 4 * DAY, offsets=(6, 1))
    little = await make(
        replace(asked, cities=("city-3",)), replace(after, zone=PARIS, due=midnight_after(night + 4 * DAY, PARIS))
    )
    async with little.database.transaction() as tx:
        await stances.take(tx, MARIE, "deadline:m002", "asked", little.clock.now(), day=night - DAY)
    await little.run(at(night - 3 * DAY, 0, PARIS), at(night - DAY, 8, PARIS))
    little.start()
    quarter = timedelta(minutes=15)
    await little.run(datetime(night.year, night.month, night.day, tzinfo=UTC) - HOUR, at(night, 12, PARIS), quarter)
    await little.run(at(night + DAY, 0, PARIS), at(night + 4 * DAY, 0, PARIS))
    told = little.has(MARIE)
    begins = datetime(night.year, night.month, night.day, tzinfo=UTC)
    friday = begins - 2 * DAY + (8 if utc[0] == 7 and night.month == 3 else 7) * HOUR
    assert [one.at for one in told] == [friday, begins + utc[1] * HOUR, begins + 3 * DAY + utc[2] * HOUR]
    assert little.when(MARIE) == [
        f"{night - 2 * DAY:%m-%d} 09:00", f"{night:%m-%d} 07:00", f"{night + 3 * DAY:%m-%d} 09:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2027, 3, 31), ["03-01 09:00", "03-30 09:00"]),
        (date(2027, 5, 31), ["04-30 09:00", "05-28 09:00"]),  # the first of May is a holiday and a Saturday
        (date(2028, 2, 29), ["01-28 09:00", "02-28 09:00"]),  # the 30th of January is a Sunday
        (date(2028, 3, 31), ["03-01 09:00", "03-30 09:00"]),
    ],
)
async def test_the_31st_and_the_29_february(make: Make, due: date, expected: list[str]) -> None:
    little = await make(report(due, offsets=(30, 1)))
    await little.mornings(due - 36 * DAY, due)
    assert (little.when(SOPHEAP), little.when(MARIE)) == (expected, expected)


@pytest.mark.parametrize("month", [date(2028, 2, 1), date(2028, 3, 1)])
async def test_an_issue_of_a_long_february_goes_out_once(make: Make, month: date) -> None:
    little = await make()
    little.clock.set(at(month - DAY, 15, PHNOM_PENH))
    await little.does("publish", Item("news", "n001", month - DAY))
    await little.does("approve", month, ())
    await little.run(little.clock.now(), little.clock.now())
    await little.mornings(month, month + 5 * DAY)
    nine = [f"{month:%m-%d} 09:00"]
    assert (little.when(SOPHEAP), little.when(MARIE)) == (nine, nine)


async def test_a_deadline_that_moved_after_a_reminder_says_so_in_five_languages(make: Make) -> None:
    one = report(date(2027, 3, 17), offsets=(7, 1))
    little = await make(one)
    await little.mornings(date(2027, 3, 9), date(2027, 3, 10))
    await little.does("change", replace(one, due=midnight_after(date(2027, 3, 30), PHNOM_PENH)))
    await little.mornings(date(2027, 3, 11), date(2027, 3, 31))
    for person, somebody in little.network.people.items():
        first, second, third = little.has(person)
        assert [one.reminds_of for one in (first, second, third)] == [
            {("m001", somebody.language, moved)} for moved in (False, True, False)
        ]
        assert [sum(words in one.text for words in MOVED) for one in (first, second, third)] == [0, 1, 0]
        assert [one.at.astimezone(ZoneInfo(somebody.zone)).date() for one in (second, third)] == [
            date(2027, 3, 23), date(2027, 3, 29 if somebody.city.country != "FR" else 26),
        ]  # fmt: skip
    assert {one.languages[0] for one in little.network.people.values()} == set(LANGUAGES)


async def test_quiet_hours_that_would_pass_the_beginning_bring_it_before_them(make: Make) -> None:
    begins = at(date(2027, 5, 19), 6, PHNOM_PENH, 30)
    meeting = Matter(
        "event", "m001", begins, False, PHNOM_PENH, row_kind="workshop", ends=begins + HOUR, cities=(), offsets=(1,)
    )
    little = await make(meeting, person_1="20-7", person_2="none")
    await little.run(at(date(2027, 5, 18), 0, PHNOM_PENH), begins, timedelta(minutes=30))
    assert {person: little.when(person)[1:] for person in ("person-0", "person-1", "person-2")} == {
        "person-0": ["05-18 20:00"], "person-1": ["05-18 19:00"], "person-2": ["05-19 04:30"],
    }  # fmt: skip


async def test_a_colleague_is_reminded_of_what_was_passed_on_whatever_their_role(make: Make) -> None:
    little = await make(report(date(2027, 3, 17), offsets=(7,)))
    guest = Somebody("person-9", 9, little.network.cities[0], "guest", ("km",))
    little.network.people[guest.code] = guest
    await fill(little.database, little.network, little.clock.now())
    await little.does("say", SOPHEAP, "deadline:m001", "passed", None, guest.code)
    await little.mornings(date(2027, 3, 9), date(2027, 3, 11))
    assert (little.when(SOPHEAP), little.when(guest.code)) == ([], ["03-10 09:00"])


@pytest.mark.parametrize("moment", ["note", "queue"])
async def test_killed_between_an_occasion_and_its_rows(
    make: Make, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    little = await make(report(date(2027, 3, 17), offsets=(7,)))
    nine = at(date(2027, 3, 10), 9, PHNOM_PENH)
    await little.run(nine - 2 * HOUR, nine - HOUR)
    module, name = (reminders, "note") if moment == "note" else (outbox, "add_many")

    async def killed(*_: object) -> None:
        raise InterruptedError

    little.clock.set(nine)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with pytest.raises(InterruptedError):
            await little.runner.rounds()
    async with little.database.snapshot() as tx:
        for table in ("reminders", "outbox"):
            assert await tx.fetch_one(f"SELECT 1 FROM {table}") is None
    little.start()
    await little.run(nine + timedelta(minutes=1), nine + 8 * HOUR)
    assert (little.when(SOPHEAP), little.when("person-1")) == (["03-10 09:01"], ["03-10 09:01"])


async def test_a_renamed_job_loses_and_repeats_nothing(make: Make) -> None:
    little = await make(report(date(2027, 3, 17), offsets=(7, 1)))
    clock = SimulatedClock(at(date(2027, 3, 10), 8, PHNOM_PENH))

    class Renamed:
        async def under_another_name(self, tx: Transaction, now: datetime) -> bool:
            return await little.runner.reminding.round(tx, now)

    async def go(rounds: Rounds, until: datetime) -> None:
        while clock.now() < until:
            await rounds.go()
            clock.advance(HOUR)

    await go(Rounds(little.database, clock, {"old": little.runner.reminding.round}, lambda: None),
             at(date(2027, 3, 10), 12, PHNOM_PENH))  # fmt: skip
    little.start()
    await go(Rounds(little.database, clock, {"new": Renamed().under_another_name}, lambda: None),
             at(date(2027, 3, 17), 12, PHNOM_PENH))  # fmt: skip
    async with little.database.snapshot() as tx:
        rows = await tx.fetch_all("SELECT person, occasion, count(*) FROM reminders GROUP BY person, occasion")
        names = {row[0] for row in await tx.fetch_all("SELECT name FROM facts")}
        values = " ".join(str(row[0]) for row in await tx.fetch_all("SELECT value FROM facts"))
    assert sorted(tuple(row) for row in rows) == [
        (person, occasion, 1) for person in sorted(little.network.people) for occasion in ("before-1", "before-7")
    ]
    assert not {"old", "new", "round"} & names
    assert not any(word in values for word in ("Reminding", "under_another_name", "round", "bot."))


@pytest.mark.parametrize("name", ["add_body", "turn"])
async def test_killed_while_what_is_told_at_once_is_queued(
    make: Make, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    little = await make()
    for person in (SOPHEAP, MARIE):
        await little.does("follow", person, "once", None, None)
    ten = at(date(2027, 3, 10), 10, PARIS)
    little.clock.set(ten)
    await little.does("publish", Item("news", "n001", date(2027, 3, 10)))

    async def killed(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(campaigns, name, killed)
        with pytest.raises(InterruptedError):
            await little.runner.rounds()
    little.clock.set(ten + timedelta(minutes=1))
    little.start()
    await little.run(ten + timedelta(minutes=1), ten + HOUR, HOUR)
    assert (little.when(SOPHEAP), little.when(MARIE)) == (["03-10 16:01"], ["03-10 10:01"])
