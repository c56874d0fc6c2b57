"""What a choice is called without the small words before it: ``Ở Huế`` is Huế, ``À l'hôtel`` is hôtel."""

from __future__ import annotations

from functools import lru_cache

from bot.ask.normalise import fold, spelled
from bot.forms.kinds.words import table
from bot.network.languages import Language

JOINED = frozenset({"km", "lo"})
"""Languages that write no space between words."""
_SHORTEST = 2
"""Letters that must be left."""


def bare(key: str, language: Language) -> str:
    """Return folded words without the small words that they begin with; ``""`` if there are none."""
    left = key
    while (prefix := next((one for one in _small(language) if left.startswith(one)), None)) is not None:
        rest = left[len(prefix) :].strip()
        if len(rest) < _SHORTEST:
            break
        left = rest
    return left if left != key else ""


@lru_cache(maxsize=8)
def _small(language: Language) -> tuple[str, ...]:
    """Return the small words of a language as they stand before another word, the longest first."""
    words = (fold(spelled(word)).replace("'", " ").strip() for word in table("words.toml")["small"][language])
    ending = "" if language in JOINED else " "
    return tuple(sorted((f"{word}{ending}" for word in words), key=len, reverse=True))
