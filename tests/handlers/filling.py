"""A small form in the sample network, and what people do with it, for tests."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.network.forms import Form, Question
from storage import drafts, submissions
from storage.database import Database
from storage.network import FORMS, QUESTIONS
from storage.submissions import Submission
from tests.forms.small import VISIT, form
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, Somebody
from tests.support.sample import NOW, linked
from tests.support.whole import whole

CLOSES = datetime(2027, 5, 31, 17, 0, tzinfo=UTC)
MEMBERS = ((JOHN, "tran-thi-mai"), (LINH, "le-thi-ngoc-han"), (CAMILLE, "helene-marchand"))


async def put(database: Database, given: Form, questions: tuple[Question, ...]) -> None:
    async with database.transaction() as write:
        await FORMS.put(write, given)
        for one in questions:
            await QUESTIONS.put(write, one)


async def change_form(bot: TestBot, **more: Any) -> None:
    async with bot.database.transaction() as write:
        held = await FORMS.get(write, "visit")
        assert held is not None
        await FORMS.put(write, held.model_copy(update=more))


async def start(folder: Path) -> TestBot:
    return await TestBot.start(folder, whole(folder), now=NOW)


async def begin(bot: TestBot, *answers: str, who: Somebody = JOHN) -> None:
    """Open the first form of the list, and answer its first questions."""
    await bot.say("/forms", who)
    await bot.tap("1", who)
    for text in answers:
        await bot.say(text, who)


async def draft_of(bot: TestBot, owner: str = "p:tran-thi-mai") -> str:
    """The one draft of that owner, as it is kept."""
    async with bot.database.snapshot() as read:
        (draft,) = await drafts.all_of(read, owner)
    return draft.session


def last(bot: TestBot, who: Somebody = JOHN) -> str:
    return bot.phone(who).last.text


async def fill(bot: TestBot, who: Somebody = JOHN, name: str = "Mai") -> None:
    """Answer everything up to the review."""
    await begin(bot, name, "18/5", "no", "rice", "market", who=who)
    await bot.tap_data(skip_of(bot, who), who)


def skip_of(bot: TestBot, who: Somebody = JOHN) -> str:
    found = [one.data for row in bot.phone(who).last.buttons for one in row if one.data and one.data.endswith(":s")]
    assert found
    assert found[0] is not None
    return found[0]


def send_of(bot: TestBot, who: Somebody = JOHN) -> str:
    found = [one.data for row in bot.phone(who).last.buttons for one in row if one.data and one.data.endswith(":ok")]
    assert found, last(bot, who)
    assert found[0] is not None
    return found[0]


async def sent(bot: TestBot) -> list[Submission]:
    async with bot.database.snapshot() as read:
        return await submissions.of_form(read, "visit")


@contextlib.asynccontextmanager
async def started(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")
    async with await start(tmp_path) as bot:
        async with bot.database.transaction() as write:
            for table in ("questions", "forms"):
                await write.execute(f"DELETE FROM {table}")
        await put(bot.database, form(), VISIT)
        for who, code in MEMBERS:
            await linked(bot.database, code, who)
        yield bot
