"""The command menu beside the text field, in the reader's language and for the reader's role."""

from __future__ import annotations

from bot.delivery.calls import Call
from bot.network.audiences import Reader, Role
from bot.texts.voice import Voice

_EVERYBODY = ("meetings", "deadlines", "contacts", "language", "settings", "help")


def commands_for(role: Role) -> tuple[str, ...]:
    """Return the commands that the menu offers to that role, in order."""
    return (*_EVERYBODY, "join") if role == "stranger" else _EVERYBODY


def menu_calls(reader: Reader, voice: Voice) -> tuple[Call, ...]:
    """Return the call that sets this reader's menu."""
    commands = [{"command": name, "description": voice.label(f"menu.{name}")} for name in commands_for(reader.role)]
    scope = {"type": "chat", "chat_id": reader.address}
    return (Call(method="setMyCommands", parameters={"commands": commands, "scope": scope}, optional=True),)
