"""A bubble: what is kept of it, and what the Bot API says of it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from storage.web import StoredFile
from web.html import Entity

Sender = Literal["person", "assistant"]
Keyboard = list[list[dict[str, Any]]]
"""Rows of ``InlineKeyboardButton``."""
ASSISTANT = {"id": 0, "is_bot": True, "first_name": "Relais", "username": "relais_web_bot"}
"""The assistant as a ``User``."""


class Attached(BaseModel):
    """A file in a bubble."""

    model_config = ConfigDict(frozen=True)

    id: int
    """Its number in ``web_files``."""
    name: str
    mime: str
    size: int
    picture: tuple[int, int] | None = None
    """Width and height in pixels, if it is shown as a picture and not as a file."""

    @classmethod
    def of(cls, stored: StoredFile, picture: tuple[int, int] | None) -> Attached:
        """Return a stored file as a part of a bubble."""
        return cls(id=stored.id, name=stored.name, mime=stored.mime, size=stored.size, picture=picture)

    @property
    def file_id(self) -> str:
        """The name by which the assistant asks for it."""
        return f"web-{self.id}"


class Shown(BaseModel):
    """A bubble of either side."""

    model_config = ConfigDict(frozen=True)

    message_id: int = 0
    """Its number in the chat; 0 before it is kept."""
    sender: Sender
    date: int = 0
    """Epoch seconds; 0 before it is kept."""
    edited: int | None = None
    """Epoch seconds of the last change of its text; None if it never changed."""
    text: str = ""
    """The text, or the words under a file."""
    entities: list[Entity] = []
    file: Attached | None = None
    contact: dict[str, Any] | None = None
    buttons: Keyboard = []
    client: str | None = None
    """The name that the page gave to what the person sent."""

    @classmethod
    def of_assistant(cls, *, text: str, entities: list[Entity], file: Attached | None = None) -> Shown:
        """Return a bubble of the assistant, still without number and date."""
        return cls(sender="assistant", text=text, entities=entities, file=file)


def message_of(shown: Shown, person: dict[str, Any], assistant: dict[str, Any]) -> dict[str, Any]:
    """Return the bubble as a ``Message``; ``person`` and ``assistant`` are the ``User`` of either side."""
    chat = {"id": person["id"], "type": "private", "first_name": person["first_name"]}
    sender = person if shown.sender == "person" else assistant
    message = {"message_id": shown.message_id, "date": shown.date, "chat": chat, "from": sender, **_content(shown)}
    if shown.edited is not None:
        message["edit_date"] = shown.edited
    if shown.buttons:
        message["reply_markup"] = {"inline_keyboard": shown.buttons}
    return message


def _content(shown: Shown) -> dict[str, Any]:
    if shown.contact is not None:
        return {"contact": shown.contact}
    names = ("text", "entities") if shown.file is None else ("caption", "caption_entities")
    content: dict[str, Any] = {names[0]: shown.text} if shown.text else {}
    if shown.entities:
        content[names[1]] = shown.entities
    return content | (_file(shown.file) if shown.file is not None else {})


def _file(file: Attached) -> dict[str, Any]:
    named = {"file_id": file.file_id, "file_unique_id": file.file_id, "file_size": file.size}
    if file.picture is not None:
        return {"photo": [{**named, "width": file.picture[0], "height": file.picture[1]}]}
    return {"document": {**named, "file_name": file.name, "mime_type": file.mime}}
