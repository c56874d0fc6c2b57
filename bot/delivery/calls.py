"""From a reply to the Bot API calls that show it, as plain values that can be kept in a row until they are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import orjson
from pydantic import ConfigDict, TypeAdapter

from bot.delivery.incoming import Incoming
from bot.texts.cut import split
from bot.texts.reply import Button, Reply, Rows, Share
from locales import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API; checked only when it is read from a row."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    method: str
    parameters: dict[str, Any]
    files: dict[str, tuple[str, Path]] = field(default_factory=dict)
    """Form field → the file's name and where it lies."""
    optional: bool = False
    """Whether nobody misses it when it is refused, such as the answer to an old tap."""
    otherwise: tuple[Call, ...] = ()
    """What the outbox makes in its place when it is refused."""

    @property
    def disturbs(self) -> bool:
        """Whether somebody may be woken by it; a bubble that changes makes no sound."""
        return not self.method.startswith("edit")


CALLS = TypeAdapter(tuple[Call, ...])
"""Reads calls from a row."""

_REMEMBERED = 1_000
_keyboards: dict[int, tuple[Rows, list[list[dict[str, str]]]]] = {}
"""By the rows' identity, which is theirs as long as they are kept here."""


def dumped(calls: tuple[Call, ...]) -> str:
    """Return calls as they are kept in a row."""
    return orjson.dumps(calls, default=str).decode()  # a path is no JSON


def calls_for(reply: Reply, incoming: Incoming) -> tuple[Call, ...]:
    """Return the calls that answer what came in with this reply.

    A tap is answered first (it stops the spinning circle), then its bubble is edited or a new one is sent; a text that
    is too long becomes several bubbles with the buttons under the last; files follow.
    """
    calls: list[Call] = []
    if incoming.kind == "tap":
        notice = {"text": reply.notice[:200]} if reply.notice else {}
        calls.append(
            Call(
                method="answerCallbackQuery", parameters={"callback_query_id": incoming.query, **notice}, optional=True
            )
        )
    if reply.text:
        edited = incoming.message_id if incoming.kind == "tap" and reply.place == "edit" else None
        calls.extend(bubbles(incoming.chat, reply, edited))
    calls.extend(documents(incoming.chat, reply))
    if reply.share is not None:
        calls.append(_sharing(incoming.chat, reply.share))
    return tuple(calls)


def _sharing(chat: int, share: Share) -> Call:
    keys = [
        [{"text": share.label, "request_contact": True}],
        *([{"text": one} for one in row] for row in share.keyboard),
    ]
    markup = {"keyboard": keys, "resize_keyboard": True, "is_persistent": True}
    return Call(method="sendMessage", parameters={"chat_id": chat, "text": share.text, "reply_markup": markup})


def bubbles(chat: int, reply: Reply, edited: int | None = None) -> list[Call]:
    """Return the calls that show the reply's text; ``edited`` is the message whose place the first part takes."""
    parts = _parts(reply.text)
    calls = []
    for number, part in enumerate(parts):
        parameters: dict[str, Any] = {"chat_id": chat, "text": part, "parse_mode": "HTML"}
        parameters["link_preview_options"] = {"is_disabled": True}
        editing = number == 0 and edited is not None
        if number == len(parts) - 1:
            parameters.update(_markup(reply, editing=editing))
        if editing:
            calls.append(Call(method="editMessageText", parameters={**parameters, "message_id": edited}))
        else:
            calls.append(Call(method="sendMessage", parameters=parameters))
    return calls


def documents(chat: int, reply: Reply) -> list[Call]:
    """Return the calls that send the reply's files."""
    calls = []
    for file in reply.files:
        caption = {"caption": file.caption, "parse_mode": "HTML"} if file.caption else {}
        method, field = ("sendPhoto", "photo") if file.photo else ("sendDocument", "document")
        files = {field: (file.name, file.path)}
        calls.append(Call(method=method, parameters={"chat_id": chat, **caption}, files=files))
    return calls


def _markup(reply: Reply, *, editing: bool) -> dict[str, Any]:
    """A bubble carries buttons or a keyboard; one that is edited cannot carry a keyboard."""
    if reply.buttons:
        return {"reply_markup": {"inline_keyboard": inline_keyboard(reply.buttons)}}
    if reply.keyboard is None or editing:
        return {}
    rows = [[{"text": label} for label in row] for row in reply.keyboard]
    return {"reply_markup": {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}}


@lru_cache(_REMEMBERED)
def _parts(text: Html) -> tuple[Html, ...]:
    return tuple(split(text))


def inline_keyboard(rows: Rows) -> list[list[dict[str, str]]]:
    """Return the buttons as Telegram's inline keyboard; of the very same rows it is made once, and never changed."""
    made = _keyboards.get(id(rows))
    if made is None or made[0] is not rows:
        if len(_keyboards) >= _REMEMBERED:
            _keyboards.clear()
        made = _keyboards[id(rows)] = rows, [[_button(button) for button in row] for row in rows if row]
    return made[1]


def _button(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    assert button.tap is not None
    return {"text": button.label, "callback_data": button.tap.data}
