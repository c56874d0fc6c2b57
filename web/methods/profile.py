"""What the assistant says about itself: its name, its descriptions, its menu."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator
from typing import Any

from web import state
from web.channel import WebChannel
from web.errors import bad_request
from web.parameters import Parameters
from web.shown import ASSISTANT
from web.state import ByLanguage, Commands

_COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
_SCOPES = ("default", "all_private_chats")
_MOST_COMMANDS = 100


async def get_me(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Return the assistant as a ``User``."""
    return {
        **ASSISTANT,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def set_my_commands(channel: WebChannel, parameters: Parameters) -> bool:
    """Set the menu of a scope in a language."""
    commands = _commands(parameters.object("commands"))
    async with _menu(channel, parameters) as by_language:
        by_language[parameters.text("language_code")] = commands
    return True


async def delete_my_commands(channel: WebChannel, parameters: Parameters) -> bool:
    """Take away the menu of a scope in a language."""
    async with _menu(channel, parameters) as by_language:
        by_language.pop(parameters.text("language_code"), None)
    return True


async def get_my_commands(channel: WebChannel, parameters: Parameters) -> Commands:
    """Return the menu of exactly that scope and language."""
    kind, chat = _scope(parameters)
    if chat is not None:
        async with channel.glance(chat) as found:
            by_language = found.state.commands
    else:
        async with channel.database.snapshot() as read:
            by_language = (await state.profile(read)).commands.get(kind, {})
    return by_language.get(parameters.text("language_code"), [])


async def set_my_name(channel: WebChannel, parameters: Parameters) -> bool:
    """Set the name at the top of the page in a language."""
    async with channel.profile() as profile:
        _set(profile.names, parameters, "name", 64)
    return True


async def set_my_description(channel: WebChannel, parameters: Parameters) -> bool:
    """Set what an empty conversation says in a language."""
    async with channel.profile() as profile:
        _set(profile.descriptions, parameters, "description", 512)
    return True


async def set_my_short_description(channel: WebChannel, parameters: Parameters) -> bool:
    """Set the line under the name in a language."""
    async with channel.profile() as profile:
        _set(profile.short_descriptions, parameters, "short_description", 120)
    return True


async def set_chat_menu_button(channel: WebChannel, parameters: Parameters) -> bool:
    """Keep what the menu button does; the page shows commands in any case."""
    button = parameters.mapping("menu_button")
    if button is not None and button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("MenuButton has unsupported type specified")
    if parameters.text("chat_id"):
        async with channel.conversation(parameters.chat) as chat:
            chat.state.menu_button = button
            await chat.keep_state()
    else:
        async with channel.profile() as profile:
            profile.menu_button = button
    return True


@contextlib.asynccontextmanager
async def _menu(channel: WebChannel, parameters: Parameters) -> AsyncIterator[dict[str, Commands]]:
    """Open the menu of the call's scope to change it; the pages that show it are told."""
    kind, chat = _scope(parameters)
    if chat is None:
        async with channel.profile() as profile:
            yield profile.commands.setdefault(kind, {})
        return
    async with channel.conversation(chat) as found:
        yield found.state.commands
        await found.keep_state()
        profile = await state.profile(found.tx)
        menu = state.menu_of(found.state, profile, found.reader.language)
        found.events.append({"type": "commands", "commands": menu})


def _scope(parameters: Parameters) -> tuple[str, int | None]:
    scope = parameters.mapping("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind == "chat":
        return kind, Parameters(scope, {}).chat
    if kind not in _SCOPES:
        raise bad_request("BotCommandScope has unsupported type specified")
    return kind, None


def _commands(value: Any) -> Commands:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise bad_request("can't parse commands JSON object")
    if len(value) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for one in value:
        name, description = str(one.get("command", "")).removeprefix("/").lower(), str(one.get("description", ""))
        if not _COMMAND.match(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description.strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": description})
    return commands


def _set(texts: ByLanguage, parameters: Parameters, field: str, limit: int) -> None:
    text = parameters.text(field)
    if len(text) > limit:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    if text:
        texts[parameters.text("language_code")] = text
    else:
        texts.pop(parameters.text("language_code"), None)
