"""What somebody sees in their chat with the assistant."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson


@dataclass(frozen=True)
class ShownButton:
    """A button under a bubble: it carries callback data or opens a link."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Bubble:
    """A message of the assistant as it stands in the chat now."""

    message_id: int
    html: str = ""
    buttons: tuple[tuple[ShownButton, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    files: Mapping[str, tuple[str, bytes]] | None = None
    """Name and content by form field."""
    edits: int = 0

    @property
    def text(self) -> str:
        """What is read: the HTML without its tags."""
        return html.unescape(re.sub(r"<[^>]+>", "", self.html))

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button.label for button in row] for row in self.buttons]

    def button(self, label: str) -> ShownButton | None:
        """The button whose label is, begins with, or holds ``label``; None if there is none."""
        every = [button for row in self.buttons for button in row]
        for fits in (str.__eq__, str.startswith, str.__contains__):
            for button in every:
                if fits(button.label, label):
                    return button
        return None


class Phone:
    """The chat of one person: bubbles in order; edits take the place of what they edit."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.bubbles: list[Bubble] = []
        self.keyboard: tuple[tuple[str, ...], ...] | None = None
        """The keyboard in place of the letters, as it stands now."""
        self.newest = 0

    @property
    def last(self) -> Bubble:
        assert self.bubbles, "nothing was shown in this chat"
        return self.bubbles[-1]

    def next_id(self) -> int:
        self.newest += 1
        return self.newest

    def show(
        self, method: str, params: Mapping[str, str], files: Mapping[str, tuple[str, bytes]], number: int | None = None
    ) -> Any:
        """Show what a call does; return what Telegram answers to it.  `number` is a new bubble's, if it is known."""
        if method == "editMessageText":
            return self._edit(params)
        if method == "deleteMessage":
            self.bubbles = [bubble for bubble in self.bubbles if bubble.message_id != int(params["message_id"])]
        if not method.startswith("send") or method == "sendChatAction":
            return True
        markup = orjson.loads(params.get("reply_markup", "{}"))
        keyboard = tuple(tuple(key["text"] for key in row) for row in markup.get("keyboard", ())) or None
        self.keyboard = None if markup.get("remove_keyboard") else keyboard or self.keyboard
        text = params.get("text", params.get("caption", ""))
        self.bubbles.append(Bubble(number or self.next_id(), text, _rows(markup), keyboard, files or None))
        return self._message(self.last)

    def _edit(self, params: Mapping[str, str]) -> Any:
        number = int(params["message_id"])
        place = next(place for place, bubble in enumerate(self.bubbles) if bubble.message_id == number)
        old = self.bubbles[place]
        markup = orjson.loads(params.get("reply_markup", "{}"))
        self.bubbles[place] = replace(old, html=params["text"], buttons=_rows(markup), edits=old.edits + 1)
        return self._message(self.bubbles[place])

    def _message(self, bubble: Bubble) -> dict[str, Any]:
        chat = {"id": self.chat, "type": "private"}
        return {"message_id": bubble.message_id, "date": 1, "chat": chat, "text": bubble.text}


def _rows(markup: Mapping[str, Any]) -> tuple[tuple[ShownButton, ...], ...]:
    return tuple(
        tuple(ShownButton(one["text"], one.get("callback_data"), one.get("url")) for one in row)
        for row in markup.get("inline_keyboard", ())
    )
