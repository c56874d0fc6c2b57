from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import drafts
from storage.network import FORMS, PEOPLE
from tests.forms.small import form, question
from tests.handlers.filling import CLOSES, begin, change_form, draft_of, fill, last, put, send_of, sent, start, started
from tests.support.bot import TestBot
from tests.support.people import JOHN, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        yield running


async def test_registration_from_the_list_to_the_reference(bot: TestBot) -> None:
    await bot.say("/language")
    await bot.tap("English")
    await fill(bot)
    assert "Please check" in last(bot)
    await bot.tap("Send")
    (one,) = await sent(bot)
    assert (one.state, one.person, one.answers["meal"], one.place) == ("confirmed", "tran-thi-mai", "rice", 1)
    assert one.reference in last(bot)
    assert [label for row in bot.phone(JOHN).last.labels for label in row] == ["Change my answers", "Withdraw"]


async def test_double_tap_on_send_sends_once(bot: TestBot) -> None:
    await fill(bot)
    data = send_of(bot)
    await bot.tap_data(data)
    await bot.tap_data(data)
    assert len(await sent(bot)) == 1
    assert (await sent(bot))[0].reference in last(bot)


async def test_same_update_twice_is_handled_once(bot: TestBot) -> None:
    await fill(bot)
    raw = {
        "update_id": 900,
        "callback_query": {
            "id": "q900", "from": JOHN.user, "chat_instance": "1", "data": send_of(bot),
            "message": {"message_id": bot.phone(JOHN).last.message_id, "date": 1, "chat": JOHN.chat, "text": "…"},
        },
    }  # fmt: skip
    await bot.receive(raw, raw)
    await bot.receive(raw)
    assert len(await sent(bot)) == 1


async def test_double_tap_on_a_choice_answers_once_and_shows_the_next_question(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5", "no")
    data = bot.phone(JOHN).last.buttons[0][0].data or ""
    await bot.tap_data(data)
    shown = bot.phone(JOHN).last
    await bot.tap_data(data)
    assert bot.phone(JOHN).last.text.splitlines()[-1] == shown.text.splitlines()[-1]
    draft = await draft_of(bot)
    assert '"meal":"rice"' in draft


async def test_draft_survives_a_restart_and_days_of_silence(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "Mai", "18/5")
    await bot.close()
    async with await start(tmp_path) as again:
        again._updates = 1000  # Telegram counts on
        again.clock.advance(timedelta(days=9))
        await again.say("/forms")
        await again.tap("1")
        assert "3" in last(again).splitlines()[1]
        await again.tap_data(again.phone(JOHN).last.buttons[0][0].data or "")
        await again.say("no")
        draft = await draft_of(again)
    assert '"arrival":"2027-05-18"' in draft
    assert '"stays":"no"' in draft


async def test_two_devices_share_one_draft(bot: TestBot) -> None:
    await begin(bot, "Mai")
    async with bot.database.transaction() as write:
        person = await PEOPLE.get(write, "le-thi-ngoc-han")
        assert person is not None
        await PEOPLE.put(write, person.model_copy(update={"telegram_id": None}))
    await bot.say("/start", LINH)
    async with bot.database.transaction() as write:
        await write.execute("UPDATE accounts SET person = 'tran-thi-mai' WHERE address = $1", LINH.id)
    await begin(bot, who=LINH)
    await bot.tap_data(bot.phone(LINH).last.buttons[0][0].data or "", LINH)
    await bot.say("18/5", LINH)
    await bot.say("19/5")  # the first phone still shows the question for the day
    draft = await draft_of(bot)
    assert '"arrival":"2027-05-18"' in draft


async def test_question_in_the_middle_is_answered_and_the_form_goes_on(bot: TestBot) -> None:
    await begin(bot, "Mai")
    await bot.say("quelles réunions au Vietnam en mai ?")
    assert "2027" in last(bot)
    assert bot.phone(JOHN).last.labels[-1][0].startswith("▸")
    await bot.say("/deadlines")
    assert bot.phone(JOHN).last.labels[-1][0].startswith("▸")
    await bot.say("18/5")
    draft = await draft_of(bot)
    assert '"arrival":"2027-05-18"' in draft


async def test_language_switch_in_the_middle_keeps_the_answers(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5", "no")
    await bot.say("/language")
    await bot.tap("Français")
    await begin(bot)
    await bot.tap("Continuer")
    assert bot.phone(JOHN).last.labels[0] == ["Riz", "Nouilles"]
    await bot.say("nouilles")
    draft = await draft_of(bot)
    assert '"meal":"noodles"' in draft


@pytest.mark.parametrize(
    "more", [{"sticker": {"file_id": "1"}}, {"voice": {"file_id": "1", "duration": 2}}, {"photo": [{"file_id": "1"}]}]
)
async def test_what_is_no_text_leaves_the_question_open(bot: TestBot, more: dict[str, object]) -> None:
    await begin(bot)
    await bot.say(None, **more)
    draft = await draft_of(bot)
    assert '"step":"name"' in draft


async def test_stop_keeps_or_deletes_the_draft(bot: TestBot) -> None:
    await bot.say("/language")
    await bot.tap("English")
    await begin(bot, "Mai")
    await bot.say("/stop")
    await bot.tap("Keep my answers")
    await bot.say("18/5")  # belongs to no form any more
    draft = await draft_of(bot)
    assert '"step":"arrival"' in draft
    await bot.tap("Continue")
    await bot.tap("Stop")
    await bot.tap("Delete my answers")
    async with bot.database.snapshot() as read:
        assert await drafts.all_of(read, "p:tran-thi-mai") == []


async def test_definition_changed_under_a_draft_keeps_what_is_still_good(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5")
    await put(bot.database, form(), (question("badge", 15, "short_text"),))
    await bot.say("Trần Mai")
    draft = await draft_of(bot)
    assert ('"badge":"Trần Mai"' in draft, '"arrival":"2027-05-18"' in draft) == (True, True)


async def test_form_that_closes_in_the_middle_says_so_and_keeps_the_draft(bot: TestBot) -> None:
    await fill(bot)
    data = send_of(bot)
    bot.clock.advance(CLOSES - bot.clock.now())
    await bot.tap_data(data)
    assert await sent(bot) == []
    async with bot.database.snapshot() as read:
        assert len(await drafts.all_of(read, "p:tran-thi-mai")) == 1


async def test_last_second_before_closing_counts(bot: TestBot) -> None:
    await fill(bot)
    bot.clock.advance(CLOSES - bot.clock.now() - timedelta(seconds=1))
    await bot.tap_data(send_of(bot))
    assert len(await sent(bot)) == 1


async def test_role_taken_away_in_the_middle_closes_the_form(bot: TestBot) -> None:
    await change_form(bot, audience="members")
    await fill(bot)
    data = send_of(bot)
    async with bot.database.transaction() as write:
        person = await PEOPLE.get(write, "tran-thi-mai")
        assert person is not None
        await PEOPLE.put(write, person.model_copy(update={"role": "guest"}))
    await bot.tap_data(data)
    assert await sent(bot) == []


async def test_form_is_not_shown_to_whom_it_is_not_for(bot: TestBot) -> None:
    await change_form(bot, audience="members")
    await bot.say("/forms", SOKHA)
    assert bot.phone(SOKHA).last.labels == []
    number = 1
    async with bot.database.snapshot() as read:
        held = await FORMS.get(read, "visit")
        number = held.id if held else number
    await bot.tap_data(f"fm1:{number}:0:o", SOKHA)
    async with bot.database.snapshot() as read:
        assert await read.fetch_all("SELECT form FROM drafts") == []


@pytest.mark.parametrize("text", ["je ne sais pas", "quelle réunion ?!", "depuis deux ans", "31 février"])
async def test_answer_that_cannot_be_read_is_asked_again(bot: TestBot, text: str) -> None:
    await begin(bot, "Mai")
    await bot.say(text)
    draft = await draft_of(bot)
    assert ('"step":"arrival"' in draft, '"mistakes":1' in draft) == (True, True)


async def test_long_text_may_hold_a_question(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5", "no", "rice", "market", "Y a-t-il un ascenseur à la réunion de Hué ?")
    draft = await draft_of(bot)
    assert "ascenseur" in draft


async def test_way_back_stands_under_what_a_tap_shows_too(bot: TestBot) -> None:
    await begin(bot, "Mai")
    await bot.say("/language")
    await bot.tap("Français")
    shown = [bubble for bubble in bot.phone(JOHN).bubbles if bubble.button("▸ Revenir à")]
    assert len(shown) == 1
    await bot.tap("▸", JOHN, shown[0])
    assert any("2\u00a0sur\u00a0" in bubble.text for bubble in bot.phone(JOHN).bubbles)


async def test_phone_is_repeated_as_its_country_writes_it(bot: TestBot) -> None:
    await put(bot.database, form(), (question("phone", 5, "phone"),))
    await begin(bot, "+84 (0)234-3822155")
    assert "+84 234 3822 155" in last(bot)


@pytest.mark.parametrize("text", ["?", "??", "\uff1f", " ? ? "])
async def test_question_mark_alone_brings_the_help_and_no_mistake(bot: TestBot, text: str) -> None:
    await begin(bot, "Mai")
    before = await draft_of(bot)
    await bot.say(text)
    assert await draft_of(bot) == before
    for told in ("10", "20", "18/5"):
        assert told in last(bot)
    assert [one.data for row in bot.phone(JOHN).last.buttons for one in row if one.data == "cs1"] == ["cs1"]


async def test_question_mark_alone_at_the_review_says_what_to_do(bot: TestBot) -> None:
    await bot.say("/language")
    await bot.tap("English")
    await fill(bot)
    await bot.say("?")
    assert "Tap “Send”" in last(bot)
