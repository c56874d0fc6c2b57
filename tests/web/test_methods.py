"""Every method of the web's Bot API, called through the library's request layer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest, InvalidToken

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from tests.web.pictures import png
from tests.web.stand import Stand
from web.actions import Actions
from web.html import Entity
from web.methods import METHODS

Files = Mapping[str, tuple[str, bytes]] | None
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes1"}]]}


async def refusal(stand: Stand, method: str, files: Files = None, **values: Any) -> str:
    with pytest.raises(BadRequest) as refused:
        await stand.call(method, files, **values)
    return refused.value.message


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
    assert await refusal(stand, "sendMessage", **given) == reason.capitalize()
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
    assert await refusal(stand, "editMessageText", **same, reply_markup=BUTTON) == NOT_MODIFIED.capitalize()
    assert await refusal(stand, "editMessageReplyMarkup", chat_id=mai, message_id=1, reply_markup=BUTTON) == (
        NOT_MODIFIED.capitalize()
    )
    bare = await stand.call("editMessageReplyMarkup", chat_id=mai, message_id=1)
    assert ("reply_markup" in bare, "edit_date" in bare) == (False, False)


async def test_edit_of_what_is_not_there_or_not_its_own_is_refused(stand: Stand, mai: int) -> None:
    assert await refusal(stand, "editMessageText", chat_id=mai, message_id=9, text="x") == "Message to edit not found"
    assert await refusal(stand, "editMessageText", chat_id=mai, text="x") == "Message identifier is not specified"
    await Actions(stand.channel, stand.receive).text(mai, "client-0001", "mine", None)
    assert await refusal(stand, "editMessageText", chat_id=mai, message_id=1, text="x") == "Message can't be edited"
    await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai)
    assert await refusal(stand, "editMessageText", chat_id=mai, message_id=2, text="x") == (
        "There is no text in the message to edit"
    )


async def test_state_beside_the_bubbles_cannot_be_edited_or_deleted(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="x", reply_markup={"keyboard": [["Yes"]]})
    assert await refusal(stand, "deleteMessage", chat_id=mai, message_id=0) == "Message to delete not found"
    assert await refusal(stand, "editMessageText", chat_id=mai, message_id=0, text="x") == "Message to edit not found"


async def test_deleted_message_is_gone_and_its_number_is_not_given_again(stand: Stand, mai: int) -> None:
    await stand.call("sendMessage", chat_id=mai, text="x")
    assert await stand.call("deleteMessage", chat_id=mai, message_id=1) is True
    assert await refusal(stand, "deleteMessage", chat_id=mai, message_id=1) == "Message to delete not found"
    assert await refusal(stand, "editMessageText", chat_id=mai, message_id=1, text="y") == "Message to edit not found"
    assert (await stand.call("sendMessage", chat_id=mai, text="y"))["message_id"] == 2


@pytest.mark.parametrize("query", ["", "nonsense", "1.unknown-tap", "99.unknown-tap"])
async def test_answer_to_a_tap_that_was_never_made_is_refused(stand: Stand, mai: int, query: str) -> None:
    reason = await refusal(stand, "answerCallbackQuery", callback_query_id=query)
    assert reason == "Query is too old and response timeout expired or query id is invalid"


async def test_chat_action_must_be_one(stand: Stand, mai: int) -> None:
    assert await stand.call("sendChatAction", chat_id=mai, action="typing") is True
    assert await refusal(stand, "sendChatAction", chat_id=mai, action="dancing") == "Wrong parameter action in request"
    assert await refusal(stand, "sendChatAction", chat_id=99, action="typing") == "Chat not found"


async def test_document_is_kept_and_can_be_fetched(stand: Stand, mai: int) -> None:
    sent = await stand.call(
        "sendDocument",
        {"document": ("../Chương trình.pdf", b"%PDF")},
        chat_id=mai,
        caption="<i>x</i>",
        parse_mode="HTML",
    )
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Chương trình.pdf",
        "application/pdf",
        4,
    )
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("x", "italic")
    file = await stand.call("getFile", file_id=document["file_id"])
    assert await stand.request.retrieve(f"https://web.invalid/file/bot0:web/{file['file_path']}") == b"%PDF"
    again = await stand.call("sendDocument", chat_id=mai, document=document["file_id"])
    assert (again["document"]["file_name"], again["document"]["file_size"]) == ("Chương trình.pdf", 4)


async def test_photo_is_a_picture_or_refused(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendPhoto", {"photo": ("view.png", png(32, 18))}, chat_id=mai)
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(32, 18)]
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await stand.call("sendPhoto", {"photo": ("view.png", b"no picture")}, chat_id=mai)


async def test_refused_file_leaves_nothing_on_the_disk(stand: Stand, mai: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=99)
    with pytest.raises(BadRequest, match="caption is too long"):
        await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai, caption="x" * 1025)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await stand.call("sendDocument", {"document": ("a.txt", b"")}, chat_id=mai)
    assert [path for path in stand.folder.rglob("*") if path.is_file()] == []


async def test_file_that_is_not_there_is_refused(stand: Stand, mai: int) -> None:
    assert await refusal(stand, "sendDocument", chat_id=mai) == "There is no document in the request"
    assert await refusal(stand, "getFile", file_id="x") == "Wrong file identifier/http url specified"
    assert await refusal(stand, "getFile", file_id="web-9") == "Wrong file_id or the file is temporarily unavailable"
    with pytest.raises(InvalidToken):
        await stand.request.retrieve("https://web.invalid/file/bot0:web/files/9")


async def test_file_that_is_gone_from_the_disk_is_refused(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai)
    [path] = [path for path in stand.folder.rglob("*") if path.is_file()]
    path.unlink()
    reason = await refusal(stand, "sendDocument", chat_id=mai, document=sent["document"]["file_id"])
    assert reason == "Wrong file_id or the file is temporarily unavailable"
    with pytest.raises(InvalidToken):
        await stand.request.retrieve("https://web.invalid/file/bot0:web/files/1")


async def test_menu_is_the_most_particular_one(stand: Stand, mai: int) -> None:
    async def menu() -> list[str]:
        return [one["command"] for one in (await stand.channel.everything(mai))["commands"]]

    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    scope = {"type": "chat", "chat_id": mai}
    assert await menu() == []
    await stand.call("setMyCommands", commands=commands("everybody"))
    assert await menu() == ["everybody"]
    await stand.call("setMyCommands", commands=commands("vietnamese"), language_code="vi")
    assert await menu() == ["vietnamese"]
    await stand.call("setMyCommands", commands=commands("private"), scope={"type": "all_private_chats"})
    assert await menu() == ["private"]
    await stand.call("setMyCommands", commands=commands("mine"), scope=scope)
    assert await menu() == ["mine"]
    assert await stand.call("getMyCommands", scope=scope) == commands("mine")
    assert await stand.call("getMyCommands", language_code="vi") == commands("vietnamese")
    await stand.call("deleteMyCommands", scope=scope)
    await stand.call("deleteMyCommands", scope={"type": "all_private_chats"})
    assert await menu() == ["vietnamese"]
    assert await stand.call("getMyCommands", scope=scope) == []


async def test_wrong_menu_is_refused(stand: Stand, mai: int) -> None:
    async def reason(name: str, description: str, **more: Any) -> str:
        commands = [{"command": name, "description": description}]
        return await refusal(stand, "setMyCommands", commands=commands, **more)

    assert await reason("Ré", "x") == "Bot_command_invalid"
    assert await reason("x", " ") == "Bot_command_description_invalid"
    assert await reason("x", "x", scope={"type": "chat", "chat_id": 99}) == "Chat not found"
    assert await reason("x", "x", scope={"type": "moon"}) == "Botcommandscope has unsupported type specified"
    assert await refusal(stand, "setMyCommands", commands="x") == "Can't parse commands json object"


async def test_name_and_descriptions_are_shown_in_the_readers_language(stand: Stand, mai: int) -> None:
    await stand.call("setMyName", name="The network")
    await stand.call("setMyName", name="Mạng lưới", language_code="vi")
    await stand.call("setMyDescription", description="Xin chào", language_code="vi")
    await stand.call("setMyShortDescription", short_description="Thư ký", language_code="vi")
    shown = await stand.channel.everything(mai)
    assert (shown["title"], shown["empty"], shown["summary"]) == ("Mạng lưới", "Xin chào", "Thư ký")
    await stand.call("setMyName", name="", language_code="vi")
    assert (await stand.channel.everything(mai))["title"] == "The network"
    assert await refusal(stand, "setMyName", name="x" * 65) == "Name is too long"


async def test_menu_button_is_taken(stand: Stand, mai: int) -> None:
    assert await stand.call("setChatMenuButton", chat_id=mai, menu_button={"type": "commands"}) is True
    assert await stand.call("setChatMenuButton") is True
    assert await refusal(stand, "setChatMenuButton", menu_button={"type": "x"}) == (
        "Menubutton has unsupported type specified"
    )


async def test_get_me_says_who_it_is(stand: Stand) -> None:
    me = await stand.call("getMe")
    assert (me["is_bot"], me["first_name"]) == (True, "Relais")
    assert await stand.call("getme") == me


async def test_unknown_method_is_not_found_and_never_silent(stand: Stand) -> None:
    with pytest.raises(InvalidToken, match="Not Found: method not found"):
        await stand.call("sendDice", chat_id=1)
    assert "sendDice" not in METHODS


async def test_api_of_the_house_speaks_over_it(stand: Stand, mai: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    sent = await stand.api.make(
        Call(method="sendDocument", parameters={"chat_id": mai}, files={"document": ("a.pdf", path)})
    )
    refused = await stand.api.make(Call(method="sendMessage", parameters={"chat_id": 99, "text": "x"}))
    assert (sent.kind, sent.result["document"]["file_size"]) == ("sent", 4)
    assert refused == Outcome("refused", reason="Chat not found")
