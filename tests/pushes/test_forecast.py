from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.answers import duties
from bot.network.duties import Alike
from bot.pushes.forecast import Forecasting
from bot.texts.forecast import Forecast, Reminders
from storage import accounts, recipients, stances
from storage.database import Database
from storage.network import DEADLINES, ORGANISATIONS, PEOPLE
from tests.pushes.reminding import HOUR, PEOPLE_OF, fresh, hourly, join
from tests.support.sample import NOW, ZONE

MIDNIGHT = NOW.replace(hour=0)
DAY = timedelta(days=1)
MONTH = MIDNIGHT + 30 * DAY
Told = tuple[str, datetime, tuple[tuple[str, str, str], ...]]
"""Who, when, and of what: duty, occasion and day."""


async def foreseen(
    database: Database, now: datetime, until: datetime = MONTH, a_week: int = 3
) -> tuple[Forecast, Counter[Told]]:
    forecast = await Forecasting(ZONE, "en", ("telegram",), a_week).forecast(database, now, until)
    found: Counter[Told] = Counter()
    for one, going in forecast.sent():
        if isinstance(going.what, Reminders):
            parts = tuple(sorted((o.duty.key, o.occasion.name, o.occasion.day.isoformat()) for o in going.what.told))
            found[one.reader.person or "", going.at.astimezone(UTC), parts] += 1
    return forecast, found


async def happened(database: Database, since: datetime) -> Counter[Told]:
    """What the rounds have told from that moment on; of several occasions of one duty the last."""
    async with database.snapshot() as read:
        rows = await read.fetch_all(
            "SELECT person, noted, duty, occasion, due FROM reminders WHERE state = 'sent' AND noted >= $1",
            int(since.timestamp()),
        )
    order = {"hours": 1, "overdue": 2, "after": 3}
    told: dict[tuple[str, int], dict[str, tuple[str, str, str]]] = {}
    for row in sorted(rows, key=lambda row: (order.get(row[3], 0), -int(f"{row[3]}-0".split("-")[1]))):
        told.setdefault((row[0], row[1]), {})[row[2]] = (row[2], row[3], row[4])
    return Counter(
        (person, datetime.fromtimestamp(at, UTC), tuple(sorted(parts.values()))) for (person, at), parts in told.items()
    )


async def everybody(database: Database, now: datetime) -> int:
    """Give everybody of the sample a chat."""
    async with database.snapshot() as read:
        codes = [one.code for one in await PEOPLE.all(read) if one.code not in PEOPLE_OF]
    await join(database, {**PEOPLE_OF, **{code: 1_000 + place for place, code in enumerate(codes)}}, now)
    return len(codes) + len(PEOPLE_OF)


async def quiet(database: Database, chat: int, hours: str) -> None:
    async with database.transaction() as tx:
        account = await accounts.find(tx, "telegram", chat, ZONE)
        assert account is not None
        await accounts.choose_quiet(tx, account.account, hours)


@pytest.mark.parametrize("a_week", [1, 3])
async def test_the_forecast_of_a_month_is_what_the_rounds_tell(sample_network: Database, a_week: int) -> None:
    """Across Khmer New Year and the Hùng Kings' day, with weeks that are full a chosen silence and a pause."""
    await everybody(sample_network, MIDNIGHT)
    await quiet(sample_network, 103, "20-7")
    async with sample_network.transaction() as tx:
        somebody = await accounts.find(tx, "telegram", 1_003, ZONE)
        assert somebody is not None
        await accounts.pause(tx, somebody.account, (MIDNIGHT + 12 * DAY).date())
        await stances.take(
            tx, "sok-dara", "deadline:report-activity", "asked", MIDNIGHT, day=(MIDNIGHT + 9 * DAY).date()
        )
        await stances.take(tx, "tran-thi-mai", "deadline:report-activity", "declined", MIDNIGHT)
    _, found = await foreseen(sample_network, MIDNIGHT, MIDNIGHT + 45 * DAY, a_week)
    await hourly(sample_network, MIDNIGHT, MIDNIGHT + 45 * DAY, fresh(a_week=a_week))
    assert found == await happened(sample_network, MIDNIGHT)
    assert len({person for person, _, _ in found}) > 30


async def test_dues_that_end_on_the_way_are_foreseen(sample_network: Database) -> None:
    await everybody(sample_network, MIDNIGHT)
    ends = (MIDNIGHT + 12 * DAY).date()
    async with sample_network.transaction() as tx:
        for place, one in enumerate(await ORGANISATIONS.all(tx)):
            await ORGANISATIONS.put(tx, one.model_copy(update={"dues_paid_until": ends if place % 2 else None}))
        for one in await DEADLINES.all(tx):
            if one.audience == "members":
                await DEADLINES.put(tx, one.model_copy(update={"audience": "members_paid"}))
    _, found = await foreseen(sample_network, MIDNIGHT)
    await hourly(sample_network, MIDNIGHT, MONTH)
    assert found == await happened(sample_network, MIDNIGHT)
    about = [(at.date(), duty) for _, at, parts in found for duty, _, _ in parts]
    async with sample_network.snapshot() as read:
        paid = {f"deadline:{one.code}" for one in await DEADLINES.all(read) if one.audience == "members_paid"}
    assert {day <= ends for day, duty in about if duty in paid} == {True}
    assert {day <= ends for day, duty in about if duty not in paid} == {True, False}


async def test_a_forecast_in_the_middle_of_a_month_knows_what_was_told(sample_network: Database) -> None:
    await everybody(sample_network, MIDNIGHT)
    luck, running, now = random.Random(11), fresh(a_week=2), MIDNIGHT
    for _ in range(4):
        until = now + luck.randrange(3, 9) * DAY + luck.randrange(24) * HOUR
        await hourly(sample_network, now, until, running)
        now = until + HOUR
        _, found = await foreseen(sample_network, now, MONTH + 15 * DAY, 2)
        assert min((at for _, at, _ in found), default=now) >= now
    await hourly(sample_network, now, MONTH + 15 * DAY, running)
    assert found == await happened(sample_network, now)


async def test_those_whom_the_forecast_takes_for_alike_are_awaited_for_the_same(sample_network: Database) -> None:
    await everybody(sample_network, MIDNIGHT)
    luck, said = random.Random(7), ("done", "declined", "passed")
    async with sample_network.transaction() as tx:
        every = await duties.every(tx, NOW)
        people = await recipients.everybody(tx, ZONE, "en")
        for _ in range(60):
            one, duty, stance = luck.choice(people).reader, luck.choice(every), luck.choice(said)
            mates = [each.reader.person for each in people if each.reader.organisation == one.organisation]
            colleague = luck.choice(mates) if stance == "passed" else None
            await stances.take(tx, one.person or "", duty.key, stance, NOW, colleague=colleague)
        views = await duties.standing(tx, every, None)
    alike, fates = Alike(every, views), dict[object, set[object]]()
    for person in people:
        reader = person.reader
        for twin in (reader, reader.model_copy(update={"person": "twin-of-nobody", "name": "Twin"})):
            fate = tuple(one.key for one in every if views.is_awaited(one, twin, NOW.date(), one.day("UTC")))
            fates.setdefault(alike.of(twin), set()).add(fate)
    assert {len(found) for found in fates.values()} == {1}
    assert len(fates) < 2 * len(people)


async def test_what_a_long_silence_left_is_foreseen(sample_network: Database) -> None:
    """Down for five days: what is still of use goes out at the next start, and the rest as ever."""
    await everybody(sample_network, MIDNIGHT)
    await hourly(sample_network, MIDNIGHT, MIDNIGHT + 3 * DAY)
    start = MIDNIGHT + 8 * DAY + 11 * HOUR
    _, found = await foreseen(sample_network, start, start + 14 * DAY)
    assert any(at == start for _, at, _ in found)
    await hourly(sample_network, start, start + 14 * DAY)
    assert found == await happened(sample_network, start)
