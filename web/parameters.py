"""The parameters of a call of the Bot API, read as Telegram reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.texts.cut import CAPTION_LIMIT, MESSAGE_LIMIT, units
from web.detect import detect
from web.errors import bad_request
from web.html import Entity, read_html, trimmed


class Upload(NamedTuple):
    """A file that came with the call."""

    name: str
    content: bytes
    mime: str


class Parameters:
    """What a call was given: values as JSON or as text, files beside them."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        self._values, self._files = values, files

    def text(self, name: str) -> str:
        """Return a text; empty if it is missing."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Return a yes or no; no if it is missing."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str) -> int | None:
        """Return a whole number; None if it is missing or none."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def object(self, name: str) -> Any:
        """Return a JSON value, given as such or as its text; None if it is missing."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return a JSON object; None if it is missing."""
        value = self.object(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name} JSON object")
        return value

    @property
    def chat(self) -> int:
        """The chat that the call is for."""
        if not self.text("chat_id"):
            raise bad_request("chat_id is empty")
        number = self.number("chat_id")
        if number is None:
            raise bad_request("chat not found")
        return number

    @property
    def markup(self) -> dict[str, Any] | None:
        """The call's ``reply_markup``."""
        return self.mapping("reply_markup")

    def message_text(self) -> tuple[str, list[Entity]]:
        """Return the text of a message with its entities; raises ApiError if it is empty or too long."""
        text, entities = self._formatted("text", "entities")
        if not text:
            raise bad_request("message text is empty")
        if units(text) > MESSAGE_LIMIT:
            raise bad_request("message is too long")
        return text, entities

    def caption(self) -> tuple[str, list[Entity]]:
        """Return the words under a file with their entities."""
        text, entities = self._formatted("caption", "caption_entities")
        if units(text) > CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        return text, entities

    def upload(self, name: str) -> Upload | None:
        """Return the file of that field, also one named by ``attach://``."""
        return self._files.get(self.text(name).removeprefix("attach://") or name)

    def _entities(self, name: str) -> list[Entity]:
        found = self.object(name) or []
        if not isinstance(found, list) or not all(_is_entity(one) for one in found):
            raise bad_request("can't parse MessageEntity")
        return found

    def _formatted(self, name: str, entities_name: str) -> tuple[str, list[Entity]]:
        mode = self.text("parse_mode").lower()
        if mode not in ("", "html"):
            raise bad_request("unsupported parse_mode")
        if mode:
            text, entities = read_html(self.text(name))
        else:
            text, entities = trimmed(self.text(name), self._entities(entities_name))
        return text, detect(text, entities)


def _is_entity(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    offset, length = value.get("offset"), value.get("length")
    return isinstance(offset, int) and isinstance(length, int) and offset >= 0 and length > 0
