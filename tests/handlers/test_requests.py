from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.network import PEOPLE
from tests.members.network import HELENE, MAI, SOKUNTHEA, count, fill, meeting_people, reader_of, send_out
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, Somebody


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, meeting_people(), prepare=fill) as started:
        for coordinator in (HELENE, SOKUNTHEA):
            await started.say("/start", coordinator)
        yield started


async def ask(bot: TestBot, who: Somebody = LINH, organisation: str = "Huế") -> None:
    """Ask to join, and let the coordinators know."""
    for words in ("/join", who.first_name, organisation):
        await bot.say(words, who)
    if "3/3" not in bot.phone(who).last.text:
        await bot.tap_data("join1:other", who)
    await bot.say("Chuyên viên", who)
    await bot.tap_data("join1:send", who)
    await send_out(bot)


async def test_accept_makes_a_member_and_tells_them(bot: TestBot) -> None:
    await ask(bot)
    (decided,) = await bot.tap("Accepter\u202f: membre", HELENE)
    assert decided.text.endswith("Compte\u202f: Linh\n\nAcceptée par Helene\u202f: membre.")
    assert (decided.edits, decided.labels) == (1, [])
    reader = await reader_of(bot, LINH)
    assert (reader.role, reader.organisation, reader.name, reader.language) == ("member", "hue", "Linh", "vi")
    async with bot.database.snapshot() as read:
        person = await PEOPLE.get(read, reader.person or "")
    assert person is not None
    assert person.function.read("vi").text == "Chuyên viên"
    await send_out(bot)
    told, keyboard = bot.phone(LINH).bubbles[-2:]
    assert told.text.startswith("Ban điều phối đã chấp nhận đề nghị của anh/chị.\n")
    assert "thành viên, Huế" in told.text
    assert keyboard.keyboard is not None
    menu = [call for call in bot.calls if call.method == "setMyCommands"][-1]
    assert str(LINH.id) in menu.params["scope"]
    assert "join" not in menu.params["commands"]


async def test_accept_can_make_a_focal_point(bot: TestBot) -> None:
    await ask(bot)
    await bot.tap("Accepter\u202f: point focal", HELENE)
    assert (await reader_of(bot, LINH)).role == "focal_point"


async def test_the_second_coordinator_is_told_who_decided(bot: TestBot) -> None:
    await ask(bot)
    await bot.tap("Accepter\u202f: membre", HELENE)
    (late,) = await bot.tap("ទទួលយក", SOKUNTHEA)
    assert late.text.endswith("សំណើនេះត្រូវបាន Helene ទទួលយករួចហើយ។")
    (late,) = await bot.tap_data("rqr1:1", SOKUNTHEA)
    assert late.text.endswith("ទទួលយករួចហើយ។")
    await send_out(bot)
    assert await count(bot, "people") == 5
    assert (await reader_of(bot, LINH)).role == "member"


async def test_a_double_tap_on_accept_admits_once(bot: TestBot) -> None:
    await ask(bot)
    for _ in range(2):
        await bot.tap_data("rqa1:1:2:member", HELENE)
    assert await count(bot, "people") == 5
    assert bot.phone(HELENE).last.text.endswith("déjà été acceptée par Helene.")


async def test_refuse_tells_the_requester_politely(bot: TestBot) -> None:
    await ask(bot, CAMILLE, "Le Havre")
    (decided,) = await bot.tap("Refuser", HELENE)
    assert decided.text.endswith("Refusée par Helene.")
    await send_out(bot)
    told = bot.phone(CAMILLE).last
    assert told.text.startswith("La coordination du réseau n’a pas pu donner suite à votre demande.")
    assert told.labels == [["Coordination du réseau"]]
    assert (await reader_of(bot, CAMILLE)).role == "stranger"
    (again,) = await bot.say("/join", CAMILLE)
    assert "1/3" in again.text


async def test_an_unknown_organisation_is_chosen_before_accepting(bot: TestBot) -> None:
    await ask(bot, LINH, "Mairie de Siem Rip")
    bubble = bot.phone(HELENE).last
    assert bubble.text.endswith(
        "Cette organisation ne figure pas dans le réseau. S’agit-il de l’une de celles-ci\u202f?"
    )
    assert bubble.labels[0] == ["Siem Reap"]
    assert bubble.labels[-1] == ["Refuser"]
    (chosen,) = await bot.tap("Siem Reap", HELENE)
    assert "Organisation\u202f: Siem Reap\nÉcrit ainsi\u202f: Mairie de Siem Rip" in chosen.text
    assert chosen.labels == [
        ["Accepter\u202f: membre"], ["Accepter\u202f: point focal"], ["‹ Autre organisation"], ["Refuser"],
    ]  # fmt: skip
    await bot.tap("Autre organisation", HELENE)
    await bot.tap("Siem Reap", HELENE)
    await bot.tap("Accepter\u202f: membre", HELENE)
    assert (await reader_of(bot, LINH)).organisation == "siem-reap"


async def test_an_organisation_like_no_other_must_come_into_the_tables_first(bot: TestBot) -> None:
    await ask(bot, LINH, "Ouagadougou")
    assert bot.phone(HELENE).last.labels == [["Regarder de nouveau"], ["Refuser"]]
    (same,) = await bot.tap("Regarder", HELENE)
    assert "Ajoutez-la d’abord aux tables" in same.text


async def test_people_of_a_guest_city_are_accepted_as_guests(bot: TestBot) -> None:
    await ask(bot, CAMILLE, "Lorient")
    assert bot.phone(HELENE).last.labels == [["Accepter\u202f: invité(e)"], ["Refuser"]]
    await bot.tap_data("rqa1:1:7:member", HELENE)  # forged: members only of member cities
    assert (await reader_of(bot, CAMILLE)).role == "stranger"
    await bot.tap("Accepter", HELENE)
    assert (await reader_of(bot, CAMILLE)).role == "guest"


@pytest.mark.parametrize("who", [LINH, MAI, CAMILLE])
@pytest.mark.parametrize("data", ["rqa1:1:2:member", "rqr1:1", "rq1:1", "rqn1"])
async def test_nobody_else_can_decide_or_see(bot: TestBot, who: Somebody, data: str) -> None:
    await ask(bot)
    await bot.say("/start", who)
    (shown,) = await bot.tap_data(data, who, bot.phone(who).last)
    assert shown.text.startswith("❓")
    assert (await reader_of(bot, LINH)).role == "stranger"
    (decided,) = await bot.tap("Accepter\u202f: membre", HELENE)
    assert decided.text.endswith("Acceptée par Helene\u202f: membre.")


FORGED = ("rqa1:1:2:coordinator", "rqa1:1:2:stranger", "rqa1:1:2", "rqa1:1", "rqa1", "rqa1:1::member:9", "rqa1:x:y:z")


@pytest.mark.parametrize("data", [*FORGED, "rqa1:99:2:member", "rqr1:99", "rq1:99", "rqa2:1:2:member"])
async def test_forged_data_accepts_nobody(bot: TestBot, data: str) -> None:
    await ask(bot)
    await bot.tap_data(data, HELENE)
    assert await count(bot, "people") == (5 if data == "rqa1:1::member:9" else 4)


async def test_the_next_request_follows_the_decided_one(bot: TestBot) -> None:
    await ask(bot, LINH)
    await ask(bot, CAMILLE, "Le Havre")
    (decided,) = await bot.tap_data("rqr1:1", HELENE)
    assert decided.labels == [["✋ Demandes en attente\u202f: 1"]]
    (following,) = await bot.tap("Demandes", HELENE)
    assert "Nom\u202f: Camille" in following.text
    await bot.tap("Refuser", HELENE)
    (none,) = await bot.tap_data("rqn1", HELENE)
    assert none.text == "Aucune demande n’attend de réponse."


async def test_nobody_is_woken_by_a_request_or_by_its_answer(bot: TestBot) -> None:
    night = timedelta(hours=14)  # from 9:00 on
    bot.clock.advance(night)
    before = len(bot.phone(SOKUNTHEA).bubbles)
    await ask(bot)
    assert len(bot.phone(SOKUNTHEA).bubbles) == before
    bot.clock.advance(timedelta(hours=8))
    await send_out(bot)
    assert "Chuyên viên" in bot.phone(SOKUNTHEA).last.text
    bot.clock.advance(timedelta(hours=16))
    before = len(bot.phone(LINH).bubbles)
    await bot.tap("Accepter\u202f: membre", HELENE)
    await send_out(bot)
    assert len(bot.phone(LINH).bubbles) == before
    bot.clock.advance(timedelta(hours=8))
    await send_out(bot)
    told, keyboard = bot.phone(LINH).bubbles[before:]
    assert told.text.startswith("Ban điều phối đã chấp nhận")
    assert keyboard.keyboard is not None
