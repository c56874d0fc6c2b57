from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.forms.entries import Value
from bot.network.forms import Question
from storage.submissions import Submission
from tests.forms.small import form, question
from tests.handlers.filling import begin, change_form, last, put, send_of, sent, skip_of, started
from tests.handlers.test_form_results import number
from tests.members.network import count
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, Somebody
from tests.support.whole import do_owed

COORDINATOR = CAMILLE
QUESTIONS: tuple[Question, ...] = (
    question("name", 10, "short_text", known="name"),
    question("email", 20, "email", known="email"),
    question("letter", 30, "file", required=False, at_most="2"),
)


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        async with running.database.transaction() as write:
            await write.execute("DELETE FROM questions")
        await put(running.database, form(confirmed=True), QUESTIONS)
        for who in (JOHN, LINH, COORDINATOR):
            await running.say("/language", who)
            await running.tap("English", who)
        yield running


async def send(bot: TestBot, who: Somebody, name: str, email: str, *files: str) -> Submission:
    """Send a registration, and return it."""
    await begin(bot, name, email, who=who)
    for handle in files:
        bot.request.sent_files[handle] = f"content of {handle}".encode()
        document = {"file_id": handle, "file_name": f"{handle}.pdf", "file_size": 20}
        await bot.say(None, who, document=document)
    if len(files) < 2:
        await bot.tap_data(skip_of(bot, who) if not files else _done(bot, who), who)
    await bot.tap_data(send_of(bot, who), who)
    return max(await sent(bot), key=lambda one: one.place)


def _done(bot: TestBot, who: Somebody) -> str:
    return next(one.data or "" for row in bot.phone(who).last.buttons for one in row if str(one.data).endswith(":d"))


async def review(bot: TestBot, who: Somebody, name: str, email: str) -> str:
    """Answer everything, and return what the review says."""
    await begin(bot, name, email, who=who)
    await bot.tap_data(skip_of(bot, who), who)
    return last(bot, who)


async def test_coordinator_reads_the_answers_one_by_one(bot: TestBot) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org", "letter")
    await bot.tap_data(f"fr1:{await number(bot)}", COORDINATOR)
    await bot.tap("Answers one by one", COORDINATOR)
    assert "1. Trần Thị Mai, Huế" in last(bot, COORDINATOR)
    assert "📎 1" in last(bot, COORDINATOR)
    await bot.tap("1", COORDINATOR)
    assert one.reference in last(bot, COORDINATOR)
    assert "mai@hue.example.org" in last(bot, COORDINATOR)
    assert bot.phone(COORDINATOR).last.labels == [["📎 letter.pdf"], ["Decide"], ["‹ All answers"]]
    await bot.tap("Decide", COORDINATOR)
    assert "your decision." in last(bot, COORDINATOR)


async def test_file_is_sent_by_its_channel_s_own_handle(bot: TestBot, tmp_path: Path) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org", "letter")
    await bot.tap_data(f"ff1:{one.id}:0", COORDINATOR)
    assert last(bot, COORDINATOR) == "I am fetching “letter.pdf”."
    await do_owed(bot, tmp_path)
    (call,) = [one for one in bot.calls if one.method == "sendDocument"]
    assert call.params["document"] == "letter"
    assert await count(bot, "errands") == 0


async def test_file_of_another_channel_is_fetched_and_sent_anew(bot: TestBot, tmp_path: Path) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org", "letter")
    bot.request.scripted["sendDocument"] = [(400, b'{"ok":false,"error_code":400,"description":"wrong file"}')]
    await bot.tap_data(f"ff1:{one.id}:0", COORDINATOR)
    await do_owed(bot, tmp_path)
    file = bot.phone(COORDINATOR).last.files
    assert file is not None
    assert file["document"] == ("letter.pdf", b"content of letter")


async def test_file_that_is_gone_is_told(bot: TestBot, tmp_path: Path) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org", "letter")
    bot.request.sent_files.clear()
    bot.request.scripted["sendDocument"] = [(400, b'{"ok":false,"error_code":400,"description":"wrong file"}')]
    await bot.tap_data(f"ff1:{one.id}:0", COORDINATOR)
    await do_owed(bot, tmp_path)
    assert "is no longer where it was sent" in last(bot, COORDINATOR)


@pytest.mark.parametrize("data", ["fa1:{form}:0", "fa1:{form}:0:{id}", "ff1:{id}:0"])
async def test_member_reads_no_answer_and_gets_no_file(bot: TestBot, tmp_path: Path, data: str) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org", "letter")
    await bot.tap_data(data.format(form=await number(bot), id=one.id), LINH)
    await do_owed(bot, tmp_path)
    assert "mai@" not in last(bot, LINH)
    assert "sendDocument" not in bot.methods()
    assert await count(bot, "errands") == 0


async def test_anonymous_answers_are_not_opened_one_by_one(bot: TestBot) -> None:
    one = await send(bot, JOHN, "Mai", "mai@hue.example.org")
    await change_form(bot, anonymous=True)
    await bot.tap_data(f"fr1:{await number(bot)}", COORDINATOR)
    assert "Answers one by one" not in str(bot.phone(COORDINATOR).last.labels)
    await bot.tap_data(f"fa1:{await number(bot)}:0:{one.id}", COORDINATOR)
    assert "mai@" not in last(bot, COORDINATOR)


@pytest.mark.parametrize(
    ("name", "email", "known"),
    [
        ("Somebody Else", "MAI@hue.example.org", True),
        ("tran thi mai", "other@hue.example.org", False),  # the name alone, from another city
        ("Somebody Else", "other@hue.example.org", False),
    ],
)
async def test_whoever_sends_is_told_that_a_registration_names_the_person(
    bot: TestBot, name: str, email: Value, known: bool
) -> None:
    await send(bot, JOHN, "Trần Thị Mai", "mai@hue.example.org")
    told = await review(bot, LINH, name, email)
    assert (f"Another registration names {name} already." in told) is known
    assert "Trần Thị Mai" not in told  # nothing of the other registration


async def test_coordinator_sees_who_is_named_twice(bot: TestBot) -> None:
    first = await send(bot, JOHN, "Trần Thị Mai", "mai@hue.example.org")
    second = await send(bot, LINH, "Mai", "mai@hue.example.org")
    await bot.tap_data(f"fa1:{await number(bot)}:0", COORDINATOR)
    assert last(bot, COORDINATOR).count("⚠ in another answer too") == 2
    await bot.tap("2", COORDINATOR)
    assert f"Mai: {first.reference}" in last(bot, COORDINATOR)
    await bot.tap_data(f"fd1:{second.id}:{second.version}:show", COORDINATOR)
    assert f"Mai: {first.reference}" in last(bot, COORDINATOR)


async def test_withdrawn_registration_is_no_second_one(bot: TestBot) -> None:
    await send(bot, JOHN, "Trần Thị Mai", "mai@hue.example.org")
    await bot.tap("Withdraw", JOHN)
    await bot.tap("Yes, withdraw", JOHN)
    assert "Another registration names" not in await review(bot, LINH, "Mai", "mai@hue.example.org")


async def test_one_s_own_registration_is_no_second_one(bot: TestBot) -> None:
    await send(bot, JOHN, "Trần Thị Mai", "mai@hue.example.org")
    await bot.tap("Change", JOHN)
    assert "Another registration names" not in last(bot, JOHN)
