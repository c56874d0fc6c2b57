"""The kind of event, document or deadline that a message names; which of them depends on what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.ask.normalise import Normalised, Span
from bot.ask.phrases import Phrases
from bot.ask.themes import Named
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

_TABLES: dict[str, tuple[str, ...]] = {
    "meetings": ("events",),
    "register": ("events",),
    "my_registrations": ("events",),
    "documents": ("documents",),
    "deadlines": ("deadlines", "events"),
}
"""The intents that have a kind, and where it is looked for, the likelier place first."""

OF_KINDS = frozenset(_TABLES)
"""The intents that have a kind."""
_NAMES = ("events", "documents", "deadlines")
ONLY_ONE = ("annual_meeting", "general_assembly")
"""The events of which there is one at a time: a deadline for one of them is narrowed to it, also where it registers."""

ANY = "workshop"
"""The kind that a meeting of any kind may be called."""
_Meaning = tuple[str, bool]
"""The kind ("" for none), and whether it counts in capitals only (CA, but not ça)."""


def find(message: Normalised, intent: str | None, language: Language | None = None) -> Named | None:
    """Return the kind that a message names first, for an intent that has one.

    Args:
        message: The message; what is a place is masked in it, best.
        intent: What is asked for; nothing is returned for an intent without kinds.
        language: The language the message is written in.
    """
    found = [named for name in _TABLES.get(intent or "", ()) if (named := _in_table(message, name, language))]
    if len(found) > 1 and found[0].code == "registration" and found[1].code in ONLY_ONE:
        return found[1]
    return found[0] if found else None


def spans(message: Normalised, tables: Sequence[str] = _NAMES, language: Language | None = None) -> list[Span]:
    """Return where any kind of event, document or deadline is named; ``language`` is the message's own."""
    found = [match for name in tables for match in _phrases(name).find(message, language)]
    return [(match.start, match.end) for match in found if match.value[0]]


def _in_table(message: Normalised, name: str, language: Language | None) -> Named | None:
    for match in _phrases(name).find(message, language):
        kind, capitals = match.value
        if kind and (not capitals or message.cased[match.start : match.end].isupper()):
            return Named(kind, (match.start, match.end))
    return None


@lru_cache(maxsize=3)
def _phrases(name: str) -> Phrases[_Meaning]:
    return Phrases(_words(name))


def _words(name: str) -> Iterator[tuple[str, _Meaning, Language | None]]:
    """Yield the words of one table with their kinds."""
    words = table("kinds.toml")
    for language in LANGUAGES:
        yield from ((word, ("", False), language) for word in words["not_a_kind"][language])
        for kind, found in words[name].items():
            yield from ((word, (kind, word.isupper() and word.isascii()), language) for word in found[language])
