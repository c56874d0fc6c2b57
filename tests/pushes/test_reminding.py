from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.network.workdays import is_workday
from storage import accounts, reminders, stances
from storage.database import Database, Transaction
from storage.network import DEADLINES
from storage.reminders import Noted
from tests.pushes.reminding import HOUR, PEOPLE_OF, Sent, fresh, hourly, join, once, sent
from tests.support.sample import NOW, ZONE

MIDNIGHT = NOW.replace(hour=0)
COUNTRY = {101: "KH", 102: "VN", 103: "FR"}
ZONES = {101: "Asia/Phnom_Penh", 102: "Asia/Ho_Chi_Minh", 103: "Europe/Paris"}
DAY = timedelta(days=1)


async def noted(database: Database) -> list[Noted]:
    async with database.snapshot() as read:
        rows = await read.fetch_all(
            "SELECT person, duty, occasion, due, state, noted, bubble FROM reminders ORDER BY noted, person, duty"
        )
    return [Noted(*row) for row in rows]


def shape(found: list[Sent]) -> Counter[tuple[str, int, datetime]]:
    return Counter((one.key, one.chat, one.at) for one in found)


def check_manners(found: list[Sent], told: list[Noted]) -> None:
    """Nothing on a holiday, nothing in quiet hours, one bubble an hour, no more a week than allowed."""
    urgent = {
        one.bubble for one in told
        if one.state == "sent" and one.occasion in ("before-1", "before-0", "hours", "overdue")
    }  # fmt: skip
    for one in found:
        local = one.at.astimezone(ZoneInfo(ZONES[one.chat]))
        assert 7 <= local.hour < 21, one
        assert is_workday(local.date(), COUNTRY[one.chat]), one
        days = (
            (local.date() - other.at.astimezone(local.tzinfo).date()).days
            for other in found
            if other.chat == one.chat and other.at < one.at
        )
        week = [day for day in days if day < 7]
        assert len(week) < 3 or one.key.rsplit(":", 2)[0] in urgent, one
    assert max(Counter((one.chat, one.at) for one in found).values()) == 1


async def run(database: Database, days: int, first: datetime = MIDNIGHT) -> None:
    await join(database, PEOPLE_OF, first)
    await hourly(database, first, first + days * DAY)


async def test_six_weeks_have_good_manners(sample_network: Database) -> None:
    await run(sample_network, 42)
    found = await sent(sample_network)
    check_manners(found, await noted(sample_network))
    assert set(Counter(one.chat for one in found)) == set(COUNTRY)
    monthly = [one for one in await noted(sample_network) if one.duty == "deadline:report-activity"]
    assert [(one.person, one.occasion, one.due, one.state) for one in monthly if one.person == "sok-dara"] == [
        ("sok-dara", "before-7", "2027-03-31", "sent"), ("sok-dara", "before-1", "2027-03-31", "sent"),
        ("sok-dara", "overdue", "2027-03-31", "sent"),
    ]  # fmt: skip


@pytest.mark.long
async def test_a_whole_year_has_good_manners(sample_network: Database) -> None:
    await run(sample_network, 365)
    found = await sent(sample_network)
    check_manners(found, await noted(sample_network))
    counts = Counter(one.chat for one in found)
    assert all(40 <= counts[chat] <= 160 for chat in COUNTRY), counts


async def test_restarts_repeat_nothing_and_lose_nothing(sample_network: Database, sample_file: object) -> None:
    await join(sample_network, PEOPLE_OF, MIDNIGHT)
    now, luck, running = MIDNIGHT, random.Random(6), fresh()
    while now <= MIDNIGHT + 14 * DAY:
        if luck.random() < 0.2:
            running = fresh()
        try:
            async with sample_network.transaction() as tx:
                await running.round(tx, now)
                if luck.random() < 0.2:
                    raise InterruptedError  # killed before the commit
        except InterruptedError:
            running = fresh()
            await once(sample_network, running, now)
        await once(sample_network, running, now)
        now += HOUR
    killed = shape(await sent(sample_network))
    async with sample_network.transaction() as tx:
        for table in ("reminders", "outbox", "facts"):
            await tx.execute(f"DELETE FROM {table}")
    await hourly(sample_network, MIDNIGHT, MIDNIGHT + 14 * DAY)
    assert killed == shape(await sent(sample_network))


async def test_a_clock_that_is_set_back_repeats_nothing(sample_network: Database) -> None:
    await run(sample_network, 7)
    before = shape(await sent(sample_network))
    await hourly(sample_network, MIDNIGHT + 2 * DAY, MIDNIGHT + 7 * DAY)
    assert shape(await sent(sample_network)) == before
    await hourly(sample_network, MIDNIGHT + 7 * DAY, MIDNIGHT + 9 * DAY)
    assert len(shape(await sent(sample_network))) > len(before)


async def test_a_moved_date_is_told_and_what_is_ahead_is_armed_again(sample_network: Database) -> None:
    await run(sample_network, 15)  # the report is due on 31 March: seven days before, it was told
    async with sample_network.transaction() as tx:
        report = await DEADLINES.get(tx, "report-activity")
        assert report is not None
        await DEADLINES.put(tx, report.model_copy(update={"due": report.due + 12 * DAY}))
    await hourly(sample_network, MIDNIGHT + 15 * DAY, MIDNIGHT + 34 * DAY)
    told = [
        (one.occasion, one.due, one.state)
        for one in await noted(sample_network)
        if one.duty == "deadline:report-activity" and one.person == "yann-delaunoy"
    ]
    assert told == [
        ("before-7", "2027-03-31", "sent"), ("before-7", "2027-04-12", "sent"), ("before-1", "2027-04-12", "sent"),
    ]  # fmt: skip
    moved = [one.text for one in await sent(sample_network) if one.chat == 103 and "La date a changé" in one.text]
    assert len(moved) == 1
    assert "c’était le mercredi 31 mars 2027, c’est désormais le lundi 12 avril 2027" in moved[0]


@pytest.mark.parametrize(("down", "expected"), [
    (timedelta(hours=2), [("before-7", "sent")]), (timedelta(days=2), [("before-7", "sent")]),
    (timedelta(days=6, hours=1), [("before-1", "sent"), ("before-7", "late")]),
    (timedelta(days=90), [("before-1", "late"), ("before-7", "late"), ("overdue", "late")]),
])  # fmt: skip
async def test_after_an_outage_what_is_of_use_goes_out_in_one_bubble_and_the_rest_is_noted(
    sample_network: Database, down: timedelta, expected: list[tuple[str, str]]
) -> None:
    await join(sample_network, {"sok-dara": 101}, MIDNIGHT)
    last = datetime(2027, 3, 24, 8, 59, tzinfo=ZoneInfo(ZONE))  # the report is due on the 31st: at nine it is told
    await hourly(sample_network, MIDNIGHT, last)
    before = len(await sent(sample_network))
    await once(sample_network, fresh(), last + down)
    (bubble,) = (await sent(sample_network))[before:]
    excuse = "សារនេះមិនអាចផ្ញើបានមុននេះទេ សូមអភ័យទោស។"
    assert bubble.text.endswith(excuse) is (down > timedelta(hours=2))
    report = [one for one in await noted(sample_network) if one.duty == "deadline:report-activity"]
    assert sorted((one.occasion, one.state) for one in report if one.due == "2027-03-31") == expected


async def test_after_an_outage_that_ends_on_a_day_off_reminders_wait_for_the_working_day(
    sample_network: Database,
) -> None:
    await join(sample_network, {"sok-dara": 101}, MIDNIGHT)
    last = datetime(2027, 3, 24, 8, tzinfo=ZoneInfo(ZONE))
    await hourly(sample_network, MIDNIGHT, last)
    running = fresh()
    await once(sample_network, running, last + 3 * DAY)  # a Saturday
    report = [one for one in await noted(sample_network) if one.duty == "deadline:report-activity"]
    assert [(one.occasion, one.state) for one in report] == [("before-7", "held")]
    await hourly(sample_network, last + 3 * DAY, last + 5 * DAY + HOUR, running)
    (told,) = [one for one in await noted(sample_network) if one.duty == "deadline:report-activity"]
    assert (told.occasion, told.state) == ("before-7", "sent")
    assert datetime.fromtimestamp(told.noted, ZoneInfo(ZONE)) == last + 5 * DAY + HOUR


async def test_who_is_new_is_not_told_what_was_before(sample_network: Database) -> None:
    await once(sample_network, fresh(), MIDNIGHT)
    now = datetime(2027, 3, 25, 10, tzinfo=ZoneInfo(ZONE))
    await hourly(sample_network, MIDNIGHT, now)
    await join(sample_network, {"sok-dara": 101}, now)
    await hourly(sample_network, now, now + DAY)
    assert [one.due for one in await noted(sample_network) if one.duty == "deadline:report-activity"] == []


async def test_quiet_hours_are_kept_when_something_falls_due_in_them(sample_network: Database) -> None:
    await join(sample_network, PEOPLE_OF, MIDNIGHT)
    async with sample_network.transaction() as tx:
        account = await accounts.find(tx, "telegram", 101, ZONE)
        assert account is not None
        await accounts.choose_quiet(tx, account.account, "20-7")
    await once(sample_network, fresh(), MIDNIGHT)
    await hourly(sample_network, MIDNIGHT + 23 * HOUR, MIDNIGHT + 32 * HOUR)  # it was down at nine
    (first, *_) = [one for one in await sent(sample_network) if one.chat == 101]
    assert first.at.astimezone(ZoneInfo(ZONE)).hour == 7


async def test_who_paused_is_reminded_from_that_day_on_of_what_is_still_of_use(sample_network: Database) -> None:
    await join(sample_network, PEOPLE_OF, MIDNIGHT)
    async with sample_network.transaction() as tx:
        account = await accounts.find(tx, "telegram", 101, ZONE)
        assert account is not None
        await accounts.pause(tx, account.account, (MIDNIGHT + 21 * DAY).date())
    await run(sample_network, 28)
    theirs = [one.at for one in await sent(sample_network) if one.chat == 101]
    assert min(theirs) == MIDNIGHT + 21 * DAY + 9 * HOUR
    assert min(one.at for one in await sent(sample_network) if one.chat == 102) < MIDNIGHT + 14 * DAY


@pytest.mark.parametrize("stance", ["done", "declined"])
async def test_who_has_done_or_declined_it_is_not_reminded(sample_network: Database, stance: str) -> None:
    async with sample_network.transaction() as tx:
        await stances.take(tx, "sok-dara", "deadline:report-activity", stance, MIDNIGHT)
    await run(sample_network, 22)
    reminded = {one.person for one in await noted(sample_network) if one.duty == "deadline:report-activity"}
    assert reminded == {"tran-thi-mai", "yann-delaunoy"}


async def test_a_colleague_is_reminded_in_place_of_who_passed_it_on(sample_network: Database) -> None:
    await join(sample_network, {"long-monirath": 104}, MIDNIGHT)
    async with sample_network.transaction() as tx:
        await stances.take(
            tx, "sok-dara", "deadline:report-activity", "passed", MIDNIGHT, colleague="long-monirath"
        )  # fmt: skip
    await run(sample_network, 22)
    reminded = {one.person for one in await noted(sample_network) if one.duty == "deadline:report-activity"}
    assert reminded == {"long-monirath", "tran-thi-mai", "yann-delaunoy"}


async def test_a_day_that_was_asked_for_is_kept_and_silence_until_then(sample_network: Database) -> None:
    async with sample_network.transaction() as tx:
        await stances.take(
            tx, "sok-dara", "deadline:report-activity", "asked", MIDNIGHT, day=date(2027, 3, 26)
        )  # fmt: skip
    await run(sample_network, 17)
    told = [one for one in await noted(sample_network) if one.duty == "deadline:report-activity"]
    assert [one.occasion for one in told if one.person == "sok-dara"] == ["asked-20270326"]


async def test_what_is_urgent_beyond_the_week_s_limit_is_audited(sample_network: Database) -> None:
    await join(sample_network, {"sok-dara": 101}, MIDNIGHT)
    await hourly(sample_network, MIDNIGHT, MIDNIGHT + 10 * DAY, fresh(a_week=1))
    async with sample_network.snapshot() as read:
        rows = await read.fetch_all("SELECT action, subject FROM audit")
    assert {tuple(row) for row in rows} == {("reminder.urgent", "sok-dara")}


async def test_what_the_week_has_no_room_for_is_told_later_once(sample_network: Database) -> None:
    await join(sample_network, {"sok-dara": 101}, MIDNIGHT)
    full: dict[tuple[str, str], int] = {}
    running = fresh(a_week=1)
    for day in range(40):
        await hourly(sample_network, MIDNIGHT + day * DAY, MIDNIGHT + (day + 1) * DAY - HOUR, running)
        for one in await noted(sample_network):
            if one.state == "full":
                full.setdefault((one.duty, one.occasion), one.noted)
    found = {(one.duty, one.occasion): one for one in await noted(sample_network)}
    bubbles = {one.key.rpartition(":")[0].rpartition(":")[0]: one.at for one in await sent(sample_network)}
    told = {key: found[key] for key in full if found[key].state == "sent"}
    assert told
    for key, one in told.items():
        assert one.bubble is not None
        assert one.noted > full[key]
        assert bubbles[one.bubble].astimezone(ZoneInfo(ZONES[101])).hour == 9
    assert len(await sent(sample_network)) == len({one.bubble for one in found.values() if one.state == "sent"})


class Counted:
    """A transaction that counts what is asked of it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx, self.statements = tx, 0

    def __getattr__(self, name: str) -> object:
        self.statements += name.startswith(("execute", "fetch"))
        return getattr(self._tx, name)


async def test_a_minute_in_which_nothing_can_be_due_reads_two_rows(sample_network: Database) -> None:
    await join(sample_network, PEOPLE_OF, MIDNIGHT)
    running = fresh()
    await once(sample_network, running, MIDNIGHT)
    async with sample_network.transaction() as tx:
        counted = Counted(tx)
        assert not await running.round(cast("Transaction", counted), MIDNIGHT + timedelta(minutes=1))
    assert counted.statements == 2


async def test_a_round_with_nothing_due_changes_nothing(sample_network: Database) -> None:
    await run(sample_network, 1)
    async with sample_network.snapshot() as read:
        before = await reminders.place(read)
    await once(sample_network, fresh(), MIDNIGHT + DAY + timedelta(minutes=1))
    async with sample_network.snapshot() as read:
        assert await reminders.place(read) == before
