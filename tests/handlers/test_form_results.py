from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.delivery.errands import AGAIN, MOST_ATTEMPTS
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.members.identify import Identify
from handlers.again import Again
from handlers.form_news import FormNews
from storage import drafts, outbox
from storage.network import FORMS
from tests.handlers.filling import begin, change_form, fill, last, send_of, sent, started
from tests.members.network import CATALOGUES, count
from tests.storage.queued import column
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, Somebody
from tests.support.phone import Bubble
from tests.support.sample import ZONE
from tests.support.whole import do_owed

COORDINATOR = CAMILLE


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        for who in (JOHN, LINH, COORDINATOR):
            await running.say("/language", who)
            await running.tap("English", who)
        yield running


async def number(bot: TestBot) -> int:
    async with bot.database.snapshot() as read:
        held = await FORMS.get(read, "visit")
    assert held is not None
    return held.id


async def send_one(bot: TestBot) -> None:
    await fill(bot)
    await bot.tap_data(send_of(bot))


async def news(bot: TestBot) -> list[str]:
    """Make a round, and return the keys of what is queued."""
    identify = Identify(ZONE, "en")
    rounds = FormNews(Filling(Library()), identify, Again(identify, CATALOGUES))
    async with bot.database.transaction() as tx:
        await rounds.round(tx, bot.clock.now())
        rows = await tx.fetch_all("SELECT message_key FROM outbox ORDER BY id")
    return [row["message_key"] for row in rows]


async def test_coordinator_sees_how_many_and_who_is_missing(bot: TestBot) -> None:
    await change_form(bot, organisations=("hue", "can-tho", "kampot"))
    await send_one(bot)
    await bot.say("/forms", COORDINATOR)
    await bot.tap("Results", COORDINATOR)
    assert "Visit · 1 answer" in last(bot, COORDINATOR)
    await bot.tap_data(f"fr1:{await number(bot)}", COORDINATOR)
    text = last(bot, COORDINATOR)
    assert "1 of 3 cities and organisations have answered" in text
    assert "Not yet: Cần Thơ and Kampot" in text or "Not yet: Cần Thơ, Kampot" in text or "Not yet: Kampot" in text


async def test_member_sees_no_results(bot: TestBot) -> None:
    await send_one(bot)
    await bot.tap_data(f"fr1:{await number(bot)}:xlsx", LINH)
    assert bot.phone(LINH).last.files is None


async def take_along(bot: TestBot, product: str, folder: Path, who: Somebody = COORDINATOR) -> Bubble:
    """Ask for a product, have it made, and return the bubble that brings it."""
    await bot.tap_data(f"fr1:{await number(bot)}:{product}", who)
    await do_owed(bot, folder)
    return bot.phone(who).last


@pytest.mark.parametrize(
    ("product", "field", "begins"),
    [
        ("charts", "photo", b"\x89PNG"),
        ("xlsx", "document", b"PK"),
        ("pdf", "document", b"%PDF"),
        ("pptx", "document", b"PK"),
        ("list", "document", b"%PDF"),
        ("badges", "document", b"%PDF"),
    ],
)
async def test_answers_are_taken_along(bot: TestBot, tmp_path: Path, product: str, field: str, begins: bytes) -> None:
    await send_one(bot)
    file = (await take_along(bot, product, tmp_path)).files
    assert file is not None
    assert file[field][1].startswith(begins)


async def test_workbook_holds_the_answers_in_the_coordinator_s_language(bot: TestBot, tmp_path: Path) -> None:
    await send_one(bot)
    await bot.say("/language", COORDINATOR)
    await bot.tap("Français", COORDINATOR)
    file = (await take_along(bot, "xlsx", tmp_path)).files
    assert file is not None
    sheet = load_workbook(io.BytesIO(file["document"][1])).worksheets[0]
    assert "Riz" in [cell.value for cell in list(sheet.rows)[1]]


async def test_workbook_is_announced_at_once_and_made_once(bot: TestBot, tmp_path: Path) -> None:
    await send_one(bot)
    for expected in ("I am preparing “Table (.xlsx)” · Visit", "“Table (.xlsx)” · Visit is being prepared already"):
        await bot.tap_data(f"fr1:{await number(bot)}:xlsx", COORDINATOR)
        assert last(bot, COORDINATOR).startswith(expected)
    await do_owed(bot, tmp_path)
    await do_owed(bot, tmp_path)
    assert [bubble.files is not None for bubble in bot.phone(COORDINATOR).bubbles[-3:]] == [False, False, True]
    assert bot.phone(COORDINATOR).bubbles[-1].files is not None
    assert await count(bot, "errands") == 0


async def test_role_taken_away_meanwhile_brings_no_file(bot: TestBot, tmp_path: Path) -> None:
    await send_one(bot)
    await bot.tap_data(f"fr1:{await number(bot)}:xlsx", COORDINATOR)
    async with bot.database.transaction() as write:
        await write.execute("UPDATE people SET role = 'member' WHERE code = 'helene-marchand'")
    await do_owed(bot, tmp_path)
    assert bot.phone(COORDINATOR).last.files is None
    assert await count(bot, "errands") == 0


async def test_file_that_cannot_be_made_is_given_up_with_a_word(
    bot: TestBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise OSError("the disk is full")

    await send_one(bot)
    await bot.tap_data(f"fr1:{await number(bot)}:xlsx", COORDINATOR)
    monkeypatch.setattr("handlers.form_products.write_workbook", broken)
    for _ in range(MOST_ATTEMPTS):
        await do_owed(bot, tmp_path)
        bot.clock.advance(AGAIN)
    assert "could not be prepared" in last(bot, COORDINATOR)
    assert bot.phone(COORDINATOR).last.labels == [["Try again"], ["Write to the coordination"]]


async def test_secret_form_shows_its_answers_only_when_it_has_closed(bot: TestBot) -> None:
    await change_form(bot, secret_until_closed=True, kind="consultation")
    await send_one(bot)
    await bot.tap_data(f"fr1:{await number(bot)}:xlsx", COORDINATOR)
    assert "secret until it closes" in last(bot, COORDINATOR)


async def test_badge_scanned_at_the_door_notes_the_arrival_once(bot: TestBot) -> None:
    await send_one(bot)
    (one,) = await sent(bot)
    await bot.say(f"/start in-{one.id}", COORDINATOR)
    assert "has arrived" in last(bot, COORDINATOR)
    await bot.say(f"/start in-{one.id}", COORDINATOR)
    assert "had already been noted" in last(bot, COORDINATOR)
    await bot.tap("Undo this arrival", COORDINATOR)
    assert "is not noted any more" in last(bot, COORDINATOR)
    assert await count(bot, "arrivals") == 0


async def test_member_cannot_note_an_arrival(bot: TestBot) -> None:
    await send_one(bot)
    (one,) = await sent(bot)
    await bot.say(f"/start in-{one.id}", LINH)
    assert await count(bot, "arrivals") == 0


async def test_draft_that_lies_is_remembered_once_at_a_working_hour(bot: TestBot) -> None:
    await begin(bot, "Mai")
    assert await news(bot) == []
    bot.clock.advance(timedelta(days=3))  # a Saturday
    assert await news(bot) == []
    bot.clock.advance(timedelta(days=2, minutes=-1))
    assert await news(bot) == []
    bot.clock.advance(timedelta(minutes=1))
    (first,) = await news(bot)
    assert first.startswith("draft:visit:p:tran-thi-mai")
    assert await column(bot.database, "quiet") == ["21-7@Asia/Ho_Chi_Minh"]  # it wakes nobody
    bot.clock.advance(timedelta(days=3))
    assert await news(bot) == [first]


async def test_draft_is_remembered_two_days_before_closing_at_the_latest(bot: TestBot) -> None:
    await change_form(bot, closes=bot.clock.now() + timedelta(days=3))
    await begin(bot, "Mai")
    bot.clock.advance(timedelta(hours=23))
    assert await news(bot) == []
    bot.clock.advance(timedelta(hours=2))
    assert len(await news(bot)) == 1


async def test_draft_of_a_form_that_closes_on_a_sunday_is_remembered_but_at_no_quiet_hour(
    bot: TestBot,
) -> None:
    await change_form(bot, closes=bot.clock.now() + timedelta(days=4, hours=11))
    bot.clock.advance(timedelta(days=2, hours=10))
    await begin(bot, "Mai")
    bot.clock.advance(timedelta(hours=2, minutes=30))  # Friday, 21:30
    assert await news(bot) == []
    bot.clock.advance(timedelta(hours=9, minutes=30))
    assert len(await news(bot)) == 1


async def test_offer_that_nobody_takes_goes_to_the_next(bot: TestBot) -> None:
    await change_form(bot, places=1, waiting_list=True)
    for who in (JOHN, LINH, COORDINATOR):
        await fill(bot, who)
        await bot.tap_data(send_of(bot, who), who)
    await bot.tap("Withdraw", JOHN)
    await bot.tap("Yes, withdraw", JOHN)
    bot.clock.advance(timedelta(hours=25))
    await news(bot)
    assert [one.state for one in await sent(bot)] == ["withdrawn", "withdrawn", "offered"]


async def test_answers_are_deleted_when_their_time_is_over(bot: TestBot) -> None:
    await change_form(bot, keep_days=30)
    await send_one(bot)
    bot.clock.advance(timedelta(days=82 + 31))
    await news(bot)
    assert await sent(bot) == []
    async with bot.database.snapshot() as read:
        assert await drafts.all_of(read, "p:tran-thi-mai") == []
        assert await outbox.next_due(read, ["telegram"], [outbox.NOTICES]) is None
