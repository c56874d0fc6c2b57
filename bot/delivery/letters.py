"""From a reply to an e-mail letter, as plain values that can be kept in a row until it is sent."""

from __future__ import annotations

from bot.delivery.calls import Call
from bot.network.languages import Language
from bot.texts.reply import Reply

METHOD = "letter"
"""Not a method of the Bot API: only the e-mail channel knows it."""


def letter(reply: Reply, language: Language) -> Call:
    """Return the call that sends the reply as a letter; ``chat_id`` is the number of the person's row."""
    files = {f"file{number}": (file.name, file.path) for number, file in enumerate(reply.files)}
    links = [[button.label, button.url] for row in reply.buttons for button in row]
    return Call(
        method=METHOD, parameters={"chat_id": 0, "html": reply.text, "links": links, "language": language}, files=files
    )
