"""Checks a ``reply_markup`` as Telegram does, and takes out of it what the page shows."""

from __future__ import annotations

from typing import Any

from bot.texts.reply import CALLBACK_LIMIT
from web.errors import bad_request
from web.shown import Keyboard
from web.state import ChatState

_ACTIONS = ("callback_data", "url", "copy_text")
"""What a button under a bubble may do on the page."""


def inline_buttons(markup: dict[str, Any] | None) -> Keyboard:
    """Return the rows under a bubble; raises ApiError for a button that Telegram would refuse."""
    rows = _rows((markup or {}).get("inline_keyboard", []))
    return [[_inline(button) for button in row] for row in rows if row]


def apply_keyboard(state: ChatState, markup: dict[str, Any] | None) -> bool:
    """Change the keyboard below the text field as the markup says; return whether anything changed."""
    before = (state.keyboard, state.placeholder)
    if markup is None or "inline_keyboard" in markup:
        return False
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"])
        state.keyboard = {**markup, "keyboard": [[_reply(button) for button in row] for row in rows]}
        state.placeholder = str(markup.get("input_field_placeholder", ""))
    elif markup.get("remove_keyboard"):
        state.keyboard, state.placeholder = None, ""
    elif markup.get("force_reply"):
        state.placeholder = str(markup.get("input_field_placeholder", ""))
    else:
        raise bad_request("object expected as reply markup")
    return (state.keyboard, state.placeholder) != before


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request("can't parse reply keyboard markup JSON object")
    return value


def _inline(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Button text must not be empty")
    actions = [name for name in _ACTIONS if name in button]
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = str(button.get("callback_data", "-"))
    if not 1 <= len(data.encode()) <= CALLBACK_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).lower().startswith(
        ("http://", "https://", "tg://", "mailto:", "tel:")
    ):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return button


def _reply(button: Any) -> dict[str, Any]:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse keyboard button: Button text must not be empty")
    return button
