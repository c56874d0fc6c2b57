from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.forms.session import Session
from tests.forms.test_rosters import HEAD, MAI, SOK, delegation
from tests.handlers.filling import begin, change_form, draft_of, last, put, sent, started
from tests.support.bot import TestBot
from tests.support.people import JOHN
from tests.support.whole import do_owed

PEOPLE = [[f"Person {number}", "1/2/1980", "", "Végétarien", "", "yes"] for number in range(1, 13)]


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        definition = delegation()
        async with running.database.transaction() as write:
            await write.execute("DELETE FROM questions")
        await put(running.database, definition.form, tuple(one.question for one in definition.fields))
        await running.say("/language")
        await running.tap("English")
        yield running


def workbook(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.worksheets[0].append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def send_file(bot: TestBot, content: bytes, name: str = "list.xlsx", size: int = 1000) -> None:
    handle = f"file-{len(bot.request.sent_files)}"
    bot.request.sent_files[handle] = content
    await bot.say(None, document={"file_id": handle, "file_name": name, "file_size": size})


async def send_sheet(bot: TestBot, folder: Path, *rows: Sequence[str], head: Sequence[str] = HEAD) -> str:
    """Send a sheet, have it read, and return what is answered."""
    await send_file(bot, workbook(*rows, head=head))
    assert last(bot) == "I have received “list.xlsx” and am reading it."
    await do_owed(bot, folder)
    return last(bot)


async def session(bot: TestBot) -> Session:
    return Session.read(await draft_of(bot))


async def test_sheet_comes_with_the_questions_of_each_person(bot: TestBot) -> None:
    await begin(bot, "yes")
    await bot.tap("Give the list in a spreadsheet")
    file = bot.phone(JOHN).last.files
    assert file is not None
    name, content = file["document"]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert name == "visit.xlsx"
    assert [cell.value for cell in sheet[2]] == HEAD
    choices = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert choices["D3:D22"] == "'choices'!$D$1:$D$2"
    assert choices["A3:A22"] is None


async def test_sheet_that_is_sent_back_fills_the_delegation(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    assert "✓ 12 people read from “list.xlsx”." in await send_sheet(bot, tmp_path, *PEOPLE)
    kept = await session(bot)
    assert [kept.answers[f"name@{at}"] for at in (1, 12)] == ["Person 1", "Person 12"]
    assert kept.step == "photo@1"


async def test_sheet_holds_who_was_answered_for_before(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    await send_sheet(bot, tmp_path, MAI, SOK)
    for _ in range(2):
        await bot.tap("Skip")
    await bot.tap("Give the list in a spreadsheet")
    file = bot.phone(JOHN).last.files
    assert file is not None
    sheet = load_workbook(io.BytesIO(file["document"][1])).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [
        "Trần Thị Mai", "18/05/1980", "'+842345550123", "Végétarien", "Market; River", "Yes",
    ]  # fmt: skip
    await send_file(bot, file["document"][1])
    before = (await session(bot)).answers
    await do_owed(bot, tmp_path)
    assert "2 people read" in last(bot)
    assert (await session(bot)).answers == before


async def test_large_delegation_is_reviewed_a_line_a_person(bot: TestBot, tmp_path: Path) -> None:
    async with bot.database.transaction() as write:
        await write.execute("DELETE FROM questions WHERE name = 'photo'")
    await begin(bot, "yes")
    told = await send_sheet(bot, tmp_path, *PEOPLE)
    assert "13. Person 12 · Friday 1 February 1980 · Végétarien · Yes" in told
    assert sum(map(len, bot.phone(JOHN).last.labels)) < 20
    await bot.tap("13")
    assert "Person 12\n\n1. First name and surname: Person 12\n2. Born on:" in last(bot)
    await bot.tap("1")
    await bot.say("Sok Dara")
    assert "13. Sok Dara ·" in last(bot)
    await bot.tap("Add somebody")
    await bot.tap("Yes")
    assert "Person 13" in last(bot)


async def test_wrong_cells_are_told_and_the_draft_stays(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    before = await draft_of(bot)
    told = await send_sheet(bot, tmp_path, ["Mai", "soon", "", "rice", "", "yes"], ["", *SOK[1:]])
    assert "In “list.xlsx” 3 things have to be corrected. Nothing has changed so far." in told
    assert "Row 2, column B (Born on) · “soon”\nI " in told
    assert "Row 2, column D (Diet) · “rice”\nThere is no such choice. Possible: Sans restriction; Végétarien." in told
    assert "Row 3, column A (First name and surname) · empty\nAn answer is needed here." in told
    assert await draft_of(bot) == before


async def test_people_who_are_not_in_the_sheet_stay_or_go(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    await send_sheet(bot, tmp_path, MAI)
    assert "1 person registered here is not in “list.xlsx”: Trần Thị Mai." in await send_sheet(bot, tmp_path, SOK)
    await bot.tap("Keep, and add the sheet")
    await do_owed(bot, tmp_path)
    assert [(await session(bot)).answers.get(f"name@{at}") for at in (1, 2)] == ["Trần Thị Mai", "Sok Dara"]
    await send_sheet(bot, tmp_path, PEOPLE[0])
    await bot.tap("Keep only the sheet")
    await do_owed(bot, tmp_path)
    assert [(await session(bot)).answers.get(f"name@{at}") for at in (1, 2)] == ["Person 1", None]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.xlsx", b"no workbook at all", "I read sheets in the .xlsx format only."),
        ("list.csv", b"", "I read sheets in the .xlsx format only."),
        ("list.xlsx", workbook(["Mai"], head=["Who"]), "I do not find the titles of the columns."),
        ("list.xlsx", workbook(head=HEAD), "Nobody stands below the titles of the columns yet."),
        ("list.xlsx", workbook(*PEOPLE, *[[f"More {at}", *SOK[1:]] for at in range(9)]), "21 people; 20 at most"),
        ("list.xlsx", workbook(["Mai", "1/1/1980"], head=HEAD[:2]), "These columns are missing: Diet."),
    ],
)
async def test_file_that_is_no_list_says_what_to_do(
    bot: TestBot, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    await begin(bot, "yes")
    before = await draft_of(bot)
    await send_file(bot, content, name)
    await do_owed(bot, tmp_path)
    assert says in last(bot)
    assert bot.phone(JOHN).last.labels == [["Get the sheet"], ["Answer here, one question at a time"]]
    assert await draft_of(bot) == before


async def test_sheet_that_cannot_be_fetched_is_asked_for_again(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    await send_file(bot, workbook(MAI))
    bot.request.sent_files.clear()
    await do_owed(bot, tmp_path)
    assert "I could not open this file. Please send it once more." in last(bot)


async def test_sheet_is_read_in_the_language_chosen_meanwhile(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    await send_file(bot, workbook(MAI))
    await bot.say("/language")
    await bot.tap("Français")
    await do_owed(bot, tmp_path)
    assert "✓ 1 personne lue dans" in last(bot)


async def test_sheet_that_comes_after_the_closing_changes_nothing(bot: TestBot, tmp_path: Path) -> None:
    await begin(bot, "yes")
    before = await draft_of(bot)
    await send_file(bot, workbook(MAI))
    await change_form(bot, closes=bot.clock.now())
    await do_owed(bot, tmp_path)
    assert "This form was open until" in last(bot)
    assert await draft_of(bot) == before
    assert await sent(bot) == []
