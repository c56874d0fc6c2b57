from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.network.content import Content
from storage.network import FORMS, PEOPLE
from tests.handlers.filling import begin, change_form, fill, last, send_of, sent, started
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH
from tests.support.sample import NOW


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        yield running


async def test_full_form_puts_on_the_waiting_list_and_a_free_place_is_offered_to_the_next(bot: TestBot) -> None:
    await change_form(bot, places=1, waiting_list=True)
    for who in (JOHN, LINH, CAMILLE):
        await bot.say("/language", who)
        await bot.tap("English", who)
        await fill(bot, who)
        await bot.tap("Send", who)
    assert [one.state for one in await sent(bot)] == ["confirmed", "waiting", "waiting"]
    assert "number 2 on the waiting list" in last(bot, CAMILLE)
    await bot.tap("Withdraw", JOHN)
    await bot.tap("Yes, withdraw", JOHN)
    assert [one.state for one in await sent(bot)] == ["withdrawn", "offered", "waiting"]
    second = (await sent(bot))[1]
    await bot.tap_data(f"fs1:{second.id}:{second.version}:take", LINH)
    assert [one.state for one in await sent(bot)] == ["withdrawn", "confirmed", "waiting"]


async def test_a_place_that_comes_free_at_night_is_kept_from_the_morning_on(bot: TestBot) -> None:
    await change_form(bot, places=1, waiting_list=True, offer_hours=3)
    for who in (JOHN, LINH):
        await bot.say("/language", who)
        await bot.tap("English", who)
        await fill(bot, who)
        await bot.tap_data(send_of(bot, who), who)
    bot.clock.advance(timedelta(hours=14))
    await bot.tap("Withdraw", JOHN)
    await bot.tap("Yes, withdraw", JOHN)
    one = (await sent(bot))[1]
    assert (one.state, one.offered_until) == (
        "offered",
        int((NOW + timedelta(hours=25)).timestamp()),
    )  # 7:00 and three hours
    async with bot.database.snapshot() as read:
        row = await read.fetch_one("SELECT quiet, useless_after FROM outbox WHERE message_key LIKE '%:told'")
    assert tuple(row or ()) == ("21-7@Asia/Ho_Chi_Minh", one.offered_until)


async def test_form_of_a_city_is_answered_once_and_amended_by_a_colleague(bot: TestBot) -> None:
    await change_form(bot, answers="one_per_city")
    async with bot.database.transaction() as write:
        mai, lan = await PEOPLE.get(write, "tran-thi-mai"), await PEOPLE.get(write, "le-thi-ngoc-han")
        assert mai is not None
        assert lan is not None
        await PEOPLE.put(write, lan.model_copy(update={"organisation": mai.organisation}))
    await fill(bot)
    await bot.tap_data(send_of(bot))
    await bot.say("/language", LINH)
    await bot.tap("English", LINH)
    await begin(bot, who=LINH)
    await bot.tap("Change my answers", LINH)
    await bot.tap("4", LINH)
    await bot.tap("Noodles", LINH)
    await bot.tap("Send", LINH)
    (one,) = await sent(bot)
    assert (one.answers["meal"], one.version, one.person) == ("noodles", 2, "le-thi-ngoc-han")


async def test_anonymous_answer_keeps_nobody(bot: TestBot) -> None:
    await change_form(bot, anonymous=True)
    await fill(bot)
    await bot.tap_data(send_of(bot))
    (one,) = await sent(bot)
    assert (one.account, one.person, one.organisation, one.place, one.sent % 86_400) == (None, None, None, 0, 0)
    assert one.owner == f"s:{one.id}"
    await begin(bot)
    assert len(await sent(bot)) == 1


async def test_change_after_its_day_is_a_request_that_the_coordinator_decides(bot: TestBot) -> None:
    await change_form(bot, change_until=NOW + timedelta(days=1))
    await fill(bot)
    await bot.tap_data(send_of(bot))
    bot.clock.advance(timedelta(days=2))
    await bot.say("/language")
    await bot.tap("English")
    await begin(bot)
    await bot.tap("Ask for a change")
    await bot.tap("4")
    await bot.tap("Noodles")
    await bot.tap("Send")
    (one,) = await sent(bot)
    assert (one.answers["meal"], one.proposed and one.proposed["meal"]) == ("rice", "noodles")
    await bot.say("/start", CAMILLE)
    await bot.tap_data(f"fd1:{one.id}:{one.version}:yes", CAMILLE)
    (one,) = await sent(bot)
    assert (one.answers["meal"], one.proposed) == ("noodles", None)


async def test_refusal_carries_the_coordinator_s_reason(bot: TestBot) -> None:
    await change_form(bot, confirmed=True)
    await fill(bot)
    await bot.tap_data(send_of(bot))
    (one,) = await sent(bot)
    assert one.state == "pending"
    await bot.say("/start", CAMILLE)
    await bot.tap_data(f"fd1:{one.id}:{one.version}:no", CAMILLE)
    await bot.say("La salle est trop petite", CAMILLE)
    (one,) = await sent(bot)
    assert (one.state, one.reason) == ("refused", "La salle est trop petite")


async def test_member_cannot_decide(bot: TestBot) -> None:
    await change_form(bot, confirmed=True)
    await fill(bot)
    await bot.tap_data(send_of(bot))
    (one,) = await sent(bot)
    await bot.say("/start", LINH)
    await bot.tap_data(f"fd1:{one.id}:{one.version}:yes", LINH)
    assert (await sent(bot))[0].state == "pending"


async def test_card_of_somebody_else_is_not_shown(bot: TestBot) -> None:
    await fill(bot)
    await bot.tap_data(send_of(bot))
    (one,) = await sent(bot)
    await bot.say("/start", LINH)
    await bot.tap_data(f"fs1:{one.id}:{one.version}:show", LINH)
    assert one.reference not in last(bot, LINH)


async def test_description_stands_before_the_first_question(bot: TestBot) -> None:
    await change_form(bot, description=Content.of("en", en="Three minutes."))
    await begin(bot)
    assert "Three minutes." in last(bot)


async def test_colleague_sees_and_does_not_change_what_the_form_opens_to_the_city(bot: TestBot) -> None:
    await change_form(bot, seen_by="city")
    async with bot.database.transaction() as write:
        han = await PEOPLE.get(write, "le-thi-ngoc-han")
        assert han is not None
        await PEOPLE.put(write, han.model_copy(update={"organisation": "hue"}))
    await fill(bot)
    await bot.tap_data(send_of(bot))
    (one,) = await sent(bot)
    await bot.say("/start", LINH)
    await bot.tap_data(f"fs1:{one.id}:{one.version}:yes", LINH)
    assert "Mai" in last(bot, LINH)
    assert (await sent(bot))[0].state == "confirmed"


async def test_member_sees_results_where_members_may(bot: TestBot) -> None:
    await change_form(bot, seen_by="members")
    await fill(bot)
    await bot.tap_data(send_of(bot))
    async with bot.database.snapshot() as read:
        held = await FORMS.get(read, "visit")
    assert held is not None
    await bot.say("/start", LINH)
    await bot.tap_data(f"fr1:{held.id}:xlsx", LINH)
    assert [[one.data for one in row] for row in bot.phone(LINH).last.buttons] == [
        [f"fr1:{held.id}:charts", f"fr1:{held.id}:pdf"], ["fl1"],
    ]  # fmt: skip


async def test_giving_up_a_change_keeps_what_was_sent(bot: TestBot) -> None:
    await fill(bot)
    await bot.tap_data(send_of(bot))
    await bot.say("/language")
    await bot.tap("English")
    await begin(bot)
    await bot.tap("Change my answers")
    assert "your first answer counts" in last(bot)
    await bot.tap("Stop")
    await bot.tap("Change nothing")
    assert "What you sent stays as it is." in last(bot)
    assert [one.state for one in await sent(bot)] == ["confirmed"]


async def test_card_of_what_was_sent_again_after_a_withdrawal_is_up_to_date(bot: TestBot) -> None:
    await bot.say("/language")
    await bot.tap("English")
    await fill(bot)
    await bot.tap("Send")
    await bot.tap("Withdraw")
    await bot.tap("Yes, withdraw")
    await fill(bot)
    await bot.tap("Send")
    await bot.tap("Withdraw")
    assert "Do you want to withdraw" in last(bot)


async def test_change_that_frees_places_offers_them(bot: TestBot) -> None:
    await change_form(bot, places=1, waiting_list=True)
    for who in (JOHN, LINH):
        await fill(bot, who)
        await bot.tap_data(send_of(bot, who), who)
    await change_form(bot, places=2)
    await bot.say("/language")
    await bot.tap("English")
    await begin(bot)
    await bot.tap("Change my answers")
    await bot.tap("Send")
    assert [one.state for one in await sent(bot)] == ["confirmed", "offered"]
