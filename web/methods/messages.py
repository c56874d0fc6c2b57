"""Bubbles with a text: sent, changed, taken away."""

from __future__ import annotations

from typing import Any

from storage import web
from web.channel import Conversation, WebChannel
from web.errors import ApiError, bad_request
from web.markup import apply_keyboard, inline_buttons
from web.parameters import Parameters
from web.shown import Shown

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


async def send_message(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Show a new bubble of the assistant; return it as a ``Message``."""
    text, entities = parameters.message_text()
    async with channel.conversation(parameters.chat) as chat:
        return await send(chat, parameters.markup, Shown.of_assistant(text=text, entities=entities))


async def send(chat: Conversation, markup: dict[str, Any] | None, shown: Shown) -> dict[str, Any]:
    """Show a bubble with what its ``reply_markup`` asks for."""
    shown = await chat.add(shown.model_copy(update={"buttons": inline_buttons(markup)}))
    if apply_keyboard(chat.state, markup):
        await chat.keep_state()
        chat.events.append({"type": "keyboard", "keyboard": chat.state.keyboard, "placeholder": chat.state.placeholder})
    return chat.message(shown)


async def edit_message_text(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Change a bubble's text and buttons; without ``reply_markup`` the buttons go."""
    text, entities = parameters.message_text()
    async with channel.conversation(parameters.chat) as chat:
        before = await _editable(chat, parameters)
        if before.file is not None:
            raise bad_request("there is no text in the message to edit")
        buttons = inline_buttons(parameters.markup)
        changes = {"text": text, "entities": entities, "buttons": buttons, "edited": chat.now}
        return await _change(chat, before, changes)


async def edit_message_reply_markup(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Change a bubble's buttons."""
    async with channel.conversation(parameters.chat) as chat:
        before = await _editable(chat, parameters)
        return await _change(chat, before, {"buttons": inline_buttons(parameters.markup)})


async def delete_message(channel: WebChannel, parameters: Parameters) -> bool:
    """Take a bubble of either side away."""
    async with channel.conversation(parameters.chat) as chat:
        shown = await chat.get(parameters.number("message_id"))
        if shown is None:
            raise bad_request("message to delete not found")
        await web.remove(chat.tx, chat.chat, shown.message_id)
        chat.events.append({"type": "gone", "id": shown.message_id})
    return True


async def _editable(chat: Conversation, parameters: Parameters) -> Shown:
    number = parameters.number("message_id")
    if number is None:
        raise ApiError("Bad Request: message identifier is not specified")
    shown = await chat.get(number)
    if shown is None:
        raise bad_request("message to edit not found")
    if shown.sender != "assistant":
        raise bad_request("message can't be edited")
    return shown


async def _change(chat: Conversation, before: Shown, changes: dict[str, Any]) -> dict[str, Any]:
    after = before.model_copy(update=changes)
    if after.model_copy(update={"edited": before.edited}) == before:
        raise bad_request(_NOT_MODIFIED)
    return chat.message(await chat.put(after))
