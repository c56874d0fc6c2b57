"""An update of the Bot API, read into what Relais uses of it.

Only the fields that Relais needs are read, by pydantic, straight from the stored JSON: building the library's own
objects costs ten times as much (``docs/decisions/0004-updates.md``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from bot.texts.reply import Tap

_COMMAND = re.compile(r"^/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)


class _Received(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class User(_Received):
    """Who sent it."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    language_code: str | None = None

    @property
    def name(self) -> str:
        """First and last name as the person wrote them there."""
        return f"{self.first_name} {self.last_name}".strip()


class Chat(_Received):
    """Where it was sent."""

    id: int
    type: str


class Message(_Received):
    """A message; of what is not text, only that it was there."""

    message_id: int
    chat: Chat
    sender: User | None = Field(None, alias="from")
    text: str | None = None
    caption: str | None = None
    document: dict[str, Any] | None = None
    photo: list[dict[str, Any]] | None = None
    contact: dict[str, Any] | None = None
    forward_origin: dict[str, Any] | None = None
    entities: list[dict[str, Any]] | None = None
    caption_entities: list[dict[str, Any]] | None = None


class CallbackQuery(_Received):
    """A tap on a button under a bubble."""

    id: str
    sender: User = Field(alias="from")
    message: Message | None = None
    data: str = ""


class Update(_Received):
    """One update."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None

    @property
    def chat(self) -> int:
        """The chat whose order it keeps; the update's own number (negative) if it belongs to none."""
        if self.message:
            return self.message.chat.id
        if self.callback_query:
            return self.callback_query.message.chat.id if self.callback_query.message else self.callback_query.sender.id
        return -self.update_id


class Attachment(NamedTuple):
    """A file or a photo that came with a message."""

    name: str
    size: int
    """Bytes; 0 if the channel does not say."""
    handle: str
    """How the channel finds it again."""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody did in a private chat."""

    channel: str
    chat: int
    user: User
    kind: Literal["command", "text", "tap", "other"]
    """``other`` is a sticker, a voice note, a photo without words: nothing that can be read."""
    message_id: int | None
    """The message itself, or the bubble whose button was tapped."""
    command: str = ""
    text: str = ""
    """The message's text; for a command, what follows it."""
    tap: Tap | None = None
    """None for a tap whose data is not ours."""
    query: str = ""
    """The id to answer a tap with."""
    phone: str = ""
    """The number of a contact that was shared, if it is the sender's own."""
    attachment: Attachment | None = None
    forwarded: bool = False
    """Whether somebody else wrote it: a message that is passed on is no command."""
    hidden_link: str | None = None
    """The first link that the text shows under other words."""


def read_update(channel: str, update: Update) -> Incoming | None:
    """Return what somebody did, or None for what Relais leaves alone: groups, other bots, edits, channel posts."""
    if update.callback_query:
        return _tapped(channel, update.callback_query)
    message = update.message
    if message is None or message.sender is None or message.sender.is_bot or message.chat.type != "private":
        return None
    words = message.text or message.caption or ""
    forwarded = message.forward_origin is not None
    command = None if forwarded else _COMMAND.match(words.strip())
    if command:
        kind: Literal["command", "text", "other"] = "command"
    else:
        kind = "text" if words.strip() else "other"
    return Incoming(
        channel=channel,
        chat=message.chat.id,
        user=message.sender,
        kind=kind,
        message_id=message.message_id,
        command=command[1].lower() if command else "",
        text=((command[2] or "") if command else words).strip(),
        phone=_own_phone(message),
        attachment=_attachment(message),
        forwarded=forwarded,
        hidden_link=_hidden_link(message),
    )


def _hidden_link(message: Message) -> str | None:
    entities = [*(message.entities or ()), *(message.caption_entities or ())]
    links = (str(one.get("url", "")) for one in entities if one.get("type") == "text_link")
    return next((link for link in links if link.startswith(("http://", "https://"))), None)


def _own_phone(message: Message) -> str:
    contact, sender = message.contact or {}, message.sender
    if sender is None or contact.get("user_id") != sender.id:
        return ""
    number = str(contact.get("phone_number", ""))
    return number if number.startswith("+") or not number else f"+{number}"


def _attachment(message: Message) -> Attachment | None:
    if message.document:
        sent = message.document
        return Attachment(str(sent.get("file_name", "")), int(sent.get("file_size", 0)), str(sent["file_id"]))
    if message.photo:
        sent = max(message.photo, key=lambda one: int(one.get("width", 0)))
        return Attachment("photo.jpg", int(sent.get("file_size", 0)), str(sent["file_id"]), photo=True)
    return None


def _tapped(channel: str, query: CallbackQuery) -> Incoming | None:
    if query.message is not None and query.message.chat.type != "private":
        return None
    return Incoming(
        channel=channel,
        chat=query.message.chat.id if query.message else query.sender.id,
        user=query.sender,
        kind="tap",
        message_id=query.message.message_id if query.message else None,
        tap=Tap.read(query.data),
        query=query.id,
    )
