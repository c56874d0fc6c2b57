from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.incoming import Update, read_update
from bot.texts.reply import Tap
from tests.support.people import LINH, Somebody, message, tap


def read(raw: dict[str, Any]) -> Any:
    return read_update("telegram", Update.model_validate(raw))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", ("text", "", "hello")),
        ("  hello\n", ("text", "", "hello")),
        ("/start", ("command", "start", "")),
        ("/Start", ("command", "start", "")),
        ("/start@relais_bot join-123", ("command", "start", "join-123")),
        ("/meetings\nHa Noi", ("command", "meetings", "Ha Noi")),
        ("/", ("text", "", "/")),
        ("/ប្រជុំ", ("text", "", "/ប្រជុំ")),
        ("   ", ("other", "", "")),
        (None, ("other", "", "")),
    ],
)
def test_a_message_is_a_command_words_or_something_else(text: str | None, expected: tuple[str, str, str]) -> None:
    incoming = read(message(1, 3, LINH, text))
    assert (incoming.kind, incoming.command, incoming.text) == expected
    assert (incoming.chat, incoming.message_id, incoming.user.name) == (LINH.id, 3, "Linh")


def test_a_caption_is_read_as_words() -> None:
    incoming = read(message(1, 3, LINH, None, photo=[{"file_id": "a"}], caption="/help me"))
    assert (incoming.kind, incoming.command, incoming.text) == ("command", "help", "me")


def test_a_tap_names_its_bubble_and_its_query() -> None:
    incoming = read(tap(4, 9, LINH, "meetings1:2"))
    assert (incoming.kind, incoming.tap, incoming.message_id) == ("tap", Tap("meetings", 1, ("2",)), 9)
    assert (incoming.chat, incoming.query) == (LINH.id, "q4")


def test_a_tap_with_foreign_data_is_a_tap_on_nothing() -> None:
    assert read(tap(4, 9, LINH, "../../etc")).tap is None


def test_a_tap_whose_bubble_is_gone_belongs_to_who_tapped() -> None:
    raw = tap(4, 9, LINH, "meetings1")
    del raw["callback_query"]["message"]
    assert (read(raw).chat, read(raw).message_id, Update.model_validate(raw).chat) == (LINH.id, None, LINH.id)


def test_groups_bots_and_other_kinds_of_update_are_left_alone() -> None:
    group = message(1, 3, LINH, "hello")
    group["message"]["chat"] = {"id": -100, "type": "supergroup"}
    in_group = tap(1, 3, LINH, "meetings1")
    in_group["callback_query"]["message"]["chat"] = {"id": -100, "type": "supergroup"}
    bot = message(1, 3, Somebody(7, "Robot"), "hello")
    bot["message"]["from"]["is_bot"] = True
    member = {"update_id": 1, "my_chat_member": {"chat": LINH.chat, "from": LINH.user, "date": 1}}
    assert [read(raw) for raw in (group, in_group, bot, member)] == [None] * 4


def test_an_update_of_no_chat_keeps_its_own_order() -> None:
    assert Update.model_validate({"update_id": 12}).chat == -12


def test_what_is_passed_on_is_words_even_if_it_looks_like_a_command() -> None:
    incoming = read(message(1, 3, LINH, "/start", forward_origin={"type": "hidden_user", "date": 1}))
    assert (incoming.kind, incoming.text, incoming.forwarded) == ("text", "/start", True)


def test_a_link_under_other_words_is_seen() -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 4, "url": "https://hue.example.org/tin"}]
    assert read(message(1, 3, LINH, "Nước", entities=entities)).hidden_link == "https://hue.example.org/tin"
