"""The page's own words: what of the catalogues it is given."""

from __future__ import annotations

from typing import Any

from bot.network.languages import Language, guess
from bot.texts.voice import Voice
from locales import Catalogue
from web.state import Profile

PAGE_WORDS = (
    "name", "about", "connecting", "typing", "message", "send", "attach", "commands", "keyboard", "newest", "theme",
    "start", "empty", "edited", "sending", "not_sent", "again", "too_big", "picture", "you", "close", "phone",
    "clock", "day", "week", "month", "change_person", "copied", "conversation", "no_command", "more",
)  # fmt: skip
"""Keys of ``web.po`` without their ``web.``, for the chat page."""


def reader_words(catalogue: Catalogue, language: Language, profile: Profile) -> dict[str, Any]:
    """Return the chat page's words, and how the assistant calls itself, in that language."""
    words = {name: Voice.plain(catalogue.say(f"web.{name}")) for name in PAGE_WORDS}
    return {
        "language": language,
        "words": words,
        "title": profile.name(language) or words["name"],
        "summary": profile.short_description(language),
        "empty": profile.description(language) or words["empty"],
    }


def accepted(header: str, otherwise: Language) -> Language:
    """Return the first language of an ``Accept-Language`` header that Relais speaks."""
    for tag in header.split(","):
        found = guess(tag.split(";")[0].strip())
        if found is not None:
            return found
    return otherwise
