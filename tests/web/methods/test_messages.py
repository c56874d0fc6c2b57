"""Bubbles with a text, called through the library's request layer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.stand import Stand
from web.actions import Actions
from web.html import Entity

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes1"}]]}


async def test_sent_message_is_returned_and_shown(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendMessage", chat_id=mai, text="<b>Hi</b> /help", parse_mode="HTML", reply_markup=BUTTON)
    bold: Entity = {"type": "bold", "offset": 0, "length": 2}
    command: Entity = {"type": "bot_command", "offset": 3, "length": 5}
    assert sent["message_id"] == 1
    assert sent["chat"] == {"id": mai, "type": "private", "first_name": "Trần Thị Mai"}
    assert (sent["from"]["is_bot"], sent["text"], sent["entities"]) == (True, "Hi /help", [bold, command])
    assert sent["reply_markup"] == BUTTON
    [shown] = await stand.bodies(mai)
    assert (shown["text"], shown["buttons"], shown["mine"]) == ("Hi /help", BUTTON["inline_keyboard"], False)


async def test_values_may_come_as_text(stand: Stand, mai: int) -> None:
    markup = '{"inline_keyboard": [[{"text": "Site", "url": "https://x.org"}]]}'
    sent = await stand.call("sendMessage", chat_id=str(mai), text="x", reply_markup=markup)
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://x.org"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"entities": [{"type": "bold", "offset": 0}]}, "can't parse MessageEntity"),
        ({"reply_markup": {"inline_keyboard": [{"text": "x"}]}}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"keyboard": "x"}}, "can't parse reply keyboard markup JSON object"),
        (
            {"reply_markup": {"keyboard": [[{"text": ""}]]}},
            "can't parse keyboard button: Button text must not be empty",
        ),
        ({"reply_markup": {"x": 1}}, "object expected as reply markup"),
        ({"reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "ខ" * 22}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}},
            "can't parse inline keyboard button: Button text must not be empty",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "javascript:1"}]]}},
            "inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_wrong_message_is_refused_as_by_telegram(
    stand: Stand, mai: int, values: dict[str, Any], reason: str
) -> None:
    given = {"chat_id": mai, "text": "x", **values}
    assert await stand.refusal("sendMessage", **given) == reason.capitalize()
    assert await stand.bodies(mai) == []


async def test_entities_may_be_given_instead_of_html(stand: Stand, mai: int) -> None:
    bold = {"type": "bold", "offset": 1, "length": 1}
    sent = await stand.call("sendMessage", chat_id=mai, text=" x", entities=[bold])
    assert (sent["text"], sent["entities"]) == ("x", [{**bold, "offset": 0}])


async def test_longest_message_is_taken(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendMessage", chat_id=mai, text="<i>" + "😀" * 2048 + "</i>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "italic", "offset": 0, "length": 4096}]


async def test_keyboard_of_texts_stays_until_it_is_removed(stand: Stand, mai: int) -> None:
    markup = {"keyboard": [["Yes", {"text": "Phone", "request_contact": True}]], "input_field_placeholder": "Choose"}
    await stand.call("sendMessage", chat_id=mai, text="x", reply_markup=markup)
    await stand.call("sendMessage", chat_id=mai, text="y", reply_markup=BUTTON)
    shown = await stand.channel.everything(mai)
    assert shown["keyboard"]["keyboard"] == [[{"text": "Yes"}, {"text": "Phone", "request_contact": True}]]
    assert shown["placeholder"] == "Choose"
    await stand.call("sendMessage", chat_id=mai, text="z", reply_markup={"remove_keyboard": True})
    assert (await stand.channel.everything(mai))["keyboard"] is None


async def test_edit_replaces_text_and_buttons(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="before", reply_markup=BUTTON)
    edited = await stand.call("editMessageText", chat_id=mai, message_id=1, text="after")
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("after", False, True)
    [shown] = await stand.bodies(mai)
    assert (shown["text"], shown["edited"], "buttons" in shown) == ("after", True, False)


async def test_edit_that_changes_nothing_is_refused(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="<b>x</b>", parse_mode="HTML", reply_markup=BUTTON)
    same: dict[str, Any] = {"chat_id": mai, "message_id": 1, "text": "<strong>x</strong>", "parse_mode": "HTML"}
    assert await stand.refusal("editMessageText", **same, reply_markup=BUTTON) == NOT_MODIFIED.capitalize()
    assert await stand.refusal("editMessageReplyMarkup", chat_id=mai, message_id=1, reply_markup=BUTTON) == (
        NOT_MODIFIED.capitalize()
    )
    bare = await stand.call("editMessageReplyMarkup", chat_id=mai, message_id=1)
    assert ("reply_markup" in bare, "edit_date" in bare) == (False, False)


async def test_edit_of_what_is_not_there_or_not_its_own_is_refused(stand: Stand, mai: int) -> None:
    assert await stand.refusal("editMessageText", chat_id=mai, message_id=9, text="x") == "Message to edit not found"
    assert await stand.refusal("editMessageText", chat_id=mai, text="x") == "Message identifier is not specified"
    await Actions(stand.channel, stand.receive).text(mai, "client-0001", "mine", None)
    assert await stand.refusal("editMessageText", chat_id=mai, message_id=1, text="x") == "Message can't be edited"
    await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai)
    assert await stand.refusal("editMessageText", chat_id=mai, message_id=2, text="x") == (
        "There is no text in the message to edit"
    )


async def test_state_beside_the_bubbles_cannot_be_edited_or_deleted(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="x", reply_markup={"keyboard": [["Yes"]]})
    assert await stand.refusal("deleteMessage", chat_id=mai, message_id=0) == "Message to delete not found"
    assert await stand.refusal("editMessageText", chat_id=mai, message_id=0, text="x") == "Message to edit not found"


async def test_deleted_message_is_gone_and_its_number_is_not_given_again(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="x")
    assert await stand.call("deleteMessage", chat_id=mai, message_id=1) is True
    assert await stand.refusal("deleteMessage", chat_id=mai, message_id=1) == "Message to delete not found"
    assert await stand.refusal("editMessageText", chat_id=mai, message_id=1, text="y") == "Message to edit not found"
    assert (await stand.call("sendMessage", chat_id=mai, text="y"))["message_id"] == 2
