"""What computing 30 days ahead costs, reminders and the watch: ``python -m bench.watch.forecast PEOPLE HOME``."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

import uvloop

from bench.watch.measuring import Stretch
from bot.answers import duties
from bot.pushes.forecast import Forecasting
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.support.sample import NOW, ZONE, sample_database

TWENTY = 20
"""People an organisation."""
DAYS = timedelta(days=30)


async def network(home: Path, count: int) -> Database:
    """Make the sample network with ``count`` more people: like the sample's in turn, in organisations like its own.

    Each has had two reminders this week and five before; of twenty, one has declined something and four have answered a
    form.
    """
    database = await sample_database(home)
    people = ", ".join(PEOPLE.columns)
    places = ", ".join(ORGANISATIONS.columns)
    changed = {
        "code": "'bench-' || n.i", "telegram_id": "100000 + n.i", "email": "NULL", "phone": "NULL",
        "organisation": f"'bench-' || (n.i / {TWENTY})",
    }  # fmt: skip
    numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)"
    week, long_ago = int((NOW - timedelta(days=2)).timestamp()), int((NOW - timedelta(days=20)).timestamp())
    async with database.transaction() as tx:
        for table in ("organisations", "people"):
            await tx.execute(
                f"CREATE TEMP TABLE like_{table} AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id"
                f" FROM {table} WHERE {'role' if table == 'people' else 'membership'} <> 'coordinator'"
            )
        await tx.execute_long(
            f"{numbers} INSERT INTO organisations ({places})"
            f" SELECT {', '.join({'code': changed['code']}.get(one, f'o.{one}') for one in ORGANISATIONS.columns)}"
            " FROM n JOIN like_organisations AS l ON l.place = n.i % (SELECT count(*) FROM like_organisations)"
            " JOIN organisations AS o ON o.id = l.id",
            count // TWENTY + 1,
        )
        await tx.execute_long(
            f"{numbers} INSERT INTO people ({people})"
            f" SELECT {', '.join(changed.get(column, f'p.{column}') for column in PEOPLE.columns)}"
            " FROM n JOIN like_people AS l ON l.place = n.i % (SELECT count(*) FROM like_people)"
            " JOIN people AS p ON p.id = l.id",
            count,
        )
        await tx.execute_long(
            "INSERT INTO accounts (channel, address, name, language, language_chosen, digits, first_seen)"
            " SELECT 'telegram', telegram_id, name, substr(languages, 3, 2), 0, 'latin', 0 FROM people"
            " WHERE code LIKE 'bench-%'"
        )
        for number, (noted, occasion) in enumerate([(week, "before-7")] * 2 + [(long_ago, "before-30")] * 5):
            await tx.execute_long(
                "INSERT INTO reminders (person, duty, occasion, due, state, noted, bubble)"
                " SELECT p.code, 'deadline:' || d.code, $1, '2027-04-01', 'sent', $2, 'reminder:' || d.code"
                " FROM people AS p JOIN (SELECT code FROM deadlines ORDER BY code LIMIT 1 OFFSET $3) AS d"
                " WHERE p.code LIKE 'bench-%'",
                occasion, noted, number,
            )  # fmt: skip
        await tx.execute_long(
            "INSERT INTO stances (person, duty, stance, given) SELECT code, 'deadline:report-activity', 'declined', 0"
            f" FROM people WHERE code LIKE 'bench-%' AND id % {TWENTY} = 0"
        )
        await tx.execute_long(
            "INSERT INTO answered (form, owner) SELECT 'survey', 'p:' || code FROM people"
            " WHERE code LIKE 'bench-%' AND id % 5 = 0"
        )
    return database


async def measured(count: int, home: Path) -> dict[str, float]:
    """Return what the forecast of so many people took, and what it found."""
    database = await network(home, count)
    forecasting = Forecasting(ZONE, "en", ("telegram",), 3)
    async with database.snapshot() as read:
        some = await duties.every(read, NOW)
    with Stretch() as stretch:
        found = await forecasting.forecast(database, NOW, NOW + DAYS)
    sent = list(found.sent())
    await database.close()
    return {
        **stretch.figures, "bubbles": len(sent), "lines": len(found.lines),
        "reached": len({one.reader.person for one, _ in sent}),
        "duties": sum(1 for one in some if NOW < one.due < NOW + 2 * DAYS),
        "languages": len({one.reader.language for one, _ in sent}),
        "zones": len({one.reader.time_zone for one, _ in sent}),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(uvloop.run(measured(int(sys.argv[1]), Path(sys.argv[2])))))
