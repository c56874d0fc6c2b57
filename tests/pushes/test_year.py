"""A whole year of an invented network, hour by hour, beside a naive calculation of what must have been said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from storage.database import Database
from tests.pushes.year_agreed import agreed, manners
from tests.pushes.year_run import live
from tests.pushes.year_story import START, story
from tests.pushes.year_tables import fill

SCRIPTS = {"km": re.compile("[\u1780-\u17ff]"), "lo": re.compile("[\u0e80-\u0eff]")}


@pytest.mark.parametrize(
    ("seed", "people", "cities", "days"),
    [(7, 30, 8, 92), pytest.param(6, 500, 30, 365, marks=pytest.mark.long)],
    ids=["a quarter of thirty people", "a year of five hundred"],
)
async def test_what_must_be_said_is_said_once_and_nothing_else(
    file: Database, seed: int, people: int, cities: int, days: int
) -> None:
    told = story(seed, people=people, cities=cities, days=days)
    await fill(file, told.network, START - timedelta(hours=1))
    found = await live(file, told)
    assert agreed(told, found) == ([], [], [])
    assert manners(found, told) == []
    for one in found:
        person = next(each for each in told.people.values() if each.chat == one.chat)
        if person.chosen is None and len(person.languages) == 1 and person.code not in told.changing:
            written = {code for code, script in SCRIPTS.items() if script.search(one.text)}
            assert written <= {person.language}
            assert (person.language in written) == (person.language in SCRIPTS)
    print(
        f"{people} people, {days} days: {sum(not one.is_watch for one in found)} bubbles of reminders,"
        f" {sum(one.is_watch for one in found)} of the watch, each once"
    )
