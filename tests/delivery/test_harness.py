from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.texts.reply import Button, Reply, Tap
from handlers.turn import Conversation, Turn
from locales import Html
from tests.support.bot import TestBot
from tests.support.people import LINH


async def hello(turn: Turn) -> Reply:
    return Reply(Html(f"Hello {turn.incoming.user.name}"), ((Button("More", Tap.to("more", 1)),),))


async def more(turn: Turn) -> Reply:
    return Reply(Html(f"More {turn.tap.number(0)}"))


async def echo(turn: Turn) -> Reply:
    return Reply(Html(f"<b>I read</b> {turn.incoming.text}"))


TALK = Conversation("talk", commands={"start": hello}, taps={("more", 1): more}, words=echo)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, (TALK,)) as started:
        yield started


async def test_say_shows_the_answer(bot: TestBot) -> None:
    assert [(bubble.text, bubble.labels) for bubble in await bot.say("/start", LINH)] == [("Hello Linh", [["More"]])]
    assert [bubble.text for bubble in await bot.say("good day", LINH)] == ["I read good day"]


async def test_tap_shows_the_edited_bubble(bot: TestBot) -> None:
    await bot.say("/start")
    assert [(bubble.text, bubble.edits) for bubble in await bot.tap("More")] == [("More 1", 1)]
    assert bot.methods() == ["sendMessage", "answerCallbackQuery", "editMessageText"]


async def test_a_call_that_telegram_would_refuse_fails_the_test(bot: TestBot) -> None:
    with pytest.raises(AssertionError, match="blink"):
        await bot.say("<blink>now</blink>")
