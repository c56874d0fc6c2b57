"""People who write to the assistant in tests, and the updates that Telegram makes of what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Somebody:
    """A Telegram user in their private chat."""

    id: int
    first_name: str
    language_code: str | None = None

    @property
    def user(self) -> dict[str, Any]:
        known = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return known | ({"language_code": self.language_code} if self.language_code else {})

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.first_name}


SOKHA = Somebody(100_001, "Sokha", "km")
LINH = Somebody(100_002, "Linh", "vi")
CAMILLE = Somebody(100_003, "Camille", "fr")
JOHN = Somebody(100_004, "John", "en")


def message(update_id: int, message_id: int, who: Somebody, text: str | None, **more: object) -> dict[str, Any]:
    """The update of a message; ``text=None`` with ``sticker=…`` or so for what is not text."""
    body: dict[str, Any] = {"message_id": message_id, "date": 1, "chat": who.chat, "from": who.user, **more}
    if text is not None:
        body["text"] = text
        if text.startswith("/"):
            length = len(text.split()[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"update_id": update_id, "message": body}


def tap(update_id: int, message_id: int, who: Somebody, data: str) -> dict[str, Any]:
    """The update of a tap on a button under the assistant's message ``message_id``."""
    bubble = {"message_id": message_id, "date": 1, "chat": who.chat, "text": "…"}
    query = {"id": f"q{update_id}", "from": who.user, "chat_instance": "1", "data": data, "message": bubble}
    return {"update_id": update_id, "callback_query": query}
