"""The assistant as it is started, over HTTP, at an emulator of Telegram that others wrote."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from bot.errors import SettingsError, StorageError
from tests.e2e.start import prepared, running, settings
from tests.support.emulator import EmulatedTelegram
from tests.support.people import LINH, SOKHA
from tests.support.sample import linked
from tests.support.server import TOKEN, BotServer


@pytest.fixture
async def telegram() -> AsyncIterator[EmulatedTelegram]:
    async with EmulatedTelegram.emulated() as emulated:
        yield emulated
        assert emulated.problems() == []


@pytest.fixture
async def home(tmp_path: Path) -> Path:
    await prepared(tmp_path, partial(linked, code="tran-thi-mai", who=LINH))
    return tmp_path


def assistant(telegram: EmulatedTelegram, home: Path) -> AbstractAsyncContextManager[list[str]]:
    return running(settings(home, token=TOKEN, api_url=telegram.root))


async def test_start_meets_a_stranger_and_a_focal_point(telegram: EmulatedTelegram, home: Path) -> None:
    async with assistant(telegram, home):
        await telegram.say("/start", LINH)
        await telegram.until(lambda: len(telegram.phone(LINH.id).bubbles) == 2)
        await telegram.say("/start", SOKHA)
        await telegram.until(lambda: len(telegram.phone(SOKHA.id).bubbles) == 2)
    greeted = telegram.phone(LINH.id).bubbles
    assert "Trần Thị Mai" in greeted[0].text
    assert greeted[0].labels == [["Français", "✓ Tiếng Việt"], ["ភាសាខ្មែរ", "ລາວ"], ["English"]]
    assert [row[0] for row in telegram.phone(LINH.id).keyboard or []] == [
        "📅 Các cuộc họp sắp tới",
        "👤 Cán bộ đầu mối",
    ]


async def test_meetings_are_turned_over_in_place(telegram: EmulatedTelegram, home: Path) -> None:
    async with assistant(telegram, home):
        shown = await telegram.say("/meetings", LINH)
        page = await telegram.tap("Tiếp ›", LINH)
        card = await telegram.tap("6", LINH)
    assert [bubble.message_id for bubble in (*page, *card)] == [shown[0].message_id] * 2
    assert card[0].edits == 2
    assert [call.method for call in telegram.calls if call.method.startswith(("send", "edit", "answer"))] == [
        "sendMessage", "answerCallbackQuery", "editMessageText", "answerCallbackQuery", "editMessageText",
    ]  # fmt: skip


async def test_a_document_goes_out(telegram: EmulatedTelegram, home: Path) -> None:
    async with assistant(telegram, home):
        page = (await telegram.say("/meetings", LINH))[0]
        while not (row := re.search(r"(\d+)\. Hội nghị thường niên", page.text)):
            page = (await telegram.tap("Tiếp ›", LINH))[0]
        card = (await telegram.tap(row[1], LINH))[0]
        button = next(label for line in card.labels for label in line if label.startswith("📄"))
        await telegram.tap(button, LINH)
        await telegram.until(lambda: telegram.phone(LINH.id).last.files is not None)
    sent = telegram.phone(LINH.id).last.files
    tables = home / "files" / "files"
    assert sent is not None
    assert sent == {"document": (sent["document"][0], (tables / sent["document"][0]).read_bytes())}


async def test_a_restart_goes_on_where_it_stopped(telegram: EmulatedTelegram, home: Path) -> None:
    async with assistant(telegram, home):
        first = await telegram.say("/deadlines", SOKHA)
    async with assistant(telegram, home):
        again = await telegram.say("/deadlines", SOKHA)
    assert [bubble.text for bubble in again] == [bubble.text for bubble in first]


async def test_two_assistants_on_one_database_are_refused(telegram: EmulatedTelegram, home: Path) -> None:
    async with assistant(telegram, home):
        with pytest.raises(ExceptionGroup) as refused:
            async with assistant(telegram, home):
                pass
    assert refused.group_contains(StorageError, match="is running on this database already")


async def test_a_refused_token_stops_the_assistant(home: Path) -> None:
    telegram = BotServer()
    async with telegram.listening():
        with pytest.raises(ExceptionGroup) as refused:
            async with running(settings(home, token="987654321:" + "z" * 35, api_url=telegram.root)):
                await asyncio.Event().wait()
    assert refused.group_contains(SettingsError, match="Telegram refuses RELAIS_TOKEN")
