"""The command menu and the keyboard beside the text field, in the reader's language; the assistant's own profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import get_args

from bot.delivery.calls import Call, bubbles
from bot.delivery.outbox import notify_by
from bot.network.audiences import Reader, Role
from bot.network.languages import LANGUAGES, Language
from bot.texts.members import keyboard_bubble
from bot.texts.voice import Voice
from locales import Catalogue, Catalogues
from storage.database import Transaction

_EVERYBODY = ("meetings", "deadlines", "contacts", "documents", "news", "forms", "language", "settings", "help")
KEYBOARD = (("meetings", "deadlines"), ("contacts", "help"))
"""The commands whose labels are the keys in place of the letters."""


def commands_for(role: Role) -> tuple[str, ...]:
    """Return the commands that the menu offers to that role, in order."""
    more: Mapping[str, tuple[str, ...]] = {
        "stranger": ("join",), "focal_point": ("mine", "watch"), "member": ("mine", "watch"),
        "coordinator": ("mine", "watch", "announce", "contributions", "issue", "schedule"),
    }  # fmt: skip
    return (*_EVERYBODY, *more.get(role, ("mine",)))


def every_command() -> tuple[str, ...]:
    """Return every command that a menu offers to anybody."""
    return tuple(dict.fromkeys(name for role in get_args(Role) for name in commands_for(role)))


def menu_calls(reader: Reader, voice: Voice) -> tuple[Call, ...]:
    """Return the calls that set this reader's menu and keyboard: a keyboard comes with a bubble of its own."""
    scope = {"type": "chat", "chat_id": reader.address}
    commands = _commands(voice.catalogue, commands_for(reader.role))
    menu = Call(method="setMyCommands", parameters={"commands": commands, "scope": scope}, optional=True)
    return (menu, *bubbles(reader.address, keyboard_bubble(voice, KEYBOARD)))


async def queue_menu(tx: Transaction, key: str, reader: Reader, voice: Voice, now: datetime) -> None:
    """Queue the calls that set somebody else's menu and keyboard."""
    await notify_by(tx, key, reader, menu_calls(reader, voice), now)


def profile_calls(catalogues: Catalogues, default: Language = "fr") -> tuple[Call, ...]:
    """Return the calls that set the assistant's menu, name and descriptions for everybody, in every language.

    People whose Telegram speaks none of the languages get ``default``.
    """
    name = {"name": Voice.plain(catalogues[default].say("profile.name"))}
    calls = [Call(method="setMyName", parameters=name, optional=True)]
    calls.extend(_profile(catalogues[default], {}))
    for language in LANGUAGES:
        calls.extend(_profile(catalogues[language], {"language_code": language}))
    return tuple(calls)


def _profile(catalogue: Catalogue, language: dict[str, str]) -> Iterator[Call]:
    texts = {
        "setMyDescription": {"description": Voice.plain(catalogue.say("profile.description"))},
        "setMyShortDescription": {"short_description": Voice.plain(catalogue.say("profile.short_description"))},
    }
    commands = _commands(catalogue, commands_for("stranger"))
    yield Call(method="setMyCommands", parameters={"commands": commands, **language}, optional=True)
    for method, text in texts.items():
        yield Call(method=method, parameters={**text, **language}, optional=True)


def _commands(catalogue: Catalogue, names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"command": name, "description": Voice.plain(catalogue.say(f"menu.{name}"))} for name in names]
