"""The text of one cell: cleaned when it is read; what a cell holds where it is a list."""

from __future__ import annotations

import re
import unicodedata

from bot.tables.problems import CellError

LONGEST = 16_000
"""Characters; a cell of a workbook ends at 32,767 UTF-16 units, so that no text is ever cut."""

SEPARATOR = ";"
"""Between the items of a list."""

_INVISIBLE = re.compile("[\u200b\ufeff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a workbook, cannot hold."""
_SPREADSHEET_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def clean(text: str) -> str:
    """Return a text as it is kept: NFC, LF at line ends, without zero width spaces and space around it.

    Raises CellError for a control character, for a formula's error and for a text over ``LONGEST`` characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        name = f"U+{ord(forbidden[0]):04X}"
        raise CellError(
            f"holds the control character {name}, which no spreadsheet can keep; expected a text without it"
        )
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if len(text) > LONGEST:
        raise CellError(f"is {len(text)} characters long; expected at most {LONGEST}")
    if text in _SPREADSHEET_ERRORS:
        raise CellError(f"holds {text}, the error of a formula; expected a text")
    return text


def split(text: str) -> tuple[str, ...]:
    """Return the items of a list, each once."""
    return tuple(dict.fromkeys(item.strip() for item in text.split(SEPARATOR) if item.strip()))


def joined(items: tuple[str, ...]) -> str:
    """Write a list."""
    return f"{SEPARATOR} ".join(items)
