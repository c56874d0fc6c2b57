from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import RelaisError
from bot.texts.reply import Button, Reply, Tap
from handlers.turn import Conversation, Handler, Turn
from locales import Html
from storage.network import fact, set_fact
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, SOKHA, message, tap


def says(text: str) -> Handler:
    async def handler(turn: Turn) -> Reply:
        await set_fact(turn.tx, "last", text)
        return Reply(Html(text), ((Button("Tap", Tap.to("one", 7)),),))

    return handler


async def fails(turn: Turn) -> Reply:
    await set_fact(turn.tx, "last", "half")
    raise {"boom": LookupError("secret"), "no": RelaisError("secret")}[turn.incoming.text]


async def digits_only(turn: Turn) -> Reply | None:
    return Reply(Html("A number")) if turn.incoming.text.isdigit() else None


CONVERSATIONS = (
    Conversation("coordination", commands={"secret": says("For coordinators")}, roles=frozenset({"coordinator"})),
    Conversation(
        "one", commands={"one": says("One"), "fail": fails}, taps={("one", 2): says("Tapped")}, stale=says("Refreshed")
    ),
    Conversation("two", commands={"one": says("Never"), "secret": says("Nobody is told")}, words=digits_only),
    Conversation("three", taps={("bare", 2): says("Bare")}),
    Conversation("last", words=says("Anything")),
)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with await TestBot.start(tmp_path, CONVERSATIONS) as started:
        yield started


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/one", "One"), ("/ONE@relais_bot now", "One"), ("/unknown", "Anything"), ("42", "A number"),
        ("hello", "Anything"), (None, "Anything"), ("/secret", "Nobody is told"),
    ],
)  # fmt: skip
async def test_first_conversation_that_listens_answers(bot: TestBot, text: str | None, answer: str) -> None:
    sticker = {"file_id": "x"} if text is None else None
    assert [bubble.text for bubble in await bot.say(text, JOHN, sticker=sticker)] == [answer]


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("one2:7", "Tapped"), ("one1:7", "Refreshed"), ("one3", "Refreshed"), ("bare1", "Anything"),
        ("nobody1", "Anything"), ("not ours", "Anything"), ("", "Anything"),
    ],
)  # fmt: skip
async def test_tap_is_answered_by_its_screen_and_version(bot: TestBot, data: str, answer: str) -> None:
    await bot.say("/one")
    await bot.tap_data(data)
    assert bot.phone().last.text == answer
    assert bot.methods().count("answerCallbackQuery") == 1


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/fail no", "Cette demande ne peut pas aboutir telle quelle. Rien n’a été modifié."),
        ("/fail boom", "Je n’ai pas pu répondre, veuillez m’excuser. Rien n’a été modifié. Si cela se reproduit,"),
    ],
)
async def test_failure_is_a_sentence_and_changes_nothing(bot: TestBot, command: str, answer: str) -> None:
    (bubble,) = await bot.say(command, CAMILLE)
    assert (bubble.text.startswith(answer), "secret" in bubble.text) == (True, False)
    async with bot.database.snapshot() as read:
        assert await fact(read, "last") is None
    assert [bubble.text for bubble in await bot.say("/one", CAMILLE)] == ["One"]


async def test_one_update_has_one_effect(bot: TestBot) -> None:
    await bot.receive(message(1, 1, JOHN, "/one"), message(1, 1, JOHN, "/one"))
    await bot.receive(message(1, 1, JOHN, "/one"))
    assert bot.methods() == ["sendMessage"]


async def test_groups_bots_and_edits_are_left_alone(bot: TestBot) -> None:
    group = {"id": -5, "type": "group", "title": "Network"}
    in_group = message(1, 1, JOHN, "/one")
    in_group["message"]["chat"] = group
    from_bot = message(2, 2, JOHN, "/one")
    from_bot["message"]["from"]["is_bot"] = True
    edited = {"update_id": 3, "edited_message": message(3, 3, JOHN, "/one")["message"]}
    tapped = tap(4, 1, JOHN, "one2:7")
    tapped["callback_query"]["message"]["chat"] = group
    await bot.receive(in_group, from_bot, edited, tapped, {"update_id": 5})
    assert bot.methods() == []


async def test_tap_on_a_bubble_that_telegram_no_longer_gives_is_answered_below(bot: TestBot) -> None:
    old = tap(1, 1, SOKHA, "one2:7")
    del old["callback_query"]["message"]
    await bot.receive(old)
    assert bot.methods() == ["answerCallbackQuery", "sendMessage"]
    assert bot.phone(SOKHA).last.text == "Tapped"
