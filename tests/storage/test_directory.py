from __future__ import annotations

import pytest

from storage import directory
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE
from tests.storage.rows import BREST, HUE, MAI


@pytest.fixture
async def two_cities(database: Database) -> Database:
    """Two people of Huế, one of Brest."""
    khoa = {"code": "khoa", "name": "Khoa", "role": "member", "themes": ("urban_planning",), "telegram_id": None}
    anne = {"code": "anne", "name": "Anne", "organisation": "brest", "telegram_id": None}
    async with database.transaction() as write:
        for place in (HUE, BREST):
            await ORGANISATIONS.put(write, place)
        for person in (MAI, MAI.model_copy(update=khoa), MAI.model_copy(update=anne)):
            await PEOPLE.put(write, person)
    return database


async def test_organisations_are_found_by_country_and_membership(two_cities: Database) -> None:
    async with two_cities.snapshot() as read:
        found = [
            [one.code for one in await directory.organisations(read, **wanted)]
            for wanted in ({}, {"country": "VN"}, {"membership": "guest"}, {"country": "VN", "membership": "guest"})
        ]
    assert found == [["brest", "hue"], ["hue"], ["brest"], []]


async def test_people_are_found_by_organisation_country_theme_and_role(two_cities: Database) -> None:
    async with two_cities.snapshot() as read:
        found = [
            [one.code for one in await directory.people(read, **wanted)]
            for wanted in (
                {},
                {"organisation": "hue"},
                {"country": "FR"},
                {"theme": "urban_planning"},
                {"theme": "water", "roles": ("focal_point",), "country": "VN"},
                {"roles": ()},
            )
        ]
    assert found == [["anne", "khoa", "mai"], ["khoa", "mai"], ["anne"], ["khoa"], ["mai"], []]
