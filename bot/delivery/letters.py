"""From a reply to an e-mail letter, as plain values that can be kept in a row until it is sent."""

from __future__ import annotations

from bot.delivery.calls import Call
from bot.network.languages import Language
from bot.texts.reply import Reply

METHOD = "letter"
"""Not a method of the Bot API: only the e-mail channel knows it."""


def letter(reply: Reply, language: Language) -> Call:
    """Return the call that sends the reply as a letter.

    ``chat_id`` is the number of the person's row, ``row`` that of the outbox; both are put in when it is made.
    """
    files = {f"file{number}": (file.name, file.path) for number, file in enumerate(reply.files)}
    links = [[button.label, button.url] for row in reply.buttons for button in row]
    html = "\n\n".join(part for part in (reply.text, *(file.caption for file in reply.files)) if part)
    parameters = {"chat_id": 0, "row": 0, "html": html, "links": links, "language": language}
    return Call(method=METHOD, parameters=parameters, files=files)
