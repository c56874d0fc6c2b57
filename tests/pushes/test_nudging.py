from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.personal import Personal
from bot.pushes.nudging import Nudging
from bot.pushes.ready import WEEK, had
from bot.watch.composing import Composing
from bot.watch.sharing import Sharing
from storage import accounts, issues, reminders
from storage.database import Database
from tests.pushes.reminding import CATALOGUES, Sent, join, sent
from tests.support.sample import ZONE

HERE, FRANCE = ZoneInfo(ZONE), ZoneInfo("Europe/Paris")
SERVED = ("telegram",)
COORDINATORS = {"helene-marchand": 301, "chea-sokunthea": 302}
"""One in France, one in Cambodia."""
QUARTER = timedelta(minutes=15)


def fresh() -> Nudging:
    """The rounds, as after a start of the assistant."""
    return Nudging(Personal(SERVED, ZONE, "en"), Composing(ZONE, "en"), Sharing(ZONE, "en", SERVED), CATALOGUES)


async def go(database: Database, first: datetime, last: datetime, nudging: Nudging | None = None) -> None:
    """A round every quarter of an hour."""
    rounds, now = nudging or fresh(), first
    while now <= last:
        async with database.transaction() as tx:
            await rounds.round(tx, now)
        now += QUARTER


async def nudges(database: Database) -> list[tuple[str, int, str]]:
    """What was queued: which occasion, to which chat, when on that chat's clock."""
    zones = {301: FRANCE, 302: HERE}
    return [
        (one.key.partition(":")[2].rpartition(":")[0].rpartition(":")[0], one.chat,
         f"{one.at.astimezone(zones[one.chat]):%m-%d %H:%M}")
        for one in await all_sent(database)
    ]  # fmt: skip


async def all_sent(database: Database) -> list[Sent]:
    return await sent(database, "issue:")


async def state_of(database: Database, month: str) -> str | None:
    async with database.snapshot() as read:
        kept = await issues.of_month(read, month)
        return kept.state if kept else None


@pytest.fixture
async def network(sample_network: Database) -> Database:
    await join(sample_network, COORDINATORS, datetime(2027, 3, 10, 9, tzinfo=HERE))
    async with sample_network.transaction() as tx:
        await tx.execute("UPDATE people SET organisation = 'le-havre' WHERE code = 'helene-marchand'")
    return sample_network


MONDAY = datetime(2027, 3, 29, 0, tzinfo=HERE)


async def test_an_issue_that_waits_is_told_of_three_working_days_before_and_on_the_eve_at_nine(
    network: Database,
) -> None:
    await go(network, datetime(2027, 3, 20, tzinfo=HERE), datetime(2027, 4, 2, tzinfo=HERE))
    assert await nudges(network) == [
        ("2027-04:soon", 301, "03-26 09:00"),  # the 29th is Easter Monday in France
        ("2027-04:soon", 302, "03-29 09:00"),
        ("2027-04:eve", 302, "03-31 09:00"),
        ("2027-04:eve", 301, "03-31 09:00"),
    ]
    french, khmer, *_ = (one.text for one in await all_sent(network))
    assert "Personne ne l’a encore approuvée. Premier départ prévu le jeudi 1er avril 2027 (dans 6 jours)" in french
    assert "Traductions manquantes" in french
    assert "មិនទាន់មានអ្នកណាអនុម័តទេ" in khmer


async def test_a_restart_or_a_clock_set_back_tells_nothing_twice(network: Database) -> None:
    for _ in range(3):
        await go(network, MONDAY, MONDAY + timedelta(days=2))
    assert [what for what, _, _ in await nudges(network)].count("2027-04:soon") == len(COORDINATORS)


async def test_it_does_not_count_among_the_reminders_of_a_week(network: Database) -> None:
    now = MONDAY + timedelta(days=3)
    await go(network, MONDAY, now)
    async with network.snapshot() as tx:
        noted = await reminders.of_people(tx, list(COORDINATORS), [], now - WEEK)
    assert {one.state for one in noted} == {"nudged"}
    assert had(noted, ZONE, now) == 0


async def test_an_issue_that_is_approved_is_not_told_of(network: Database) -> None:
    async with network.transaction() as tx:
        one = await Composing(ZONE, "en").current(tx, MONDAY)
        content = one.content.model_dump_json()
        assert await issues.approve(tx, one.id, one.version, content, "Hélène", MONDAY + timedelta(days=3), MONDAY)
    await go(network, MONDAY, MONDAY + timedelta(days=4))
    assert await nudges(network) == []


async def test_an_issue_that_was_missed_is_told_of_once(network: Database) -> None:
    await go(network, MONDAY, MONDAY + timedelta(days=40))
    told = [one for one in await nudges(network) if one[0] == "2027-04:missed"]
    assert told == [("2027-04:missed", 302, "05-03 09:00"), ("2027-04:missed", 301, "05-03 09:00")]
    assert await state_of(network, "2027-04") == "missed"
    assert "Personne ne l’a approuvée" in next(
        one.text for one in await all_sent(network) if "04:missed" in one.key and one.chat == 301
    )


async def test_quiet_hours_are_kept(network: Database) -> None:
    async with network.transaction() as tx:
        account = await accounts.find(tx, "telegram", 302, ZONE)
        assert account is not None
        await accounts.choose_quiet(tx, account.account, "20-7")
    evening = datetime(2027, 3, 31, 20, 15, tzinfo=HERE)
    await go(network, evening, datetime(2027, 4, 1, 8, 45, tzinfo=HERE))
    assert [one for one in await nudges(network) if one[1] == 302] == []


async def test_with_nobody_to_get_it_nothing_is_said(network: Database) -> None:
    async with network.transaction() as tx:
        await tx.execute("UPDATE accounts SET unreachable = 1 WHERE address = 302")
        for table in ("events", "deadlines", "news", "documents", "forms", "questions"):
            await tx.execute(f"DELETE FROM {table}")
    await go(network, MONDAY, MONDAY + timedelta(days=4))
    assert await nudges(network) == []
    assert await state_of(network, "2027-04") is None
