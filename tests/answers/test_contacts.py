from __future__ import annotations

import pytest

from bot.answers.contacts import (
    Contact,
    coordinators,
    countries,
    may_reach,
    of_organisation,
    of_theme,
    organisations,
)
from storage.database import Database
from storage.network import ORGANISATIONS, PEOPLE, THEMES
from tests.answers.visibility import MAY_SEE, somebody

REACH = {
    "stranger": False, "gwenael-lucas-brun": False, "agathe-brisson": False, "touch-sreyleak": True,
    "tran-thi-mai": True, "khamla-souvanna": True, "juliette-aubertin": True, "helene-marchand": True,
}  # fmt: skip
"""Members may see names and addresses; guests, partners and strangers may not."""


def shown(contact: Contact) -> tuple[str, str | None, str | None, int | None, int]:
    """What could tell who it is."""
    person = contact.person
    return person.name, person.email, person.phone, person.telegram_id, len(person.languages)


@pytest.mark.parametrize("code", MAY_SEE)
async def test_people_are_named_to_members_only(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        assert may_reach(reader) == REACH[code]
        everybody = await PEOPLE.all(read)
        for place in await ORGANISATIONS.all(read):
            answer = await of_organisation(read, reader, place.id)
            assert answer is not None
            to_call = ("partner",) if place.membership == "partner" else ("focal_point",)
            focal = [one for one in everybody if one.organisation == place.code and one.role in to_call]
            assert [one.person.function for one in answer.contacts] == [
                one.function for one in sorted(focal, key=lambda one: one.name)
            ]
            assert answer.may_join == (code == "stranger")
            if not REACH[code]:
                assert answer.others == ()
                assert [shown(one) for one in answer.contacts] == [("", None, None, None, 0)] * len(focal)
                assert not any(one.reachable or one.person.code != "hidden" for one in answer.contacts)
            else:
                assert [one.person for one in answer.contacts] == sorted(focal, key=lambda one: one.name)
                assert all(one.reachable for one in (*answer.contacts, *answer.others))


@pytest.mark.parametrize("code", MAY_SEE)
async def test_themes_name_focal_points_to_members_only(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        reader = await somebody(read, code)
        everybody = await PEOPLE.all(read)
        for theme in (await countries(read)).themes:
            answer = await of_theme(read, reader, theme.id)
            assert answer is not None
            follow = {one.code for one in everybody if one.role == "focal_point" and theme.code in one.themes}
            assert (len(answer.contacts), answer.coordinators) == (len(follow), ())
            if REACH[code]:
                assert {one.person.code for one in answer.contacts} == follow
            else:
                assert {shown(one) for one in answer.contacts} == {("", None, None, None, 0)}


async def test_vacant_city_shows_the_coordination(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        kampot = await ORGANISATIONS.get(read, "kampot")
        assert kampot is not None
        for_strangers = await of_organisation(read, await somebody(read, "stranger"), kampot.id)
        for_members = await of_organisation(read, await somebody(read, "tran-thi-mai"), kampot.id)
    assert for_strangers is not None
    assert for_members is not None
    assert (for_strangers.contacts, for_strangers.others, for_members.contacts) == ((), (), ())
    assert [one.person.code for one in for_members.others] == ["touch-sreyleak"]
    assert [one.person.name for one in for_members.coordinators] == [
        "Chea Sokunthea (ជា សុគន្ធា)", "Hélène Marchand",
    ]  # fmt: skip
    assert [shown(one)[:3] for one in for_strangers.coordinators] == [
        ("", "chea.sokunthea@relais.example.org", None), ("", "helene.marchand@relais.example.org", None),
    ]  # fmt: skip


async def test_secretariat_stands_once(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        secretariat = await ORGANISATIONS.get(read, "secretariat")
        assert secretariat is not None
        answer = await of_organisation(read, await somebody(read, "tran-thi-mai"), secretariat.id)
        alone = await coordinators(read, await somebody(read, "tran-thi-mai"))
    assert answer is not None
    assert (answer.contacts, answer.others, answer.coordinators) == ((), (), alone)


async def test_countries_count_members_and_guests(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        answer = await countries(read)
        places = [one for one in await ORGANISATIONS.all(read) if one.membership != "partner"]
        counted = {country: len([one for one in places if one.country == country]) for country, _ in answer.countries}
        for country, count in answer.countries:
            first = await organisations(read, country, 0)
            assert first is not None
            pages = [await organisations(read, country, number) for number in range(first.pages)]
            assert sum(len(page.organisations) for page in pages if page) == count
    assert dict(answer.countries) == counted
    assert sum(counted.values()) == len(places)


async def test_what_is_not_there_is_no_answer(sample_network: Database) -> None:
    async with sample_network.snapshot() as read:
        nobody = await somebody(read, "stranger")
        assert await organisations(read, "MG", 0) is None
        assert await organisations(read, "", 0) is None
        assert await of_organisation(read, nobody, 0) is None
        assert await of_theme(read, nobody, 10**14) is None
        far = await organisations(read, "FR", 10**9)
    assert far is not None
    assert (far.page, len(far.organisations) > 0) == (far.pages - 1, True)


async def test_theme_that_nobody_follows_shows_the_coordination(sample_network: Database) -> None:
    async with sample_network.transaction() as write:
        theme = await THEMES.get(write, "water")
        assert theme is not None
        await THEMES.put(write, theme.model_copy(update={"code": "wind"}))
        wind = await THEMES.get(write, "wind")
        assert wind is not None
        answer = await of_theme(write, await somebody(write, "tran-thi-mai"), wind.id)
        themes = [one.code for one in (await countries(write)).themes]
    assert answer is not None
    assert (answer.contacts, len(answer.coordinators), "wind" in themes) == ((), 2, False)
