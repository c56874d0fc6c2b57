from __future__ import annotations

from datetime import date, timedelta

from bot.network.duties import Stance
from storage import reminders, stances
from storage.database import Database
from storage.network import EVENTS, PEOPLE
from storage.reminders import Noted
from tests.pushes.reminding import PEOPLE_OF, hourly, join, sent
from tests.support.sample import NOW, sample

TOLD = Noted("sok-dara", "deadline:report", "before-7", "2027-03-31", "sent", int(NOW.timestamp()), "reminder:1")


async def test_both_databases_remind_alike(database: Database) -> None:
    await sample(database)
    await join(database, PEOPLE_OF, NOW)
    await hourly(database, NOW, NOW + timedelta(days=2))
    assert [(one.chat, one.key.split(":")[2]) for one in await sent(database)] == [
        (101, "reg-webinar-open-data"), (103, "reg-webinar-open-data"), (102, "reg-siem-reap-tourism"),
        (101, "watch-1"), (102, "watch-1"),
    ]  # fmt: skip


async def test_what_was_noted_stays_as_it_was(database: Database) -> None:
    async with database.transaction() as tx:
        await reminders.note(tx, [TOLD, TOLD._replace(state="late")])
        await reminders.note(tx, [TOLD._replace(state="full")])
        later = NOW + timedelta(days=9)
        assert await reminders.of_people(tx, ["sok-dara", "x"], ["deadline:report"], later) == [TOLD]
        assert await reminders.of_people(tx, ["sok-dara"], [], later) == []
        assert await reminders.of_people(tx, ["sok-dara"], [], NOW) == [TOLD]
        assert await reminders.of_people(tx, [], ["deadline:report"], NOW) == []


async def test_a_stance_takes_the_place_of_the_one_before_and_can_be_taken_back(database: Database) -> None:
    await sample(database)
    async with database.transaction() as tx:
        await stances.take(tx, "sok-dara", "d", "asked", NOW, day=date(2027, 3, 12))
        day = date(2027, 3, 12)
        zone = "Asia/Phnom_Penh"
        assert await reminders.zones_asked(tx, date(2027, 3, 11), day, "UTC") == {(zone, day)}
        assert await reminders.zones_asked(tx, date(2027, 3, 13), date(2027, 3, 14), "UTC") == set()
        assert await stances.asked_by(tx, ["sok-dara", "long-monirath"]) == {"d"}
        assert await stances.asked_by(tx, ["long-monirath"]) == set()
        await stances.take(tx, "sok-dara", "d", "passed", NOW, colleague="long-monirath")
        expected = Stance("sok-dara", "phnom-penh", "d", "passed", None, "long-monirath")
        assert await stances.about(tx, ["d", "e"], [], ["phnom-penh"]) == [expected]
        assert await stances.about(tx, ["d"], ["sok-dara"], ["hue"]) == [expected]
        assert await stances.about(tx, ["d"], ["long-monirath"], ["hue"]) == []
        monirath = await PEOPLE.get(tx, "long-monirath")
        assert monirath is not None
        await PEOPLE.put(tx, monirath.model_copy(update={"organisation": "hue"}))
        assert await stances.about(tx, ["d"], ["sok-dara"], []) == [
            expected._replace(colleague=None)
        ]  # a colleague no longer
        await stances.take_back(tx, "sok-dara", "d")
        assert await stances.about(tx, ["d"], ["sok-dara"], []) == []
        await stances.take(tx, "sok-dara", "d", "done", NOW)
        await stances.take_back(tx, "sok-dara", "d", but_done=True)
        assert [one.stance for one in await stances.about(tx, ["d"], ["sok-dara"], [])] == ["done"]


async def test_the_print_of_the_tables_changes_with_a_day(database: Database) -> None:
    await sample(database)
    async with database.transaction() as tx:
        before = await reminders.print_of_tables(tx)
        assert await reminders.print_of_tables(tx) == before
        event = await EVENTS.get(tx, "focal-points-call")
        assert event is not None
        await EVENTS.put(tx, event.model_copy(update={"begins": event.begins + timedelta(hours=1)}))
        assert await reminders.print_of_tables(tx) != before
        other = next(one for one in await EVENTS.all(tx) if one.code != event.code)
        await EVENTS.put(tx, other.model_copy(update={"begins": other.begins - timedelta(hours=1)}))
        assert await reminders.print_of_tables(tx) != before  # though the sum of all days is the same
