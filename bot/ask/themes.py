"""The theme that a message names: the network's names and spellings, and common words in five languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.ask.normalise import Normalised, Span
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Theme

Entry = tuple[str, Iterable[str]]
"""A theme's code, and all that it is called."""


@dataclass(frozen=True, slots=True)
class Named:
    """A theme or kind that was found, and where."""

    code: str
    span: Span


class Themes:
    """The themes of one network, to be found in messages; it is built once and never changes."""

    def __init__(self, themes: Iterable[Entry] = ()) -> None:
        """Take a network's themes, or the sixteen built-in ones if there are none."""
        words = table("themes.toml")
        entries = [(code, tuple(names)) for code, names in themes]
        known = {code for code, _ in entries} or words.keys() - {"not_a_theme"}
        built_in = (
            (word, "" if code == "not_a_theme" else code, language)
            for code, found in words.items()
            if code in known or code == "not_a_theme"
            for language in LANGUAGES
            for word in found[language]
        )
        own = ((name, code, None) for code, names in entries for name in names if name)
        self._phrases: Phrases[str] = Phrases([*built_in, *own])

    @classmethod
    def of(cls, themes: Iterable[Theme]) -> Themes:
        """Build it from a network's table of themes."""
        return cls(
            (theme.code, [*(version.text for version in theme.name.root.values()), *theme.spellings])
            for theme in themes
        )

    def spans(self, message: Normalised) -> list[Span]:
        """Return where themes are named, in any language."""
        return [(match.start, match.end) for match in self._phrases.find(message) if match.value]

    def find(self, message: Normalised, language: Language | None = None) -> Named | None:
        """Return the theme that is named first; ``language`` is the one the message is written in."""
        for match in self._phrases.find(message, language):
            if match.value:
                return Named(match.value, (match.start, match.end))
        return None
