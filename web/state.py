"""What a page must know beside its bubbles, and what the assistant said about itself."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from storage import web
from storage.database import Transaction

Commands = list[dict[str, str]]
ByLanguage = dict[str, str]
"""Language code → text; the empty code stands for every other language."""
PROFILE = 0
"""The chat under whose number the assistant's own profile is kept."""
REMEMBERED = 100
"""How many of a page's last actions are remembered, so that none is taken twice."""


class ChatState(BaseModel):
    """Beside the bubbles of one chat."""

    keyboard: dict[str, Any] | None = None
    """The ``ReplyKeyboardMarkup`` in force."""
    placeholder: str = ""
    """What an empty text field says, if the assistant asked for it."""
    commands: dict[str, Commands] = {}
    """By language code."""
    menu_button: dict[str, Any] | None = None
    taken: dict[str, dict[str, Any] | None] = {}
    """What the page did lately, by the name that the page gave it: the update until it is received, then None."""

    def forget_old(self) -> None:
        """Forget all but the last actions; one that is not yet received is never forgotten."""
        received = [name for name, update in self.taken.items() if update is None]
        for name in received[: max(0, len(self.taken) - REMEMBERED)]:
            del self.taken[name]


class Profile(BaseModel):
    """What the assistant said about itself, for everybody."""

    names: ByLanguage = {}
    descriptions: ByLanguage = {}
    short_descriptions: ByLanguage = {}
    commands: dict[str, dict[str, Commands]] = {}
    """By scope (``default``, ``all_private_chats``), then by language code."""
    menu_button: dict[str, Any] | None = None

    def name(self, language: str) -> str | None:
        """Return the assistant's name in that language."""
        return self.names.get(language) or self.names.get("") or None

    def description(self, language: str) -> str:
        """Return what the page says before the first message."""
        return self.descriptions.get(language) or self.descriptions.get("") or ""

    def short_description(self, language: str) -> str:
        """Return the line under the name."""
        return self.short_descriptions.get(language) or self.short_descriptions.get("") or ""


def menu_of(state: ChatState, profile: Profile, language: str) -> Commands:
    """Return the commands of a chat's menu, the most particular list first, as Telegram chooses."""
    lists = (state.commands, profile.commands.get("all_private_chats", {}), profile.commands.get("default", {}))
    for by_language in lists:
        for code in (language, ""):
            if code in by_language:
                return by_language[code]
    return []


async def chat_state(read: Transaction, chat: int) -> ChatState:
    """Return a chat's state."""
    body = await web.state(read, chat)
    return ChatState.model_validate_json(body) if body else ChatState()


async def profile(read: Transaction) -> Profile:
    """Return the assistant's profile."""
    body = await web.state(read, PROFILE)
    return Profile.model_validate_json(body) if body else Profile()


async def keep(write: Transaction, chat: int, state: ChatState | Profile) -> None:
    """Keep a chat's state, or the profile (chat ``PROFILE``)."""
    await web.set_state(write, chat, state.model_dump_json())
