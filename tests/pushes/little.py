"""Five people of five cities, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.database import Database
from tests.pushes.year_network import COUNTRIES, City, Matter, Network, Somebody, at, midnight_after
from tests.pushes.year_run import Arrived, Hands, Ledger, Runner, arrived
from tests.pushes.year_tables import enact

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PARIS, PHNOM_PENH = "Europe/Paris", "Asia/Phnom_Penh"
SOPHEAP, MARIE = "person-0", "person-3"
"""A focal point in Cambodia, in Khmer; one in France, in French."""


class Little:
    """Five people of five cities, one a language, and a clock that is moved."""

    def __init__(self, database: Database, *matters: Matter) -> None:
        self.database, self.clock = database, Hands(datetime(2027, 1, 4, tzinfo=UTC))
        cities = [City(f"city-{number}", *COUNTRIES[number][:2], True, None) for number in range(5)]
        languages = ("km", "vi", "lo", "fr", "en")
        people = {
            f"person-{number}": Somebody(f"person-{number}", number + 1, city, "focal_point", (languages[number],))
            for number, city in enumerate(cities)
        }
        self.network = Network(cities, people, {one.key: one for one in matters})
        self.ledger = Ledger(self.clock)
        self.start()

    def start(self) -> None:
        """Begin anew, as after a kill."""
        self.runner = Runner(self.database, self.clock, self.ledger)

    async def run(self, first: datetime, last: datetime, step: timedelta = HOUR) -> None:
        """Run from one moment to another, both included."""
        now = first
        while now <= last:
            self.clock.set(now)
            await self.runner.rounds()
            await self.runner.send()
            now += step

    async def does(self, *act: object) -> None:
        async with self.database.transaction() as tx:
            await enact(tx, self.network, act, self.clock.now())

    async def mornings(self, first: date, last: date) -> None:
        """Run at nine o'clock of Phnom Penh, Paris and Montreal of these days, both included."""
        for day in range((last - first).days + 1):
            for zone in (PHNOM_PENH, PARIS, "America/Montreal"):
                nine = at(first + timedelta(days=day), 9, zone)
                await self.run(nine, nine)

    def has(self, person: str) -> list[Arrived]:
        return [one for one in arrived(self.ledger.lines) if one.chat == self.network.people[person].chat]

    def when(self, person: str) -> list[str]:
        """When something arrived, by the person's clock."""
        zone = ZoneInfo(self.network.people[person].zone)
        return [f"{one.at.astimezone(zone):%m-%d %H:%M}" for one in self.has(person)]


Make = Callable[..., Awaitable[Little]]


def report(due: date, **more: object) -> Matter:
    """Something that every city does, until the end of a day in Phnom Penh."""
    known = Matter(
        "deadline", "m001", midnight_after(due, PHNOM_PENH), True, PHNOM_PENH, row_kind="hotel", own_offsets=True
    )
    return replace(known, **more)
