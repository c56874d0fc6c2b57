"""The methods of the Bot API that the web channel answers, by their names; every other one is not found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from web.channel import WebChannel
from web.methods import files, messages, profile, signs
from web.parameters import Parameters

Method = Callable[[WebChannel, Parameters], Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": signs.answer_callback_query,
    "sendChatAction": signs.send_chat_action,
    "sendDocument": files.send_document,
    "sendPhoto": files.send_photo,
    "getFile": files.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
}
