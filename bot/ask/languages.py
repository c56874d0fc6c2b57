"""Which language a message asks to go on in: "passe en vietnamien", "không rành tiếng Pháp, nói tiếng Việt nha"."""

from __future__ import annotations

from functools import lru_cache

from bot.ask.normalise import Normalised
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

_NEAR = 14
"""Characters between "je ne comprends pas" and the language that it is said of."""


def wanted_language(message: Normalised, present: Language | None) -> Language | None:
    """Return the one language but ``present`` that is named, and not as one to leave; None if none is, or several."""
    wanted: set[Language] = set()
    left: int | None = None
    for match in _words().find(message):
        if match.value is None:
            left = match.end
            continue
        if (left is None or match.start - left > _NEAR) and match.value != present:
            wanted.add(match.value)
        left = None
    return wanted.pop() if len(wanted) == 1 else None


@lru_cache(maxsize=1)
def _words() -> Phrases[Language | None]:
    lists = table("languages.toml")
    named: list[tuple[str, Language | None, Language]] = [
        (word, code, language) for code in LANGUAGES for language in LANGUAGES for word in lists[code][language]
    ]
    left: list[tuple[str, Language | None, Language]] = [
        (word, None, language) for language in LANGUAGES for word in lists["left"][language]
    ]
    return Phrases([*named, *left])
