from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.forms.library import Library
from storage.database import Database
from storage.network import EVENTS, ORGANISATIONS
from tests.forms.small import form, question
from tests.handlers.filling import put
from tests.storage.rows import HUE, MEETING


async def test_limits_follow_the_event_when_it_moves(database: Database) -> None:
    arrival = question("arrival", 1, "date", at_least="event_start-1d", at_most="event_end")
    async with database.transaction() as tx:
        await ORGANISATIONS.put(tx, HUE)
        await EVENTS.put(tx, MEETING)
    await put(database, form(event=MEETING.code), (arrival,))
    library = Library()
    begins = datetime(2027, 5, 18, 1, tzinfo=UTC)
    found = []
    for days in (0, 7):
        moved = {"begins": begins + timedelta(days), "ends": begins + timedelta(days + 1), "all_day": False}
        async with database.transaction() as tx:
            await EVENTS.put(tx, MEETING.model_copy(update={**moved, "time_zone": "Asia/Phnom_Penh"}))
            one = await library.get(tx, "visit")
            assert one is not None
            assert await library.get(tx, "visit") is one
            assert [each.fields for each in await library.every(tx)] == [one.fields]
        found.append((one.fields[0].least, one.fields[0].most))
    assert found == [(date(2027, 5, 17), date(2027, 5, 19)), (date(2027, 5, 24), date(2027, 5, 26))]
