"""Takes out of a question what could say who asked, or of whom: addresses, numbers, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import regex

TAKEN_OUT = "…"
LONGEST = 160
"""Characters that are kept."""
_ADDRESS = re.compile(r"\S*@\S*|https?://\S+|www\.\S+")
_NUMBER = re.compile(r"\+?\d(?:[\d .,:/()-]*\d)?")
_CAPITALISED = r"\p{Lu}[\w'’-]*"
_TITLES = "Mme|Mlle|Madame|Monsieur|Mr|Mrs|Ms|Miss|Dr|Pr|M|[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Cc]ô|[Tt]hầy|[Ee]m"
_AFTER_TITLE = regex.compile(rf"(?<!\w)((?:{_TITLES})\.?) +{_CAPITALISED}(?: +{_CAPITALISED})*")
_KHMER_NAME, _LAO_NAME = "[\u1780-\u17d3]{2,} [\u1780-\u17d3]{2,}", "[\u0e81-\u0ecd]{2,} [\u0e81-\u0ecd]{2,}"
_AFTER_EASTERN_TITLE = re.compile(rf"(លោកស្រី|លោក|អ្នកស្រី|ឯកឧត្តម|ທ່ານນາງ|ທ່ານ|ນາງ) *(?:{_KHMER_NAME}|{_LAO_NAME})")
_PARTS = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")


def scrubbed(text: str, names: Iterable[str] = ()) -> str | None:
    """Return the words of a question without what is personal; None if nothing that can be read is left.

    Args:
        text: As it was written.
        names: Names of people to take out, whole or in part: of the network's people, and of who asks.
    """
    kept = unicodedata.normalize("NFC", text)
    for pattern in (_ADDRESS, _NUMBER):
        kept = pattern.sub(TAKEN_OUT, kept)
    kept = _AFTER_TITLE.sub(rf"\1 {TAKEN_OUT}", kept)
    kept = _AFTER_EASTERN_TITLE.sub(rf"\1 {TAKEN_OUT}", kept)
    kept = _without_names(kept, names)
    kept = re.sub(rf"{TAKEN_OUT}(?:[ ,.-]*{TAKEN_OUT})+", TAKEN_OUT, " ".join(kept.split()))
    return kept[:LONGEST].strip() if _LETTER.search(kept) else None


def _without_names(text: str, names: Iterable[str]) -> str:
    """Take out names, whole in any case, and their parts where they are written as names: Mai, but not mai."""
    whole = {unicodedata.normalize("NFC", name).strip() for name in names} - {""}
    parts = {part for name in whole for part in _PARTS.findall(name) if not part.isascii() or part[0].isupper()}
    for name in sorted(whole, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", TAKEN_OUT, text, flags=re.IGNORECASE)
    if not parts:
        return text
    listed = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{listed})(?!\w)", TAKEN_OUT, text)
