"""The assistant as it is started, over HTTP, at an emulator of Telegram that others wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.start import assistant
from tests.support.emulator import EmulatedTelegram
from tests.support.people import LINH, SOKHA
from tests.support.server import TOKEN


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[EmulatedTelegram]:
    async with EmulatedTelegram.emulated() as emulated:
        yield emulated
        assert emulated.problems() == []


async def test_a_command_a_tap_and_an_edit(telegram: EmulatedTelegram, tmp_path: Path) -> None:
    async with assistant(telegram.root, TOKEN, tmp_path):
        hello = await telegram.say("/start", LINH)
        assert [(bubble.text, bubble.labels) for bubble in hello] == [("Hello Linh", [["More"]])]
        page = await telegram.tap("More", LINH)
        assert [(bubble.text, bubble.message_id, bubble.edits) for bubble in page] == [
            ("Page 2", hello[0].message_id, 1)
        ]
    methods = [call.method for call in telegram.calls]
    assert methods == ["sendMessage", "answerCallbackQuery", "editMessageText"]


async def test_a_document_goes_out(telegram: EmulatedTelegram, tmp_path: Path) -> None:
    async with assistant(telegram.root, TOKEN, tmp_path):
        await telegram.say("/minutes", LINH)
        await telegram.until(lambda: len(telegram.phone(LINH.id).bubbles) == 2)
    files = [bubble.files for bubble in telegram.phone(LINH.id).bubbles]
    assert files == [None, {"document": ("procès-verbal.pdf", b"%PDF-")}]


async def test_a_restart_goes_on_where_it_stopped(telegram: EmulatedTelegram, tmp_path: Path) -> None:
    async with assistant(telegram.root, TOKEN, tmp_path):
        assert [bubble.text for bubble in await telegram.say("one", SOKHA)] == ["I read"]
    async with assistant(telegram.root, TOKEN, tmp_path):
        assert [bubble.text for bubble in await telegram.say("two", SOKHA)] == ["I read"]
    assert len(telegram.calls) == 2
