from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.arrivals import arrival_code
from storage import arrivals
from storage.submissions import Submission
from tests.forms.test_rosters import delegation
from tests.handlers.filling import begin, last, put, send_of, sent, started
from tests.handlers.test_form_results import number
from tests.handlers.test_form_rosters import MAI, SOK, send_sheet
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH
from tests.support.whole import do_owed

COORDINATOR = CAMILLE


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        definition = delegation()
        async with running.database.transaction() as write:
            await write.execute("DELETE FROM questions")
        asked = [one.question for one in definition.fields if one.kind != "file"]
        await put(running.database, definition.form, tuple(asked))
        for who in (JOHN, LINH, COORDINATOR):
            await running.say("/language", who)
            await running.tap("English", who)
        await begin(running, "yes")
        await send_sheet(running, tmp_path, MAI, SOK)
        await running.tap_data(send_of(running))
        yield running


async def only(bot: TestBot) -> Submission:
    (one,) = await sent(bot)
    return one


async def came(bot: TestBot) -> set[int]:
    one = await only(bot)
    async with bot.database.snapshot() as read:
        return set(await arrivals.of_submission(read, one.id))


async def test_each_person_of_a_delegation_arrives_alone(bot: TestBot) -> None:
    one = await only(bot)
    await bot.say(f"/start {arrival_code(one, 2)}", COORDINATOR)
    assert last(bot, COORDINATOR) == ("✓ Sok Dara has arrived · Visit\nOf this delegation 1 of 2 have arrived")
    await bot.say(f"/start {arrival_code(one, 2)}", COORDINATOR)
    assert "had already been noted" in last(bot, COORDINATOR)
    assert await came(bot) == {2}


async def test_badge_of_a_whole_delegation_shows_its_people_to_tap(bot: TestBot) -> None:
    one = await only(bot)
    await bot.say(f"/start {arrival_code(one, 0)}", COORDINATOR)
    assert "1. Trần Thị Mai\n2. Sok Dara" in last(bot, COORDINATOR)
    await bot.tap("1", COORDINATOR)
    assert "✓ Trần Thị Mai has arrived" in last(bot, COORDINATOR)
    await bot.tap("See the delegation", COORDINATOR)
    assert "1. Trần Thị Mai · ✓ 9 am\n2. Sok Dara" in last(bot, COORDINATOR).replace("09:00", "9 am")
    assert bot.phone(COORDINATOR).last.labels == [["2"]]


async def test_arrival_noted_by_mistake_is_taken_back(bot: TestBot) -> None:
    await bot.say(f"/start {arrival_code(await only(bot), 1)}", COORDINATOR)
    await bot.tap("Undo this arrival", COORDINATOR)
    assert last(bot, COORDINATOR) == "Trần Thị Mai: the arrival is not noted any more · Visit"
    assert await came(bot) == set()


async def test_arrivals_are_counted_by_person(bot: TestBot) -> None:
    for person in (1, 2):
        await bot.say(f"/start {arrival_code(await only(bot), person)}", COORDINATOR)
    await bot.tap_data(f"fr1:{await number(bot)}", COORDINATOR)
    assert "2 arrived" in last(bot, COORDINATOR)


@pytest.mark.parametrize("tapped", ["dr1:{id}:1:in", "dr1:{id}:1:no", "dr1:{id}:0:all"])
async def test_member_taps_nothing_at_the_door(bot: TestBot, tapped: str) -> None:
    one = await only(bot)
    await bot.tap_data(tapped.format(id=one.id), LINH)
    assert "Mai" not in last(bot, LINH)
    assert await came(bot) == set()


@pytest.mark.parametrize("tapped", ["dr1:1:1:in", "dr1:1", "dr1::9:x"])
async def test_unknown_badge_is_told(bot: TestBot, tapped: str) -> None:
    await bot.tap_data(tapped, COORDINATOR)
    assert last(bot, COORDINATOR) == "This badge does not match any valid registration."


async def test_badges_and_list_are_made_for_every_person(bot: TestBot, tmp_path: Path) -> None:
    for product in ("badges", "list"):
        await bot.tap_data(f"fr1:{await number(bot)}:{product}", COORDINATOR)
        await do_owed(bot, tmp_path)
        file = bot.phone(COORDINATOR).last.files
        assert file is not None
        assert file["document"][1].startswith(b"%PDF")
